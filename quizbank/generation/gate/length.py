"""The key is neither conspicuously the longest nor conspicuously the shortest option."""

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

LONGEST = 1.33  # MedIWF and NBME: the key must not stand out; 1.33 is the bound of DOMAIN.md
_SHORTEST = 0.6


def find(candidate: Candidate, context: Context) -> str:
    """Return how the key's length stands out."""
    lengths = [len(choice.text) for choice in candidate.distractors]
    for key in candidate.keys if candidate.type == "single_best_answer" and lengths else ():
        words = len(key.text.split())
        if words >= 4 and len(key.text) > LONGEST * max(lengths):
            return "The key is conspicuously the longest option."
        if words >= 2 and len(key.text) > 1.8 * max(lengths):
            return "The key is conspicuously the longest option."
        if min(len(choice.text.split()) for choice in candidate.distractors) >= 3 and len(key.text) < _SHORTEST * min(
            lengths
        ):
            return "The key is conspicuously the shortest option."
    return ""


CHECK = Check(
    "length",
    "The key is no longer or shorter than the other options.",
    find,
    EXAMPLE,
    variant(key="Irradiated tissue with poor blood supply", wrong=("Burns", "Scalds")),
    suggests=True,
    skips=UNLETTERED,
)
