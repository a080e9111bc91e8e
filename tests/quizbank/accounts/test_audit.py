"""The audit trail's chain: whoever changes, removes or moves an entry breaks it at that place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.accounts.audit import FIRST_HASH, Entry, chained_hash, first_broken

Row = tuple[Entry, str, str]
NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
FACTS = st.dictionaries(WORDS, WORDS | st.integers() | st.booleans() | st.none() | st.lists(WORDS), max_size=3)
ENTRIES = st.builds(
    Entry,
    at=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),
    actor_id=st.none() | st.integers(1, 9),
    action=WORDS,
    subject=WORDS,
    facts=FACTS,
)
TRAILS = st.lists(ENTRIES, min_size=2, max_size=6)


def chain(entries: list[Entry]) -> list[Row]:
    """Return entries as the trail stores them."""
    rows: list[Row] = []
    previous = FIRST_HASH
    for entry in entries:
        rows.append((entry, previous, chained_hash(previous, entry)))
        previous = rows[-1][2]
    return rows


@given(st.lists(ENTRIES, max_size=6))
def test_chain_as_written_is_whole(entries: list[Entry]) -> None:
    assert first_broken(chain(entries)) is None


@given(TRAILS, st.data())
def test_changed_entry_is_found(entries: list[Entry], draw: st.DataObject) -> None:
    rows = chain(entries)
    place = draw.draw(st.integers(0, len(rows) - 1))
    other = draw.draw(ENTRIES.filter(lambda entry: entry != entries[place]))
    rows[place] = (other, *rows[place][1:])
    assert first_broken(rows) == place


@given(TRAILS, st.data())
def test_removed_entry_is_found(entries: list[Entry], draw: st.DataObject) -> None:
    rows = chain(entries)
    place = draw.draw(st.integers(0, len(rows) - 2))
    del rows[place]
    assert first_broken(rows) == place


@given(TRAILS, st.data())
def test_entries_that_changed_places_are_found(entries: list[Entry], draw: st.DataObject) -> None:
    rows = chain(entries)
    place = draw.draw(st.integers(0, len(rows) - 2))
    rows[place], rows[place + 1] = rows[place + 1], rows[place]
    assert first_broken(rows) == place


@given(TRAILS, st.data())
def test_entry_replaced_with_a_fitting_hash_breaks_the_chain_after_it(
    entries: list[Entry], draw: st.DataObject
) -> None:
    rows = chain(entries)
    place = draw.draw(st.integers(0, len(rows) - 2))
    other = draw.draw(ENTRIES.filter(lambda entry: entry != entries[place]))
    rows[place] = (other, rows[place][1], chained_hash(rows[place][1], other))
    assert first_broken(rows) == place + 1


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON + timedelta(microseconds=1)},
        {"actor_id": None},
        {"actor_id": 2},
        {"action": "attempt.started"},
        {"subject": "attempt:2"},
        {"facts": {"passed": False}},
        {"facts": {}},
    ],
    ids=str,
)
def test_every_field_counts(change: dict[str, Any]) -> None:
    entry = Entry(NOON, 1, "attempt.submitted", "attempt:1", {"passed": True})
    assert chained_hash(FIRST_HASH, entry) != chained_hash(FIRST_HASH, replace(entry, **change))


def test_words_cannot_move_from_one_field_to_the_next() -> None:
    assert chained_hash(FIRST_HASH, Entry(NOON, 1, "ab", "c", {})) != chained_hash(
        FIRST_HASH, Entry(NOON, 1, "a", "bc", {})
    )


def test_same_moment_in_another_zone_has_the_same_hash() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    entry = Entry(NOON, 1, "signed in", "account:1", {})
    assert chained_hash(FIRST_HASH, entry) == chained_hash(FIRST_HASH, replace(entry, at=elsewhere))


def test_order_of_facts_does_not_matter() -> None:
    one, other = Entry(NOON, 1, "a", "b", {"x": 1, "y": 2}), Entry(NOON, 1, "a", "b", {"y": 2, "x": 1})
    assert chained_hash(FIRST_HASH, one) == chained_hash(FIRST_HASH, other)
