"""Plain comparisons of the sexes and directions of change have a closed set of answers."""

import pytest

from quizbank.generation.statements.model import Contrast
from tests.quizbank.generation.sources import prose, said


@pytest.mark.parametrize(
    ("sentence", "title", "key", "wrong"),
    [
        ("Gout is more common in men than in women.", "Gout", "Men", {"Women", "Equally common in both"}),
        ("Metformin reduces hepatic glucose production.", "Metformin", None, None),
        ("Aldosterone increases sodium reabsorption.", "Aldosterone", None, None),
    ],
)
def test_closed_question_names_every_answer(sentence: str, title: str, key: str | None, wrong: set[str] | None) -> None:
    [contrast] = [one for one in said(prose(sentence, title), Contrast) if one.closed]
    if key:
        assert contrast.key.text == key
        assert {one.text for one in contrast.others} == wrong
    else:
        assert "No change" in {one.text for one in contrast.others}


@pytest.mark.parametrize("sentence", ["Gout is not more common in men than in women.", "Gout is common in men."])
def test_denied_or_half_comparison_is_silent(sentence: str) -> None:
    assert [one for one in said(prose(sentence, "Gout"), Contrast) if one.closed] == []
