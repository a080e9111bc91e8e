"""What a document says but does not prove exclusive becomes an open question, in the shape an expert would ask it in."""

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.statements.model import Open
from tests.quizbank.generation.sources import asked, said


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Aspirin is avoided in acute attacks because low doses retain urate.",
            "In gout, why is aspirin avoided in acute attacks?",
            "Low doses retain urate",
        ),
        (
            "Since the kidney clears the drug, doses are reduced in renal failure.",
            "In gout, why are doses reduced in renal failure?",
            "The kidney clears the drug",
        ),
        (
            "If the joint is hot and swollen, aspirate it before giving antibiotics.",
            "In gout, what should be done if the joint is hot and swollen?",
            "",
        ),
        (
            "If the joint is hot and swollen, take a sample of joint fluid.",
            "In gout, what should be done if the joint is hot and swollen?",
            "Take a sample of joint fluid",
        ),
        (
            "Check the serum urate before each change of dose.",
            "In gout, when should the serum urate be checked?",
            "Before each change of dose",
        ),
        (
            "Avoid thiazides in patients with frequent attacks.",
            "In gout, in which patients should thiazides be avoided?",
            "Patients with frequent attacks",
        ),
        (
            "In patients with renal failure, low-dose colchicine is recommended.",
            "In gout, what is recommended in patients with renal failure?",
            "Low-dose colchicine",
        ),
        (
            "The tip of the needle should lie in the joint cavity.",
            "In gout, where should the tip of the needle lie?",
            "In the joint cavity",
        ),
        (
            "The usual mechanism is poor renal excretion of urate.",
            "In gout, what is the usual mechanism?",
            "Poor renal excretion of urate",
        ),
        (
            "Febuxostat causes less hypersensitivity than allopurinol.",
            "In gout, how does febuxostat compare with allopurinol?",
            "Causes less hypersensitivity than allopurinol",
        ),
        (
            "Treatment should be started within 24 hours of the first pain; delay prolongs the attack.",
            "In gout, within what time should treatment be started?",
            "Within 24 hours of the first pain",
        ),
    ],
)
def test_sentence_is_asked_as_an_expert_would(text: str, question: str, answer: str) -> None:
    if answer:
        assert asked(text)[question] == answer
    else:
        assert question not in asked(text)  # "it" says nothing without the document


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "## Complications\n\n- Joint damage: the most common cause of disability",
            "In gout, what is the most common cause of disability?",
            "Joint damage",
        ),
        (
            "## Adverse reactions\n\n- Common: diarrhea, rash and nausea",
            "In gout, which are the common adverse reactions?",
            "Diarrhea, rash and nausea",
        ),
        (
            "## Treatment\n\n- Septic arthritis: open drainage and antibiotics",
            "In gout, how is septic arthritis treated?",
            "Open drainage and antibiotics",
        ),
        (
            "## Complications\n\n- Kidney stones, the most common, often silent\n- Joint damage",
            "In gout, what is the most common complication?",
            "Kidney stones",
        ),
        (
            "## Drugs\n\n| Drug | Starting dose |\n|---|---|\n| Allopurinol | 100 mg daily |\n| Febuxostat | 40 mg daily |\n",
            "In gout, what is the starting dose of allopurinol?",
            "100 mg daily",
        ),
    ],
)
def test_line_or_row_is_asked_by_its_label(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


def test_list_under_a_plural_is_asked_for_its_members() -> None:
    document = read_document(
        "gout.md",
        b"# Gout\n\nGout is a disease of joints.\n\n## Typical triggers\n\n- Beer\n- Fasting\n- Open wound over the joint\n",
    )
    [found] = [one for one in said(document, Open) if one.members]
    assert found.question == "In gout, which of the following are typical triggers?"
    assert [one.text for one in found.members] == ["Beer", "Fasting", "Open wound over the joint"]


def test_leaflet_speaks_of_patients_and_of_what_its_heading_names() -> None:
    made = asked(
        "## The reliever\n\nIt contains salbutamol and a propellant.\n\nTake one puff of your reliever every 30 seconds.",
        "Asthma",
    )
    assert made["In asthma, what does the reliever contain?"] == "Salbutamol and a propellant"
    assert made["In asthma, how often should one puff of the reliever be taken?"] == "Every 30 seconds"


def test_named_trial_is_asked_for_what_it_showed() -> None:
    made = asked("In the CARES trial, febuxostat was not inferior to allopurinol for cardiovascular events.")
    assert made["In gout, what did the CARES trial show?"].startswith("Febuxostat was not inferior")


@pytest.mark.parametrize(
    "text",
    [
        "Many patients may have painful joints.",
        "The surgeon removes damaged tissue with great care.",
        "It was then too late for anything else.",
        "Several different drugs are available today.",
    ],
)
def test_nothing_is_asked_that_nobody_would_ask(text: str) -> None:
    assert [question for question in asked(text) if question != "What is gout?"] == []


def test_why_is_worth_more_than_what_does() -> None:
    document = read_document(
        "gout.md",
        b"# Gout\n\nGout is a disease of joints.\n\nAspirin is avoided because low doses retain urate.\n\nColchicine inhibits "
        b"microtubules.\n",
    )
    worth = {one.question: one.worth for one in said(document, Open)}
    assert worth["In gout, why is aspirin avoided?"] > worth["In gout, what does colchicine inhibit?"]
