"""Posted answers: fields by slot, and everything that no page of ours could have sent is refused."""

import time

import pytest
from werkzeug.datastructures import MultiDict

from quizbank.attempts.forms import MAX_SLOTS, MAX_VALUES, InvalidForm, answered_fields


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
