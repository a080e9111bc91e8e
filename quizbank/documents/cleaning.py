"""A text and its parts in; the parts worth asking about, and what is left out with its reason, out."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from quizbank.documents.noise import NAVIGATION, is_link_sentence, reason_to_leave_out
from quizbank.documents.parts import Part
from quizbank.documents.promotion import promotion_score
from quizbank.documents.repeats import find_repeats
from quizbank.documents.section_names import is_certain, is_navigation
from quizbank.documents.tree import LeftOut, Sentence

_WORD = re.compile(r"[a-z]{4,}")
# A sentence that only hints at selling goes when this little of it is spoken of elsewhere in the document …
_FAMILIAR = 0.5
# … and it stands beside sentences that sell outright.
_HINT, _OUTRIGHT = 1, 2
_PROMOTION = "promotion, not clinical content"


def clean(text: str, parts: Sequence[Part]) -> tuple[list[Part], list[LeftOut]]:
    """Return the kept parts in order (split where a sentence was taken out) and everything left out, in order."""
    left_out = [_as_left_out(text, part) for part in parts if part.kind == "left_out"]
    kept = [part for part in parts if part.kind != "left_out"]
    for find in (_noise_lines, find_repeats, _promotion, _link_sentences):
        found = find(text, kept)
        left_out.extend(found)
        kept = _without(kept, found)
        if find is find_repeats:
            kept, emptied = _without_emptied_heading(text, kept, found)
            left_out.extend(emptied)
    kept, menus = _without_link_sections(text, kept)
    left_out.extend(menus)
    return kept, _merged(text, sorted(left_out, key=lambda span: (span.start, span.end)), kept)


def _merged(text: str, spans: Sequence[LeftOut], kept: Sequence[Part]) -> list[LeftOut]:
    """Join neighbours with the same reason: the author reads one entry, not sixty."""
    starts = [part.start for part in kept]
    merged: list[LeftOut] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and last.reason == span.reason and bisect(starts, last.end) == bisect(starts, span.start):
            merged[-1] = LeftOut(last.start, span.end, text[last.start : span.end], span.reason)
        else:
            merged.append(span)
    return merged


def _as_left_out(text: str, part: Part) -> LeftOut:
    return LeftOut(part.start, part.end, text[part.start : part.end], part.reason)


def _noise_lines(text: str, parts: Sequence[Part]) -> list[LeftOut]:
    found = []
    for part in parts:
        if part.kind not in {"text", "item"} or part.cells:
            continue
        quote = text[part.start : part.end]
        reason = reason_to_leave_out(quote)
        # "Related links" and the like may head a menu; they are judged together with what follows them.
        if reason and not is_navigation(quote):
            found.append(LeftOut(part.start, part.end, quote, reason))
    return found


def _promotion(text: str, parts: Sequence[Part]) -> list[LeftOut]:
    spans = [(part, sentence) for part in parts if part.kind in {"text", "item"} for sentence in part.sentences]
    scores = [promotion_score(text[sentence.start : sentence.end]) for _, sentence in spans]
    if not any(score >= _OUTRIGHT for score in scores):
        return []
    known = _vocabulary(text, [sentence for (_, sentence), score in zip(spans, scores, strict=True) if score == 0])
    sold = [score >= _OUTRIGHT for score in scores]
    for order in (range(len(spans)), reversed(range(len(spans)))):
        for index in order:
            if not sold[index] and _beside(sold, index):
                sold[index] = scores[index] >= _HINT and _is_foreign(text, spans[index][1], known)
    return [
        LeftOut(sentence.start, sentence.end, text[sentence.start : sentence.end], _PROMOTION)
        for (_, sentence), is_sold in zip(spans, sold, strict=True)
        if is_sold
    ]


def _beside(sold: list[bool], index: int) -> bool:
    return (index > 0 and sold[index - 1]) or (index + 1 < len(sold) and sold[index + 1])


def _vocabulary(text: str, sentences: Sequence[Sentence]) -> set[str]:
    return {word for sentence in sentences for word in _WORD.findall(text[sentence.start : sentence.end].lower())}


def _is_foreign(text: str, sentence: Sentence, known: set[str]) -> bool:
    words = set(_WORD.findall(text[sentence.start : sentence.end].lower()))
    return len(words & known) <= len(words) * _FAMILIAR


def _link_sentences(text: str, parts: Sequence[Part]) -> list[LeftOut]:
    return [
        LeftOut(sentence.start, sentence.end, text[sentence.start : sentence.end], "link to another page")
        for part in parts
        if part.kind == "text"
        for sentence in part.sentences
        if is_link_sentence(text[sentence.start : sentence.end])
    ]


def _without(parts: Sequence[Part], found: Sequence[LeftOut]) -> list[Part]:
    gone = {(span.start, span.end) for span in found}
    kept: list[Part] = []
    for part in parts:
        if (part.start, part.end) in gone:
            continue
        if not any((sentence.start, sentence.end) in gone for sentence in part.sentences) or part.cells:
            kept.append(part)
        else:
            kept.extend(_remaining(part, gone))
    return kept


def _remaining(part: Part, gone: set[tuple[int, int]]) -> list[Part]:
    """Return the runs of sentences that stay, each as a part of its own."""
    runs: list[list[Sentence]] = [[]]
    for sentence in part.sentences:
        if (sentence.start, sentence.end) not in gone:
            runs[-1].append(sentence)
        elif runs[-1]:
            runs.append([])
    return [replace(part, start=run[0].start, end=run[-1].end, sentences=tuple(run)) for run in runs if run]


def _without_emptied_heading(
    text: str, parts: Sequence[Part], repeats: Sequence[LeftOut]
) -> tuple[list[Part], list[LeftOut]]:
    """A heading "References" or "Summary" right above a second copy of the body heads nothing of its own."""
    copies = {span.start for span in repeats}
    kept, emptied = [], []
    for part in parts:
        quote = text[part.start : part.end]
        following = len(text) - len(text[part.end :].lstrip(" \n:-"))
        if is_certain(quote) and following in copies:
            emptied.append(LeftOut(part.start, part.end, quote, "heading of a repeated text"))
        else:
            kept.append(part)
    return kept, emptied


def _without_link_sections(text: str, parts: Sequence[Part]) -> tuple[list[Part], list[LeftOut]]:
    """A heading such as "Related links" goes, with the short lines below it."""
    kept: list[Part] = []
    menus: list[LeftOut] = []
    in_menu = False
    for part in parts:
        quote = text[part.start : part.end]
        if part.kind in {"text", "heading", "title"} and is_navigation(quote):
            in_menu = True
        elif in_menu:
            in_menu = part.kind == "item" and len(quote) <= 100
        if in_menu:
            menus.append(LeftOut(part.start, part.end, quote, NAVIGATION))
        else:
            kept.append(part)
    return kept, menus
