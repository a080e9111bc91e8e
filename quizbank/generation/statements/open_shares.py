"""A sentence that says how many goes in ("half of carriers have …", "in one in eight patients"); the proportion is asked for."""

import re
from collections.abc import Iterator

from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Clause, said
from quizbank.generation.statements.open_wording import EMPTY, TAIL
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import NUMBER_WORDS, base_form

_WORD = "|".join(NUMBER_WORDS[1:])
_PERCENT = r"(?:%|percent|per cent)"
_PART = r"(?:half|an? (?:third|quarter|fifth|sixth|tenth)|(?:two|three|four) (?:thirds|quarters|fifths|in five|in ten))"
_ONE_IN = (
    rf"(?:1|one|a|2|two|3|three|{_WORD}) (?:case |child |person |patient )?in (?:every )?"
    rf"(?:\d[\d,]*|{_WORD})(?: to \d[\d,]*)?"
)
SHARE = (
    r"(?:(?:about|some|around|roughly|nearly|almost|over|up to|more than|less than|fewer than|at least|approximately|only|"
    r"perhaps) )*"
    rf"(?:\d[\d.]*(?:\s?(?:–|-|to|or)\s?\d[\d.]*)? ?{_PERCENT}|(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    rf"ninety)(?:-\w+)? {_PERCENT}|{_ONE_IN}|{_PART}(?: (?:to|or) {_PART})?)"
)
_OPENS = re.compile(
    rf"(?:^|(?<=, )|(?<=; )|(?<=: ))(?P<share>{SHARE})(?: of\s+|\s+(?!an?\b))(?P<rest>(?!which\b|whom\b|these\b|"
    rf"them\b|or\b|to\b|and\b|in\b|is\b|"
    rf"are\b)[^;:]{{10,160}})",
    re.IGNORECASE,
)
_FINITE = frozenset(("is", "are", "may", "can", "should", "must", "has", "have", "will"))
_PAST = frozenset(("had", "were", "was", "died"))


def asked_of_share(text: str, start: int, end: int) -> Iterator[Asked]:
    """Some 90% of emboli arise in the leg veins → What percentage of emboli arise in the leg veins?"""
    found = _OPENS.search(text[start:end])
    if not found:
        return
    rest = re.sub(r",? and (?:most|the|some|a|an|another|about) .*$", "", TAIL.sub("", said(found["rest"])))
    words = [word.lower() for word in rest.split()]
    verbs = [place for place, word in enumerate(words) if word in _FINITE | _PAST or is_verb(word)]
    if not verbs or not 1 <= verbs[0] <= 8 or len(words) - verbs[0] < 2 or " or " in rest[:12]:
        return
    asked = "percentage" if re.search(_PERCENT, found["share"]) else "proportion"
    if re.search(r"\d", rest) and asked == "percentage":
        return
    span = (start + found.start("share"), start + found.end("share"))
    yield Asked(f"What {asked} of {rest}?", span, "share", 3)


def is_verb(word: str) -> bool:
    """Return whether a word is a verb in the present tense and no noun."""
    base = base_form(word)
    return base in verb_words("verbs") and base not in verb_words("also_nouns")


_AMONG = re.compile(
    rf"(?P<prep>in|among) (?P<share>{SHARE})(?: of)? (?P<whom>(?!the (?:cases|time)\b)(?:[\w-]+ ){{0,4}}?(?:patients|"
    rf"people|cases|adults|"
    r"children|women|men|infants|boys|girls|individuals|carriers|families|tumou?rs|pregnancies|those (?=with|who)))"
)


def ask_among(clause: Clause, passage: Passage) -> Asked | None:
    """Amyloid coexists in about one in eight older patients → In what proportion of older patients does amyloid coexist?"""
    found = _AMONG.search(clause.text, *clause.rest_span)
    if not found or clause.is_negative or EMPTY.fullmatch(clause.subject_words):
        return None
    before = clause.text[clause.rest_span[0] : found.start()]
    left = clause.rest_without((found.start(), clause.rest_span[1]))
    if not left or "," in before or re.search(r"\b(?:and|or|of|by|with)$", left):
        return None
    whom = " ".join(found["whom"].split())
    asked = clause.asked(f"In what proportion of {whom}", (found.start(), clause.rest_span[1]))
    return Asked(asked, found.span("share"), "share", 4)
