"""Words that people put right are written in questions; the document and what is cited keep theirs."""

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.corrections import (
    CorrectionRefused,
    WordCorrection,
    checked_correction,
    corrections_in,
    doubts,
    is_settled,
    with_corrections,
    written,
)
from quizbank.generation.gate.model import variant
from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.pipeline import GeneratedItem, Generation, generate

TEXT = """# Dengue

## Care

The decission about discharge is made by the senior physician after two days without fever. Fluids are given at
5 mL/kg per hour for hyper tension of the portal vein. Leakage follows on the third day.
"""
DECISION = WordCorrection("decission", "decision")


def dengue() -> Document:
    return read_document("dengue.md", TEXT.encode())


def made(*corrections: WordCorrection) -> Generation:
    return generate(dengue(), 1, licences=AS_IF_LICENSED, corrections=corrections)


def everything(generation: Generation) -> list[GeneratedItem]:
    return [*generation.items, *generation.suggestions]


def test_doubtful_words_are_told_once_with_their_line_and_proposal() -> None:
    found = {doubt.original: doubt for doubt in doubts(dengue())}
    assert {word: doubt.proposal for word, doubt in found.items()} == {
        "decission": "decision",
        "hyper tension": "hypertension",
    }
    assert (found["decission"].before, found["decission"].after[:16]) == ("The ", " about discharge")


def test_question_is_written_in_the_corrected_word_and_cites_the_original() -> None:
    assert not any("decis" in item.content.stem.lower() for item in everything(made()))
    asked = [item for item in everything(made(DECISION)) if "decision" in item.content.stem]
    assert asked
    for item in asked:
        quote = dengue().quote(item.citation.start, item.citation.end)
        assert item.citation.quote == quote
        assert "decission" in quote
        assert all(check.passed for check in item.checks if check.name in ("grounded", "undamaged"))


def test_word_that_stands_as_it_is_may_be_asked() -> None:
    asked = everything(made(WordCorrection("decission", "decission")))
    assert any("decission" in item.content.stem for item in asked)


def test_correction_of_a_word_that_is_not_there_changes_nothing() -> None:
    assert made(WordCorrection("dicision", "decision")) == made()


def test_whole_words_are_written_anew_in_their_own_case() -> None:
    assert written("Decission or decissions, decission.", [DECISION]) == "Decision or decissions, decision."


def test_quotations_in_an_explanation_stay_as_the_document_says_them() -> None:
    said = "The source says: “decission”. Every decission counts."
    candidate = with_corrections(variant(rationale=said), [DECISION])
    assert candidate.rationale == "The source says: “decission”. Every decision counts."


def test_only_words_that_changed_are_told_beside_a_citation() -> None:
    stands = WordCorrection("notes", "notes")
    assert corrections_in("The Decission is in the notes.", [DECISION, stands]) == [DECISION]
    assert corrections_in("The decissions.", [DECISION]) == []
    assert is_settled("Notes", [stands])


@pytest.mark.parametrize(
    ("original", "corrected", "words"),
    [("fever", "heat", "not doubtful"), ("decission", "  ", "1 to 120"), ("decission", "d" * 121, "1 to 120")],
)
def test_what_is_not_doubtful_or_has_no_words_is_refused(original: str, corrected: str, words: str) -> None:
    with pytest.raises(CorrectionRefused, match=words):
        checked_correction(dengue(), original, corrected)
    assert checked_correction(dengue(), "decission", " decision  of") == WordCorrection("decission", "decision of")
