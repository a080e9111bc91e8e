"""The provider's year in figures."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from certificates.reporting.outcomes.results import CreditTotal
from certificates.reporting.outcomes.year import FormatTotal, SupportTotal, lines, summarise
from certificates.reporting.records import ActivityRecord, Support
from tests.certificates.reporting.samples import ACTIVITY

LABELS = {"enduring": "Enduring material", "journal": "Journal-based CME", "other": "Other activity"}
PLAIN = replace(ACTIVITY, support=(), format="journal", maximum=Decimal("0.50"), physicians=1, others=0)
CREDIT = CreditTotal("CPD points", 2, Decimal("1.5"))

records = st.builds(
    ActivityRecord,
    reference=st.just("1"),
    title=st.just("A"),
    format=st.sampled_from(list(LABELS)),
    released_on=st.none(),
    expires_on=st.none(),
    minutes=st.integers(0, 600),
    credit_type=st.sampled_from(["ama_pra_1", "cpd"]),
    maximum=st.integers(1, 40).map(lambda steps: steps * Decimal("0.25")),
    objectives=st.just(()),
    support=st.lists(st.sampled_from([Support("Acme", "money"), Support("Bolt", "money")]), max_size=3).map(tuple),
    physicians=st.integers(0, 50),
    others=st.integers(0, 50),
)


def test_activities_are_counted_by_format_and_only_formats_there_are_shown() -> None:
    summary = summarise(2026, [ACTIVITY, ACTIVITY, PLAIN], [CREDIT], LABELS)
    assert summary.formats == (
        FormatTotal("Enduring material", 2, Decimal("3.00"), 14, 4),
        FormatTotal("Journal-based CME", 1, Decimal("0.50"), 1, 0),
    )
    assert summary.total == FormatTotal("All", 3, Decimal("3.50"), 15, 4)
    assert summary.credits == (CREDIT,)


def test_support_is_counted_by_company_and_kind() -> None:
    twice = replace(ACTIVITY, support=(*ACTIVITY.support, Support("Acme", "money")))
    summary = summarise(2026, [twice, ACTIVITY, PLAIN], [], LABELS)
    assert summary.supported == 2
    assert summary.support == (SupportTotal("Acme", "money", 2), SupportTotal("Bolt Ltd", "in kind, a room", 2))


def test_year_of_nothing_is_all_zero() -> None:
    summary = summarise(1999, [], [], LABELS)
    assert summary.total == FormatTotal("All", 0, Decimal(0), 0, 0)
    assert [line[3] for line in lines(summary)] == ["0", "0.00", "0", "0", "0"]


@given(st.lists(records, max_size=8))
def test_formats_add_up_to_the_whole_year(found: list[ActivityRecord]) -> None:
    total = summarise(2026, found, [], LABELS).total
    assert total.activities == len(found)
    assert total.hours == sum((one.hours for one in found), Decimal(0))
    assert total.physicians + total.others == sum(one.physicians + one.others for one in found)
