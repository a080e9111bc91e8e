"""Sentences that say why something is done in; purposes of measures known to the lexicon out.

"A drain is left to prevent seroma", "Stop smoking to improve healing", "Patients wear stockings to prevent clots", "To protect
the plexus, the arm is padded", "Ankle pumps prevent clots" and "The aim of the pack is to stop bleeding" all say it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import Measure, measures, verb_words
from quizbank.generation.statements.model import Open, Phrase, Purpose
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural, participle

_ENDS = (
    "achieve|aid|allow|avoid|clear|confirm|control|correct|decompress|decrease|detect|distend|distinguish|drain|ease|empty|enable|"
    "encourage|ensure|exclude|expose|facilitate|guide|help|hold|identify|immobili[sz]e|improve|increase|keep|lessen|limit|locate|"
    "loosen|lower|maintain|make|map|measure|minimi[sz]e|monitor|obliterate|open|optimi[sz]e|preserve|prevent|promote|protect|provide|"
    "reach|reduce|reinforce|relax|relieve|remove|replace|restore|reverse|seal|shrink|speed up|stabili[sz]e|stop|strengthen|"
    "supplement|support|suppress|tell|treat|verify|widen"
)
_AIM = rf"(?P<aim>(?:{_ENDS})\b [^.;:()]{{3,110}}?)"
_TO = rf"(?:,? (?:in order |so as )?to) {_AIM}\.?$"
_OPENING = r"(?:(?P<opening>(?:After|Before|During|In|On|At|For|From|Until|When|While|If|Once)\b [^,.;:()]{2,60}), )?"
_BE = r"(?:is|are|was|were|should be|must be|can be|may be|has to be|have to be)"
# "Is able to reduce", "is thought to prevent": what stands before "to" is no measure.
_NO_DEED = (
    r"(?!(?:\w+ly )?(?:able|unable|thought|known|said|likely|unlikely|expected|found|shown|reported|enough|sufficient|"
    r"due|ready|hard|"
    r"easy|difficult|possible|impossible|believed|considered|free|rare|common|too|aimed|intended|designed|meant|supposed|there)\b)"
)
_PASSIVE = re.compile(
    rf"{_OPENING}(?P<what>[A-Za-z][^,.;:()]{{2,80}}?) (?P<be>{_BE}) {_NO_DEED}(?P<done>[^,.;:()]{{3,70}}?){_TO}"
)
_MEANT = re.compile(
    rf"(?:(?:The|Its) (?:purpose|aim|goal|object|function) of (?P<of>[^,.;:()]{{3,70}}?) is to|(?P<what>[A-Z][^,.;:()]{{3,70}}?) "
    rf"(?:is|are) (?:intended|designed|meant|supposed|aimed) to|(?P<serving>[A-Z][^,.;:()]{{3,70}}?) (?:serves?|"
    rf"aims?) to) {_AIM}\.?$"
)
_PEOPLE = (
    r"(?:the |an? |most |many |all |some )?(?:\w+ )?(?:patients?|women|men|children|surgeons?|nurses?|physiotherapists?|"
    r"an(?:a)?esthetists?|an(?:a)?esthesiologists?|teams?|operators?|assistants?|physicians?|doctors?)"
)
_ACTIVE = re.compile(
    rf"{_OPENING}(?P<who>{_PEOPLE}) (?:(?P<modal>should|must|will) )?(?:\w+ly )?(?P<verb>[a-z]+) (?P<what>[^,.;:()]{{3,80}}?){_TO}",
    re.IGNORECASE,
)
_ORDER = re.compile(
    rf"{_OPENING}(?:You (?:will |should |must |can |may )?)?(?P<verb>[A-Za-z]+) (?P<what>[^,.;:()]{{3,90}}?){_TO}"
)
# "The field is draped, with antibiotics given to …"
_WITH = re.compile(
    rf"[A-Z][^.;:()]{{5,90}}?,? (?:and|with) (?P<what>[a-z][^,.;:()]{{2,40}}?)(?: is| are)? "
    rf"(?P<done>given|placed|used|applied|left){_TO}"
)
# "The patient fasts for six hours to …", "Physiotherapy starts at once to …"
_STANDS = re.compile(
    rf"{_OPENING}(?P<who>[A-Za-z][^,.;:()]{{3,60}}?) (?P<verb>fast|hang|start|begin|stay|remain|lie|sit|sleep|stand|"
    rf"rest|walk|drink|turn)"
    rf"(?P<s>s?) (?P<what>[^,.;:()]{{2,80}}?){_TO}"
)
# An entry of a list that is no sentence: "Antibiotics within one hour of incision to lower the risk of infection".
_FRAGMENT = re.compile(rf"(?P<what>[A-Z][^,.;:()]{{3,70}}?){_TO}")
_FINITE = re.compile(r"\b(?:is|are|was|were|be|can|may|should|must|will|has|have|do|does)\b")
_FRONTED = re.compile(rf"To {_AIM}, (?P<clause>[^.;:()]{{8,160}}?)\.?$")
_EFFECT = re.compile(
    rf"{_OPENING}(?P<what>[A-Z][^,.;:()]{{3,80}}?)(?<! to) (?:(?:will|should|helps?(?: to)?) )?"
    r"(?P<aim>(?:ensures?|minimi[sz]es?|reduces?|lowers?|lessens?|improves?|prevents?|protects?|promotes?|relieves?|limits?|removes?|"
    r"restores?|strengthens?|keeps?|splints?|supports?|increases?|stabili[sz]es?|provides?) [^.;:()]{3,110}?)\.?$"
)
_LOOSE = re.compile(
    r"(?:, (?:which|but|because|and|so|as|since|while|especially|particularly|although|or|usually|often|unless|when|if)\b|"
    r" (?:because|unless|if|but|although|whereas|while|until|before the next)\b).*$",
    re.DOTALL,
)
_AND_VERB = re.compile(rf"\band (?P<verb>(?:{_ENDS})(?:s|es)?)\b")
_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you|his|her)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|no longer|never|rarely|unnecessary|neither|nor|cannot|failed?|without|may|might|too)\b", re.IGNORECASE
)
_BEHIND = re.compile(
    r" (?=(?:in|on|at|before|after|for|with|above|below|under|over|into|through|between|against|every|from|until|during|while|"
    r"within|to|as|one|two|three|four|five|six|several|early|daily|slightly|gently|\d)\b)"
)
_KEPT = re.compile(r"(?P<noun>(?:the|an?|your) [\w-]+(?: of the [\w-]+)?) (?P<state>.+)$")
_STATES = ("keep", "hold", "leave", "make")
_DOING = re.compile(
    r"(?:apply|place|insert|wear|use|perform|start|stop|raise|take|give|put|fix|secure|pad|tilt|turn|fill|flush|clean|scrub|measure|"
    r"lie|lift|elevate|continue|administer|inject|infiltrate|mark|pack|cover|wrap|compress|press|drink|eat|avoid|support|rinse|chew|"
    r"cool|warm|irrigate|aspirate|empty|change|clamp|divide|tie|close|suture|position|sleep|bend|rest|hold|keep|leave|optimi[sz]e|"
    r"maintain|correct|restrict|limit|prepare|wash|nick|dress|drain|remove|introduce|advance|withdraw|attach|connect|tape|trim|shave|"
    r"soak|moisten|dry|protect|encourage|offer|check|record|repeat|obtain|request|send|take)(?:s|es)?$",
    re.IGNORECASE,
)
_MOST_WORDS = 15  # of an aim: a longer one says more than an option can


@dataclass(frozen=True)
class _Asked:
    question: str
    what: tuple[int, int]
    aim: tuple[int, int]
    is_measure: bool  # the sentence itself says that something is done to an end


def read_purposes(passage: Passage) -> Iterator[Purpose | Open]:
    """Yield the purposes of measures; those the lexicon does not know come as open statements."""
    for section, _, sentence in (*passage.prose(), *passage.addressed()):
        told = _LOOSE.sub("", passage.text[sentence.start : sentence.end])
        if passage.is_special(section) or not passage.topic.name or _DENIED.search(told):
            continue
        asked = _asked(passage, passage.place(section, sentence.start), sentence.start, sentence.end)
        if asked:
            yield from _purpose(passage, section, asked, (sentence.start, sentence.end))


def _asked(passage: Passage, place: str, start: int, end: int) -> _Asked | None:
    text, lowered = passage.text, passage.topic.lowered
    if meant := _MEANT.match(text, start, end):
        name = next(name for name in ("of", "what", "serving") if meant[name])
        return _Asked(_what_for(place, meant[name], lowered), meant.span(name), meant.span("aim"), True)
    if fronted := _FRONTED.match(text, start, end):
        why = _why(text, fronted.start("clause"), fronted.end("clause"), lowered)
        return _Asked(f"{place}, {why}?", fronted.span("clause"), fronted.span("aim"), True) if why else None
    if added := _WITH.match(text, start, end):
        what = clean(added["what"])
        be = "are" if head_noun(what).endswith("s") else "is"
        span = (added.start("what"), added.end("done"))
        return _Asked(f"{place}, why {be} {what} {added['done']}?", span, added.span("aim"), True)
    for shape in (_PASSIVE, _ACTIVE, _ORDER):
        found = shape.match(text, start, end)
        if found and (why := _why(text, start, _before_to(text, found), lowered)):
            return _Asked(f"{place}, {why}?", (start, _before_to(text, found)), found.span("aim"), True)
    if stands := _STANDS.match(text, start, end):
        operator = "do" if not stands["s"] else "does"
        what = text[stands.start("what") : _before_to(text, stands)]
        why = f"why {operator} {in_sentence(clean(stands['who']), lowered)} {stands['verb']} {clean(what)}"
        return _Asked(
            f"{place}, {_closed(why, stands, lowered)}?", (start, _before_to(text, stands)), stands.span("aim"), True
        )
    fragment = _FRAGMENT.match(text, start, end)
    if fragment and not text[start:end].rstrip().endswith(".") and not _FINITE.search(fragment["what"]):
        what = text[start : _before_to(text, fragment)]
        return _Asked(_what_for(place, what, lowered), (start, _before_to(text, fragment)), fragment.span("aim"), False)
    if effect := _EFFECT.match(text, start, end):
        return _Asked(_what_for(place, effect["what"], lowered), effect.span("what"), effect.span("aim"), False)
    return None


def _before_to(text: str, found: re.Match[str]) -> int:
    """Return where the words before "(in order) to" end."""
    before = re.compile(r"(?:,? (?:in order |so as )?to) $").search(text[: found.start("aim")], found.start())
    return before.start() if before else found.start("aim")


def _what_for(place: str, what: str, lowered: frozenset[str]) -> str:
    return f"{place}, what is the purpose of {in_sentence(clean(what), lowered)}?"


_WHY_PASSIVE = re.compile(
    rf"{_OPENING}(?P<what>[A-Za-z][^,.;:()]{{2,80}}?) (?P<be>{_BE}) {_NO_DEED}(?P<done>[^,;:()]{{3,90}})$"
)
_WHY_ACTIVE = re.compile(
    rf"{_OPENING}(?P<who>{_PEOPLE}) (?:(?P<modal>should|must|will) )?(?:\w+ly )?(?P<verb>[a-z]+) (?P<what>[^;:()]{{3,90}})$",
    re.IGNORECASE,
)
_WHY_ORDER = re.compile(
    rf"{_OPENING}(?:You (?:will |should |must |can |may )?)?(?P<verb>[A-Za-z]+) (?P<what>[^;:()]{{3,100}})$"
)


def _why(text: str, start: int, end: int, lowered: frozenset[str]) -> str:
    """Return a clause as a question for its reason: "a drain is left" → "why is a drain left", "" when it is none."""
    if found := _WHY_PASSIVE.match(text, start, end):
        operator, _, be = found["be"].partition(" ")
        subject = in_sentence(clean(found["what"]), lowered)
        return _closed(f"why {operator} {subject} {be} {clean(found['done'])}", found, lowered)
    if found := _WHY_ACTIVE.match(text, start, end):
        who, verb = in_sentence(clean(found["who"]), lowered), found["verb"].lower()
        if not _DOING.match(verb):
            return ""
        operator = found["modal"] or ("do" if is_plural(head_noun(who)) or head_noun(who) in _PLURALS else "does")
        return _closed(f"why {operator} {who} {base_form(verb)} {clean(found['what'])}", found, lowered)
    found = _WHY_ORDER.match(text, start, end)
    known = verb_words("orders")
    if found and (_DOING.match(found["verb"]) or found["verb"].lower() in known):
        return _closed(_ordered(found["verb"].lower(), clean(found["what"])), found, lowered)
    return ""


_PLURALS = frozenset(("women", "men", "children"))


def _ordered(verb: str, what: str) -> str:
    """Return what an order asks to be done as a question: "keep the leg raised" → "why should the leg be kept raised"."""
    if verb in _STATES and (kept := _KEPT.match(what)):
        return f"why should {kept['noun']} be {participle(verb)} {kept['state']}"
    noun, *rest = _BEHIND.split(what, maxsplit=1)
    return " ".join((f"why should {noun} be {participle(verb)}", *rest))


def _closed(why: str, found: re.Match[str], lowered: frozenset[str]) -> str:
    opening = f" {in_sentence(clean(found['opening']), lowered)}" if found["opening"] else ""
    return re.sub(r"\byour\b", "the", " ".join(f"{why}{opening}".split()))


def _purpose(passage: Passage, section: Section, asked: _Asked, span: tuple[int, int]) -> Iterator[Purpose | Open]:
    what = passage.text[slice(*asked.what)]
    start, end = _without_pronoun(passage.text, *_without_tail(passage.text, *asked.aim))
    if start == end or _PRONOUN.search(re.sub(r"\b(?:You|your)\b", "", what)) or _PRONOUN.search(asked.question):
        return
    aim = Phrase(_as_infinitive(clean(passage.text[start:end])), start, end)
    if len(aim.text.split()) > _MOST_WORDS:
        return
    source = passage.source(section, *span)
    used = (Phrase(what, *asked.what), aim)
    measure = measure_in(what, aim.text)
    if measure:
        yield Purpose(source, asked.question, aim, measure, used)
    elif asked.is_measure:  # an effect alone is no purpose: "Obesity increases the risk"
        yield Open(source, asked.question, aim, "wrong purposes of the same kind", used)


def _without_tail(text: str, start: int, end: int) -> tuple[int, int]:
    """Return an aim's span without what hangs on it: "to reduce swelling, which lasts a week"."""
    loose = _LOOSE.search(text[start:end])
    return (start, start + loose.start()) if loose else (start, end)


def _without_pronoun(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the aim's span, reduced to its last conjunct when the first one holds a pronoun; empty when both do."""
    if not _PRONOUN.search(text, start, end):
        return start, end
    later = re.compile(rf"\band (?=(?:{_ENDS}))").search(text, start, end)
    if later and not _PRONOUN.search(text, later.end(), end):
        return later.end(), end
    return start, start


def _as_infinitive(aim: str) -> str:
    first, _, rest = aim.partition(" ")
    rest = _AND_VERB.sub(lambda match: f"and {base_form(match['verb'])}", rest)
    return f"To {base_form(first.lower())} {rest}".rstrip(" .,")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Measure], ...]:
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(one.cues)})\b"), re.compile(rf"\b(?:{'|'.join(one.serves)})"), one)
        for one in measures()
    )


def measure_in(what: str, aim: str) -> Measure | None:
    """Return the measure that words are about and that serves the aim, None when the lexicon knows no such measure."""
    lower, meant = " ".join(what.lower().split()), aim.lower()
    return next((one for cues, serves, one in _cues() if cues.search(lower) and serves.search(meant)), None)
