"""What messages there are: a name goes in; what people call it, and which of their choices it follows, come out."""

from collections.abc import Mapping
from dataclasses import dataclass

RECORD = "record"
REMINDER = "reminder"
ASKED = "asked"
CHOICES: Mapping[str, str] = {
    RECORD: "About my certificates: issued, replaced, revoked, or sent to me again",
    REMINDER: "Reminders: a license, a deadline or an activity runs out, a shared link was opened",
}
"""What a person can switch off, in the words of the page that does it. What somebody asked for comes in any case."""


@dataclass(frozen=True)
class Kind:
    """One kind of message: its name in the database, what pages call it, and the choice it follows."""

    name: str
    label: str
    group: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("certificate.issued", "Certificate issued", RECORD),
        Kind("certificate.replaced", "Certificate replaced", RECORD),
        Kind("certificate.revoked", "Certificate revoked", RECORD),
        Kind("certificate.sent", "Certificates sent", RECORD),
        Kind("license.expires", "License expires", REMINDER),
        Kind("requirement.due", "Requirement due", REMINDER),
        Kind("activity.expires", "Activity expires", REMINDER),
        Kind("share.opened", "Shared link opened", REMINDER),
        Kind("test", "Test", ASKED),
    )
}


def can_choose(kind: str) -> bool:
    """Return whether a person can switch messages of a kind off."""
    return KINDS[kind].group != ASKED
