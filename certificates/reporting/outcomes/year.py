"""The provider's year: activities and credit go in; counts by format, credit by type and support come out.

ACCME asks every provider once a year for its activities by type, their hours of instruction, the learners (physicians and
others) and commercial support.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from certificates.reporting.outcomes.results import CreditTotal, Line
from certificates.reporting.records import ActivityRecord


@dataclass(frozen=True)
class FormatTotal:
    """The activities of one format: how many were open in the year, their hours, and who completed them."""

    label: str
    activities: int
    hours: Decimal
    physicians: int
    others: int


@dataclass(frozen=True)
class SupportTotal:
    """A commercial supporter: what was given, and for how many activities."""

    company: str
    given: str
    activities: int


@dataclass(frozen=True)
class Summary:
    """The year in figures."""

    year: int
    formats: tuple[FormatTotal, ...]
    credits: tuple[CreditTotal, ...]
    support: tuple[SupportTotal, ...]
    supported: int

    @property
    def total(self) -> FormatTotal:
        """Return all formats taken together."""
        return FormatTotal(
            "All",
            sum(one.activities for one in self.formats),
            sum((one.hours for one in self.formats), Decimal(0)),
            sum(one.physicians for one in self.formats),
            sum(one.others for one in self.formats),
        )


def summarise(
    year: int, records: Sequence[ActivityRecord], credits: Iterable[CreditTotal], labels: Mapping[str, str]
) -> Summary:
    """Return the summary of a year; ``labels`` are the formats in the order they are shown."""
    formats = [format_total(label, [one for one in records if one.format == name]) for name, label in labels.items()]
    return Summary(
        year,
        tuple(one for one in formats if one.activities),
        tuple(credits),
        tuple(support_totals(records)),
        sum(bool(one.support) for one in records),
    )


def format_total(label: str, records: Sequence[ActivityRecord]) -> FormatTotal:
    """Return the totals of activities of one format."""
    hours = sum((one.hours for one in records), Decimal(0))
    physicians, others = sum(one.physicians for one in records), sum(one.others for one in records)
    return FormatTotal(label, len(records), hours, physicians, others)


def support_totals(records: Iterable[ActivityRecord]) -> Iterator[SupportTotal]:
    """Yield supporters by name with what they gave, each kind of support of a company by itself."""
    counts: dict[tuple[str, str], int] = {}
    for one in records:
        for source in dict.fromkeys(one.support):
            counts[source.company, source.given] = counts.get((source.company, source.given), 0) + 1
    for (company, given), count in sorted(counts.items()):
        yield SupportTotal(company, given, count)


def lines(summary: Summary) -> Iterator[Line]:
    """Yield the summary as lines of one table, in the order of the page."""
    for one in (*summary.formats, summary.total):
        yield "Activities", one.label, "Activities", str(one.activities)
        yield "Activities", one.label, "Hours of instruction", f"{one.hours:.2f}"
        yield "Activities", one.label, "Physicians", str(one.physicians)
        yield "Activities", one.label, "Other learners", str(one.others)
    for credit in summary.credits:
        yield "Credit", credit.label, "Claims", str(credit.claims)
        yield "Credit", credit.label, "Claimed in all", f"{credit.amount:.2f}"
    yield "Commercial support", "All", "Activities with support", str(summary.supported)
    for source in summary.support:
        yield "Commercial support", source.company, source.given, str(source.activities)
