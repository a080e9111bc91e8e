"""Words that hint at one side (severe, uncontrolled, normal) do not stand on one side only."""

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.makers.listing import is_cued


def find(candidate: Candidate, context: Context) -> str:
    """Return the side on which hints pile up."""
    if candidate.maker not in ("membership", "several", "contrast", "example"):
        return ""
    keys = [is_cued(choice.text) for choice in candidate.keys]
    others = [is_cued(choice.text) for choice in candidate.distractors]
    if any(keys) and not any(others):
        return "A hint word stands in the key only."
    if others and sum(others) * 2 > len(others) and not any(keys):
        return "Hint words stand in the distractors only."
    return ""


CHECK = Check("levelled", "No hint word on one side only.", find, EXAMPLE, variant(key="Severe irradiation"))
