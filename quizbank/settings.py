"""Every setting with its default: environment variables go in, the application's configuration comes out.

Each setting is read from the environment under its own name; docs/settings.md lists them for people.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIN_SECRET_LENGTH = 32
MIN_SECRET_VARIETY = 12
MAX_MODEL_SECONDS = 600
MAX_MAIL_SECONDS = 120
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")


class WeakSecretKey(RuntimeError):
    """The secret key that signs sessions is missing or could be guessed."""


class UnusableSetting(RuntimeError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True)
class Setting:
    """A setting's name, its default as text, and what it is for."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("SECRET_KEY", "", "Signs sessions and forms; at least 32 random characters. Required outside the demo."),
    Setting("DATABASE_URL", "", "PostgreSQL or SQLite address; SQLite under instance/ when empty."),
    Setting("PUBLIC_URL", "http://127.0.0.1:8000", "Address printed in certificates and QR codes."),
    Setting("DEMO", "", "1 = local demo: plain http allowed, the secret key is made and kept under instance/."),
    Setting("PROVIDER_NAME", "Quizbank Education", "The accredited provider named on activities and certificates."),
    Setting("ACCREDITATION_STATEMENT", "", "Printed on activities and certificates when given."),
    Setting("SIGNATORY", "", "Name printed above the signature line of certificates, when given."),
    Setting("SIGNATORY_TITLE", "", "Title printed below that name."),
    Setting("SIGNING_KEY", "", "File of the key that signs certificates; signing_key.pem under instance/ when empty."),
    Setting("TIMESTAMP_URL", "", "Time-stamp server (RFC 3161) that dates signatures; none when empty."),
    Setting(
        "PROXIES", "0", "How many reverse proxies stand before the program; their word on the client's address counts."
    ),
    Setting(
        "TIME_ZONE", "UTC", "Where people are, by its IANA name (Europe/London): pages and certificates tell its time."
    ),
    Setting("PORT", "8000", "Port that `flask jobs serve` and `make run` listen on."),
    Setting(
        "LICENCES", "", "File of the provider's own licences of question patterns, written by `generation license`."
    ),
    Setting("CREDIT_TYPES_FILE", "", "File of the provider's own credit types, beside those shipped."),
    Setting("PLANS", "", "1 = people need a plan to start activities; otherwise nothing of plans is shown."),
    Setting("PLANS_FILE", "", "File of the provider's own plans; those shipped when empty."),
    Setting("REQUIREMENTS_FILE", "", "File of what boards ask for; marked samples of invented boards when empty."),
    Setting(
        "KNOWN_ISSUERS", "", "File of other providers' certificates or keys, whose certificates a wallet can read."
    ),
    Setting(
        "STRIPE_KEY", "", "Secret key of Stripe's API, when plans are sold; without it nothing is ever sent there."
    ),
    Setting("STRIPE_WEBHOOK_SECRET", "", "Secret that Stripe signs its messages with; needed with STRIPE_KEY."),
    Setting("PARS_PROVIDER", "", "Number under which ACCME's PARS knows the provider; stands in reports to it."),
    Setting("CE_BROKER_PROVIDER", "", "Number under which CE Broker knows the provider; stands in reports to it."),
    Setting("MAIL_SERVER", "", "Host of the mail server that messages are handed to; without it nothing is ever sent."),
    Setting("MAIL_PORT", "", "Its port; 587, or 465 with MAIL_SECURITY=tls, when empty."),
    Setting("MAIL_SECURITY", "starttls", "starttls, tls (from the first byte on), or none (this machine only)."),
    Setting("MAIL_USER", "", "User name there, when it wants one."),
    Setting("MAIL_PASSWORD", "", "Password there; needed with MAIL_USER."),
    Setting("MAIL_SENDER", "", "Address that messages come from; needed with MAIL_SERVER."),
    Setting("MAIL_REPLY_TO", "", "Address that answers go to, when it is another one."),
    Setting("MAIL_TIMEOUT", "20", "Most seconds to wait for one answer of the mail server."),
    Setting("CME_LLM_URL", "", "Base address of an OpenAI-compatible language model; without it nothing is ever sent."),
    Setting("CME_LLM_MODEL", "", "Name of the model to ask there."),
    Setting("CME_LLM_KEY", "", "Key sent to that address, when it wants one."),
    Setting("CME_LLM_TIMEOUT", "60", "Most seconds to wait for one reply of the language model."),
)


