"""What supplies, drains or passes a structure is asked where the text says so plainly and the lexicon knows the same."""

import pytest

from quizbank.generation.statements.model import Structure
from tests.quizbank.generation.sources import document_of, prose, said

SAID = (
    ("Deltoid is supplied by the axillary nerve.", "Which nerve supplies deltoid?", "Axillary nerve"),
    (
        "Obturator externus lies close by and is supplied by the obturator nerve.",
        "Which nerve supplies obturator externus?",
        "Obturator nerve",
    ),
    (
        "The long thoracic nerve (C5 to C7) runs down the chest wall and supplies serratus anterior.",
        "Which nerve supplies serratus anterior?",
        "Long thoracic nerve",
    ),
    (
        "The dominant pedicle of the gracilis is the ascending branch of the medial circumflex femoral artery.",
        "The ascending branch of which artery is the dominant pedicle of the gracilis?",
        "Medial circumflex femoral artery",
    ),
    (
        "Trapezius receives its motor supply from the spinal accessory nerve, which may be damaged in the neck.",
        "Which nerve provides the motor supply of trapezius?",
        "Spinal accessory nerve",
    ),
    (
        "The lower jaw is reached through the inferior alveolar artery, a branch of the maxillary artery.",
        "Of which artery is the inferior alveolar artery a branch?",
        "Maxillary artery",
    ),
    (
        "The superior thyroid artery is the first branch of the external carotid.",
        "Of which artery is the superior thyroid artery the first branch?",
        "External carotid artery",
    ),
    (
        "The thoracodorsal nerve arises from the posterior cord of the brachial plexus.",
        "From which cord of the brachial plexus does the thoracodorsal nerve arise?",
        "Posterior cord",
    ),
    (
        "The great saphenous vein drains into the femoral vein.",
        "Into which vein does the great saphenous vein drain?",
        "Femoral vein",
    ),
    (
        "The facial nerve leaves the skull through the stylomastoid foramen.",
        "Through which opening does the facial nerve leave the skull?",
        "Stylomastoid foramen",
    ),
    (
        "The paramedian forehead flap is an axial flap based on the supratrochlear artery.",
        "On which artery is the paramedian forehead flap based?",
        "Supratrochlear artery",
    ),
    (
        "Division of the great auricular nerve leaves the ear lobe numb.",
        "Division of which nerve leaves the ear lobe numb?",
        "Great auricular nerve",
    ),
    (
        "Foot drop results from injury to the common peroneal nerve.",
        "Foot drop results from injury to which nerve?",
        "Common peroneal nerve",
    ),
    (
        "If the accessory nerve is divided, the shoulder droops and shrugging is weak.",
        "Division of which nerve means that the shoulder droops and shrugging is weak?",
        "Accessory nerve",
    ),
)


@pytest.mark.parametrize(("sentence", "question", "answer"), SAID)
def test_a_plain_sentence_is_asked_about(sentence: str, question: str, answer: str) -> None:
    found = [(one.question, one.answer.text) for one in said(prose(sentence), Structure)]
    assert (question, answer) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Deltoid may be supplied by the axillary nerve.",
        "The sinus node is supplied by the right coronary artery in 60 percent of people.",
        "The scaphoid is supplied by the radial artery and the anterior interosseous artery.",
        "The proximal half is supplied by the radial artery.",
        "This is supplied by the radial artery.",
        "In some people deltoid is supplied by the axillary nerve.",
    ],
)
def test_what_is_uncertain_shared_or_nameless_is_not(sentence: str) -> None:
    assert said(prose(sentence), Structure) == []


def test_what_the_lexicon_does_not_know_has_no_wrong_answers() -> None:
    [found] = said(prose("Bilateral paralumbar flaps were supplied by the circumflex scapular artery."), Structure)
    assert found.siblings == ()


FLAPS = """
Flaps of the chest are many.

## Pectoralis major flap

The flap is supplied by the thoracoacromial artery.

## Gluteus maximus

Gluteus maximus arises from the ilium. It is supplied by the inferior gluteal nerve.
"""


def test_the_flap_or_it_is_what_the_heading_or_the_sentence_before_names() -> None:
    assert [one.question for one in said(document_of(FLAPS), Structure)] == [
        "Which artery supplies the pectoralis major flap?",
        "Which nerve supplies the gluteus maximus?",
    ]
