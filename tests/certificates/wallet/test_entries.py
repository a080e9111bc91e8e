"""Lines of a transcript: what counts, what stands behind them, and their sums."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.entries import (
    CLAIMED,
    HERE,
    READ,
    REVOKED,
    SUPERSEDED,
    TYPED,
    VALID,
    Entry,
    chosen_entries,
    kinds_of,
    sum_of,
    sums_by_month,
    sums_by_year,
    topic_name,
)

LINE = Entry(1, HERE, "Heart failure", "Northgate", "ama_pra_1", "AMA", Decimal("1.25"), date(2026, 5, 3))
TODAY = date(2026, 11, 27)

lines = st.builds(
    Entry,
    id=st.integers(1, 99),
    origin=st.sampled_from([HERE, READ, TYPED]),
    title=st.just("T"),
    provider=st.just("P"),
    credit_type=st.sampled_from(["ama_pra_1", "cpd", "other"]),
    label=st.sampled_from(["A", "B"]),
    amount=st.decimals("0.01", "999.99", places=2),
    completed_on=st.dates(date(2018, 1, 1), TODAY),
    state=st.sampled_from([VALID, CLAIMED, REVOKED, SUPERSEDED]),
)


@pytest.mark.parametrize(
    ("changes", "counts", "words"),
    [
        ({}, True, "Certificate issued here"),
        ({"state": CLAIMED}, True, "Claimed here; its certificate is not issued yet"),
        ({"state": REVOKED}, False, "Certificate revoked: does not count"),
        ({"state": SUPERSEDED}, False, "Certificate replaced: does not count"),
        ({"origin": TYPED}, True, "Entered by you"),
        ({"origin": TYPED, "has_file": True}, True, "Entered by you, with a file"),
        (
            {"origin": READ, "name": "Ada", "signer": "Northgate"},
            True,
            "Read from a certificate, signature of Northgate holds, bears the name Ada",
        ),
        (
            {"origin": READ, "name": "Ada", "signer": "Northgate", "state": REVOKED},
            False,
            "Read from a certificate, signature of Northgate holds, bears the name Ada; revoked: does not count",
        ),
    ],
)
def test_line_says_what_stands_behind_it(changes: dict[str, object], counts: bool, words: str) -> None:
    line = replace(LINE, **changes)  # type: ignore[arg-type]
    assert (line.counts, line.proof) == (counts, words)
    assert line.proof_word
    assert line.tone == "bad" or line.state != REVOKED


def test_own_labels_are_kinds_of_their_own_whatever_their_case() -> None:
    first, second = (replace(LINE, credit_type="other", label=label) for label in ("Category 2", "CATEGORY 2"))
    assert first.kind == second.kind != LINE.kind
    assert kinds_of([first, second, LINE]) == {"other:category 2": "Category 2", "ama_pra_1": "AMA"}


def test_lines_are_chosen_with_both_ends_of_a_stretch() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    found = [replace(LINE, completed_on=day) for day in days]
    assert chosen_entries(found, first=days[1], last=days[2]) == found[1:3]
    assert chosen_entries(found, year=2026) == found[1:3]
    assert chosen_entries(found, kind="cpd") == []
    assert chosen_entries(found) == found


@given(st.lists(lines, max_size=30))
def test_sums_of_years_add_up_to_what_counts(found: list[Entry]) -> None:
    by_year = sums_by_year(found)
    assert sum((amount for sums in by_year.values() for amount in sums.values()), Decimal(0)) == sum_of(found)
    assert list(by_year) == sorted(by_year, reverse=True)
    assert sum((sum_of(chosen_entries(found, kind)) for kind in kinds_of(found)), Decimal(0)) == sum_of(found)


@given(st.lists(lines, max_size=30))
def test_months_are_the_last_twelve(found: list[Entry]) -> None:
    months = sums_by_month(found, TODAY)
    assert [first for first, _ in months] == [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 12))]
    assert sum((amount for _, amount in months), Decimal(0)) == sum_of(chosen_entries(found, first=date(2025, 12, 1)))


def test_quarters_are_summed_exactly() -> None:
    assert sum_of([replace(LINE, amount=Decimal("0.10"))] * 3) == Decimal("0.30")


@pytest.mark.parametrize("typed", ["Opioid  Prescribing", " opioid prescribing ", "OPIOID PRESCRIBING"])
def test_topics_are_compared_in_one_form(typed: str) -> None:
    assert topic_name(typed) == "opioid prescribing"
