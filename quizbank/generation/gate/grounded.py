"""The cited span, with its headings, holds the words and numbers of the key, and is quoted exactly.

A verdict on a statement stands in no document, so only the quotation of such an item is looked at. The key of a fact that the
lexicon knows may be another name for what is cited ("albuterol" for "salbutamol"): there the lexicon's own wording must be cited.
"""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.corrections import written
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import NUMBER_WORDS, roots, same_root, words_of

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def _value(written: str) -> float | None:
    """Return the number that digits or a word stand for, None for any other word."""
    if written in NUMBER_WORDS:
        return float(NUMBER_WORDS.index(written))
    bare = written.replace(",", "")
    return float(bare) if bare.replace(".", "", 1).isdecimal() else None


def find(candidate: Candidate, context: Context) -> str:
    """Return what the key says that the source does not."""
    citation = candidate.citation
    if context.document.quote(citation.start, citation.end) != citation.quote or not citation.quote.strip():
        return "The quotation is not exactly the cited span."
    source = " ".join((citation.quote, *citation.path, candidate.topic))
    source = f"{source} {written(source, context.corrections)}" if context.corrections else source
    known = roots(source)
    told = {_value(number) for number in (*_NUMBER.findall(source), *words_of(source))}
    for key in (*candidate.prompts, *candidate.keys) if candidate.type != "true_false" else ():
        if candidate.renamed and key.span and citation.start <= key.span[0] and key.span[1] <= citation.end:
            continue
        missing = [one for one in sorted(roots(key.text)) if not any(same_root(one, other) for other in known)]
        numbers = [number for number in _NUMBER.findall(key.text) if _value(number) not in told]
        if missing or numbers:
            return f"Not in the cited span: {', '.join(missing + numbers)}."
    return ""


CHECK = Check(
    "grounded", "The key's words and numbers stand in the cited span.", find, EXAMPLE, variant(key="Frostbitten tissue")
)
