"""A span of text in; the spans of its sentences out."""

import re

from quizbank.documents.tree import Sentence
from quizbank.documents.word_sets import word_set

_ABBREVIATIONS = word_set(
    "e.g|i.e|eg|ie|vs|cf|etc|al|approx|ca|dr|mr|mrs|ms|prof|st|fig|figs|eq|ref|refs|no|nos|vol|pp|ed|eds|dept|"
    "dpt|inc|ltd|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mg|ml|kg|min|max|resp|spp|sp|var|u.s|u.k|"
    "b.i.d|t.i.d|q.i.d|q.d|p.o|i.v|i.m|s.c|a.m|p.m|ph.d|m.d|viz|incl|excl|temp|wt|ht"
)
# These may end a sentence: break after them when a capital follows.
_MAY_END = word_set("etc|al|mg|ml|kg|min|max|a.m|p.m|b.i.d|t.i.d|q.i.d|q.d|p.o|i.v|i.m|s.c|inc|ltd")
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]{0,3}(?=\s|$)")
_OPENING, _CLOSING = "([", ")]"
# An unclosed bracket must not swallow the rest of the text.
_LONGEST_BRACKET = 400


def split_sentences(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    """Return the sentences of ``text[start:end]`` in order, each without surrounding blanks."""
    spans: list[Sentence] = []
    begin = _skip_blanks(text, start, end)
    bracketed = _bracketed(text, start, end)
    for match in _STOP.finditer(text, start, end):
        if match.start() < begin or match.start() in bracketed:
            continue
        if _ends_sentence(text, begin, match, end):
            spans.append(Sentence(begin, match.end()))
            begin = _skip_blanks(text, match.end(), end)
    last = len(text[begin:end].rstrip()) + begin
    if last > begin:
        spans.append(Sentence(begin, last))
    return tuple(spans)


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _bracketed(text: str, start: int, end: int) -> set[int]:
    """Return the positions of full stops that stand inside closed brackets of a reasonable length."""
    inside: set[int] = set()
    opened: int | None = None
    depth = 0
    stops: list[int] = []
    for position in range(start, end):
        character = text[position]
        if opened is not None and position - opened > _LONGEST_BRACKET:
            opened, depth, stops = None, 0, []
        if character in _OPENING:
            opened = position if opened is None else opened
            depth += 1
        elif character in _CLOSING and opened is not None:
            depth -= 1
            if depth == 0:
                inside.update(stops)
                opened, stops = None, []
        elif opened is not None and character in ".!?…":
            stops.append(position)
    return inside


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : min(match.end() + 8, end)].lstrip()
    if not following:
        return True
    opener = following.lstrip("\"'“‘«([")[:1]
    if opener.islower() or following[0] in ".!?":
        return False
    if match.group()[0] != ".":
        return True
    word = _word_before(text, begin, match.start())
    return _full_stop_ends(word, opener, begin == match.start() - len(word))


def _word_before(text: str, begin: int, stop: int) -> str:
    first = max(begin, stop - 20)
    return re.split(r"[\s(\[\"'“‘/]", text[first:stop])[-1]


def _full_stop_ends(word: str, opener: str, opens_sentence: bool) -> bool:
    bare = word.lower()
    if bare in _MAY_END:
        return opener.isupper()
    if bare in _ABBREVIATIONS:
        # "No. 5" and "Fig. 2" go on; the answer "No." does not.
        return bare in {"no", "nos"} and not opener.isdigit()
    if opens_sentence and (word.isdigit() or len(word) == 1):
        return False  # "1. " and "A. " are markers
    return not (len(word) == 1 and word.isupper() and word not in "IC") and not re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word)
