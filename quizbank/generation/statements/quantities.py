"""Sentences with a time, dose or length in; the number and the question that asks for it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Section
from quizbank.generation.statements.model import Phrase, Quantity
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.topic import Topic
from quizbank.generation.wording import head_noun, in_sentence, is_plural, participle

_TIME = r"minutes?|hours?|days?|weeks?|months?|years?"
_UNIT = rf"{_TIME}|mg/min|mg/day|mg/kg|mg|mmHg|mm Hg|mm|cm|degrees|mL|ml|g/dL"
_VALUE = (
    rf"(?:(?P<hedge>about|approximately|at least|up to) )?(?P<value>(?P<low>\d{{1,4}}(?:\.\d+)?)(?:(?: to |-|"
    rf"–)(?P<high>\d{{1,4}}(?:\.\d+)?))? ?(?P<unit>{_UNIT}))\b"
)
_MODAL = r"must|should|can|may|will"
_SUBSIDES = re.compile(
    r"(?P<cause>[A-Z][^,.;:()]{3,40}?) will [^,.;:()]{0,50}?(?:and )?(?P<verb>induce|cause|produce) "
    r"(?P<what>[^,.;:()]{3,50}?) that "
    rf"(?P<modal>{_MODAL}) (?P<does>\w+) (?:after|within) {_VALUE}\.?$"
)
_WAIT = re.compile(
    rf"(?P<who>[A-Z][^,.;:()]{{3,60}}?) (?P<modal>{_MODAL}) (?P<does>wait|rest|avoid "
    rf"[^,.;:()]{{3,50}}?)(?: for)? {_VALUE} "
    r"(?P<rest>(?:before|after|until) [^,.;:()]{3,70}?)\.?$"
)
_BE = r"(?:is|are)(?= (?:\w+ly )?\w+(?:ed|en|pt)\b)"  # a state ("is high within 30 days") is no schedule
_WITHIN = re.compile(
    rf"(?P<who>[A-Z][^,.;:()]{{3,80}}?) (?P<modal>{_MODAL}|{_BE}) (?P<does>(?!not )[^,.;:()]{{3,60}}?) "
    rf"(?:(?P<link>within|after|for|every|no earlier than) )?{_VALUE}"
    r"(?: (?P<rest>(?:of|before|after) [^,.;:()]{3,50}?))?(?P<tail> to \w+ [^;:()]{3,80}?)?\.?$"
)
_ORDER = re.compile(
    r"(?P<verb>Stop|Give|Continue|Remove|Measure|Check|Repeat|Monitor|Hold|Withhold|Start|Resume|Discontinue) "
    r"(?P<what>(?!(?:for|to|on|in|at|with|if|when|until|by)\b)[^,.;:()\d]{3,50}?) "
    rf"(?:(?P<link>within|after|for|every|no earlier than) )?{_VALUE}"
    r"(?: (?P<rest>(?:of|before|after) [^,.;:()]{3,50}?))?\.?$"
)
_EXCEED = re.compile(rf"(?P<what>[A-Z][^,.;:()]{{3,50}}?) should not exceed {_VALUE}\.?$")
_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her|such)\b", re.IGNORECASE)
_ASKS = {
    "within": "Within what time",
    "after": "After how long",
    "for": "For how long",
    "every": "How often",
    "": "How long",
}
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|except|not|every|each|once|twice|daily|hourly|weekly)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Found:
    question: str
    match: re.Match[str]


def read_quantities(passage: Passage) -> Iterator[Quantity]:
    """Yield at most one quantity per sentence; success rates and percentages are left to the author."""
    for section, _, sentence in passage.prose():
        if passage.is_special(section):
            continue
        found = _found(passage.text, sentence.start, sentence.end, passage.topic)
        if found and passage.topic.name and not _PRONOUN.search(found.question):
            yield _quantity(passage, section, found, (sentence.start, sentence.end))


def _found(text: str, start: int, end: int, topic: Topic) -> _Found | None:
    for pattern, ask in (
        (_SUBSIDES, _subsides),
        (_WAIT, _wait),
        (_ORDER, _order),
        (_WITHIN, _within),
        (_EXCEED, _exceed),
    ):
        if match := pattern.match(text, start, end):
            question = _bounded(" ".join(ask(match, topic).split()).replace(" ?", "?"), match["hedge"] or "")
            return _Found(question, match) if question and _one_number(match) else None
    return None


def _bounded(question: str, hedge: str) -> str:
    """Return the question with the bound its answer has, so that no option needs it; "" when it cannot hold one."""
    if hedge not in ("at least", "up to"):
        return question
    asked = re.compile(r"\b[Hh]ow long\b").search(question)
    if not asked:
        return ""
    bounded = question[: asked.start()] + f"{hedge} how long" + question[asked.end() :]
    return bounded[:1].upper() + bounded[1:]


def _one_number(match: re.Match[str]) -> bool:
    """Return whether the value holds the sentence's only numbers, so that no other number competes."""
    outside = match.string[match.start() : match.start("value")] + match.string[match.end("value") : match.end()]
    return not re.search(r"\d", outside)


