"""Readers see neither key nor pattern; their verdicts are counted strictly."""

import csv
from io import StringIO

import pytest

from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.pipeline import generate
from quizbank.generation.reviewing import (
    AS_IS,
    FATAL,
    DamagedSheet,
    Made,
    Reading,
    count,
    kappa,
    licences_from,
    read_keys,
    read_sheet,
    sheets,
    told_key,
    told_options,
)
from quizbank.items.types import Matching, Numeric, Ordering, TrueFalse
from tests.quizbank.generation.sources import LISTS, document_of

MADE = [Made("page.md", item) for item in generate(document_of(LISTS), 1, licences=AS_IF_LICENSED).items]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def key_row(row: str, document: str = "a.md", pattern: str = "lists", version: str = "1") -> dict[str, str]:
    return {"row": row, "document": document, "pattern": pattern, "version": version}


def test_sheet_hides_key_pattern_and_source() -> None:
    blind, keys = sheets(MADE, 3)
    assert len(rows(blind)) == len(rows(keys)) == len(MADE) > 0
    assert set(rows(blind)[0]) == {"row", "document", "stem", "options", "verdict", "reasons"}
    for row, kept in zip(rows(blind), rows(keys), strict=True):
        assert row["row"] == kept["row"]
        assert all(f"{letter}) " in row["options"] for letter in kept["key"])


def test_same_seed_shuffles_alike() -> None:
    assert sheets(MADE, 3) == sheets(MADE, 3)


@pytest.mark.parametrize("verdict", ["", "4", "good", "-1"])
def test_row_without_a_verdict_is_refused_by_number(verdict: str) -> None:
    with pytest.raises(DamagedSheet, match="Row 7"):
        read_sheet(f"row,document,stem,options,verdict,reasons\n7,a.md,Which?,A) x,{verdict},\n")


@pytest.mark.parametrize("text", ["", "row,verdict\n"])
def test_empty_sheet_is_refused(text: str) -> None:
    with pytest.raises(DamagedSheet, match="no row"):
        read_sheet(text)


def test_sheet_of_keys_must_be_one() -> None:
    with pytest.raises(DamagedSheet, match="no sheet of keys"):
        read_keys("row,verdict\n1,3\n")
    assert read_keys(sheets(MADE, 1)[1])[0]["document"] == "page.md"


def test_the_less_favorable_reader_counts() -> None:
    keys = [key_row("1"), key_row("2", "b.md"), key_row("3", "b.md", version="2")]
    lenient, strict = Reading({"1": 3, "2": 3, "3": 3}), Reading({"1": 3, "2": 0, "3": 1})
    first, second = licences_from(keys, [lenient, strict])
    assert (first.read, first.documents, first.as_is, first.fatal) == (2, 2, 1, 1)
    assert (second.version, second.read, second.as_is, second.fatal) == (2, 1, 0, 0)


def test_unread_row_is_refused() -> None:
    with pytest.raises(DamagedSheet, match="Row 2 was not read"):
        count([key_row("2")], Reading({"1": 3}), AS_IS)


def test_agreement_is_cohens_kappa() -> None:
    # Two readers of 50 things: both yes 20, both no 15, apart 5 and 10; kappa is 0.4 (0.70 seen, 0.50 by chance).
    pairs = [(3, 3)] * 20 + [(1, 1)] * 15 + [(3, 1)] * 5 + [(1, 3)] * 10
    one = Reading({str(row): first for row, (first, _) in enumerate(pairs)})
    other = Reading({str(row): second for row, (_, second) in enumerate(pairs)})
    assert kappa(one, other, AS_IS) == pytest.approx(0.4)
    assert kappa(one, other, FATAL) == 1


def test_pairs_and_steps_are_told_in_one_cell_and_their_key_in_another() -> None:
    matching, ordering = Matching.examples()[0], Ordering.examples()[0]
    assert told_options(matching).startswith("1) Radial nerve | 2) Median nerve | 3) Ulnar nerve | A) Abduction")
    assert told_key(matching) == "1B 2C 3A"
    assert told_options(ordering).startswith("A) Chest compressions | B) Care after")
    assert told_key(ordering) == "C A D B"


def test_numbers_and_statements_are_told_in_one_cell() -> None:
    number, statement = Numeric.examples()[0], TrueFalse.examples()[0]
    assert (told_options(number), told_key(number)) == ("(a number, in mg)", "1 mg")
    assert (told_options(statement), told_key(statement)) == ("A) True | B) False", "A")
