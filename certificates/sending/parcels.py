"""Who gets which certificates in one sending: rows go in, one parcel a person comes out; and how far a sending is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SEND_CERTIFICATES = "sending.write"


@dataclass(frozen=True)
class Parcel:
    """One person and the certificates that they get."""

    account_id: int
    certificate_ids: tuple[int, ...]


@dataclass(frozen=True)
class Order:
    """A sending as it was asked for: the parcels, and why."""

    parcels: tuple[Parcel, ...]
    reason: str

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Order":
        """Return the order that a job's arguments hold."""
        return cls(tuple(Parcel(one, tuple(ids)) for one, ids in args["parcels"]), args["reason"])

    def to_args(self) -> dict[str, Any]:
        """Return the order as a job's arguments."""
        return {"parcels": [[one.account_id, list(one.certificate_ids)] for one in self.parcels], "reason": self.reason}


def parcels_of(rows: Iterable[tuple[int, int]]) -> tuple[Parcel, ...]:
    """Return a parcel for each person from (account, certificate) rows, in the order of accounts."""
    found: dict[int, set[int]] = {}
    for account_id, certificate_id in rows:
        found.setdefault(account_id, set()).add(certificate_id)
    return tuple(Parcel(account_id, tuple(sorted(found[account_id]))) for account_id in sorted(found))


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


@dataclass(frozen=True)
class Standing:
    """How far a sending is. ``written`` tells whether every message is written; ``people`` were asked for."""

    people: int
    written: bool
    waiting: int
    sent: int
    refused: int

    @property
    def left_out(self) -> int:
        """Return who got no message since they cannot get any more, or have no valid certificate any more."""
        return self.people - self.waiting - self.sent - self.refused if self.written else 0

    @property
    def done(self) -> int:
        """Return for how many it is settled."""
        return self.sent + self.refused + self.left_out

    @property
    def has_ended(self) -> bool:
        """Return whether nothing is to be expected any more."""
        return self.written and not self.waiting

    @property
    def words(self) -> str:
        """Return how far it is, in words."""
        parts: Sequence[tuple[int, str]] = (
            (self.sent, "sent"),
            (self.waiting, "on the way"),
            (self.refused, "refused"),
            (self.left_out, "left out"),
        )
        told = [f"{number:,} {what}" for number, what in parts if number or what == "sent"]
        return f"{', '.join(told)} of {self.people:,}"
