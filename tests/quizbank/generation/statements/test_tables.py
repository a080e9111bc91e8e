"""A table's column proves what it says once; a cell with a number is a quantity."""

from quizbank.generation.statements.model import Attribute, Quantity
from tests.quizbank.generation.sources import document_of, said

TABLE = """
## Antidotes

| Poison | Antidote | Onset |
|---|---|---|
| Opioids | Naloxone | 2 minutes |
| Paracetamol | Acetylcysteine | 8 hours |
| Iron | Deferoxamine | 30 minutes |
| Heparin | Protamine | 5 minutes |
"""


def test_row_is_asked_by_its_own_value() -> None:
    found = [one for one in said(document_of(TABLE, "Poisoning"), Attribute) if one.label.text == "Iron"]
    [antidote] = [one for one in found if one.name == "antidote"]
    assert antidote.value.text == "Deferoxamine"
    assert {value.text for _, value in antidote.others} == {"Naloxone", "Acetylcysteine", "Protamine"}
    assert "occurs once" in antidote.proof


def test_value_that_two_rows_share_is_not_asked() -> None:
    shared = TABLE.replace("Protamine", "Naloxone")
    asked = [one.value.text for one in said(document_of(shared, "Poisoning"), Attribute) if one.name == "antidote"]
    assert "Naloxone" not in asked
    assert "Deferoxamine" in asked


def test_short_table_is_not_asked() -> None:
    short = "\n".join(TABLE.strip().splitlines()[:6])
    assert said(document_of(short, "Poisoning"), Attribute) == []


def test_every_attribute_cites_its_row() -> None:
    document = document_of(TABLE, "Poisoning")
    for one in said(document, Attribute):
        assert one.label.text in document.text[one.source.start : one.source.end]
        assert one.value.text in document.text[one.source.start : one.source.end]


def test_number_in_a_cell_is_cited_where_it_stands() -> None:
    document = document_of(TABLE, "Poisoning")
    for one in said(document, Quantity):
        assert document.text[one.value.start : one.value.end] == one.value.text
