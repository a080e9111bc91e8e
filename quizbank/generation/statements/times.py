"""Plain sentences that tell one time ("Canal packing is removed after two weeks") go in; the time and its question come out.

Only what a question can ask whole is read: one clause with a subject of its own, one number, no condition behind it. "After two
weeks" without an event is counted from the operation, where the document is about one, and left out everywhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.model import Phrase, Quantity
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.values import Value, values_in
from quizbank.generation.wording import NUMBER_WORDS, base_form, head_noun, in_sentence, is_plural, participle

_UNIT = re.compile(r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)$", re.IGNORECASE)
_NAME = r"(?P<subject>(?:[A-Z][\w’'/-]*)(?: [\w’'/–-]+){0,8}?)"
_HOW = r"(?:(?:usually|often|commonly|typically|generally|normally|then|best|routinely|now|gradually|slowly|ordinarily|always) )?"
_PREP = r"(?P<prep>for|after|within|over|in|during|every)"
_REST = r"(?P<rest>(?: [\w’'/-]+){0,6}?)"
_LASTS = "last|take|persist|continue|average"
_HAPPENS = (
    "appear|develop|begin|start|peak|occur|resolve|settle|subside|disappear|heal|recover|improve|return|follow|fade|wane|close|"
    "separate|come|fall|show|clear|regress|go|walk|leave|respond|work|act|arise|emerge|set|regrow|mature|rise|double|halve|unite"
)
_STATES = (
    "possible|allowed|safe|permitted|advisable|needed|required|complete|normal|common|usual|necessary|evident|visible|detectable|"
    "positive|infectious|contagious|full|manageable|realistic|enough|sufficient"
)
_BE = r"(?P<be>is|are|was|were)"
_PASSIVE = re.compile(
    rf"{_NAME} {_BE} {_HOW}(?P<done>\w+(?:ed|en|un|ept|eld|ut|ade|iven|aken|een|one|orn|ught|aid|ent)|{_STATES}){_REST} {_PREP} $"
)
_PASSIVE_AT = re.compile(rf"{_NAME} {_BE} {_HOW}(?P<done>\w+(?:ed|en|un|ept|iven|aken|een|one)|{_STATES}){_REST} $")
_LASTING = re.compile(rf"{_NAME} {_HOW}(?P<verb>(?:{_LASTS})s?)(?: (?P<prep>for))? $")
_HAPPENING = re.compile(rf"{_NAME} {_HOW}(?P<verb>(?:{_HAPPENS})(?:e?s)?){_REST}(?: {_PREP})? $")
_MODAL = re.compile(rf"{_NAME} (?P<modal>can|may|should|must|will) {_HOW}(?P<verb>be \w+|\w+){_REST} {_PREP} $")
_BOTH = re.compile(rf"{_NAME} {_BE} \w+(?: [\w’'/-]+){{0,6}} and {_HOW}(?P<verb>takes?|lasts?) $")
_STAY = re.compile(rf"{_NAME} {_BE} {_HOW}$")
_ORDER = re.compile(rf"(?P<verb>[A-Z][a-z]+) (?P<object>(?:[\w’'/-]+ ){{0,7}}[\w’'/-]+?) {_PREP} $")
_LENGTHS = re.compile(
    r"\b(?:stay|time|recovery|duration|interval|delay|operation|procedure)$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:it|they|this|these|that|those|there|both|some|others?|each|such|he|she|we|you|half|one|two|three|four|"
    r"the (?:first|second|third|latter|former|other|rest|same)|"
    r"an? (?:third|quarter|half|fifth|few|second|further|new|repeat)|if|when|in|on|at|for|after|"
    r"before|during|with|by|from|as|once|until|while|although|where|because|since|not|no|only|then|here|typical|however|instead|"
    r"studies|trials)\b|\b(?:expected|likely|due|able)\b|\b(?:which|that|who|when|where|if|its|their|this|these|it|them|they|his|her|your)\b",
    re.IGNORECASE,
)
# Nouns that say nothing without the sentence before them.
_GENERIC = re.compile(
    r"^(?:the |an? )?(?:levels?|tests?|doses?|injections?|measurements?|values?|samples?|checks?|reviews?|lines?|devices?|tubes?|"
    r"results?|course|rest|rate|area|site|drug|medicine|tablets?|process|change|effect|effects|condition|disease|phase|stage|risk|"
    r"danger|figure|limit|target|interval|period|step|follow-up|response|reaction|episode|attack|symptoms?|signs?|patient|patients|"
    r"child|children|people|women|men|staff|doctor|nurse|treatment|therapy|most|many|answer|use|others?|operation|procedure)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|when|but|or|longer|shorter|more|less|except|although|though|until|whichever|depending|provided|while|whereas|"
    r"instead|not|than|as|that|which|who|and then|where|because|so)\b|[;:(]|\d",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?P<tail>(?: (?:after|before|of|from|in|to|following|with|by|at|on|during|through|beyond)\b [^,;:.]{3,70}?)?)"
    r"(?:,? and (?:is|are|was|can|may|should|must|will|has|have|takes?|needs?|requires?|\w+ed|\w+s)\b[^;:.]*)?\.?$"
)
_ITSELF = re.compile(r"the (?:operation|procedure)$")
_ADVERB = re.compile(
    r"(?:away|off|on|out|up|back|down|at|in|with|from|for|under|all|only|as|very|slowly|gently)\b", re.IGNORECASE
)
_BOUNDS = (
    "",
    "about",
    "approximately",
    "around",
    "roughly",
    "between",
    "at least",
    "at most",
    "up to",
    "no more than",
    "not more than",
)
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(NUMBER_WORDS[2:])})\b", re.IGNORECASE)
_SPLICED = re.compile(
    r"\band(?: be\b|\?| always\b| (?:for|after|within|during|at|in|before)\b)|\bas soon as\b|"
    r"\b(?:at|after|in|of|to|for|with) (?:be|and)\b|\bnot\b|\b(?:every|daily|once|twice)\b"
)
_EVENT = re.compile(r" (?:after|before|following|of|from) ")


@dataclass(frozen=True)
class _Asked:
    question: str
    frame: str = "{}"


def read_times(passage: Passage) -> Iterator[Quantity]:
    """Yield at most one time per sentence."""
    if not passage.topic.name:
        return
    for section, _, sentence in passage.prose():
        if passage.patients(section) == "":
            for value in values_in(passage.text, sentence.start, sentence.end):
                if found := _time(passage, section, sentence, value):
                    yield found
                    break


def _time(passage: Passage, section: Section, sentence: Sentence, value: Value) -> Quantity | None:
    text, bound = passage.text, value.bound
    if not _UNIT.match(value.unit) or value.often or value.or_more or bound not in _BOUNDS:
        return None
    beside = re.sub(r"\([^()]*\)", " ", f"{text[sentence.start : value.start]} {text[value.end : sentence.end]}")
    if _NUMBER.search(beside):
        return None
    before = clean(re.sub(r"^[\s*•–-]+", "", text[sentence.start : value.bound_start])) + " "
    rest = re.sub(r"\s+", " ", text[value.end : sentence.end]).rstrip().removeprefix(" or so")
    after = _TAIL.fullmatch(rest)
    if after is None or _CONDITION.search(rest):
        return None
    limit = "" if bound in ("", "about", "approximately", "around", "roughly", "between") else f"{bound} "
    asked = _question(passage, before, after["tail"], limit)
    if asked is None or _SPLICED.search(asked.question):
        return None
    written = Phrase(clean(text[value.start : value.number_end]), value.start, value.number_end)
    frame = f"{bound.capitalize()} {asked.frame}" if bound and not limit else asked.frame
    return Quantity(
        passage.source(section, sentence.start, sentence.end),
        passage.placed(section, asked.question),
        written,
        value.low,
        value.high,
        value.unit,
        (written,),
        frame,
        plain=True,
    )


def _question(passage: Passage, before: str, tail: str, limit: str) -> _Asked | None:
    """Return the question for the words before and behind a time."""
    for shape, ask in _SHAPES:
        found = shape.fullmatch(before)
        if found:
            return ask(passage, found, tail.rstrip(), limit)
    return None


def _named(passage: Passage, found: re.Match[str]) -> str:
    """Return the subject as it stands in a question, "" where it says nothing of its own."""
    subject = in_sentence(clean(found["subject"]), passage.topic.lowered)
    unfit = (
        _NO_SUBJECT.search(subject)
        or (_GENERIC.match(subject) and not (passage.topic.is_procedure and _ITSELF.match(subject)))
        or re.search(r"\b(?:is|are|was|were|has|have|can|may|and|the|an?|of|in|within)$", subject)
    )
    return "" if unfit else subject


def _when(passage: Passage, prep: str, tail: str, limit: str) -> tuple[str, str] | None:
    """Return how a question opens for a time behind a preposition, and what of the tail is left for its end."""
    event = tail if _EVENT.match(f"{tail} ") else ""
    rest = "" if event else tail
    if prep == "every":
        return f"How {limit}often", tail
    if prep in ("", "after") and event and not event.startswith(" of"):
        return f"How {limit}long{event}".replace("How at", "At").replace(
            f"How {limit}long", f"{limit}how long" if limit else "How long"
        ), rest
    if prep == "after" and passage.topic.is_procedure and not event:
        return f"{limit}how long after the {_act(passage)}".strip(), rest
    counted = bool(event) or passage.topic.is_procedure or passage.topic.drug
    if prep == "for" or (prep in ("within", "over", "during", "in") and counted and not (prep == "in" and event)):
        opening = {"for": "for {}how long", "within": "within {}what time", "over": "over {}what time"}
        return opening.get(prep, "within {}what time").format(limit) + event, rest
    return None


def _act(passage: Passage) -> str:
    return (
        "operation"
        if re.search(
            r"(?:surgery|ectomy|otomy|ostomy|plasty|repair|replacement|resection|fusion|graft)", passage.topic.name
        )
        else "procedure"
    )


def _passive(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    subject = _named(passage, found)
    opening = _when(passage, found.groupdict().get("prep") or "", tail, limit)
    if not subject or opening is None or found["done"] in ("seen", "been"):
        return None
    frame = "Every {}" if found.groupdict().get("prep") == "every" else "{}"
    return _Asked(f"{opening[0]} {found['be']} {subject} {found['done']}{found['rest']}{opening[1]}?", frame)


def _lasting(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    subject = _named(passage, found)
    if not subject:
        return None
    how = f"{limit}how long" if limit else "how long"
    return _Asked(f"{how} {_do(subject)} {subject} {base_form(found['verb'])}{tail}?")


def _happening(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    subject = _named(passage, found)
    opening = _when(passage, found["prep"] or "", tail, limit)
    if not subject or opening is None or found["prep"] in ("for", "every"):
        return None
    return _Asked(f"{opening[0]} {_do(subject)} {subject} {base_form(found['verb'])}{found['rest']}{opening[1]}?")


def _modal(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    subject = _named(passage, found)
    opening = _when(passage, found["prep"], tail, limit)
    if not subject or opening is None:
        return None
    frame = "Every {}" if found["prep"] == "every" else "{}"
    return _Asked(f"{opening[0]} {found['modal']} {subject} {found['verb']}{found['rest']}{opening[1]}?", frame)


def _stay(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    subject = _named(passage, found)
    if not subject or not _LENGTHS.search(subject) or limit:
        return None
    return _Asked(f"How long {found['be']} the {subject.removeprefix('the ')}{tail}?")


def _order(passage: Passage, found: re.Match[str], tail: str, limit: str) -> _Asked | None:
    verb, noun = found["verb"].lower(), in_sentence(clean(found["object"]), passage.topic.lowered)
    opening = _when(passage, found["prep"], tail, limit)
    if (
        verb not in verb_words("acts")
        or opening is None
        or _GENERIC.match(noun)
        or _NO_SUBJECT.search(noun)
        or " to " in noun
        or _ADVERB.match(noun)
    ):
        return None
    frame = "Every {}" if found["prep"] == "every" else "{}"
    return _Asked(f"{opening[0]} should {noun} be {participle(verb)}{opening[1]}?", frame)


def _do(subject: str) -> str:
    plural = is_plural(head_noun(subject)) or " and " in subject or subject.split(maxsplit=1)[0] in ("most", "many")
    return "do" if plural else "does"


_SHAPES = (
    (_PASSIVE, _passive),
    (_PASSIVE_AT, _passive),
    (_LASTING, _lasting),
    (_BOTH, _lasting),
    (_HAPPENING, _happening),
    (_MODAL, _modal),
    (_STAY, _stay),
    (_ORDER, _order),
)
