"""The topic's name is taken from the title as it stands inside a sentence."""

import pytest

from quizbank.documents.tree import Document
from quizbank.generation.topic import read_topic


def topic(title: str, text: str = "") -> str:
    """Return the topic's name of a document."""
    return read_topic(Document(title, text, "en", ())).name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Revision Spine Surgery - Having Another Go!", "revision spine surgery"),
        ("Tuberculosis (TB)", "tuberculosis"),
        ("Kawasaki Disease", "Kawasaki disease"),
        ("Acute Stroke Management Guidelines", "acute stroke"),
        ("Overview of Heart Failure", "heart failure"),
        ("Metoprolol Tablets", "metoprolol"),
        ("Furosemide Injection", "furosemide"),
        ("Amoxicillin Capsules and Oral Suspension", "amoxicillin"),
        ("Asthma in Adults", "asthma"),
        ("Management of Hypertension in Primary Care", "hypertension"),
        ("Epidural Injection", "epidural injection"),
        ("Gout and pseudogout compared", "gout and pseudogout"),
        ("Recovering after total hip replacement", "total hip replacement"),
        ("Nursing care after radical prostatectomy", "radical prostatectomy"),
        ("Lumbar microdiscectomy and the months after it", "lumbar microdiscectomy"),
        ("AFTER MASTECTOMY: A GUIDE", "mastectomy"),
        ("Endovenous ablation of the great saphenous vein", "endovenous ablation of the great saphenous vein"),
    ],
)
def test_title_becomes_a_topic(title: str, name: str) -> None:
    assert topic(title) == name


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Introduction",
        "The operation",
        "Choosing the vein",
        "Nursing guide",
        "report_2024_final.txt",
        "A very long title that says far more than any stem could hold",
    ],
)
def test_title_that_names_nothing_gives_no_topic(title: str) -> None:
    assert topic(title) == ""


def test_topic_takes_the_number_the_text_uses() -> None:
    text = " " * 300 + "Premature complexes are common. Most premature complexes are harmless."
    assert topic("Premature Complex", text) == "premature complexes"


def test_operation_is_recognised() -> None:
    assert read_topic(Document("Hip Replacement", "", "en", ())).is_procedure
    assert not read_topic(Document("Heart Failure", "", "en", ())).is_procedure


def test_title_with_a_dose_form_is_a_drug() -> None:
    assert read_topic(Document("Metoprolol Tartrate Tablets", "", "en", ())).sort == "treatment"
