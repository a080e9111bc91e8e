"""A statement to judge: what the document sets apart, as it says it or with a neighbor in its place.

It is made from the questions of makers that prove their wrong options by the document itself. The false version puts such a
proved option where the right one stands, and the reason says what is right there. At most two are made of a document.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import JUDGED, Candidate, Choice
from quizbank.generation.makers import classes, contrast, opposed, superlative
from quizbank.generation.statements.model import Statement
from quizbank.generation.wording import head_noun, in_sentence, is_plural, roots

NAME = "judgement"
MOST = 2  # of one document: a guess is right half of the time
_SOURCES = (contrast.make, superlative.make, opposed.make, classes.make)
# Lists of signs, symptoms and indications are not exchanged: what is wrong there is plain, or right in another book.


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield two statements at most, one true and one false, in an order that the seed draws."""
    titled = roots(document.title)  # a topic that only a heading names may be a section's ("In clinical picture")
    asked = [one for source in _SOURCES for one in source(document, statements, rng) if _is_sound(one, titled)]
    told = [one for one in asked if statement_of(one.stem, one.keys[0].text) and _false_of(one)]
    is_true = rng.random() < 1 / 2
    for one in rng.sample(told, min(MOST, len(told))):
        yield _judged(one, is_true)
        is_true = not is_true


def _is_sound(one: Candidate, titled: frozenset[str]) -> bool:
    return bool(roots(one.topic) & titled) and bool(one.proof) and not one.missing and one.type == "single_best_answer"


def _false_of(one: Candidate) -> tuple[Choice, str] | None:
    """Return the first proved option with the statement that puts it in the place of the right one."""
    for choice in one.distractors:
        told = "" if choice.warning or _HALF.search(choice.text) else statement_of(one.stem, choice.text)
        if told:
            return choice, told
    return None


_HALF = re.compile(r"\b(?:same|equally|no change)\b", re.IGNORECASE)  # no opposite: too easily not quite false


def _judged(one: Candidate, is_true: bool) -> Candidate:
    key = one.keys[0]
    right = statement_of(one.stem, key.text)
    found = None if is_true else _false_of(one)
    told = right if found is None else found[1]
    reason = one.rationale if found is None else f"{found[0].rationale.rstrip('.')}. Right is: {right}"
    other = "This is what the source says." if is_true else "It is not what the source says."
    verdict, against = ("True", "False") if is_true else ("False", "True")
    return replace(
        one,
        maker=NAME,
        type="true_false",
        stem=told,
        keys=(Choice(verdict, reason),),
        distractors=(Choice(against, other),),
        rationale=reason,
        fact=f"{JUDGED}{one.fact}",
        ordered=False,
        wanted=1,
    )


def statement_of(stem: str, answer: str) -> str:
    """Return a question and its answer as one statement, "" for a question that cannot be told in one."""
    place, asked = _apart(stem)
    for pattern, tell in _TOLD:
        if found := pattern.fullmatch(asked):
            told = tell(found, answer)
            return f"{place}{told if place else told[:1].upper() + told[1:]}." if told else ""
    return ""


def _apart(stem: str) -> tuple[str, str]:
    """Return where a question is placed ("In back reconstruction, "), and the question."""
    found = re.match(r"(?P<place>(?:In|For|Regarding) [^?]+?, )(?=which|in which|compared with|what|how)", stem)
    place = found["place"] if found else ""
    asked = stem[len(place) :]
    return place, asked[:1].lower() + asked[1:]


def _small(answer: str) -> str:
    """Return an answer inside a sentence: a name or an acronym keeps its capitals."""
    return in_sentence(answer, frozenset(answer.lower().split()))


def _scale(found: re.Match[str], answer: str) -> str:
    code = answer.rsplit(maxsplit=1)[-1]
    return "" if found["told"].isupper() else f"{found['scale']} {code} is described by “{found['told']}”"


def _most(found: re.Match[str], answer: str) -> str:
    return "" if is_plural(head_noun(answer)) and " and " in answer else f"the {found['most']} is {_small(answer)}"


def _line(found: re.Match[str], answer: str) -> str:
    return (
        f"the {found['what']} is {_small(answer)}"
        if not is_plural(head_noun(answer))
        else f"{_small(answer)} are the {found['what']}"
    )


def _side(found: re.Match[str], answer: str) -> str:
    counts = "count" if is_plural(head_noun(answer)) else "counts"
    among = f"among the {found['side']} {found['noun']}s, rather than the {found['against']} ones,"
    return f"{_small(answer)} {counts} {among} {found['of']}"


def _in_which(found: re.Match[str], answer: str) -> str:
    return f"{found['what']} {found['be']} {found['state']} {found['link']} {_small(answer)}"


def _which(found: re.Match[str], answer: str) -> str:
    return f"{_small(answer)} {found['told']}"


def _compared(found: re.Match[str], answer: str) -> str:
    return f"{found['what']} {found['be']} {answer.lower()} than {found['other']}" if "ually" not in answer else ""


def _effect(found: re.Match[str], answer: str) -> str:
    return f"the effect of {found['what']} on {found['on']} is {answer.lower()}"


_TOLD = (
    (
        re.compile(
            r"which (?P<scale>[\w’'–/& -]+ (?:stage|class|grade|type|phase|degree|zone)) is described by “(?P<told>[^”]+)”\?"
        ),
        _scale,
    ),
    (re.compile(r"which is the (?P<most>most [^?]+)\?"), _most),
    (re.compile(r"what is the (?P<what>\w+-line treatment of [^?]+)\?"), _line),
    (
        re.compile(
            r"which of the following is an? (?P<side>[\w-]+) (?P<noun>[\w ]+?), rather than an? "
            r"(?P<against>[\w-]+) one, (?P<of>(?:of|for|to) [^?]+)\?"
        ),
        _side,
    ),
    (
        re.compile(
            r"(?P<link>in|for|over) which of the following (?P<be>are|is) (?P<what>[^?]+) (?P<state>un\w+|"
            r"contraindicated|ineffective|inadequate)\?"
        ),
        _in_which,
    ),
    (
        re.compile(
            r"which (?:flaps|grafts|techniques|methods|operations|drugs) (?P<told>(?:provide|offer|give|have)s? [^?]+)\?"
        ),
        _which,
    ),
    (re.compile(r"compared with (?P<other>[^?]+?), how \w+ (?P<be>is|are) (?P<what>[^?]+)\?"), _compared),
    (re.compile(r"what effect (?:does|do) (?P<what>[^?]+?) have on (?P<on>[^?]+)\?"), _effect),
)
