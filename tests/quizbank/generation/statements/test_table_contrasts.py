"""A table that compares two or more things says of each what is not true of the others, where the values share nothing."""

from quizbank.generation.statements.model import Contrast
from tests.quizbank.generation.sources import document_of, said

FLAPS = """
| Feature | Axial flaps | Random flaps | Free flaps |
| --- | --- | --- | --- |
| Blood supply | Named artery | Subdermal plexus | Microvascular anastomosis |
| Complications | Necrosis | Bleeding | Thrombosis |
| Reach | Local | Local and regional | Distant |
| Hair | Usually kept | Lost | Grown |
"""


def compared(text: str) -> dict[str, str]:
    return {one.question: one.key.text for one in said(document_of(text, "Flaps"), Contrast) if one.of_table}


def test_a_value_of_one_column_alone_is_asked_for_its_column() -> None:
    assert compared(FLAPS) == {
        "In which of the following is the blood supply “Named artery”?": "Axial flaps",
        "In which of the following is the blood supply “Subdermal plexus”?": "Random flaps",
        "In which of the following is the blood supply “Microvascular anastomosis”?": "Free flaps",
    }


def test_columns_that_name_no_thing_are_not_compared() -> None:
    assert compared(FLAPS.replace("Axial flaps", "Acute").replace("Random flaps", "Chronic")) == {}


def test_a_table_whose_first_column_names_things_is_not_one_of_features() -> None:
    assert compared(FLAPS.replace("Feature", "Donor site")) == {}
