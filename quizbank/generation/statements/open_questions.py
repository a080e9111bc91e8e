"""Sentences worth asking about that prove no other answer wrong in; open statements for the author out."""

import re
from collections.abc import Iterator

from quizbank.generation.statements.model import Open
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import in_sentence

_NO_COMMA = r"[^,.;:()]"
_CAUSE = re.compile(
    rf"(?P<what>[A-Z]{_NO_COMMA}{{5,80}}?) (?P<be>is|are|have|has) (?P<state>{_NO_COMMA}{{4,40}}?) due to "
    rf"(?P<key>{_NO_COMMA}{{5,90}}?)\.?$"
)
_CONDITION = re.compile(
    rf"(?:In cases where|When|If) (?P<when>{_NO_COMMA}{{8,80}}), (?P<who>the {_NO_COMMA}{{3,40}}?) "
    rf"(?P<be>is|are|should be) (?P<key>{_NO_COMMA}{{5,60}}?)"
    rf"(?: to {_NO_COMMA}{{5,80}})?\.?$"
)
_PROPERTY = re.compile(
    rf"(?P<what>[A-Z]{_NO_COMMA}{{8,60}}?) should be (?P<key>(?!\w+(?:ed|en|pt|ld)\b)[^.;:()]{{4,40}}, [^.;:()]{{4,60}}?)\.?$"
)
_DEFINED = re.compile(
    rf"(?P<what>[A-Z]{_NO_COMMA}{{3,50}}?) (?:is defined as|is a form of|describes) (?P<key>{_NO_COMMA}{{10,110}}?)\.?$"
)
_MISSING = "wrong answers of the same kind"


def read_open(passage: Passage) -> Iterator[Open]:
    """Yield causes, conditions, properties and definitions the author may finish into items."""
    for section, _, sentence in passage.prose():
        for pattern, ask in (
            (_CAUSE, _cause),
            (_CONDITION, _condition),
            (_PROPERTY, _property),
            (_DEFINED, _definition),
        ):
            match = pattern.match(passage.text, sentence.start, sentence.end)
            if match and passage.topic.name:
                key = passage.phrase(*match.span("key"))
                yield Open(
                    passage.source(section, sentence.start, sentence.end), ask(match, passage), key, _MISSING, (key,)
                )
                break


def _words(match: re.Match[str], name: str, passage: Passage) -> str:
    return in_sentence(clean(match[name]), passage.topic.lowered)


def _cause(match: re.Match[str], passage: Passage) -> str:
    what, state = _words(match, "what", passage), _words(match, "state", passage)
    return f"In {passage.topic.name}, why {match['be']} {what} {state}?"


def _condition(match: re.Match[str], passage: Passage) -> str:
    who, when = _words(match, "who", passage), _words(match, "when", passage)
    be = "should be" if match["be"] == "should be" else "is"
    return f"In {passage.topic.name}, what {be} done with {who} when {when}?"


def _property(match: re.Match[str], passage: Passage) -> str:
    return f"In {passage.topic.name}, what should {_words(match, 'what', passage)} be?"


def _definition(match: re.Match[str], passage: Passage) -> str:
    return f"In {passage.topic.name}, what does the term {_words(match, 'what', passage)} mean?"
