"""A position is asked for where the page knows one only, and for the operation itself."""

import pytest

from quizbank.generation.statements.model import TermUse
from tests.quizbank.generation.sources import document_of, prose, said


def test_position_for_the_operation_is_asked_for() -> None:
    [found] = said(prose("The patient is placed in the lithotomy position."), TermUse)
    assert (found.question, found.answer.text) == (
        "In valve surgery, in which position is the patient placed?",
        "Lithotomy",
    )


@pytest.mark.parametrize(
    "body",
    [
        "## Care\n\nFor the lateral approach the patient is placed on one side.",
        "## Care\n\nThe patient is placed prone when the block is given.",
        "## Recovery\n\nThe patient is placed prone.",
        "## Care\n\nThe patient is placed prone. Some centers prefer the lithotomy position.",
        "## Care\n\nThe patient is placed supine.",
    ],
)
def test_position_for_something_else_or_one_of_several_is_not(body: str) -> None:
    assert said(document_of(body), TermUse) == []
