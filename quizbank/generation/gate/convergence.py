"""The key is not the option made of the elements most common among the options."""

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import roots


def find(candidate: Candidate, context: Context) -> str:
    """Return that the key shares words with more options than any distractor does."""
    if candidate.type != "single_best_answer" or candidate.ordered or len(candidate.options) < 3:
        return ""
    words = [roots(choice.text) for choice in candidate.options]
    everywhere = frozenset.intersection(*words)
    shared = [sum(bool((one & other) - everywhere) for other in words if other is not one) for one in words]
    if shared[0] >= 2 and all(shared[0] > count for count in shared[1:]):
        return "The key is made of words that come back in most of the other options."
    return ""


CHECK = Check(
    "convergence",
    "The key does not collect the commonest elements.",
    find,
    EXAMPLE,
    variant(key="Heat and pressure", wrong=("Heat and cold", "Pressure and traction", "Light")),
    suggests=True,
    skips=UNLETTERED,
)
