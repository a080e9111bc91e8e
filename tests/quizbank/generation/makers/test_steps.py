"""Steps are put in order only where enough of them belong to one place in the procedure."""

import random

from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.steps import make
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import document_of

STEPS = (
    "Wash the hands",
    "Infiltrate the local anesthetic",
    "Insert the needle above the rib",
    "Advance the guidewire",
    "Withdraw the needle",
    "Dilate the tract",
    "Pass the drain over the wire",
    "Suture the drain to the skin",
    "Apply a dressing",
    "Document the procedure",
)


def made(steps: tuple[str, ...], heading: str = "Steps") -> list[Candidate]:
    body = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    document = document_of(f"## {heading}\n\n{body}\n", "Chest Drain Insertion")
    return list(make(document, read_statements(document), random.Random(1)))


def test_steps_are_spread_over_the_procedure_in_the_order_of_the_source() -> None:
    [candidate] = made(STEPS)
    assert candidate.type == "ordering"
    assert candidate.stem == "In chest drain insertion, put the following steps in order."
    chosen = [key.text for key in candidate.keys]
    assert chosen == sorted(chosen, key=STEPS.index)
    assert len(chosen) == 4
    assert (chosen[0], chosen[-1]) == (STEPS[1], STEPS[8])


def test_what_is_done_at_any_time_is_not_asked() -> None:
    [candidate] = made(STEPS)
    assert not {STEPS[0], STEPS[-1]} & {key.text for key in candidate.keys}
    assert made(("Explain it", "Wash the hands", "Check the drug chart", "Insert the needle", "Advance the wire")) == []


def test_a_heading_that_names_a_part_is_told() -> None:
    [candidate] = made(STEPS, "Steps of removal")
    assert candidate.stem == "In chest drain insertion, put the following steps (steps of removal) in order."
