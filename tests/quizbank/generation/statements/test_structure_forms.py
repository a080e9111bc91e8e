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


TITLES = (
    ("Removal of the Submandibular Gland", "The gland is opened. Its nerve is the lingual nerve."),
    ("Temporalis and Temporoparietal Fascia", "The artery is the superficial temporal artery."),
    ("Latissimus Dorsi Flap", "The muscle is wide; its nerve is the thoracodorsal nerve."),
    ("Latissimus Dorsi Flap", "It is wide and flat. It is supplied by the thoracodorsal artery."),
)


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_no_title_takes_the_place_of_what_a_sentence_leaves_unnamed(title: str, text: str) -> None:
    assert [one for one in said(document_of(f"{text}\n", title), Structure) if one.siblings] == []


def test_what_it_stands_for_is_cited_as_well() -> None:
    document = document_of("Gluteus maximus is broad. It is supplied by the inferior gluteal nerve.\n", "The Buttock")
    [found] = said(document, Structure)
    assert document.quote(found.source.start, found.source.end).startswith("Gluteus maximus is broad.")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The cystic artery normally arises from the right hepatic artery.",
            "From which artery does the cystic artery normally arise?",
        ),
        (
            "Nasolabial flaps are nourished by a branch of the facial artery.",
            "A branch of which artery nourishes nasolabial flaps?",
        ),
        (
            "The nerve of the gracilis is the anterior division of the obturator nerve.",
            "The anterior division of which nerve supplies the gracilis?",
        ),
    ],
)
def test_hedges_and_articles_are_kept(sentence: str, question: str) -> None:
    assert question in [one.question for one in said(prose(sentence), Structure)]
