"""What every question for a term of the lexicon keeps to: whole sentences, plain case, and siblings that are no gift."""

import pytest

from quizbank.generation.statements.model import TermUse
from quizbank.generation.statements.term_reader import is_self_evident
from tests.quizbank.generation.sources import document_of, prose, said


def questions(sentence: str, title: str = "Valve Surgery") -> list[str]:
    return [one.question for one in said(prose(sentence, title), TermUse)]


def test_branches_supply_and_nothing_hangs_behind() -> None:
    assert questions("The septum is supplied by branches of the sphenopalatine artery.") == [
        "In valve surgery, branches of which artery supply the septum?"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Skin is in rhinoplasty supplied by the facial artery.",
        "The lateral half is supplied by the lateral thoracic artery.",
        "Venous blood drains into the internal iliac vein.",
        "Struvite is formed by infection with Proteus mirabilis.",
        "Ultrasound is used to break up the lens.",
        "The nurse advises about work.",
        "The psychologist assesses patients with unusual concerns.",
        "The surgeon examines the septum and the turbinates.",
        "The pathologist reports the margins and the number of nodes.",
    ],
)
def test_broken_thin_and_self_evident_questions_are_not_asked(sentence: str) -> None:
    assert questions(sentence) == []


def test_specialist_of_the_operated_organ_is_not_asked_for() -> None:
    sentence = "A urologist reviews the urine culture before the date is confirmed."
    assert questions(sentence, "Ureteroscopy") == []
    assert questions(sentence) == ["In valve surgery, who reviews the urine culture before the date is confirmed?"]


def test_operation_that_the_text_writes_with_a_capital_has_none_inside_a_question() -> None:
    document = document_of(
        "## Care\n\nBefore Colonoscopy the bowel is cleaned. After Colonoscopy people rest. "
        "Carbon dioxide is used to inflate the bowel.",
        "Colonoscopy",
    )
    assert "In colonoscopy, which gas is used to inflate the bowel?" in [
        one.question for one in said(document, TermUse)
    ]


def test_most_frequent_organism_is_asked_for_as_such() -> None:
    assert questions("Deep infection is most often caused by Staphylococcus aureus.") == [
        "In valve surgery, which bacterium most often causes deep infection?"
    ]


def test_artery_named_after_the_organ_is_no_question() -> None:
    assert is_self_evident(("renal artery",), "Which artery supplies the kidney?")
    assert not is_self_evident(("cystic artery",), "Which artery supplies the gallbladder?")
