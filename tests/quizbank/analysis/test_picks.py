"""Answers by third: options for lettered items, the commonest answers for the others."""

import pytest

from quizbank.analysis.picks import NO_ANSWER, SHOWN_ANSWERS, is_lettered, picks_of
from quizbank.analysis.sittings import Given
from quizbank.analysis.thirds import LOWER, MIDDLE, UPPER
from quizbank.items.content import ItemContent, Response
from quizbank.items.types import ITEM_TYPES, item_type


def given_by(content: ItemContent, response: Response) -> Given:
    return Given(1, 1, 1, 1.0, content.grade(response), response)


def test_options_are_counted_by_third_and_the_key_is_known() -> None:
    content, _ = item_type("single_best_answer").examples()
    answers = [({"choice": ["b"]}, UPPER), ({"choice": ["b"]}, MIDDLE), ({"choice": ["a"]}, LOWER), ({}, LOWER)]
    found = picks_of(content, [given_by(content, r) for r, _ in answers], [third for _, third in answers])
    assert [(pick.letter, pick.counts, pick.is_key) for pick in found.picks] == [
        ("A", (1, 0, 0), False),
        ("B", (0, 1, 1), True),
        ("C", (0, 0, 0), False),
        ("", (1, 0, 0), False),
    ]
    assert found.picks[-1].text == NO_ANSWER
    assert (found.sizes, found.n) == ((2, 1, 1), 4)


def test_numbers_are_told_as_they_were_written_the_right_ones_first() -> None:
    content, _ = item_type("numeric").examples()
    right = content.right_response()
    answers = [{"number": "7"}, {"number": "7"}, right, {"number": "9"}]
    found = picks_of(content, [given_by(content, r) for r in answers], [LOWER, LOWER, UPPER, UPPER])
    assert found.picks[0].is_key
    assert [pick.total for pick in found.picks] == [1, 2, 1]
    assert found.picks[1].text.startswith("7")
    assert not found.picks[1].is_option


def test_only_the_commonest_answers_are_shown() -> None:
    content, _ = item_type("numeric").examples()
    given = [given_by(content, {"number": str(1000 + number)}) for number in range(50)]
    assert len(picks_of(content, given, [LOWER] * 50).picks) == SHOWN_ANSWERS


@pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.type)
def test_every_type_has_its_right_answer_among_the_picks(kind: type[ItemContent]) -> None:
    content, _ = kind.examples()
    found = picks_of(content, [given_by(content, content.right_response())], [UPPER])
    assert [pick for pick in found.picks if pick.is_key and pick.upper == 1]


def test_options_of_an_order_are_no_answers_of_their_own() -> None:
    assert [kind.type for kind in ITEM_TYPES if is_lettered(kind.examples()[0])] == [
        "single_best_answer",
        "multiple_response",
        "true_false",
    ]
