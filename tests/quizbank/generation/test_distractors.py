"""Of many distractors those stay that give nothing away."""

from dataclasses import replace

from quizbank.generation.candidates import Choice
from quizbank.generation.distractors import also_fits, choose_distractors
from quizbank.generation.gate.model import EXAMPLE, context_of, variant


def test_set_without_a_cue_is_preferred_to_the_first_one() -> None:
    candidate = variant(
        key="Muscle flaps of the back",
        wrong=("Skin", "Fat", "Bone", "Skin grafts of the arm", "Nerve repair of the leg", "Tendon work"),
    )
    chosen = choose_distractors(candidate, context_of(candidate))
    assert "Skin grafts of the arm" in {one.text for one in chosen.distractors}


def test_technique_that_also_fits_is_struck() -> None:
    assert also_fits(Choice("Spinal fusion", ""), "Which technique uses screws?")
    assert not also_fits(Choice("Skin graft", ""), "Which technique uses screws?")


def test_numbers_keep_their_distractors() -> None:
    candidate = replace(EXAMPLE, ordered=True)
    assert choose_distractors(candidate, context_of(candidate)).distractors == EXAMPLE.distractors
