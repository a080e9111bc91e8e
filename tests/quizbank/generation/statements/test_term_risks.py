"""Nerves and vessels at risk, and gases, are asked with the circumstance that makes one of them right."""

import pytest

from quizbank.generation.statements.model import TermUse
from tests.quizbank.generation.sources import prose, said


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "The saphenous nerve is at risk when the tendons are harvested through a vertical cut.",
            "In valve surgery, which nerve is at risk when the tendons are harvested through a vertical cut?",
            "Saphenous nerve",
        ),
        (
            "The femoral nerve may be compressed by the blades of a deep retractor.",
            "In valve surgery, which nerve may be compressed by the blades of a deep retractor?",
            "Femoral nerve",
        ),
        (
            "Numbness of the inner arm follows division of the intercostobrachial nerve.",
            "In valve surgery, numbness of the inner arm follows division of which nerve?",
            "Intercostobrachial nerve",
        ),
        (
            "The abdomen is insufflated with carbon dioxide.",
            "In valve surgery, with which gas is the abdomen insufflated?",
            "Carbon dioxide",
        ),
        (
            "Carbon dioxide is used to inflate the duodenum.",
            "In valve surgery, which gas is used to inflate the duodenum?",
            "Carbon dioxide",
        ),
    ],
)
def test_one_nerve_or_gas_is_asked_for(sentence: str, question: str, answer: str) -> None:
    [found] = said(prose(sentence), TermUse)
    assert (found.question, found.answer.text) == (question, answer)
    assert len(found.siblings) >= 2


@pytest.mark.parametrize(
    "sentence",
    [
        "The saphenous nerve is at risk.",
        "Branches of the saphenous nerve are at risk when the tendons are harvested.",
        "Pain follows injury to both the saphenous nerve and the sural nerve.",
    ],
)
def test_nothing_is_asked_where_others_could_be_right(sentence: str) -> None:
    assert said(prose(sentence), TermUse) == []
