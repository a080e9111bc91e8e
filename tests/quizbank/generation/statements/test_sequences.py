"""Numbered orders under a heading that promises steps are a sequence; other lists are none."""

from quizbank.generation.statements.model import Sequence
from tests.quizbank.generation.sources import document_of, said

STEPS = """
## {heading}

1. Clean the skin
2. Infiltrate the local anesthetic
3. Insert the needle above the rib
4. Advance the guidewire
5. Dilate the tract
6. Secure the drain
"""


def sequences(body: str) -> list[Sequence]:
    return said(document_of(body, "Chest Drain"), Sequence)


def test_steps_keep_their_numbers() -> None:
    [found] = sequences(STEPS.format(heading="Steps"))
    assert [(number, step.text) for number, step in found.steps][:2] == [
        (1, "Clean the skin"),
        (2, "Infiltrate the local anesthetic"),
    ]


def test_conditional_step_is_left_out_and_the_others_keep_their_numbers() -> None:
    [found] = sequences(
        STEPS.format(heading="Technique").replace("Dilate the tract", "If the tract is tight, dilate it")
    )
    assert [number for number, _ in found.steps] == [1, 2, 3, 4, 6]


def test_list_under_another_heading_is_no_sequence() -> None:
    assert sequences(STEPS.format(heading="Equipment")) == []


def test_list_without_numbers_is_no_sequence() -> None:
    body = "\n".join(line.replace(line[:2], "- ") if line[:1].isdigit() else line for line in STEPS.splitlines())
    assert sequences(body.format(heading="Steps")) == []


def test_few_steps_are_no_sequence() -> None:
    assert sequences("## Steps\n\n1. Clean the skin\n2. Insert the needle slowly\n3. Secure the drain\n") == []
