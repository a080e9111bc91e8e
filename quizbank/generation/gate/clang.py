"""No word of the stem, by its root, comes back in the key alone."""

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import roots, same_root

_EXEMPT = ("quantity",)  # units must come back


def find(candidate: Candidate, context: Context) -> str:
    """Return the word that stem and key share and no distractor has."""
    if candidate.maker in _EXEMPT or candidate.type != "single_best_answer":
        return ""
    stem = roots(candidate.stem) - roots(candidate.topic)
    for key in candidate.keys:
        for word in sorted(roots(key.text)):
            shared = any(same_root(word, other) for other in stem)
            elsewhere = any(same_root(word, other) for choice in candidate.distractors for other in roots(choice.text))
            if shared and not elsewhere:
                return f"“{word}…” stands in the stem and in the key alone."
    return ""


CHECK = Check(
    "clang",
    "No word links the stem to the key alone.",
    find,
    EXAMPLE,
    variant(
        stem="In wound repair, which technique fuses vertebrae?",
        key="Spinal fusion",
        wrong=("Tumor resection", "Soft tissue repair"),
    ),
    suggests=True,
)
