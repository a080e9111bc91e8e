"""Texts that a language model wrote in; what is suspicious, unfit or new in them out."""

import re
from collections.abc import Sequence

from quizbank.generation.wording import roots, same_root, words_of

_LINK = re.compile(
    r"\w+://|\bwww\.|\b[\w-]+\.(?:com|org|net|io|info|biz|xyz|ru|cn|co|edu|gov|app|dev|ai)\b|\S@\S|\bmailto:",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|previous|prior|above)\b"
    r"|\b(?:system|developer) (?:prompt|message)|\b(?:previous|these|your|following) instructions\b"
    r"|(?:^|\n)\s*(?:assistant|user|system)\s*:|\bas an? (?:ai|assistant|language model)\b|\bjailbreak"
    r"|<\|[^|\n]{0,40}\|>|\[/?INST\]"
    r"|\b(?:mark|tick)\b.{0,30}\b(?:correct|right|true|answers?)\b"
    r"|\b(?:choose|select|pick|click)\b.{0,30}\b(?:answers?|here|this link|option [a-h])\b"
    r"|\b(?:correct|right|wrong|true) (?:answer|option)s?\b|\banswer key\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>{}\[\]`*_#|~^\\]|&#?\w{1,8};|^\s*(?:[A-Ha-h1-9][.)]|-)\s")
_PLAIN = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u024f\u0370-\u03ff\u2010-\u2014\u2018-\u201d\u2026\u2030\u2032\u2033\u2070-\u2089"
    "\u2190-\u2193\u2212\u2248\u2260\u2264\u2265]*"
)
"""Latin and Greek letters and the signs of print: nothing invisible, no other direction, no half characters."""
_COMPARISON = re.compile(r"[<>]=?\s?\d")
_POINTS_AT_OPTIONS = re.compile(
    r"\b(?:all|none|any|both|neither|either) of (?:the|these|them)\b|\b(?:option|answer|choice)s? [A-Ha-h1-9]\b"
    r"|\b(?:both|neither) [A-H] (?:and|nor) [A-H]\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
MOST, TIMES_KEY, ALWAYS_ALLOWED = 160, 2, 60
"""Characters of an option: never more than the first; at most twice the longest key where that is more than the third."""

QUALIFIERS = frozenset(
    words_of(
        "no not never neither nor without except unless cannot only may might could can should must usually often sometimes "
        "rarely generally typically commonly frequently probably possibly likely unlikely some many most few all least "
        "increase increased increases decrease decreased decreases more less higher lower before after"
    )
)
"""Words that turn or bound what is said: a stem that drops or adds one asks something else."""

_ASKING = roots(
    "which what why how when who following patient people person doctor clinician treatment measure method approach technique "
    "step procedure factor cause reason purpose role finding feature sign symptom effect result condition disease disorder "
    "type kind part structure option answer best describe explain called used use mean term source accord recommend "
    "recommended indicate indicated associate associated considered given done made"
)
"""Roots that any question may use though its source does not."""


def gives_orders(text: str) -> bool:
    """Return whether a text speaks to a program or to whoever marks the question, or leads elsewhere."""
    return bool(_ORDER.search(text))


def is_hostile(text: str) -> bool:
    """Return whether a text from a model shows that something else than our task was followed."""
    return gives_orders(text) or bool(_LINK.search(text))


def is_plain(text: str) -> bool:
    """Return whether a text holds only what stands in print, without markup."""
    return bool(_PLAIN.fullmatch(text)) and not _MARKUP.search(_COMPARISON.sub("", text))


def malformed(text: str) -> str:
    """Return why a text is no option at all, "" when it may be one."""
    if not text.strip() or not is_plain(text):
        return "one is empty or holds more than plain words"
    if text.rstrip().endswith("?") or _POINTS_AT_OPTIONS.search(text):
        return "one is no answer of its own"
    return "one is too long" if len(text) > MOST else ""


def unfit(text: str, keys: Sequence[str], sentence: str) -> str:
    """Return why a text cannot stand as a wrong option beside the keys, "" when it can."""
    if problem := malformed(text):
        return problem
    if len(text) > max(ALWAYS_ALLOWED, TIMES_KEY * max(map(len, keys))):
        return "one is far longer than the right answer"
    if any(_overlaps(text, key) for key in keys):
        return "one repeats the right answer"
    if roots(text) and roots(text) <= roots(sentence) and set(_NUMBER.findall(text)) <= set(_NUMBER.findall(sentence)):
        return "one stands in the cited sentence itself"
    return ""


def _overlaps(text: str, key: str) -> bool:
    """Return whether one text says what the other says, apart from its numbers."""
    one, other = roots(text), roots(key)
    same_numbers = _NUMBER.findall(text) == _NUMBER.findall(key)
    return same_numbers and (text.casefold() == key.casefold() or one <= other or other <= one)


def adds_nothing(stem: str, source: str) -> bool:
    """Return whether every word and number of a stem comes from its source, apart from words of asking."""
    known = roots(source) | _ASKING
    if not is_plain(stem) or not set(_NUMBER.findall(stem)) <= set(_NUMBER.findall(source)):
        return False
    return all(any(same_root(one, other) for other in known) for one in roots(stem))


def asks_the_same(stem: str, asked: str, keys: Sequence[str], source: str) -> bool:
    """Return whether a stem asks what was asked: nothing new, nothing dropped or bounded anew, no word of the answer more."""
    told, before = roots(stem), roots(asked)
    keeps = all(any(same_root(one, other) for other in told) for one in before - _ASKING)
    hints = told & (roots(" ".join(keys)) - before)
    same_bounds = qualifiers(stem) == qualifiers(asked) and turns(stem) == turns(asked)
    return adds_nothing(stem, f"{asked} {source}") and keeps and same_bounds and not hints


def turns(text: str) -> frozenset[str]:
    """Return the words that say what kind of answer is wanted; "what" and "which" are one."""
    return frozenset(("why", "who", "when", "where", "how")) & frozenset(words_of(text))


def qualifiers(text: str) -> frozenset[str]:
    """Return the words of a text that turn or bound what it says."""
    said = (word.replace("’", "'") for word in words_of(text))
    return QUALIFIERS & frozenset("not" if word.endswith("n't") else word for word in said)
