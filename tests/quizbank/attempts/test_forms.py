"""Posted answers: fields by slot, and everything that no page of ours could have sent is refused."""

import time

import pytest
from werkzeug.datastructures import MIMEAccept, MultiDict
from werkzeug.http import parse_accept_header

from quizbank.attempts.forms import (
    MAX_SLOTS,
    MAX_VALUES,
    InvalidForm,
    answered_fields,
    is_asked_by_script,
    page_after,
    posted_marks,
    posted_turn,
    slot_to_check,
    slots_asked_again,
)
from quizbank.attempts.log import Marks, Slot
from quizbank.attempts.turns import Turn


def posted(*pairs: tuple[str, str]) -> dict[int, dict[str, list[str]]]:
    return answered_fields(MultiDict(pairs))


def test_choices_are_found_by_their_slot() -> None:
    fields = posted(("item", "1"), ("item", "12"), ("choice-1", "a"), ("choice-12", "b"), ("choice-12", "c"))
    assert fields == {1: {"choice": ["a"]}, 12: {"choice": ["b", "c"]}}


def test_slot_shown_without_a_choice_is_blank() -> None:
    assert posted(("item", "3")) == {3: {}}


@pytest.mark.parametrize(
    "extra",
    ["score", "passed", "user_id", "credits", "submitted_at", "is_admin", "csrf_token", "go", "current", "choice"],
)
def test_other_fields_are_left_out(extra: str) -> None:
    assert posted(("item", "1"), ("choice-1", "a"), (extra, "1")) == {1: {"choice": ["a"]}}


def test_form_without_a_slot_is_refused() -> None:
    with pytest.raises(InvalidForm):
        posted(("choice-1", "a"))


@pytest.mark.parametrize("twice", [("1", "1"), ("1", "2", "1")])
def test_slot_named_twice_is_refused(twice: tuple[str, ...]) -> None:
    with pytest.raises(InvalidForm):
        posted(*(("item", number) for number in twice))


def test_choice_for_a_slot_that_was_not_shown_is_refused() -> None:
    with pytest.raises(InvalidForm):
        posted(("item", "1"), ("choice-2", "a"))


WRONG_NUMBERS = ["", "0", "01", "-1", "+1", " 1", "1 ", "1.0", "1e308", "NaN", "null", "[]", "1000", "9223372036854775808",
                 "٣", "²", "１", "1\n", "1\x00", "x"]  # fmt: skip


@pytest.mark.parametrize("number", WRONG_NUMBERS)
def test_slot_that_is_no_plain_number_is_refused(number: str) -> None:
    with pytest.raises(InvalidForm):
        posted(("item", number))
    with pytest.raises(InvalidForm):
        posted(("item", "1"), (f"choice-{number}", "a"))


def test_ten_thousand_slots_are_refused_at_once() -> None:
    form = MultiDict([("item", str(number)) for number in range(1, 10_001)])
    started = time.perf_counter()
    with pytest.raises(InvalidForm):
        answered_fields(form)
    assert time.perf_counter() - started < 0.1


def test_as_many_slots_as_the_limit_are_read() -> None:
    assert len(posted(*(("item", str(number)) for number in range(1, MAX_SLOTS + 1)))) == MAX_SLOTS


def test_too_many_values_for_one_slot_are_refused() -> None:
    with pytest.raises(InvalidForm):
        posted(("item", "1"), *[("choice-1", "a")] * (MAX_VALUES + 1))


def test_refusal_tells_what_to_do() -> None:
    with pytest.raises(InvalidForm, match="Reload it; saved answers are kept"):
        posted()


SLOTS = [Slot(1, 71, 5, 1.0, ("a", "b", "c")), Slot(2, 72, 5, 1.0, ("d", "e"))]
PAGE = "0123456789abcdef"


def test_page_that_only_shows_a_slot_asks_nothing() -> None:
    assert posted(("shown", "3")) == {}


