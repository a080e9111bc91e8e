"""The door takes the token of a share link out of the address, and leaves every other address as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from certificates.sharing.recipient.door import HANDED_OVER, TokenDoor

TOKEN = "t" * 43


def through(path: str, **more: Any) -> dict[str, Any]:
    """Return what the application behind the door gets."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        seen.update(environ)
        return []

    list(TokenDoor(application)({"PATH_INFO": path, "RAW_URI": path, "REQUEST_URI": path, **more}, lambda: None))
    return seen


@pytest.mark.parametrize("path", [f"/s/{TOKEN}", f"/s/{TOKEN}/", "/s/short", "/s/../x".replace("/x", "")])
def test_token_is_handed_over_beside_the_address(path: str) -> None:
    seen = through(path)
    assert {seen[name] for name in ("PATH_INFO", "RAW_URI", "REQUEST_URI")} == {"/s/"}
    assert seen[HANDED_OVER] == path.removeprefix("/s/").rstrip("/")


@pytest.mark.parametrize(
    "path", ["/", "/s/", "/s", "/s/view/abc", "/s/view/abc/records.zip", "/sharing/1", f"/S/{TOKEN}"]
)
def test_other_addresses_stay_as_they_are(path: str) -> None:
    seen = through(path)
    assert seen["PATH_INFO"] == seen["RAW_URI"] == path
    assert HANDED_OVER not in seen


def test_nobody_hands_over_a_token_from_outside() -> None:
    assert HANDED_OVER not in through("/s/", **{HANDED_OVER: TOKEN})
