"""A text and its parts in; what the document is about, in words of its own, out."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from quizbank.documents.headings import is_question, is_sentence
from quizbank.documents.noise import caption_words
from quizbank.documents.parts import Part
from quizbank.documents.section_names import is_usual
from quizbank.documents.tree import Document, LeftOut
from quizbank.documents.word_sets import word_set

_LONGEST = 200
_OFTEN = 5
_TAGLINE = re.compile(r"\s+[-–—|:]+\s+|:\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_COMMON = word_set(
    "the|a|an|of|in|on|at|to|for|from|by|with|without|and|or|but|is|are|was|were|be|been|it|its|this|that|"
    "these|those|as|not|no|can|may|should|will|would|which|who|whom|their|there|they|he|she|his|her|your|you|"
    "we|our|when|while|after|before|during|between|than|then|also|such|other|more|most|many|some|any|all|each|"
    "both|into|over|under|about|only|if|because|due|has|have|had|do|does|patient|patients|use|used|using|"
    "include|includes|including|often|usually|generally|commonly|disease-free"
)


def title_part(text: str, parts: Sequence[Part]) -> Part | None:
    """Return the part that is the document's own title, if it has one."""
    titles = [part for part in parts if part.kind == "title"]
    if titles:
        return titles[0]
    if not parts:
        return None
    first, line = parts[0], text[parts[0].start : parts[0].end]
    if first.kind == "heading":
        others = [part.level for part in parts[1:] if part.kind == "heading"]
        alone = all(level > first.level for level in others)
        return first if (alone or _comes_back(line, text[first.end :])) and not is_usual(line) else None
    if first.kind != "text" or len(parts) == 1:
        return None
    return first if _could_be_title(line) else None


def _comes_back(line: str, rest: str) -> bool:
    """Return whether the text goes on to speak of a heading's first word ("METFORMIN TABLETS", then "metformin")."""
    word = next((word.lower() for word in _WORD.findall(line) if word.lower() not in _COMMON), "")
    return len(word) > 4 and rest.lower().count(word) >= _OFTEN


def topic(text: str, title: Part | None, parts: Sequence[Part], left_out: Sequence[LeftOut], declared: str) -> str:
    """Return the title's own words, or the best phrase of the text that can serve as one."""
    if title:
        return _without_tagline(text, title)
    body = " ".join(text[part.start : part.end] for part in parts)
    for phrase in (declared.strip(), *(caption_words(span.quote) for span in left_out)):
        words = phrase.rstrip(".")
        if words and len(words) <= _LONGEST and words in text and words.lower() in body.lower():
            return words
    return _dominant_phrase(text, body) or _first_heading(text, parts)


def _could_be_title(line: str) -> bool:
    words = line.split()
    if (
        len(words) > 20
        or len(line) > _LONGEST
        or line.endswith((".", ":", ";", ","))
        or is_usual(line)
        or is_question(line)
    ):
        return False
    return not is_sentence(line) or line.endswith("!")


def _without_tagline(text: str, title: Part) -> str:
    """Return the part before a dash or colon ("Hip Surgery - A New Start!") where the text speaks of that alone."""
    line = text[title.start : title.end]
    parts = _TAGLINE.split(line)
    again = text[title.end :].lower()
    if len(parts) > 1 and len(parts[0].split()) > 1 and parts[0].lower() in again and parts[-1].lower() not in again:
        return parts[0]
    return line


def dominant_phrase(document: Document) -> str:
    """Return the phrase a finished document repeats most, "" when there is none."""
    body = " ".join(document.text[block.start : block.end] for _, block in document.blocks())
    return _dominant_phrase(document.text, body)


@lru_cache(maxsize=4)  # a document's topic is asked for several times while its questions are written
def _dominant_phrase(text: str, body: str) -> str:
    """Return the two- or three-word phrase the text repeats most, as it first stands there."""
    words = [word.lower() for word in _WORD.findall(body)]
    counts: Counter[tuple[str, ...]] = Counter()
    for size in (2, 3):
        for index in range(len(words) - size + 1):
            phrase = tuple(words[index : index + size])
            if not _COMMON.intersection(phrase):
                counts[phrase] += 1
    for phrase, count in sorted(counts.items(), key=lambda pair: (-pair[1] * len(pair[0]), pair[0]))[:5]:
        found = text.lower().find(" ".join(phrase))
        if count >= 3 and found >= 0:
            return text[found : found + len(" ".join(phrase))]
    return ""


def _first_heading(text: str, parts: Sequence[Part]) -> str:
    for part in parts:
        if part.kind == "heading":
            return text[part.start : part.end].rstrip(" :?")
    return " ".join(text[:_LONGEST].split()[:8])
