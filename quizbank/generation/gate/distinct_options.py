"""No option repeats, contains or names a kind of another; steps in an order only must not say the same."""

import re
from itertools import combinations

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, compares, variant
from quizbank.generation.wording import label_of, roots

_WORD = re.compile(r"[\w.]+")


def find(candidate: Candidate, context: Context) -> str:
    """Return which options overlap."""
    if not all(choice.text.strip() for choice in candidate.options):
        return "An option is empty."
    if len({choice.text.casefold() for choice in candidate.options}) < len(candidate.options):
        return "Two options say the same."
    if candidate.ordered or candidate.type == "ordering" or compares(candidate):  # one step may build on another
        return ""
    for one, other in combinations(candidate.options, 2):
        first, second = roots(one.text), roots(other.text)
        labels = label_of(one.text), label_of(other.text)
        codes = _codes(one.text), _codes(other.text)
        if (all(labels) and labels[0] != labels[1]) or (all(codes) and codes[0] != codes[1]):  # Stage A and Stage B
            continue
        if first and second and (first <= second or second <= first):
            return f"“{one.text}” and “{other.text}” overlap."
    return ""


def _codes(text: str) -> frozenset[str]:
    """Return the letters and numbers that tell names of a series apart: COL4A5 and COL4A3, t(8;14) and t(14;18)."""
    return frozenset(word for word in _WORD.findall(text) if len(word) == 1 or any(sign.isdigit() for sign in word))


CHECK = Check(
    "distinct_options",
    "No option overlaps another.",
    find,
    EXAMPLE,
    variant(wrong=("Burns", "Deep burns")),
    suggests=True,
    skips=("true_false", "numeric", "short_answer", "cloze"),  # spellings of one answer, choices of several gaps
)
