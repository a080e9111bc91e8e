"""Settings: what the environment says becomes the configuration, and a weak secret key stops the program."""

import os
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quizbank.settings import (
    SETTINGS,
    UnusableSetting,
    WeakSecretKey,
    database_url,
    load_settings,
    require_strong_secret_key,
)

STRONG = "kR7_qz-Wm2LpX9vB4tYh8sNc6dFg3jKa"


@pytest.mark.parametrize("key", [None, ""])
def test_missing_secret_key_is_refused_with_a_way_to_make_one(key: str | None) -> None:
    with pytest.raises(WeakSecretKey, match="token_urlsafe"):
        require_strong_secret_key(key)


@pytest.mark.parametrize("key", ["dev", "secret", STRONG[:31], "a" * 64, "abc" * 20, "changeme" * 8, " " * 40])
def test_weak_secret_key_is_refused(key: str) -> None:
    with pytest.raises(WeakSecretKey, match="too weak"):
        require_strong_secret_key(key)


def test_strong_secret_key_is_accepted() -> None:
    require_strong_secret_key(STRONG)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        ("postgresql://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        ("postgresql+psycopg://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        ("sqlite:////srv/quizbank.sqlite3", "sqlite:////srv/quizbank.sqlite3"),
    ],
)
def test_address_of_the_database_may_take_any_usual_form(given: str, expected: str) -> None:
    assert database_url(given, Path("/srv")) == expected


def test_database_is_a_file_of_the_instance_by_default() -> None:
    assert database_url("", Path("/srv/instance")) == "sqlite:////srv/instance/quizbank.sqlite3"


def test_outside_the_demo_no_secret_key_is_made_up(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path)["SECRET_KEY"] is None
    assert not list(tmp_path.iterdir())


def test_outside_the_demo_the_cookie_is_tied_to_the_host_and_to_https(tmp_path: Path) -> None:
    settings = load_settings({"SECRET_KEY": STRONG}, tmp_path)
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_HTTPONLY"] is True
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize("value", ["true", "yes", "0", "2", ""])
def test_only_1_turns_the_demo_on(tmp_path: Path, value: str) -> None:
    assert load_settings({"DEMO": value}, tmp_path)["SESSION_COOKIE_SECURE"] is True


def test_demo_makes_a_strong_secret_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    key = load_settings({"DEMO": "1"}, instance)["SECRET_KEY"]
    require_strong_secret_key(key)
    assert load_settings({"DEMO": "1"}, instance)["SECRET_KEY"] == key
    assert stat.S_IMODE(os.stat(instance / "secret_key").st_mode) == 0o600


def test_demo_takes_a_secret_key_that_is_given(tmp_path: Path) -> None:
    assert load_settings({"DEMO": "1", "SECRET_KEY": STRONG}, tmp_path)["SECRET_KEY"] == STRONG


def test_demo_serves_plain_http(tmp_path: Path) -> None:
    settings = load_settings({"DEMO": "1"}, tmp_path)
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("session", False)


