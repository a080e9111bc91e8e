"""An item without lettered options has all its parts, as the content of its type asks for them."""

import random
from dataclasses import replace

from quizbank.generation.candidates import LETTERED, UNLETTERED, Candidate, Choice
from quizbank.generation.contents import content_of_candidate, offered_options
from quizbank.generation.gate.model import EXAMPLE, Check, Context


def find(candidate: Candidate, context: Context) -> str:
    """Return the first thing that keeps the item from being published."""
    if candidate.type not in UNLETTERED:
        return ""
    options = offered_options(candidate, random.Random(0))  # noqa: S311 - any order will do
    return next(iter(content_of_candidate(candidate, options).problems()), "")


STEPS = replace(
    EXAMPLE,
    type="ordering",
    stem="In wound repair, put the steps of skin grafting in their order.",
    keys=tuple(Choice(text, "The source says so.") for text in ("Debridement", "Harvest", "Fixation")),
    distractors=(),
)

CHECK = Check(
    "complete",
    "Everything the item needs is there.",
    find,
    STEPS,
    replace(STEPS, keys=STEPS.keys[:2]),
    skips=(*LETTERED, "short_answer", "cloze"),  # no maker writes them; their forms ask what is missing
)
