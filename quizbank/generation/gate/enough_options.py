"""There are at least two wrong options, and two right ones where several are asked for."""

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

MISSING = "Fewer than two wrong options can be proved."


def find(candidate: Candidate, context: Context) -> str:
    """Return that there are too few options."""
    too_few_keys = candidate.type == "multiple_response" and len(candidate.keys) < 2
    return MISSING if len(candidate.distractors) < 2 or too_few_keys else ""


CHECK = Check(
    "enough_options",
    "Enough wrong options are proved.",
    find,
    EXAMPLE,
    variant(wrong=("Burns",)),
    suggests=True,
    skips=UNLETTERED,
)