def test_every_setting_is_read_under_its_own_name(tmp_path: Path) -> None:
    plans = ("PLANS", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET")
    mail = tuple(setting.name for setting in SETTINGS if setting.name.startswith("MAIL_"))
    checked = [
        "DEMO",
        "DATABASE_URL",
        "PROXIES",
        "TIME_ZONE",
        "TIMESTAMP_URL",
        "CME_LLM_URL",
        "CME_LLM_TIMEOUT",
        *plans,
        *mail,
    ]
    environ = {setting.name: f"1{setting.name}" for setting in SETTINGS if setting.name not in checked}
    assert environ.items() <= load_settings(environ, tmp_path).items()


def test_time_stamp_server_needs_a_web_address(tmp_path: Path) -> None:
    assert load_settings({"TIMESTAMP_URL": "http://tsa.example/"}, tmp_path)["TIMESTAMP_URL"] == "http://tsa.example/"
    with pytest.raises(UnusableSetting, match="TIMESTAMP_URL takes an address"):
        load_settings({"TIMESTAMP_URL": "tsa.example"}, tmp_path)


def test_proxies_are_counted_and_anything_else_is_refused_in_words(tmp_path: Path) -> None:
    assert load_settings({"PROXIES": "2"}, tmp_path)["PROXIES"] == 2
    with pytest.raises(UnusableSetting, match="PROXIES takes a whole number"):
        load_settings({"PROXIES": "one"}, tmp_path)


KEYS = {"STRIPE_KEY": "sk_live_0123456789", "STRIPE_WEBHOOK_SECRET": "whsec_0123456789"}


def test_nobody_needs_a_plan_unless_the_setting_says_so(tmp_path: Path) -> None:
    assert [load_settings({"PLANS": given}, tmp_path)["PLANS"] for given in ("", "0", "1")] == [False, False, True]
    assert load_settings({}, tmp_path)["PLANS"] is False
    assert KEYS.items() <= load_settings(KEYS, tmp_path).items()


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"PLANS": "yes"}, "PLANS takes 1"),
        ({"STRIPE_KEY": KEYS["STRIPE_KEY"]}, "needed together"),
        ({"STRIPE_WEBHOOK_SECRET": KEYS["STRIPE_WEBHOOK_SECRET"]}, "needed together"),
        ({**KEYS, "STRIPE_KEY": "pk_live_0123456789"}, "STRIPE_KEY begins with sk_ or rk_"),
        ({**KEYS, "STRIPE_KEY": "sk_live"}, "STRIPE_KEY begins with sk_ or rk_"),
        ({**KEYS, "STRIPE_WEBHOOK_SECRET": "whsec_01234 6789"}, "STRIPE_WEBHOOK_SECRET begins with whsec_"),
    ],
)
def test_unusable_settings_of_plans_are_refused_in_words(tmp_path: Path, environ: dict[str, str], words: str) -> None:
    with pytest.raises(UnusableSetting, match=words):
        load_settings(environ, tmp_path)


def test_time_zone_is_utc_unless_another_is_named(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path)["TIME_ZONE"] == ZoneInfo("UTC")
    assert load_settings({"TIME_ZONE": "Europe/London"}, tmp_path)["TIME_ZONE"] == ZoneInfo("Europe/London")


@pytest.mark.parametrize("name", ["Mars/Base", "Europe", "BST", " ", "../etc/passwd", "/etc/localtime", "leapseconds"])
def test_unknown_time_zone_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableSetting, match="TIME_ZONE takes the IANA name of a time zone, such as UTC"):
        load_settings({"TIME_ZONE": name}, tmp_path)


MODEL = {"CME_LLM_URL": "https://models.example/v1/", "CME_LLM_MODEL": "org/some-model:8b"}


def test_no_language_model_is_set_unless_an_address_is_given(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path)["CME_LLM_URL"] == ""
    settings = load_settings({**MODEL, "CME_LLM_KEY": "s3cret"}, tmp_path)
    assert (settings["CME_LLM_URL"], settings["CME_LLM_TIMEOUT"]) == ("https://models.example/v1", 60)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://models.example/v1",
        "gopher://models.example",
        "models.example/v1",
        "http://",
        "http://models.example:port/v1",
        "http://models.example:0/v1",
        "http://models.example/v 1",
        "http://me:secret@models.example/v1",
        "http://models.example/v1?key=secret",
        "http://models.example/v1#x",
    ],
)
def test_address_of_a_language_model_is_http_or_https_alone(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnusableSetting, match="CME_LLM_URL takes"):
        load_settings({**MODEL, "CME_LLM_URL": url}, tmp_path)


@pytest.mark.parametrize("name", ["", 'a"b', "a\nb", "x" * 101])
def test_language_model_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableSetting, match="CME_LLM_MODEL"):
        load_settings({**MODEL, "CME_LLM_MODEL": name}, tmp_path)


