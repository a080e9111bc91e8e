"""The kind of program in words, and nothing else of what it said about itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.sharing.clients import BROWSERS, SYSTEMS, UNKNOWN, client_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WINDOWS + "Gecko/20100101 Firefox/127.0", "Firefox on Windows"),
        (WINDOWS + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36", "Chrome on Windows"),
        (WINDOWS + "AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15", "Safari on a Mac"),
        (PHONE + "Version/17.5 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        (PHONE + "CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1) Chrome/126.0", "A program, not a browser"),
        ("curl/8.5.0", "A program, not a browser"),
        ("python-requests/2.32", "A program, not a browser"),
        ("Firefox/1", "Firefox"),
        ("", UNKNOWN),
        ("<script>alert(1)</script>", UNKNOWN),
        ("=cmd|' /C calc'!A0", UNKNOWN),
    ],
)
def test_program_is_named_by_its_kind(user_agent: str, words: str) -> None:
    assert client_words(user_agent) == words


@given(st.text(max_size=600))
def test_nothing_a_stranger_wrote_comes_out(user_agent: str) -> None:
    names, systems = {name for _, name in BROWSERS}, {name for _, name in SYSTEMS}
    possible = {UNKNOWN, "A program, not a browser", *names, *(f"{a} on {b}" for a in names for b in systems)}
    assert client_words(user_agent) in possible