def load_settings(environ: Mapping[str, str], instance: Path) -> dict[str, Any]:
    """Return Flask's configuration. ``instance`` is the folder for the database, downloads and the demo's secret key."""
    given = {setting.name: environ.get(setting.name) or setting.default for setting in SETTINGS}
    demo = given["DEMO"] == "1"
    return {
        **given,
        "DEMO": demo,
        "PROXIES": whole_number("PROXIES", given["PROXIES"]),
        "TIME_ZONE": time_zone("TIME_ZONE", given["TIME_ZONE"]),
        **language_model_settings(given),
        **plan_settings(given),
        **mail_settings(given),
        "SECRET_KEY": given["SECRET_KEY"] or (demo_secret_key(instance) if demo else None),
        "SQLALCHEMY_DATABASE_URI": database_url(given["DATABASE_URL"], instance),
        "BUNDLE_FOLDER": str(instance / "bundles"),
        "EXPORT_FOLDER": str(instance / "exports"),
        "SIGNING_KEY": given["SIGNING_KEY"] or str(instance / "signing_key.pem"),
        "TIMESTAMP_URL": given["TIMESTAMP_URL"] and web_address("TIMESTAMP_URL", given["TIMESTAMP_URL"]).geturl(),
        "MAX_CONTENT_LENGTH": 21 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2_000,
        **session_settings(secure=not demo),
        **sign_in_settings(),
        "BOOTSTRAP_SERVE_LOCAL": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it asks for a Referer, which our own pages never send
        "RATELIMIT_STORAGE_URI": environ.get("RATELIMIT_STORAGE_URI", "memory://"),
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def whole_number(name: str, text: str) -> int:
    """Return a setting that counts something; raises UnusableSetting."""
    if not (text.isascii() and text.isdigit()):
        raise UnusableSetting(f"{name} takes a whole number, not {text!r}.")
    return int(text)


def time_zone(name: str, text: str) -> ZoneInfo:
    """Return a setting that names a time zone; raises UnusableSetting."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnusableSetting(
            f"{name} takes the IANA name of a time zone, such as UTC or Europe/London, not {text!r}."
        ) from error


def language_model_settings(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of the language model, checked when an address is given; raises UnusableSetting."""
    seconds = whole_number("CME_LLM_TIMEOUT", given["CME_LLM_TIMEOUT"])
    if not 1 <= seconds <= MAX_MODEL_SECONDS:
        raise UnusableSetting(f"CME_LLM_TIMEOUT takes 1 to {MAX_MODEL_SECONDS} seconds, not {seconds}.")
    if given["CME_LLM_URL"]:
        address = web_address("CME_LLM_URL", given["CME_LLM_URL"])
        if not re.fullmatch(r"[\w.:/@+ -]{1,100}", given["CME_LLM_MODEL"], re.ASCII):
            raise UnusableSetting(
                "CME_LLM_MODEL takes the name of a model: at most 100 letters, digits and . : / @ + -."
            )
        if not re.fullmatch(r"[!-~]*", given["CME_LLM_KEY"]):
            raise UnusableSetting("CME_LLM_KEY takes letters, digits and signs without spaces.")
        if given["CME_LLM_KEY"] and address.scheme == "http" and not is_this_machine(address.hostname or ""):
            raise UnusableSetting("CME_LLM_KEY would be sent unencrypted: use an https address in CME_LLM_URL.")
    return {"CME_LLM_URL": given["CME_LLM_URL"].rstrip("/"), "CME_LLM_TIMEOUT": seconds}


def plan_settings(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of plans, checked when they are to be sold; raises UnusableSetting."""
    if given["PLANS"] not in ("", "0", "1"):
        raise UnusableSetting(f"PLANS takes 1 (people need a plan) or nothing, not {given['PLANS']!r}.")
    if bool(given["STRIPE_KEY"]) != bool(given["STRIPE_WEBHOOK_SECRET"]):
        raise UnusableSetting("STRIPE_KEY and STRIPE_WEBHOOK_SECRET are needed together.")
    for name, starts in (("STRIPE_KEY", ("sk_", "rk_")), ("STRIPE_WEBHOOK_SECRET", ("whsec_",))):
        if given[name] and not (given[name].startswith(starts) and re.fullmatch(r"\w{12,250}", given[name], re.ASCII)):
            raise UnusableSetting(f"{name} begins with {' or '.join(starts)}; copy it from Stripe's dashboard.")
    return {"PLANS": given["PLANS"] == "1"}


def mail_settings(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of the mail server, checked when there is one; raises UnusableSetting."""
    seconds = whole_number("MAIL_TIMEOUT", given["MAIL_TIMEOUT"])
    security = given["MAIL_SECURITY"]
    if security not in MAIL_PORTS:
        raise UnusableSetting(f"MAIL_SECURITY takes {', '.join(MAIL_PORTS)}, not {security!r}.")
    port = whole_number("MAIL_PORT", given["MAIL_PORT"] or str(MAIL_PORTS[security]))
    if not 1 <= seconds <= MAX_MAIL_SECONDS or not 1 <= port < 65_536:
        raise UnusableSetting(f"MAIL_PORT takes 1 to 65535, MAIL_TIMEOUT 1 to {MAX_MAIL_SECONDS} seconds.")
    if given["MAIL_SERVER"]:
        require_mail_settings(given)
    return {"MAIL_PORT": port, "MAIL_TIMEOUT": seconds}


def require_mail_settings(given: Mapping[str, str]) -> None:
    """Raise UnusableSetting unless messages can be handed over as the settings say, and nothing secret goes in clear."""
    if not re.fullmatch(r"[A-Za-z0-9._:-]{1,253}", given["MAIL_SERVER"]):
        raise UnusableSetting("MAIL_SERVER takes the name of a host, without a port: that goes into MAIL_PORT.")
    for name in ("MAIL_SENDER", "MAIL_REPLY_TO"):
        if (given[name] or name == "MAIL_SENDER") and not MAIL_ADDRESS.fullmatch(given[name]):
            raise UnusableSetting(f"{name} takes one plain address, such as no-reply@example.org, not {given[name]!r}.")
    if bool(given["MAIL_USER"]) != bool(given["MAIL_PASSWORD"]):
        raise UnusableSetting("MAIL_USER and MAIL_PASSWORD are needed together.")
    if given["MAIL_SECURITY"] == "none" and not is_this_machine(given["MAIL_SERVER"]):
        raise UnusableSetting("MAIL_SECURITY=none is for a mail server on this machine; others take starttls or tls.")


def web_address(name: str, text: str) -> SplitResult:
    """Return the parts of an http or https address without a password in it; raises UnusableSetting."""
    try:
        address = urlsplit(text)
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", text):
        raise UnusableSetting(f"{name} takes an address that begins with http:// or https://, not {text!r}.")
    if address.username is not None or address.query or address.fragment:
        raise UnusableSetting(f"{name} takes an address without user name, question mark or #.")
    return address


def is_this_machine(host: str) -> bool:
    """Return whether what is sent to a host stays on this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def session_settings(secure: bool) -> dict[str, Any]:
    """Return the cookie settings; ``__Host-`` ties the cookie to this host and needs https."""
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
    }


def sign_in_settings() -> dict[str, Any]:
    """Return Flask-Security's settings: argon2id, same answer for unknown and known accounts, local redirects only."""
    return {
        "SECURITY_URL_PREFIX": "/accounts",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGE_URL": "/password",
        "SECURITY_POST_CHANGE_VIEW": "/",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": 10,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_ZXCVBN_MINIMUM_SCORE": 3,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_REMEMBER_ME": False,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_REDIRECT_VALIDATE_MODE": ["absolute", "regex"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
    }


def database_url(given: str, instance: Path) -> str:
    """Return SQLAlchemy's address for DATABASE_URL; the plain ``postgres://`` form of hosting services is accepted."""
    if not given:
        return f"sqlite:///{instance / 'quizbank.sqlite3'}"
    for plain in ("postgres://", "postgresql://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return given


def demo_secret_key(instance: Path) -> str:
    """Return the demo's own secret key, made on first use and readable by its owner only."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def require_strong_secret_key(key: str | None) -> None:
    """Raise WeakSecretKey unless the key is long and varied enough to sign sessions."""
    if not key:
        raise WeakSecretKey(
            "SECRET_KEY is missing. Set it to a random value, for example the output of: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if len(key) < MIN_SECRET_LENGTH or len(set(key)) < MIN_SECRET_VARIETY:
        raise WeakSecretKey(f"SECRET_KEY is too weak: use at least {MIN_SECRET_LENGTH} random characters.")