def test_page_tells_which_it_is_and_how_many_saves_it_has_seen() -> None:
    assert posted_turn(MultiDict([("page", PAGE), ("seen", "12")])) == Turn(PAGE, 12)
    assert posted_turn(MultiDict([("item", "1")])) is None


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        (PAGE, ""),
        ("", "1"),
        (PAGE, "-1"),
        (PAGE, "NaN"),
        (PAGE, "9" * 30),
        (PAGE, "01"),
        (PAGE.upper(), "1"),
        ("x", "1"),
    ],
)
def test_turn_that_no_page_of_ours_tells_is_refused(page: str, seen: str) -> None:
    with pytest.raises(InvalidForm):
        posted_turn(MultiDict([("page", page), ("seen", seen)]))


def test_marks_are_read_for_the_slots_whose_marks_the_page_shows() -> None:
    form = [
        ("marks", "1"),
        ("marks", "2"),
        ("flagged-1", "1"),
        ("struck-1", "c"),
        ("struck-1", "a"),
        ("confidence-2", "3"),
    ]
    assert posted_marks(MultiDict(form), SLOTS) == {1: Marks(True, ("a", "c"), None), 2: Marks(False, (), 3)}
    assert posted_marks(MultiDict([("flagged-1", "1")]), SLOTS) == {}


@pytest.mark.parametrize(
    "bad",
    [
        [("marks", "3")], [("marks", "1"), ("marks", "1")], [("marks", "NaN")],
        [("marks", "1"), ("struck-1", "d")], [("marks", "1"), ("struck-1", "a"), ("struck-1", "a")],
        [("marks", "1"), *[("struck-1", "a")] * 10_000],
        [("marks", "1"), ("confidence-1", "4")], [("marks", "1"), ("confidence-1", "1.0")],
        [("marks", "1"), ("flagged-1", "yes")],
        [("marks", str(number)) for number in range(1, 10_001)],
    ],
)  # fmt: skip
def test_marks_that_no_page_of_ours_sends_are_refused(bad: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidForm):
        posted_marks(MultiDict(bad), SLOTS)


def test_button_that_checks_names_its_slot() -> None:
    assert slot_to_check("check-12") == 12
    assert slot_to_check("next") is None
    for wrong in ("check-", "check-0", "check-1e3", "check-9999"):
        with pytest.raises(InvalidForm):
            slot_to_check(wrong)
    assert slots_asked_again(MultiDict([("again", "2"), ("again", "2")])) == {2}


@pytest.mark.parametrize(
    ("sent", "page", "values"),
    [
        ({"go": "next", "current": "2"}, "attempts.play", {"item": 3}),
        ({"go": "previous", "current": "2"}, "attempts.play", {"item": 1}),
        ({"go": "next"}, "attempts.play", {"item": 2}),
        ({"go": "item-7", "current": "2"}, "attempts.play", {"item": 7}),
        ({"go": "item-99999999"}, "attempts.play", {"item": 9999}),
        ({"go": "item-x", "current": "2"}, "attempts.play", {"item": 2}),
        ({"go": "page"}, "attempts.play", {"view": "page"}),
        ({"go": "review"}, "attempts.review", {}),
        ({"go": "check-3"}, "attempts.play", {"item": 3, "view": None, "_anchor": "item-3"}),
        ({"go": "check-3", "view": "page"}, "attempts.play", {"item": 3, "view": "page", "_anchor": "item-3"}),
        ({"go": "autosave", "current": "2"}, "", {}),
        ({}, "attempts.play", {"item": 1}),
    ],
)
def test_pressed_button_leads_to_a_page(sent: dict[str, str], page: str, values: dict[str, object]) -> None:
    assert page_after(MultiDict(sent)) == (page, values)


@pytest.mark.parametrize(
    ("go", "accept", "is_script"),
    [
        ("autosave", "*/*", True),
        ("next", "application/json", True),
        ("next", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("next", "*/*", False),
        ("next", "", False),
    ],
)
def test_reply_is_for_a_script_when_it_says_so(go: str, accept: str, is_script: bool) -> None:
    accepted = parse_accept_header(accept, MIMEAccept)
    assert is_asked_by_script(MultiDict({"go": go}), accepted) is is_script
