"""What a document says is told piece by piece, each with the words that lead to it; references say nothing."""

from quizbank.documents.reading import read_document
from quizbank.generation.spoken import Spoken, read_spoken

TEXT = """# Dengue

## Warning signs

Watch for shock. The signs of leakage are:

- abdominal pain
- vomiting

| Phase | Danger |
|---|---|
| Febrile | Dehydration |

## References

1. Smith J. Dengue in children. Lancet 2019;12:34-56.
2. Jones K. Shock in dengue. Lancet 2020;13:35-57.
"""


def said() -> dict[str, Spoken]:
    document = read_document("dengue.md", TEXT.encode())
    return {document.quote(one.start, one.end): one for one in read_spoken(document)}


def test_sentences_items_and_rows_are_told_and_references_are_not() -> None:
    assert next(iter(said())) == "Watch for shock."
    assert {"abdominal pain", "vomiting", "Febrile | Dehydration"} <= set(said())
    assert not any("Lancet" in quote for quote in said())


def test_words_that_lead_to_an_item_or_row_are_kept_apart_from_its_own() -> None:
    item, row = said()["vomiting"], said()["Febrile | Dehydration"]
    assert {"sign", "leakag"} <= item.lead
    assert not item.words & item.lead
    assert {"phas", "dang"} <= row.lead
    assert item.path == row.path == ("Warning signs",)


def test_rows_stand_among_the_rows_of_their_table() -> None:
    item, row = said()["vomiting"], said()["Febrile | Dehydration"]
    assert item.among == (item.start, item.end)
    assert row.among[0] < row.start
