"""A document and the candidates a maker might write of it: one of each type without lettered options."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.statements.model import Source, Statement
from tests.quizbank.generation.sources import document_of

SENTENCES = (
    "Skin grafts take up to 5 days to be vascularized.",
    "Debridement comes first, then harvest, then fixation of the graft.",
    "Split grafts cover burns, full grafts cover the face, and composite grafts cover the nose.",
)
MORE = (
    "Patients with diabetes, infection or poor circulation need antibiotics and a later surgery. "
    "Hematoma, seroma and infection are the complications that surgeons treat by drainage. "
    "The wound is dressed, the limb is splinted, and the patient rests until the graft is stable. "
)
DOCUMENT = document_of(f"## Healing\n\n{' '.join(SENTENCES)} {MORE * 3}", "Skin grafts")


def candidate(sentence: str, **parts: object) -> Candidate:
    """Return a candidate that rests on a sentence of DOCUMENT."""
    start = DOCUMENT.text.index(sentence)
    source = Source(start, start + len(sentence), ("Skin grafts", "Healing"), "skin grafts")
    blank = Candidate(
        maker="contrast",
        type="",
        stem="",
        keys=(),
        distractors=(),
        citation=cite(DOCUMENT, source),
        rationale="The source says so.",
        objective="Care for skin grafts",
        topic="skin grafts",
        fact=str(parts["stem"]),
        proof="the source says so",
    )
    return replace(blank, **parts)  # type: ignore[arg-type]


def choices(*texts: str) -> tuple[Choice, ...]:
    """Return choices with a reason each."""
    return tuple(Choice(text, f"{text} is told.") for text in texts)


STATEMENT = candidate(
    SENTENCES[0],
    type="true_false",
    stem="Skin grafts are vascularized within 5 days.",
    keys=choices("True"),
    distractors=choices("False"),
)
NUMBER = candidate(
    SENTENCES[0],
    type="numeric",
    stem="Within how many days are skin grafts vascularized?",
    keys=choices("5"),
    low="4",
    high="5",
    unit="days",
)
PAIRS = candidate(
    SENTENCES[2],
    type="matching",
    stem="Match each kind of skin grafts with its site.",
    prompts=choices("Split grafts", "Full grafts", "Composite grafts"),
    keys=choices("Burns", "Face", "Nose"),
    distractors=choices("Scalp"),
)
STEPS = candidate(
    SENTENCES[1],
    type="ordering",
    stem="Put the steps of skin grafts in their order.",
    keys=choices("Debridement", "Harvest", "Fixation"),
)
CANDIDATES = (STATEMENT, NUMBER, PAIRS, STEPS)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate of each type, as a maker does."""
    yield from CANDIDATES
