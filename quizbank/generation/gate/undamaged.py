"""Nothing the item repeats from the document is misspelled or damaged."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_DAMAGE = re.compile(
    r"[\ufffd\x00-\x1f|<>{}*_#~^]|\*\*|  |[A-Za-z]{3}\d+[A-Za-z]{2}|\d[a-z]{4,}|[a-z]{2}[A-Z]{1}[a-z]{3}|\b(\w+) \1\b|"
    r"[,;:]{2}|\.[A-Za-z]{3}|\(\s*\)|[A-Za-z],[A-Za-z]|https?:",
)
_SCANNED = re.compile(r"\b\d+[OIl]\b|\b[OIl]\d+\b(?![-/])")  # digits that a scanner took for letters
_COMPARISON = re.compile(r"[<>]=?\s?\d")


def find(candidate: Candidate, context: Context) -> str:
    """Return the damaged words."""
    for text in candidate.texts:
        bare = _COMPARISON.sub("0", text)
        if found := _DAMAGE.search(bare):
            return f"Damaged text: “{found[0]}”."
        if bare.count("(") != bare.count(")") or bare.count("“") != bare.count("”"):
            return "A bracket or quotation mark is left open."
    if found := _SCANNED.search(candidate.citation.quote):
        return f"The source looks damaged here: “{found[0]}”."
    for warning in context.document.warnings:
        if warning.kind in ("spelling", "damaged", "personal"):
            for start, end in candidate.used:
                if start < warning.end and warning.start < end and _shown(warning.quote, candidate):
                    return f"The source is doubtful here: “{warning.quote[:60]}” ({warning.kind})."
    return ""


def _shown(quote: str, candidate: Candidate) -> bool:
    """Return whether the doubtful words come back in the item."""
    shown = " ".join(candidate.texts).lower()
    return len(quote) > 60 or quote.lower() in shown


CHECK = Check(
    "undamaged", "Nothing damaged or misspelled is repeated.", find, EXAMPLE, variant(key="Irradiated  tissue|")
)
