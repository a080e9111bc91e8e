"""A drug's class and target are read from plain clauses and lines, and only where the document tells one."""

import pytest

from quizbank.generation.statements.mechanisms import is_mechanism
from quizbank.generation.statements.model import TermUse
from tests.quizbank.generation.sources import document_of, said

TITLE = "Torasemide"
CLASS = "To which drug class does torasemide belong?"


def told(body: str, title: str = TITLE) -> list[tuple[str, str]]:
    uses = said(document_of(body, title), TermUse)
    return [(use.question, use.answer.text) for use in uses if is_mechanism(use)]


@pytest.mark.parametrize(
    "line",
    [
        "Torasemide is a long-acting loop diuretic used for edema.",
        "Torasemide (torsemide) was the first loop diuretic of the pyridine type.",
        "**Drug class:** loop diuretic (sulfonylurea-like)",
        "A potent loop diuretic for edema.",
        "Torasemide, a loop diuretic, is taken once a day.",
        "Torasemide belongs to the class of loop diuretics.",
    ],
)
def test_a_clause_or_line_tells_the_class(line: str) -> None:
    assert told(line) == [(CLASS, "Loop diuretic")]


@pytest.mark.parametrize(
    "line",
    [
        "Torasemide is not a loop diuretic.",
        "Torasemide is given with a loop diuretic.",
        "Unlike a loop diuretic, torasemide works slowly.",
        "Torasemide is an ester carrying a nitrate group.",
        "Torasemide is a loop diuretic. Torasemide is a thiazide diuretic.",
        "Loop diuretics act fast. Torasemide does not.",
    ],
)
def test_nothing_is_asked_where_another_drug_or_two_classes_may_be_meant(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Febuxostat selectively inhibits xanthine oxidase.",
        "Mechanism: selective inhibitor of xanthine oxidase.",
        "Febuxostat is a tablet that inhibits xanthine oxidase in the liver.",
    ],
)
def test_a_clause_or_line_tells_the_target(line: str) -> None:
    target = ("Which target does febuxostat inhibit?", "Xanthine oxidase")
    assert told(f"Given once a day by mouth.\n\n{line}", "Febuxostat") == [target]


def test_a_line_that_names_the_target_asks_what_the_drug_acts_on() -> None:
    line = "Given once a day by mouth.\n\n- Target: xanthine oxidase"
    assert told(line, "Febuxostat") == [("On which target does febuxostat act?", "Xanthine oxidase")]


def test_a_target_with_another_beside_it_is_not_asked() -> None:
    assert told("Febuxostat inhibits xanthine oxidase and URAT1.", "Febuxostat") == []
    assert told("Febuxostat blocks the xanthine oxidase of the liver cell.", "Febuxostat") == []


def test_a_class_that_the_name_tells_is_not_asked() -> None:
    assert told("Doxycycline is a tetracycline.", "Doxycycline") == []
    assert told("Ursodeoxycholic acid is a bile acid.", "Ursodeoxycholic acid") == []


def test_wrong_options_are_neighbors_that_no_book_would_accept() -> None:
    uses = said(document_of("Losartan is an ARB used for hypertension.", "Losartan"), TermUse)
    [use] = [one for one in uses if is_mechanism(one)]
    assert len(use.siblings) >= 3
    assert not {"ACE inhibitor", "Direct renin inhibitor", "Angiotensin II receptor blocker"} & set(use.siblings)
