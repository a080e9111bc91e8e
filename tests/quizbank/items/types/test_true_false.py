"""True or false: one verdict, all or nothing, always shown as True and False."""

import random
from dataclasses import replace

import pytest

from quizbank.items.content import InvalidResponse, Option
from quizbank.items.types.true_false import TrueFalse

CONTENT, _ = TrueFalse.examples()


@pytest.mark.parametrize(("verdict", "fraction"), [("true", 1), ("false", 0)])
def test_right_verdict_earns_everything(verdict: str, fraction: float) -> None:
    assert CONTENT.grade(CONTENT.parse({"choice": [verdict]})) == fraction


def test_both_verdicts_are_refused() -> None:
    with pytest.raises(InvalidResponse, match="one answer"):
        CONTENT.parse({"choice": ["true", "false"]})


def test_options_keep_their_order_and_their_ids() -> None:
    assert {CONTENT.shuffled_options(random.Random(seed)) for seed in range(20)} == {("true", "false")}
    assert CONTENT.with_ids({"true": "x1", "false": "x2"}) == CONTENT


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stem": "Is this true?"}, "not a question"),
        ({"key": ("true", "false")}, "true or false"),
        ({"key": ()}, "true or false"),
        ({"options": CONTENT.options[::-1]}, "True and False"),
        ({"options": (Option("true", "Yes", "So."), Option("false", "No", "So."))}, "True and False"),
        ({"options": (Option("true", "True", ""), Option("false", "False", "So."))}, "Say why"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(replace(CONTENT, **changes).problems())  # type: ignore[arg-type]
