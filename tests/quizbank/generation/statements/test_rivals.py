"""Two things compared are asked with every degree, or not at all."""

import pytest

from quizbank.generation.statements.model import Contrast
from tests.quizbank.generation.sources import prose, said


@pytest.mark.parametrize(
    ("sentence", "question", "key", "wrong"),
    [
        (
            "Hypocalcemia is more common after total removal than after lobectomy.",
            "compared with lobectomy, how common is hypocalcemia after total removal?",
            "More common",
            {"Less common", "Equally common"},
        ),
        (
            "Hamstring grafts cause less pain than patellar tendon grafts.",
            "compared with patellar tendon grafts, how much pain do hamstring grafts cause?",
            "Less",
            {"More", "The same amount"},
        ),
        (
            "Return to work is faster after ablation than after stripping.",
            "compared with stripping, how fast is return to work after ablation?",
            "Faster",
            {"Slower", "The same"},
        ),
        (
            "Young athletes tear the graft more often than older patients.",
            "compared with older patients, how often do young athletes tear the graft?",
            "More often",
            {"Less often", "Equally often"},
        ),
        (
            "Leak is less frequent with small needles than with large ones.",
            "compared with large needles, how frequent is leak with small needles?",
            "Less frequent",
            {"More frequent", "Equally frequent"},
        ),
        (
            "Compared with spinal block, onset of the block is slower.",
            "compared with spinal block, how fast is onset of the block?",
            "Slower",
            {"Faster", "The same"},
        ),
    ],
)
def test_two_things_compared_are_asked_with_every_degree(
    sentence: str, question: str, key: str, wrong: set[str]
) -> None:
    [contrast] = [one for one in said(prose(sentence), Contrast) if one.closed]
    assert contrast.question == f"In valve surgery, {question}"
    assert contrast.key.text == key
    assert {one.text for one in contrast.others} == wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "A gap of more than 3 mm weakens the repair.",
        "Open repair is better than closed repair.",
        "Leak may be more common with large needles than with small needles.",
        "Leak is not more common with large needles than with small needles.",
        "The risk is higher after dissection than after biopsy.",
        "Recovery is slower than expected.",
        "In overdose venlafaxine is more toxic than citalopram.",
    ],
)
def test_threshold_praise_denial_and_half_comparisons_are_silent(sentence: str) -> None:
    assert [one for one in said(prose(sentence), Contrast) if one.closed] == []
