"""The words that people put right in a document go in; questions in those words, and what is still doubtful, come out.

The document keeps its words and every span stays exact: only what a question says is written anew.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice

DOUBTFUL = ("spelling", "damaged")
LONGEST = 120  # characters
_QUOTED = re.compile(r"(“[^”]*”)")


class CorrectionRefused(ValueError):
    """The words cannot be put right so; the message says what to do."""


@dataclass(frozen=True)
class WordCorrection:
    """Words of a document and how they are written in its questions; the same words say that they stand as they are."""

    original: str
    corrected: str


@dataclass(frozen=True)
class Doubt:
    """Words of a document that look damaged or misspelled, why, how they were most likely meant, and what stands around."""

    original: str
    detail: str
    proposal: str
    before: str
    after: str


def doubts(document: Document) -> tuple[Doubt, ...]:
    """Return the words of a document that somebody should look at, each once, in order."""
    found = [warning for warning in document.warnings if warning.kind in DOUBTFUL and len(warning.quote) <= LONGEST]
    once = {warning.quote.casefold(): warning for warning in reversed(found)}
    return tuple(
        Doubt(
            warning.quote,
            warning.detail,
            warning.proposal or warning.quote,
            document.text[: warning.start].rpartition("\n")[2][-60:],
            document.text[warning.end :].partition("\n")[0][:60],
        )
        for warning in sorted(once.values(), key=lambda warning: warning.start)
    )


def checked_correction(document: Document, original: str, corrected: str) -> WordCorrection:
    """Return the correction that a person asks for; raises CorrectionRefused."""
    if original not in {doubt.original for doubt in doubts(document)}:
        raise CorrectionRefused("These words are not doubtful in this document. Reload the page to see which are.")
    meant = " ".join(corrected.split())
    if not meant or len(meant) > LONGEST:
        raise CorrectionRefused(f"Write how the words were meant, in 1 to {LONGEST} characters.")
    return WordCorrection(original, meant)


def written(text: str, corrections: Iterable[WordCorrection]) -> str:
    """Return a text in the corrected words, a capital kept where the original has one."""
    for one in corrections:
        text = _pattern(one).sub(lambda found, meant=one.corrected: _as(found[0], meant), text)  # type: ignore[misc]
    return text


def _pattern(one: WordCorrection) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(one.original)}(?!\w)", re.IGNORECASE)


def _as(original: str, meant: str) -> str:
    return meant[:1].upper() + meant[1:] if original[:1].isupper() else meant


def corrections_in(text: str, corrections: Iterable[WordCorrection]) -> list[WordCorrection]:
    """Return the corrections of words that a text holds; those that let the words stand are none."""
    return [one for one in corrections if one.original != one.corrected and _pattern(one).search(text)]


def is_settled(quote: str, corrections: Iterable[WordCorrection]) -> bool:
    """Return whether somebody has put doubtful words right or let them stand."""
    return any(one.original.casefold() == quote.casefold() for one in corrections)


def with_corrections(candidate: Candidate, corrections: Sequence[WordCorrection]) -> Candidate:
    """Return the candidate in the corrected words; what it quotes of the document stays as it is."""
    if not corrections:
        return candidate
    return replace(
        candidate,
        stem=written(candidate.stem, corrections),
        keys=tuple(_choice(one, corrections) for one in candidate.keys),
        distractors=tuple(_choice(one, corrections) for one in candidate.distractors),
        rationale=_explained(candidate.rationale, corrections),
        objective=written(candidate.objective, corrections),
        topic=written(candidate.topic, corrections),
    )


def _choice(choice: Choice, corrections: Sequence[WordCorrection]) -> Choice:
    return replace(choice, text=written(choice.text, corrections), rationale=_explained(choice.rationale, corrections))


def _explained(rationale: str, corrections: Sequence[WordCorrection]) -> str:
    """Return an explanation in the corrected words but for what stands in quotation marks."""
    parts = _QUOTED.split(rationale)
    return "".join(part if part.startswith("“") else written(part, corrections) for part in parts)
