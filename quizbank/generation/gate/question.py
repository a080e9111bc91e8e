"""The stem is one question, of reasonable length, that names the topic.

A statement to judge ends with a period; what to match, to put in order or to fill in may be asked for or told ("Match
each ...").
"""

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import roots, same_root

_MAX_WORDS = 40


def find(candidate: Candidate, context: Context) -> str:
    """Return what keeps the stem from being a single clear question."""
    stem = candidate.stem
    if not stem[:1].isupper() or not _ends_well(stem, candidate.type):
        return "The stem is not one statement." if candidate.type == "true_false" else "The stem is not one question."
    if not 3 <= len(stem.split()) <= _MAX_WORDS:
        return "The stem is too short or too long."
    if candidate.whole:
        return ""
    asked = roots(stem)
    named = sum(any(same_root(one, other) for other in asked) for one in roots(candidate.topic))
    if not candidate.topic or named < max(1, len(roots(candidate.topic)) / 2):
        return "The stem does not name the topic."
    return ""


def _ends_well(stem: str, type: str) -> bool:
    """Return whether a stem is closed as one sentence of its type is."""
    asks = stem.count("?") == 1 and stem.endswith("?")
    tells = "?" not in stem and stem.endswith(".")
    return tells if type == "true_false" else asks or (tells and type in ("matching", "ordering", "cloze"))


CHECK = Check(
    "question",
    "One clear question that names the topic.",
    find,
    EXAMPLE,
    variant(stem="Skin grafts are unpredictable in"),
)