def _named(match: re.Match[str], name: str, topic: Topic) -> str:
    return in_sentence(clean(match[name] or ""), topic.lowered)


def _asked(link: str, rest: str) -> str:
    """Return how the question begins: "How long after surgery at the earliest", "Within what time"."""
    if link == "no earlier than":
        return f"How long {rest} at the earliest" if rest else "After what time at the earliest"
    return f"{_ASKS[link]} {rest}"


def _place(topic: Topic, *parts: str) -> str:
    return "" if any(topic.name in part for part in parts) else f"In {topic.name}, "


def _opened(place: str, question: str) -> str:
    return place + question[0].lower() + question[1:] if place else question


def _subsides(match: re.Match[str], topic: Topic) -> str:
    what, cause = _named(match, "what", topic), _named(match, "cause", topic)
    verb = {"induce": "induced", "cause": "caused", "produce": "produced"}[match["verb"]]
    return _opened(
        _place(topic, what, cause), f"After how long {match['modal']} {what} {verb} by {cause} {match['does']}?"
    )


def _wait(match: re.Match[str], topic: Topic) -> str:
    who, rest = _named(match, "who", topic), _named(match, "rest", topic)
    return _opened(_place(topic, who, rest), f"How long {match['modal']} {who} {match['does']} {rest}?")


def _within(match: re.Match[str], topic: Topic) -> str:
    who, does, rest = (_named(match, name, topic) for name in ("who", "does", "rest"))
    tail = _named(match, "tail", topic)
    link = match["link"] or ""
    is_possible = match["modal"] in ("can", "may")
    if not link and (is_possible or not rest.startswith(("before", "after"))):
        return ""  # "should weigh 60 mg" names no time, "may heal 6 months after it" no rule
    modal = match["modal"]
    if link == "for" and is_possible and does.startswith("be "):
        modal, does = "are" if is_plural(head_noun(who)) else "is", does.removeprefix("be ")
    question = f"{_asked(link, rest)} {modal} {who} {does} {tail}?"
    return _opened(_place(topic, who, does, rest), question)


def _order(match: re.Match[str], topic: Topic) -> str:
    what, rest, link = _named(match, "what", topic), _named(match, "rest", topic), match["link"] or ""
    timed = link or rest.startswith(("before", "after"))
    if not timed or _CONDITION.search(what) or len(what.split()) > 7:
        return ""
    question = f"{_asked(link, rest)} should {what} be {participle(match['verb'])}?"
    return _opened(_place(topic, what, rest), question)


def _exceed(match: re.Match[str], topic: Topic) -> str:
    what = _named(match, "what", topic)
    return f"What is the maximum {what} of {topic.name}?" if "rate" in what or "dose" in what else ""


def _quantity(passage: Passage, section: Section, found: _Found, span: tuple[int, int]) -> Quantity:
    match = found.match
    low = float(match["low"])
    high = float(match["high"]) if match["high"] else low
    value = Phrase(clean(match["value"]), *match.span("value"))
    used = tuple(Phrase("", *match.span(name)) for name in match.groupdict() if match[name])
    frame = _FRAMES.get(match["hedge"] or match.groupdict().get("link") or "", "{}")
    return Quantity(passage.source(section, *span), found.question, value, low, high, match["unit"], used, frame)


_FRAMES = {"about": "About {}", "approximately": "About {}", "every": "Every {}"}