@pytest.mark.parametrize("seconds", ["0", "601", "1.5", "-1", "soon"])
def test_language_model_is_waited_for_within_bounds(tmp_path: Path, seconds: str) -> None:
    with pytest.raises(UnusableSetting, match="CME_LLM_TIMEOUT"):
        load_settings({"CME_LLM_TIMEOUT": seconds}, tmp_path)


def test_key_of_a_language_model_never_travels_unencrypted(tmp_path: Path) -> None:
    key = {"CME_LLM_MODEL": "m", "CME_LLM_KEY": "s3cret"}
    with pytest.raises(UnusableSetting, match="unencrypted"):
        load_settings({**key, "CME_LLM_URL": "http://models.example/v1"}, tmp_path)
    for url in ("http://127.0.0.1:8080/v1", "http://localhost/v1", "http://[::1]:8080/v1", "https://models.example"):
        assert load_settings({**key, "CME_LLM_URL": url}, tmp_path)["CME_LLM_KEY"] == "s3cret"
    with pytest.raises(UnusableSetting, match="without spaces"):
        load_settings({**MODEL, "CME_LLM_KEY": "a\nHost: evil"}, tmp_path)


def test_every_setting_says_what_it_is_for() -> None:
    assert all(setting.meaning.endswith(".") for setting in SETTINGS)


def test_passwords_are_hashed_with_argon2_and_answers_tell_nothing(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)
    assert settings["SECURITY_PASSWORD_HASH"] == "argon2"
    assert settings["SECURITY_RETURN_GENERIC_RESPONSES"] is True


MAIL = {"MAIL_SERVER": "mail.example.org", "MAIL_SENDER": "no-reply@example.org"}


def test_no_mail_is_sent_unless_a_server_is_given(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path)["MAIL_SERVER"] == ""
    settings = load_settings({**MAIL, "MAIL_USER": "me", "MAIL_PASSWORD": "s3cret"}, tmp_path)
    assert (settings["MAIL_SECURITY"], settings["MAIL_PORT"], settings["MAIL_TIMEOUT"]) == ("starttls", 587, 20)
    assert load_settings({**MAIL, "MAIL_SECURITY": "tls"}, tmp_path)["MAIL_PORT"] == 465
    local = {**MAIL, "MAIL_SERVER": "127.0.0.1", "MAIL_SECURITY": "none", "MAIL_PORT": "1025"}
    assert load_settings(local, tmp_path)["MAIL_PORT"] == 1025


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"MAIL_SENDER": ""}, "MAIL_SENDER takes one plain address"),
        ({"MAIL_SENDER": "Provider <a@example.org>"}, "MAIL_SENDER takes one plain address"),
        ({"MAIL_SENDER": "a@example.org\r\nBcc: b@example.org"}, "MAIL_SENDER takes one plain address"),
        ({"MAIL_REPLY_TO": "nobody"}, "MAIL_REPLY_TO takes one plain address"),
        ({"MAIL_SERVER": "smtp://mail.example.org"}, "MAIL_SERVER takes the name of a host"),
        ({"MAIL_SERVER": "mail.example.org/x"}, "MAIL_SERVER takes the name of a host"),
        ({"MAIL_PORT": "0"}, "MAIL_PORT takes 1 to 65535"),
        ({"MAIL_PORT": "99999"}, "MAIL_PORT takes 1 to 65535"),
        ({"MAIL_PORT": "smtp"}, "MAIL_PORT takes a whole number"),
        ({"MAIL_TIMEOUT": "0"}, "MAIL_TIMEOUT 1 to 120"),
        ({"MAIL_SECURITY": "ssl"}, "MAIL_SECURITY takes starttls, tls, none"),
        ({"MAIL_SECURITY": "none"}, "for a mail server on this machine"),
        ({"MAIL_USER": "me"}, "needed together"),
        ({"MAIL_PASSWORD": "s3cret"}, "needed together"),
    ],
)
def test_unusable_settings_of_mail_are_refused_in_words_without_the_password(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    with pytest.raises(UnusableSetting, match=words) as refused:
        load_settings({**MAIL, **given}, tmp_path)
    assert "s3cret" not in str(refused.value)
