"""Words that hint at one side (severe, uncontrolled, normal) do not stand on one side only."""

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.makers.listing import is_cued, is_valued


def find(candidate: Candidate, context: Context) -> str:
    """Return the side on which hints pile up."""
    if candidate.maker not in ("membership", "several", "contrast", "example"):
        return ""
    for hints in (is_cued, is_valued) if candidate.maker in ("contrast", "example") else (is_cued,):
        keys = [hints(choice.text) for choice in candidate.keys]
        others = [hints(choice.text) for choice in candidate.distractors]
        if others and any(keys) and not any(others):
            return "A hint word stands in the key only."
        if sum(others) * 2 > len(others) and not any(keys):
            return "Hint words stand in the distractors only."
    return ""


CHECK = Check(
    "levelled",
    "No hint word on one side only.",
    find,
    EXAMPLE,
    variant(key="Severe irradiation"),
    suggests=True,
    skips=UNLETTERED,
)
