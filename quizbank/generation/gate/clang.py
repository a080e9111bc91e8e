"""No word of the stem, by its root, comes back in the key alone, nor does a part of a word."""

import re
from collections.abc import Sequence

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, compares, variant
from quizbank.generation.wording import roots, same_root

_WORD = re.compile(r"[a-z]+")
_LONG = 5  # letters
_ENDINGS = frozenset(
    ("ation", "ition", "ction", "ology", "graph", "raphy", "ectom", "ctomy", "ement", "ments", "ility")
)
_EXEMPT = ("quantity", "figure")  # units must come back


def find(candidate: Candidate, context: Context) -> str:
    """Return the word that stem and key share and no distractor has."""
    if candidate.maker in _EXEMPT or compares(candidate) or candidate.type != "single_best_answer":
        return ""
    stem = roots(candidate.stem) - roots(candidate.topic)
    for key in candidate.keys:
        for word in sorted(roots(key.text)):
            shared = any(same_root(word, other) for other in stem)
            elsewhere = any(same_root(word, other) for choice in candidate.distractors for other in roots(choice.text))
            if shared and not elsewhere:
                return f"“{word}…” stands in the stem and in the key alone."
        if part := _part(candidate.stem, key.text, [choice.text for choice in candidate.distractors]):
            return f"“{part}” is part of a word of the stem and of the key alone."
    return ""


def _part(stem: str, key: str, wrong: Sequence[str]) -> str:
    """Return what a word of the stem, the topic's included, shares with the key alone: "azole" of fluconazole."""
    words = {word for word in _WORD.findall(stem.lower()) if len(word) >= _LONG}
    others = " ".join(wrong).lower()
    for own in _WORD.findall(key.lower()):
        for start in range(len(own) - _LONG + 1):
            part = own[start : start + _LONG]
            if part not in _ENDINGS and part not in others and any(part in word for word in words):
                return part
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
    skips=UNLETTERED,
)
