"""What keeps a sentence from saying a fact firmly and alone is told to the author."""

from quizbank.generation.lexicon.facts import facts
from quizbank.generation.statements.model import Known
from quizbank.generation.wording import root, words_of
from tests.quizbank.generation.sources import document_of, said


def _doubts(body: str, title: str, question: str) -> list[str]:
    """Return with what doubts a text says the fact of a question, "" for none."""
    return [
        one.doubt for one in said(document_of(f"## Notes\n\n{body}\n", title), Known) if one.fact.question == question
    ]


def test_a_rank_of_the_question_must_be_said_of_its_answer() -> None:
    asked = "Which movement of the hip is the main action of gluteus maximus?"
    assert _doubts("The main action at the hip is extension.", "Gluteus Maximus", asked) == [""]
    assert [one for one in _doubts("A movement at the hip is extension.", "Gluteus Maximus", asked) if not one] == []


def test_two_words_that_the_question_adds_are_too_many() -> None:
    asked = "Which staging system follows the spread of neurofibrillary tangles in Alzheimer disease?"
    assert _doubts("The spread of neurofibrillary tangles is staged by Braak.", "Alzheimer Disease", asked) == [""]
    [doubt] = _doubts("Braak staged the tangles.", "Alzheimer Disease", asked)
    assert "“spread”" in doubt


def test_what_is_most_common_of_a_narrower_sort_is_doubted() -> None:
    asked = "What is the most common complication of thoracentesis?"
    assert _doubts("The most common complication is pneumothorax.", "Thoracentesis", asked) == [""]
    [doubt] = _doubts("The most common serious complication is pneumothorax.", "Thoracentesis", asked)
    assert "“serious”" in doubt


def test_what_is_most_common_under_the_title_of_another_disease_is_doubted() -> None:
    asked = "What is the most common sustained cardiac arrhythmia?"
    body = "Atrial fibrillation is the most common sustained arrhythmia."
    assert _doubts(body, "The Electrocardiogram", asked) == [""]
    [doubt] = _doubts(body, "Hypertrophic Cardiomyopathy", asked)
    assert "Hypertrophic Cardiomyopathy" in doubt


def test_every_detail_of_a_question_can_be_told_by_a_word_of_it() -> None:
    def parts(question: str) -> set[str]:
        return {root(part) for word in words_of(question) for part in word.replace("–", "-").split("-")}

    assert [fact.question for fact in facts() if not fact.details <= parts(fact.question)] == []
