"""Exactly one answer is right by the document: a proof is given and no other sentence supports a distractor."""

from collections import Counter

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import roots

UNPROVED = "Nothing in the document proves the other options wrong."
_SHARE = 0.6


def find(candidate: Candidate, context: Context) -> str:
    """Return which distractor the document might support, or that nothing proves the distractors wrong."""
    if not candidate.proof:
        return UNPROVED
    asked = roots(candidate.stem) - roots(candidate.topic) - _ASKING
    if len(asked) < 2:
        return ""
    sentences = _elsewhere(candidate, context, asked)
    for choice in candidate.distractors:
        named = roots(choice.text)
        for sentence in sentences:
            if named and named <= sentence:
                return f"Another sentence may support “{choice.text}”."
    return ""


_ASKING = roots("which following used use source said purpose")


def _elsewhere(candidate: Candidate, context: Context, asked: frozenset[str]) -> list[frozenset[str]]:
    """Return the words of every sentence outside the citation that speaks of most of what is asked."""
    cited = candidate.citation
    hits = Counter(number for word in asked for number in context.sentences_with.get(word, ()))
    found = [context.sentences[number] for number, count in hits.items() if count >= _SHARE * len(asked)]
    return [
        words for start, end, words in sorted(found, key=lambda row: row[0]) if end <= cited.start or start >= cited.end
    ]


CHECK = Check(
    "exclusive",
    "The document supports exactly this answer; the other options are proved wrong.",
    find,
    EXAMPLE,
    variant(proof=""),
)
