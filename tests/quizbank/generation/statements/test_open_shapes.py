"""Sentences of more than one clause, bare passives and notes are asked by what their shape tells."""

import pytest

from quizbank.documents.tree import Document
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import document_of, prose

DRUG_PAGE = """
## Mode of action

{}

## Dose

The half-life is 3 hours. Tablets hold 500 mg.
"""


def asked(document: Document) -> dict[str, str]:
    """Return the questions of a document with their answers."""
    return {one.question: one.key.text for one in read_statements(document) if isinstance(one, Open)}


def of_drug(text: str) -> dict[str, str]:
    return asked(document_of(DRUG_PAGE.format(text), "Metronidazole"))


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "The base is destroyed by acid, so tablets are coated.",
            "In valve surgery, why are tablets coated?",
            "The base is destroyed by acid",
        ),
        (
            "The lower lobe collapses early, and deep breathing is therefore advised.",
            "In valve surgery, why is deep breathing advised?",
            "The lower lobe collapses early",
        ),
        (
            "Some 90% of emboli arise in the deep veins of the legs.",
            "In valve surgery, what percentage of emboli arise in the deep veins of the legs?",
            "Some 90%",
        ),
        (
            "Trapezius is supplied by the accessory nerve, which may be cut during biopsy of a lymph node.",
            "In valve surgery, which nerve may be cut during biopsy of a lymph node?",
            "Accessory nerve",
        ),
        (
            "In older men the usual cause is calcification of the cusps.",
            "In valve surgery, what is the usual cause in older men?",
            "Calcification of the cusps",
        ),
        (
            "Mediastinitis presents with fever and an unstable sternum.",
            "In valve surgery, how does mediastinitis present?",
            "With fever and an unstable sternum",
        ),
        (
            "Facial palsy is uncommon until tumors are large.",
            "In valve surgery, until when is facial palsy uncommon?",
            "Until tumors are large",
        ),
        (
            "A high score should prompt closer review.",
            "In valve surgery, what should a high score prompt?",
            "Closer review",
        ),
        (
            "Contact sports, isometric straining and fluoroquinolones should be avoided.",
            "In valve surgery, what should be avoided?",
            "Contact sports, isometric straining and fluoroquinolones",
        ),
        (
            "Treat all patients for at least 3 months.",
            "In valve surgery, for how long should all patients be treated?",
            "For at least 3 months",
        ),
        (
            "Screen for latent tuberculosis with a skin test and a chest radiograph.",
            "In valve surgery, how should latent tuberculosis be screened for?",
            "With a skin test and a chest radiograph",
        ),
        (
            "Transplantation does not help in RANKL deficiency.",
            "In valve surgery, in which situation does transplantation NOT help?",
            "In RANKL deficiency",
        ),
    ],
)
def test_what_a_sentence_tells_by_its_shape_is_asked(text: str, question: str, answer: str) -> None:
    assert asked(prose(text)).get(question) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Rupture of the extensor pollicis longus, which may occur without displacement, is repaired.",
        "It is destroyed by acid, so it is coated.",
        "Between 70 and 90 per cent of the patients recover.",
    ],
    ids=["what happens is no noun before", "pronoun", "half a range"],
)
def test_what_a_shape_does_not_tell_is_not_asked(text: str) -> None:
    questions = asked(prose(text))
    assert not any("which muscle may occur" in one or one.startswith("Why") for one in questions)
    assert "90 per cent" not in questions.values()


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Inhibits thyroid peroxidase in the follicular cell.",
            "What does metronidazole inhibit?",
            "Thyroid peroxidase in the follicular cell",
        ),
        ("Avoid in myasthenia gravis.", "When should metronidazole be avoided?", "In myasthenia gravis"),
        (
            "Do not combine with disulfiram, as infections rise without benefit.",
            "Why should metronidazole NOT be combined with disulfiram?",
            "Infections rise without benefit",
        ),
        (
            "Not suitable for diarrhea with fever or blood.",
            "For what is metronidazole NOT suitable?",
            "Diarrhea with fever or blood",
        ),
    ],
)
def test_notes_on_a_drug_are_about_the_drug(text: str, question: str, answer: str) -> None:
    assert of_drug(text).get(question) == answer


def test_notes_without_a_subject_are_left_alone_where_no_drug_is_the_topic() -> None:
    assert asked(prose("Avoid in myasthenia gravis.")) == {}


def test_line_of_interactions_asks_how_the_drug_interacts() -> None:
    page = (
        DRUG_PAGE.format("It breaks DNA.") + "\n## Interactions\n\n- Warfarin: the INR rises\n- Lithium: level rises\n"
    )
    questions = asked(document_of(page, "Metronidazole"))
    assert questions["How does metronidazole interact with warfarin?"] == "The INR rises"


def test_line_that_lists_under_a_plural_heading_asks_for_its_members() -> None:
    document = document_of(
        "## Warning signs\n\nContinuous pain, fever, tachycardia, raised lactate.\n", "Bowel Obstruction"
    )
    [said] = [one for one in read_statements(document) if isinstance(one, Open) and one.members]
    assert said.question == "In bowel obstruction, which of the following are warning signs?"
    assert len(said.members) == 3


def test_sentence_under_a_plural_heading_is_no_list() -> None:
    body = "## Techniques\n\nThe surgeon removes damaged discs, accesses the spine from the back, fuses vertebrae.\n"
    assert not any(isinstance(one, Open) and one.members for one in read_statements(document_of(body, "Spinal Fusion")))


def test_only_row_with_its_score_is_asked() -> None:
    table = "| Risk factor | Points |\n|---|---|\n| Heart failure | 1 |\n| Diabetes | 1 |\n| Previous stroke | 2 |\n"
    questions = asked(document_of(f"## Score\n\n{table}", "Atrial Fibrillation"))
    assert questions["In atrial fibrillation, which risk factor scores 2 points?"] == "Previous stroke"
    assert not any("1 point" in one for one in questions)


def test_most_frequent_reaction_of_a_table_is_asked() -> None:
    table = "| Adverse reaction | Drug (%) |\n|---|---|\n| Nausea | 25.5 |\n| Diarrhea | 53.2 |\n| Headache | 5.7 |\n"
    questions = asked(document_of(f"## Adverse reactions\n\n{table}", "Metformin"))
    assert "Diarrhea" in [answer for one, answer in questions.items() if "most frequent adverse reaction" in one]
