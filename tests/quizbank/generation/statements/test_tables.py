"""A cell of a table that holds one number is a quantity."""

from quizbank.generation.statements.model import Quantity
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


def test_number_in_a_cell_is_cited_where_it_stands() -> None:
    document = document_of(TABLE, "Poisoning")
    for one in said(document, Quantity):
        assert document.text[one.value.start : one.value.end] == one.value.text
