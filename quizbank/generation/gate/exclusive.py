"""Exactly one answer is right by the document: no other sentence supports a distractor."""

import re
from collections import Counter

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context
from quizbank.generation.wording import roots

_SHARE = 0.6


def find(candidate: Candidate, context: Context) -> str:
    """Return which distractor the document might support."""
    asked = roots(candidate.stem) - roots(candidate.topic) - _ASKING
    if len(asked) < 2:
        return ""
    sentences = _elsewhere(candidate, context, asked)
    for choice in candidate.distractors:
        named, numbers = roots(choice.text), _numbers(choice.text)
        for start, end, words in sentences:
            if named and named <= words and (not numbers or numbers.search(context.document.quote(start, end))):
                return f"Another sentence may support “{choice.text}”."
    return ""


_ASKING = roots("which following used use source said purpose")


def _numbers(option: str) -> re.Pattern[str] | None:
    """Return what finds an option's numbers with the unit behind them, None when it holds no number."""
    found = re.search(r"\d.*", option)
    if not found:
        return None
    parts = [part for part in re.split(r"\s+(?:to\s+)?|[-–]|(?<=\d)(?=[A-Za-z%])", found[0]) if part]
    stems = [re.escape(part.rstrip("s") if part[:1].isalpha() else part) for part in parts]
    return re.compile(r"(?<![\d.])" + r"(?:\s*(?:to|-|–)\s*|\s*)".join(stems) + r"(?![\d])", re.IGNORECASE)


Spoken = tuple[int, int, frozenset[str]]


def _elsewhere(candidate: Candidate, context: Context, asked: frozenset[str]) -> list[Spoken]:
    """Return every sentence that speaks of most of what is asked, outside the citation and the rows beside it."""
    cited = candidate.beside or (candidate.citation.start, candidate.citation.end)
    hits = Counter(number for word in asked for number in context.sentences_with.get(word, ()))
    found = [context.sentences[number] for number, count in hits.items() if count >= _SHARE * len(asked)]
    return [row for row in sorted(found, key=lambda row: row[0]) if row[1] <= cited[0] or row[0] >= cited[1]]


CHECK = Check(
    "exclusive",
    "No other sentence of the document supports another option.",
    find,
    EXAMPLE,
    EXAMPLE,
    besides="Skin grafts are unpredictable over burns.",
    skips=UNLETTERED,
)
