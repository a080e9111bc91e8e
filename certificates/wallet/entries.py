"""One line of a transcript: where credit was earned, how much, and whether it counts; and the sums over many lines."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

HERE, READ, TYPED = "here", "read", "typed"
OTHER = "other"
CLAIMED, VALID, REVOKED, SUPERSEDED = "claimed", "valid", "revoked", "superseded"
NOTHING = Decimal(0)
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class TypedCredit:
    """Credit from elsewhere, as its owner enters it."""

    title: str
    provider: str
    credit_type: str
    label: str
    amount: Decimal
    completed_on: date
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """Credit on a transcript.

    ``id`` is the claim's for credit earned here, else that of the external credit. ``state`` is that of the certificate,
    CLAIMED while there is none. ``name`` is whom the certificate names, ``signer`` who signed it, ``address`` where
    its issuer tells how it stands now; all empty for credit that was typed.
    """

    id: int
    origin: str
    title: str
    provider: str
    credit_type: str
    label: str
    amount: Decimal
    completed_on: date
    topics: tuple[str, ...] = ()
    state: str = VALID
    certificate_id: int | None = None
    serial: str = ""
    name: str = ""
    signer: str = ""
    has_file: bool = False
    address: str = ""

    @property
    def counts(self) -> bool:
        """Return whether the credit counts: what was revoked or replaced does not."""
        return self.state in (VALID, CLAIMED)

    @property
    def kind(self) -> str:
        """Return what sums are made by: the credit type, or a person's own label for one."""
        return f"{OTHER}:{self.label.casefold()}" if self.credit_type == OTHER else self.credit_type

    @property
    def proof_word(self) -> str:
        """Return in a few words what stands behind the line."""
        fallen = {REVOKED: "Revoked", SUPERSEDED: "Replaced"}.get(self.state)
        by_origin = {TYPED: "Entered by you", READ: "Read from a certificate"}
        return fallen or by_origin.get(self.origin) or ("Certificate" if self.state == VALID else "Claimed")

    @property
    def tone(self) -> str:
        """Return how well the line is proved, as a tone of pages."""
        if not self.counts:
            return "bad" if self.state == REVOKED else "neutral"
        return "good" if self.origin == READ or (self.origin == HERE and self.state == VALID) else "neutral"

    @property
    def proof(self) -> str:
        """Return in words what stands behind the line."""
        return proof_words(self)


def proof_words(entry: Entry) -> str:
    """Return what stands behind a line of a transcript, in words."""
    if entry.origin == TYPED:
        return "Entered by you" + (", with a file" if entry.has_file else "")
    fallen = {REVOKED: "revoked: does not count", SUPERSEDED: "replaced: does not count"}.get(entry.state)
    if entry.origin == READ:
        held = f"Read from a certificate, signature of {entry.signer} holds, bears the name {entry.name}"
        return f"{held}; {fallen}" if fallen else held
    if fallen:
        return f"Certificate {fallen}"
    return "Certificate issued here" if entry.state == VALID else "Claimed here; its certificate is not issued yet"


def chosen_entries(
    entries: Iterable[Entry],
    kind: str = "",
    year: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Entry]:
    """Return the lines of one kind, year, or stretch of days (both ends included); what is not given does not matter."""
    return [
        entry
        for entry in entries
        if (not kind or entry.kind == kind)
        and (year is None or entry.completed_on.year == year)
        and (first is None or entry.completed_on >= first)
        and (last is None or entry.completed_on <= last)
    ]


def sum_of(entries: Iterable[Entry]) -> Decimal:
    """Return the credit of lines that count."""
    return sum((entry.amount for entry in entries if entry.counts), NOTHING)


def kinds_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Return every kind of credit with its label, the one with the most credit first."""
    labels: dict[str, str] = {}
    sums: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for entry in entries:
        labels.setdefault(entry.kind, entry.label)
        sums[entry.kind] += entry.amount if entry.counts else NOTHING
    return {kind: labels[kind] for kind in sorted(labels, key=lambda kind: (-sums[kind], labels[kind]))}


def sums_by_year(entries: Iterable[Entry]) -> dict[int, dict[str, Decimal]]:
    """Return the credit that counts by year, the latest first, and kind."""
    sums: dict[int, dict[str, Decimal]] = {}
    for entry in entries:
        if entry.counts:
            of_year = sums.setdefault(entry.completed_on.year, {})
            of_year[entry.kind] = of_year.get(entry.kind, NOTHING) + entry.amount
    return dict(sorted(sums.items(), reverse=True))


def sums_by_month(entries: Iterable[Entry], today: date) -> Sequence[tuple[date, Decimal]]:
    """Return the first day and the credit of each of the last twelve months, this one last."""
    present = today.year * 12 + today.month - 1
    months = range(present - MONTHS_SHOWN + 1, present + 1)
    sums: Mapping[int, list[Decimal]] = {month: [] for month in months}
    for entry in entries:
        month = entry.completed_on.year * 12 + entry.completed_on.month - 1
        if entry.counts and month in sums:
            sums[month].append(entry.amount)
    return [(date(*divmod_month(month), 1), sum(amounts, NOTHING)) for month, amounts in sums.items()]


def divmod_month(month: int) -> tuple[int, int]:
    """Return year and month (1 to 12) of a count of months."""
    return month // 12, month % 12 + 1


def topic_name(text: str) -> str:
    """Return a topic in the one form in which it is compared: composed, single blanks, small letters."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
