"""Single best answer: one key, all or nothing."""

from dataclasses import replace

import pytest

from quizbank.items.content import InvalidResponse
from quizbank.items.types.single_best_answer import SingleBestAnswer

CONTENT, _ = SingleBestAnswer.examples()


def test_right_option_earns_everything() -> None:
    assert CONTENT.grade({"choice": ["b"]}) == 1


@pytest.mark.parametrize("option", ["a", "c"])
def test_wrong_option_earns_nothing(option: str) -> None:
    assert CONTENT.grade({"choice": [option]}) == 0


def test_two_choices_are_refused() -> None:
    with pytest.raises(InvalidResponse):
        CONTENT.parse({"choice": ["a", "b"]})


@pytest.mark.parametrize("key", [(), ("a", "b"), ("b", "b")])
def test_exactly_one_right_answer_is_needed(key: tuple[str, ...]) -> None:
    assert "Mark exactly one right answer." in replace(CONTENT, key=key).problems()


def test_content_without_a_key_earns_nothing_when_left_blank() -> None:
    assert replace(CONTENT, key=()).grade({}) == 0
