"""A document's text and sections in; everything its author should look at out."""

from collections.abc import Sequence

from quizbank.documents.damage import damage_warnings
from quizbank.documents.language import UNKNOWN, language_name
from quizbank.documents.personal import personal_warnings
from quizbank.documents.spelling import spelling_warnings
from quizbank.documents.tree import Section, Warning

_FEWEST_STATEMENTS = 4
_FEWEST_WORDS = 40


def alerts(text: str, language: str, sections: Sequence[Section]) -> tuple[Warning, ...]:
    """Return the warnings: language and length first, then by place."""
    spans = _readable_spans(sections)
    found = [*_language(text, language), *_short(text, sections)]
    placed = personal_warnings(text)
    if language in {"en", UNKNOWN}:
        placed += damage_warnings(text, spans)
        taken = {(warning.start, warning.end) for warning in placed}
        placed += [each for each in spelling_warnings(text, spans) if (each.start, each.end) not in taken]
    return (*found, *sorted(placed, key=lambda warning: (warning.start, warning.end)))


def _readable_spans(sections: Sequence[Section]) -> list[tuple[int, int]]:
    """Return the spans of all sentences that may be asked about; references are full of names."""
    blocks = [block for section in sections if not section.references for block in section.blocks]
    sentences = [sentence for block in blocks for sentence in block.sentences]
    sentences += [sentence for block in blocks for entry in block.entries for sentence in entry.sentences]
    return sorted((sentence.start, sentence.end) for sentence in sentences)


def _language(text: str, language: str) -> list[Warning]:
    if language in {"en", UNKNOWN}:
        return []
    detail = (
        f"This document is written in {language_name(language)}. Items are made from English text only; "
        "upload an English version."
    )
    return [_about_all(text, "language", detail)]


def _short(text: str, sections: Sequence[Section]) -> list[Warning]:
    blocks = [block for section in sections if not section.references for block in section.blocks]
    sentences = sum(len(block.sentences) for block in blocks)
    entries = sum(len(block.entries) for block in blocks)
    words = sum(len(text[block.start : block.end].split()) for block in blocks)
    if sentences + entries >= _FEWEST_STATEMENTS and words >= _FEWEST_WORDS:
        return []
    detail = (
        f"There is little to ask about: {words} words in {sentences} sentences and {entries} list items or table rows. "
        "Add more text."
    )
    return [_about_all(text, "short", detail)]


def _about_all(text: str, kind: str, detail: str) -> Warning:
    end = min(len(text), 80)
    return Warning(kind, 0, end, text[:end], detail)
