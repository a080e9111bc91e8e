"""The rules of a share link: its token, how long and how often it opens, and how it stands at a moment.

A token has 256 bits and is stored only as its SHA-256. It is made from the key of the form that asks for it, so that a
form sent twice makes one link and shows the same token; nobody without the secret key can make it again.
"""

import hashlib
import hmac
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

DEFAULT_DAYS, MAX_DAYS = 30, 365
DEFAULT_VIEWS, MAX_VIEWS = 10, 100
MAX_ENTRIES = 100
SHORTEST_PASSCODE, LONGEST_PASSCODE = 6, 100
MAX_WRONG_TRIES = 10
"""Wrong passcodes in a row after which a link is locked for good."""
VIEW_LASTS = timedelta(hours=12)
"""How long one view may be reloaded; as long as a session's cookie is believed."""
MAX_REFUSALS_NOTED = 200
"""Lines about refusals that the access log of one link takes; a link that is hammered fills no disk."""

LIVE, REVOKED, LOCKED, EXPIRED, USED_UP, CLOSED = "live", "revoked", "locked", "expired", "used_up", "closed"
STANDINGS: Mapping[str, tuple[str, str]] = {
    LIVE: ("Open", "good"),
    REVOKED: ("Revoked", "bad"),
    LOCKED: ("Locked", "bad"),
    EXPIRED: ("Expired", "neutral"),
    USED_UP: ("Used up", "neutral"),
    CLOSED: ("Account closed", "neutral"),
}
"""How a link stands: the word for people, and the tone of its badge."""
SHOWN, DOWNLOADED, WRONG_PASSCODE = "shown", "downloaded", "wrong_passcode"
OUTCOMES: Mapping[str, tuple[str, str]] = {
    SHOWN: ("Shown", "good"),
    DOWNLOADED: ("Downloaded", "good"),
    WRONG_PASSCODE: ("Wrong passcode", "caution"),
    REVOKED: ("Was revoked", "neutral"),
    LOCKED: ("Was locked", "caution"),
    EXPIRED: ("Was expired", "neutral"),
    USED_UP: ("Was used up", "neutral"),
    CLOSED: ("Account closed", "neutral"),
}
"""What came of an attempt to look, as the access log tells it."""


def token_for(secret_key: str, account_id: int, form_key: str) -> str:
    """Return the token of the link that a person's form asks for: 256 bits as 43 letters, digits, - and _."""
    asked = f"share link\n{account_id}\n{form_key}"
    return urlsafe_b64encode(hmac.digest(secret_key.encode(), asked.encode(), "sha256")).rstrip(b"=").decode()


def hashed(secret: str) -> str:
    """Return the SHA-256 (hex) under which a token or the secret of a view is stored."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def standing(
    revoked_at: datetime | None,
    expires_at: datetime,
    views: tuple[int, int],
    wrong_tries: int,
    is_owner_active: bool,
    now: datetime,
) -> str:
    """Return how a link stands at a moment. ``views``: how many it had, and how many it may have."""
    if revoked_at is not None:
        return REVOKED
    if not is_owner_active:
        return CLOSED
    if now >= expires_at:
        return EXPIRED
    if wrong_tries >= MAX_WRONG_TRIES:
        return LOCKED
    return USED_UP if views[0] >= views[1] else LIVE


def may_go_on(standing_now: str) -> bool:
    """Return whether a view that was opened earlier still shows: being used up or locked stops only new ones."""
    return standing_now in (LIVE, USED_UP, LOCKED)


@dataclass(frozen=True)
class AskedLink:
    """What a person asks for: to whom, how long, how often, and which records (kind and number of each)."""

    recipient: str
    days: int
    max_views: int
    passcode: str
    picks: tuple[tuple[str, int], ...]


def plain_passcode(typed: str | None) -> str:
    """Return a passcode as it is compared: one that is typed on another keyboard is the same, blanks around it are none."""
    return unicodedata.normalize("NFKC", typed or "").strip()


def pick_of(text: str) -> tuple[str, int]:
    """Return kind and number of a record as forms name it ("certificate:12"); raises ValueError."""
    kind, _, number = text.partition(":")
    return kind, int(number)
