"""The two given documents come out as their authors meant them."""

from pathlib import Path

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from tests.quizbank.documents.trees import entries_of, paths, reasons, sentences_of, warned

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "seeds").is_dir(), reason="the development documents are not beside this checkout"
    ),
]


def seed(start: str) -> Document:
    (file,) = (SHARED / "seeds").glob(f"{start}*.txt")
    return read_document(file.name, file.read_bytes())


def test_the_article_has_its_title_its_heading_and_its_list() -> None:
    document = seed("000")
    assert document.title == "Revision Spine Surgery"
    assert paths(document) == [("Revision Spine Surgery",)]
    assert len(entries_of(document, "Revision Spine Surgery")) == 6
    assert document.left_out == ()


def test_the_articles_slips_are_shown_and_nothing_else() -> None:
    document = seed("000")
    assert warned(document, "spelling") == ["microdisectomy", "decission"]
    assert warned(document, "damaged") == ["3 the months"]


def test_the_page_is_named_by_its_caption_and_divided_by_its_unmarked_headings() -> None:
    document = seed("003")
    assert document.title == "Back Reconstruction"
    assert [path[0] for path in paths(document)] == [
        "Background",
        "Indications",
        "Contraindications",
        "Outcomes",
        "Equipment required",
        "Patient Preparation",
        "Patient Positioning",
        "Spinal Fusion Techniques",
        "Minimally Invasive Techniques",
        "Spinal Tumor Resection",
        "Soft Tissue Reconstruction",
        "Skin graft",
        "Skin flaps",
        "Muscle and myocutaneous flaps",
        "Fasciocutaneous flaps",
        "Complications",
    ]
    counts = [len(entries_of(document, name)) for name in ("Indications", "Contraindications", "Complications")]
    assert counts == [6, 7, 5]


def test_the_pages_second_copy_and_product_lines_are_left_out() -> None:
    document = seed("003")
    kept = " ".join(sentences_of(document))
    assert len(sentences_of(document)) == len(set(sentences_of(document)))
    assert not any(word in kept for word in ("subscription", "certificate", "platform", "app", "Figure"))
    assert any(reason.startswith("repeats the text") for reason in reasons(document).values())
    assert warned(document, "spelling") == []


@pytest.mark.parametrize("file", sorted((SHARED / "corpus").glob("*.[tm][xd]*")), ids=lambda file: file.stem)
def test_every_development_document_has_a_title_and_english_sections(file: Path) -> None:
    document = read_document(file.name, file.read_bytes())
    assert document.title
    assert document.language == "en"
    assert document.sections
    assert len(warned(document, "spelling")) <= 2
