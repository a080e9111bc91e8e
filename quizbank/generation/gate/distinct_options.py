"""There are enough options, none repeats, contains or names a kind of another."""

from itertools import combinations

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import roots

MISSING = "Fewer than two wrong options can be proved."


def find(candidate: Candidate, context: Context) -> str:
    """Return which options overlap, or that there are too few."""
    if len(candidate.distractors) < 2 or (candidate.type == "multiple_response" and len(candidate.keys) < 2):
        return MISSING
    if not all(choice.text.strip() for choice in candidate.options):
        return "An option is empty."
    if len({choice.text.casefold() for choice in candidate.options}) < len(candidate.options):
        return "Two options say the same."
    if candidate.ordered:
        return ""
    for one, other in combinations(candidate.options, 2):
        first, second = roots(one.text), roots(other.text)
        if first and second and (first <= second or second <= first):
            return f"“{one.text}” and “{other.text}” overlap."
    return ""


CHECK = Check(
    "distinct_options",
    "Enough options, and none overlaps another.",
    find,
    EXAMPLE,
    variant(wrong=("Burns", "Deep burns")),
)
