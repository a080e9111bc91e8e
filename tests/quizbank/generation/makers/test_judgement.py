"""A statement to judge exchanges only what the document itself sets apart, and its reason says what is right."""

import random

import pytest

from quizbank.documents.tree import Document
from quizbank.generation.candidates import JUDGED, Candidate
from quizbank.generation.makers import classes
from quizbank.generation.makers.judgement import MOST, make, statement_of
from quizbank.generation.selection import select
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import LISTS, document_of, prose

SCALE = """
## Koos grades

- Grade 1: lies within the internal auditory canal
- Grade 2: bulges into the cistern and leaves the brainstem alone
- Grade 3: fills the cistern and touches the brainstem
- Grade 4: displaces the brainstem and the fourth ventricle
"""


def made(document: Document, seed: int = 1) -> list[Candidate]:
    return list(make(document, read_statements(document), random.Random(seed)))


@pytest.mark.parametrize(
    ("stem", "answer", "statement"),
    [
        (
            "Which is the most common cause of heart failure in developed countries?",
            "Ischemic heart disease",
            "The most common cause of heart failure in developed countries is ischemic heart disease.",
        ),
        (
            "What is the first-line treatment of extrasystoles?",
            "Beta-blockers",
            "Beta-blockers are the first-line treatment of extrasystoles.",
        ),
        (
            "Which of the following is an early complication, rather than a late one, of port implantation?",
            "Pneumothorax",
            "Pneumothorax counts among the early complications, rather than the late ones, of port implantation.",
        ),
        (
            "In back reconstruction, in which of the following are skin grafts unpredictable?",
            "Irradiated tissue",
            "In back reconstruction, skin grafts are unpredictable in irradiated tissue.",
        ),
        (
            "In giardiasis, compared with microscopy, how sensitive are antigen tests?",
            "More sensitive",
            "In giardiasis, antigen tests are more sensitive than microscopy.",
        ),
        (
            "For verapamil, what effect does grapefruit juice have on exposure?",
            "An increase",
            "For verapamil, the effect of grapefruit juice on exposure is an increase.",
        ),
        (
            "In vestibular schwannoma, which Koos grade is described by “fills the cistern”?",
            "Grade 3",
            "In vestibular schwannoma, Koos grade 3 is described by “fills the cistern”.",
        ),
        ("Which nerve supplies deltoid?", "Axillary nerve", "The axillary nerve supplies deltoid."),
        (
            "Branches of which artery nourish the nasolabial flap?",
            "Facial artery",
            "Branches of the facial artery nourish the nasolabial flap.",
        ),
        (
            "Of which artery is the lingual artery a branch?",
            "External carotid artery",
            "The lingual artery is a branch of the external carotid artery.",
        ),
        (
            "From which cord of the brachial plexus does the ulnar nerve arise?",
            "Medial cord",
            "The ulnar nerve arises from the medial cord of the brachial plexus.",
        ),
        (
            "On perforators of which artery is the flap of the thigh based?",
            "Profunda femoris artery",
            "The flap of the thigh is based on perforators of the profunda femoris artery.",
        ),
        (
            "Foot drop results from injury to which nerve?",
            "Common fibular nerve",
            "Foot drop results from injury to the common fibular nerve.",
        ),
        (
            "Through which opening does the ulnar nerve enter the hand?",
            "Guyon canal",
            "The ulnar nerve enters the hand through the Guyon canal.",
        ),
        ("Which of the following is a common effect, rather than a serious one, of digoxin?", "Nausea", ""),
        ("In asthma, why are steroids inhaled?", "To spare the rest of the body", ""),
    ],
)
def test_question_and_answer_are_told_as_one_statement(stem: str, answer: str, statement: str) -> None:
    assert statement_of(stem, answer) == statement


def test_one_statement_is_true_and_the_other_false() -> None:
    document = document_of(SCALE, "Vestibular Schwannoma")
    for seed in range(6):
        verdicts = [candidate.keys[0].text for candidate in made(document, seed)]
        assert sorted(verdicts) == ["False", "True"]
        assert len(verdicts) <= MOST


def test_two_statements_are_never_about_one_class_or_one_description() -> None:
    document = document_of(SCALE, "Vestibular Schwannoma")
    for seed in range(12):
        told = [one.stem.partition(" is described by ") for one in made(document, seed)]
        assert len({label for label, _, _ in told}) == len({words for _, _, words in told}) == len(told)


def test_false_statement_names_a_neighbor_and_tells_what_is_right() -> None:
    document = document_of(SCALE, "Vestibular Schwannoma")
    [false] = [one for one in made(document) if one.keys[0].text == "False"]
    described = false.stem.partition("“")[2]
    assert described
    assert false.rationale.rpartition("Right is: ")[2].partition("“")[2] == described
    assert false.rationale.rpartition("Right is: ")[2] != false.stem


def test_what_is_merely_said_of_one_thing_is_never_denied_of_another() -> None:
    assert made(prose("The aortic valve has three cusps. The mitral valve has two leaflets.")) == []


def test_indications_are_not_exchanged_with_contraindications() -> None:
    assert made(document_of(LISTS)) == []


def test_nothing_happens_in_a_comparison() -> None:
    document = document_of("The diaphragm is more resistant than the hand.\n", "Neuromuscular Blockers Compared")
    assert made(document) == []


def test_a_name_that_tells_itself_is_no_statement_to_judge() -> None:
    assert made(prose("The radial forearm flap is supplied by the radial artery.")) == []


def test_equal_is_no_opposite() -> None:
    document = prose("Stool antigen tests are more sensitive than microscopy of a single sample.")
    for seed in range(6):
        assert not any("equally" in one.stem.lower() for one in made(document, seed))


def test_statement_and_question_about_one_fact_never_meet_in_a_quiz() -> None:
    document = document_of(SCALE, "Vestibular Schwannoma")
    for seed in range(6):
        facts = [one.removeprefix(JUDGED) for one in facts_of(document, seed)]
        assert len(facts) == len(set(facts))


def facts_of(document: Document, seed: int) -> list[str]:
    statements = read_statements(document)
    rng = random.Random(seed)
    return [
        one.fact for one in select([*classes.make(document, statements, rng), *make(document, statements, rng)], None)
    ]
