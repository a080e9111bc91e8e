"""Replies follow their schema exactly, or not at all."""

import pytest

from quizbank.generation.language_model.schemas import fits, one_of, record, rows, words

SCHEMA = record(stem=words(), answers=rows(one_of("a", "b"), 1, 2))


def test_a_reply_with_exactly_the_fields_fits() -> None:
    assert fits({"stem": "Which?", "answers": ["a", "b"]}, SCHEMA)


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        "a",
        {},
        {"stem": "Which?"},
        {"stem": "Which?", "answers": ["a"], "key": "b"},
        {"stem": 3, "answers": ["a"]},
        {"stem": None, "answers": ["a"]},
        {"stem": "Which?", "answers": []},
        {"stem": "Which?", "answers": ["a", "b", "a"]},
        {"stem": "Which?", "answers": ["c"]},
        {"stem": "Which?", "answers": [["a"]]},
        {"stem": "Which?", "answers": "a"},
        {"stem": "Which?", "answers": {"0": "a"}},
    ],
)
def test_anything_else_does_not(reply: object) -> None:
    assert not fits(reply, SCHEMA)


def test_the_schema_allows_no_further_fields_on_the_wire_either() -> None:
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["required"] == ["stem", "answers"]
