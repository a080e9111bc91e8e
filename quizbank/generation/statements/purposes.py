"""Sentences that say why something is done in; purposes of measures known to the lexicon out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import Measure, aims, measures
from quizbank.generation.statements.model import Open, Phrase, Purpose
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, in_sentence, participle

_VERBS = (
    "optimize|optimise|give|administer|apply|place|insert|keep|maintain|correct|use|stop|perform|start|continue|elevate"
)
_ENDS = (
    "ensures?|minimizes?|minimises?|reduces?|lowers?|improves?|increases?|prevents?|protects?|promotes?|"
    "relieves?|limits?|removes?"
)
_AIM = rf"(?P<aim>(?:{_ENDS}|detect|keep|tell|distinguish|obliterate|help) [^.;:()]{{6,110}}?)\.?$"
_ORDER = re.compile(rf"(?P<verb>{_VERBS}) (?P<what>[^,.;:()]{{4,70}}?) to {_AIM}", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"(?P<what>[A-Z][^,.;:()]{{3,60}}?) (?P<be>is|are) (?P<done>\w+(?:ed|en|ept)(?: [^,.;:()]{{3,50}}?)?) to {_AIM}"
)
_EFFECT = re.compile(rf"(?P<what>[A-Z][^,.;:()]{{3,80}}?) (?:(?:will|can|should|helps?(?: to)?) )?{_AIM}")
_AND_VERB = re.compile(rf"\band (?P<verb>{_ENDS})\b")
_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Asked:
    question: str
    what: tuple[int, int]
    aim: tuple[int, int]
    is_measure: bool  # the sentence itself says that something is done to an end


def read_purposes(passage: Passage) -> Iterator[Purpose | Open]:
    """Yield the purposes of measures; those the lexicon does not know come as open statements."""
    for section, _, sentence in passage.prose():
        if passage.is_special(section):
            continue
        asked = _asked(passage, passage.place(section, sentence.start), sentence.start, sentence.end)
        if asked and passage.topic.name:
            yield from _purpose(passage, section, asked, (sentence.start, sentence.end))


def _asked(passage: Passage, place: str, start: int, end: int) -> _Asked | None:
    text, lowered = passage.text, passage.topic.lowered
    if order := _ORDER.match(text, start, end):
        what = clean(order["what"])
        noun, _, rest = what.partition(" in ")
        done = f"{participle(order['verb'])}{' in ' + rest if rest else ''}"
        return _Asked(f"{place}, why should {noun} be {done}?", order.span("what"), order.span("aim"), True)
    if passive := _PASSIVE.match(text, start, end):
        subject = in_sentence(clean(passive["what"]), lowered)
        question = f"{place}, why {passive['be']} {subject} {clean(passive['done'])}?"
        return _Asked(question, (passive.start("what"), passive.end("done")), passive.span("aim"), True)
    if effect := _EFFECT.match(text, start, end):
        subject = in_sentence(clean(effect["what"]), lowered)
        return _Asked(f"{place}, what is the purpose of {subject}?", effect.span("what"), effect.span("aim"), False)
    return None


def _purpose(passage: Passage, section: Section, asked: _Asked, span: tuple[int, int]) -> Iterator[Purpose | Open]:
    what = passage.text[slice(*asked.what)]
    start, end = _without_pronoun(passage.text, *asked.aim)
    if start == end or _PRONOUN.search(what):
        return
    aim = Phrase(_as_infinitive(clean(passage.text[start:end])), start, end)
    source = passage.source(section, *span)
    used = (Phrase(what, *asked.what), aim)
    measure = measure_in(what)
    named = aim_ids(aim.text)
    if measure is None and not asked.is_measure:
        return  # an effect is no purpose: "Obesity increases the risk"
    if measure and set(named) & set(measure.serves):
        yield Purpose(source, asked.question, aim, named, measure, used)
    else:
        yield Open(source, asked.question, aim, "wrong purposes of the same kind", used)


def _without_pronoun(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the aim's span, reduced to its last conjunct when the first one holds a pronoun; empty when both do."""
    if not _PRONOUN.search(text, start, end):
        return start, end
    later = re.compile(r"\band (?=\w)").search(text, start, end)
    if later and not _PRONOUN.search(text, later.end(), end):
        return later.end(), end
    return start, start


def _as_infinitive(aim: str) -> str:
    first, _, rest = aim.partition(" ")
    rest = _AND_VERB.sub(lambda match: f"and {base_form(match['verb'])}", rest)
    return f"To {base_form(first.lower())} {rest}".rstrip(" .")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], Measure], ...]:
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(re.escape(cue) for cue in one.cues)})\b"), one) for one in measures() if one.cues
    )


@cache
def _aim_roots() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{'|'.join(aim.roots)})"), aim.id) for aim in aims().values() if aim.roots)


def measure_in(text: str) -> Measure | None:
    """Return the measure a phrase is about, None when the lexicon does not know it."""
    lower = " ".join(text.lower().split())
    return next((one for cues, one in _cues() if cues.search(lower)), None)


def aim_ids(text: str) -> tuple[str, ...]:
    """Return the aims a phrase speaks of, by their roots."""
    lower = text.lower()
    return tuple(id_ for roots, id_ in _aim_roots() if roots.search(lower))
