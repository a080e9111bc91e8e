"""Nothing the item repeats from the document is misspelled or damaged."""

import re
from collections.abc import Sequence

from quizbank.documents.damage import SCANNED
from quizbank.documents.tree import Warning
from quizbank.generation.candidates import Candidate
from quizbank.generation.corrections import DOUBTFUL, is_settled, written
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_DAMAGE = re.compile(
    r"[\ufffd\x00-\x1f|<>{}*_#~^]|\*\*|  |[A-Za-z]{3}\d+[A-Za-z]{2}|\d[a-z]{4,}|[a-z]{2}[A-Z]{1}[a-z]{3}|\b(\w+) \1\b|"
    r"[,;:]{2}|\.[A-Za-z]{3}|\(\s*\)|[A-Za-z],[A-Za-z]|https?:",
)
_COMPARISON = re.compile(r"[<>]=?\s?\d")


def find(candidate: Candidate, context: Context) -> str:
    """Return the damaged words."""
    for text in candidate.texts:
        bare = _COMPARISON.sub("0", text)
        if found := _DAMAGE.search(bare):
            return f"Damaged text: “{found[0]}”."
        if bare.count("(") != bare.count(")") or bare.count("“") != bare.count("”"):
            return "A bracket or quotation mark is left open."
    if found := SCANNED.search(written(candidate.citation.quote, context.corrections)):
        return f"The source looks damaged here: “{found[0]}”."
    shown = " ".join(candidate.texts).lower()
    for warning in context.document.warnings:
        doubtful = warning.kind in (*DOUBTFUL, "personal") and not is_settled(warning.quote, context.corrections)
        if doubtful and _repeats(candidate, warning, shown):
            return f"The source is doubtful here: “{warning.quote[:60]}” ({warning.kind})."
    return ""


def _repeats(candidate: Candidate, warning: Warning, shown: str) -> bool:
    """Return whether doubtful words come back in the item; a misspelled one is told at its first place, and has others."""
    quote = warning.quote.lower()
    if warning.kind == "spelling":
        return quote in shown and re.search(rf"\b{re.escape(quote)}\b", shown) is not None
    if len(quote) > _LONG:
        return _touches(warning, candidate.used)
    cited = candidate.citation.start, candidate.citation.end
    return quote in shown and _touches(warning, (*candidate.used, cited))


def _touches(warning: Warning, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < warning.end and warning.start < end for start, end in spans)


_LONG = 60  # characters; so many are seldom repeated word by word


CHECK = Check(
    "undamaged", "Nothing damaged or misspelled is repeated.", find, EXAMPLE, variant(key="Irradiated  tissue|")
)
