"""A table that gives each row its artery or nerve is asked row by row, where the lexicon knows the same."""

from quizbank.generation.statements.model import Structure
from tests.quizbank.generation.sources import document_of, said

TABLE = """
| Flap | Pedicle | Use |
| --- | --- | --- |
| Groin | Superficial circumflex iliac artery | Hand |
| Anterolateral thigh | Lateral circumflex femoral artery | Tongue |
| Scalp | Radial artery | Nowhere |

## Muscles

| Muscle | Nerve | Action |
| --- | --- | --- |
| Deltoid | Axillary nerve | Abduction |
| Brachialis | Musculocutaneous nerve | Flexion |
"""


def test_each_row_that_the_lexicon_knows_is_asked_about() -> None:
    found = {one.question: one.answer.text for one in said(document_of(TABLE), Structure)}
    assert found == {
        "On which artery is the groin flap based?": "Superficial circumflex iliac artery",
        "On which artery is the anterolateral thigh flap based?": "Lateral circumflex femoral artery",
        "Which nerve innervates the deltoid?": "Axillary nerve",
        "Which nerve innervates the brachialis?": "Musculocutaneous nerve",
    }
