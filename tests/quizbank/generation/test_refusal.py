"""Some documents are not to be asked about at all, and the reason is said."""

from dataclasses import replace

from quizbank.documents.tree import Document, Warning
from quizbank.generation.refusal import refusal
from tests.quizbank.generation.sources import prose

CLINICAL = prose("Patients need surgery when the valve leaks and the heart fails.")


def test_clinical_text_is_accepted() -> None:
    assert refusal(CLINICAL) == ""


def test_another_language_is_refused() -> None:
    assert "not in English" in refusal(Document("Chirurgie", "Bonjour", "fr", ()))


def test_cake_is_not_clinical() -> None:
    assert "not clinical" in refusal(prose("The cake should be baked for 40 minutes.", "Chocolate Cake"))


def test_record_of_a_person_is_refused() -> None:
    details = (Warning("personal", 0, 4, "MRN 1", "record number"), Warning("personal", 5, 9, "DOB", "date of birth"))
    assert "patient's record" in refusal(replace(CLINICAL, warnings=details))


def test_one_doubtful_detail_is_no_record() -> None:
    details = (Warning("personal", 0, 4, "Mr. Bell", "name"),)
    assert refusal(replace(CLINICAL, warnings=details)) == ""
