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
from quizbank.generation.makers import classes, contrast, opposed, structure
from quizbank.generation.statements.model import Statement
from quizbank.generation.wording import head_noun, in_sentence, is_plural, roots, same_root, third_person

NAME = "judgement"
MOST = 2  # of one document: a guess is right half of the time
_SOURCES = (contrast.make, opposed.make, classes.make, structure.make)
# What is most common is asked with its rivals beside it: no reader has seen it as a statement. Lists of signs, symptoms
# and indications are not exchanged: what is wrong there is plain, or right in another book.


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield two statements at most, one true and one false, in an order that the seed draws."""
    titled = roots(document.title)  # a topic that only a heading names may be a section's ("In clinical picture")
    found = [
        one
        for source in _SOURCES
        for one in source(document, statements, rng)
        if _is_sound(one, titled, document.title)
    ]
    asked = list({(one.fact, one.stem): one for one in found}.values())
    told = [
        one for one in asked if not _says_itself(one) and statement_of(one.stem, one.keys[0].text) and _false_of(one)
    ]
    is_true = rng.random() < 1 / 2
    drawn = rng.sample(told, len(told))
    pairs = (
        (first, second)
        for one in drawn
        for first in _judged(one, is_true)
        for other in drawn
        if other is not one
        for second in _judged(other, not is_true)
    )
    alone = ((first,) for one in drawn for first in _judged(one, is_true))
    yield from next((pair for pair in pairs if not _gives_away(pair[0].stem, pair[1].stem)), next(alone, ()))


def _gives_away(one: str, other: str) -> bool:
    """Return whether two statements are about one class of a scale, or repeat one description."""
    (label, link, told), (second, _, also) = one.partition(_DESCRIBED), other.partition(_DESCRIBED)
    return bool(link) and (label == second or told == also)


_DESCRIBED = " is described by "


def _is_sound(one: Candidate, titled: frozenset[str], title: str) -> bool:
    plain = one.whole or not (_NO_PLACE.search(one.topic) or _COMPARED.search(title))
    proved = bool(one.proof) and not one.missing and one.type == "single_best_answer"
    return plain and proved and bool(roots(one.topic) & titled)


# Titles of comparisons and overviews: nothing happens "in" them.
_NO_PLACE = re.compile(
    r"\b(?:compared|comparison|comparing|versus|vs|differences?|complications of|types of|two|three|four)\b",
    re.IGNORECASE,
)


_COMPARED = re.compile(r"\b(?:compared|contrasted|side by side)\b", re.IGNORECASE)


def _says_itself(one: Candidate) -> bool:
    """Return whether the name of the right answer stands in the question: the radial artery of the radial forearm flap."""
    asked = roots(one.stem)
    shared = frozenset.intersection(*(roots(choice.text) for choice in one.options))
    return any(same_root(word, other) for word in roots(one.keys[0].text) - shared for other in asked)


def _false_of(one: Candidate) -> list[tuple[Choice, str]]:
    """Return the proved options with the statements that put them in the place of the right one."""
    proved = [choice for choice in one.distractors if not (choice.warning or _HALF.search(choice.text))]
    return [(choice, told) for choice in proved if (told := statement_of(one.stem, choice.text))]


NAMES = frozenset(("guyon", "hunter", "kiesselbach", "alcock"))
_HALF = re.compile(r"\b(?:same|equally|no change)\b", re.IGNORECASE)  # no opposite: too easily not quite false


def _judged(one: Candidate, is_true: bool) -> Iterator[Candidate]:
    """Yield the true statement, or the false ones, the likeliest first."""
    right = statement_of(one.stem, one.keys[0].text)
    if is_true:
        yield _candidate(one, right, one.rationale, "True")
    for choice, told in () if is_true else _false_of(one):
        yield _candidate(one, told, f"{choice.rationale.rstrip('.')}. Right is: {right}", "False")


def _candidate(one: Candidate, told: str, reason: str, verdict: str) -> Candidate:
    other = "This is what the source says." if verdict == "True" else "It is not what the source says."
    return replace(
        one,
        maker=NAME,
        type="true_false",
        stem=told,
        keys=(Choice(verdict, reason),),
        distractors=(Choice("False" if verdict == "True" else "True", other),),
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
    found = re.match(
        r"(?P<place>(?:In|For|Regarding) [^?]+?, )(?=which|in which|on which|of which|from which|into "
        r"which|through which|compared with|what|how)",
        stem,
    )
    place = found["place"] if found else ""
    asked = stem[len(place) :]
    return place, asked[:1].lower() + asked[1:]


def _small(answer: str) -> str:
    """Return an answer inside a sentence: a name or an acronym keeps its capitals."""
    told = in_sentence(answer, frozenset(answer.lower().split()))
    told = told.capitalize() if told.split()[0] in NAMES else told
    return f"{told} of the brachial plexus" if told.endswith(" cord") else told


def _scale(found: re.Match[str], answer: str) -> str:
    code = answer.rsplit(maxsplit=1)[-1]
    if re.match(r"(?:which|what)\b", found["scale"], re.IGNORECASE):
        return ""
    return "" if found["told"].isupper() else f"{found['scale']} {code} is described by “{found['told']}”"


_MOST_WORDS = 6  # of a thing that is called the most common: more of them tell of whom it is so


def _most(found: re.Match[str], answer: str) -> str:
    if answer.lower().startswith("post-") or len(answer.split()) > _MOST_WORDS:
        return ""
    return "" if is_plural(head_noun(answer)) and " and " in answer else f"the {found['most']} is {_small(answer)}"


def _line(found: re.Match[str], answer: str) -> str:
    return (
        f"the {found['what']} is {_small(answer)}"
        if not is_plural(head_noun(answer))
        else f"{_small(answer)} are the {found['what']}"
    )


def _side(found: re.Match[str], answer: str) -> str:
    if "serious" in (found["side"], found["against"]):
        return ""  # what is serious may be common as well
    counts = "count" if is_plural(head_noun(answer)) or " and " in answer else "counts"
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


def _serves(found: re.Match[str], answer: str) -> str:
    """Which nerve supplies deltoid? → The axillary nerve supplies deltoid."""
    return f"{found['via'] or ''}the {_small(answer)} {found['told']}"


def _branches(found: re.Match[str], answer: str) -> str:
    """Of which artery is T1 a branch? → T1 is a branch of the facial artery."""
    return f"{found['what']} is {found['told']} of the {_small(answer)}"


def _based(found: re.Match[str], answer: str) -> str:
    return f"{found['what']} {found['be']} based on {found['via'] or ''}the {_small(answer)}"


def _sign(found: re.Match[str], answer: str) -> str:
    """Foot drop results from injury to which nerve? → Foot drop results from injury to the common fibular nerve."""
    return f"{found['told']} the {_small(answer)}"


def _goes(found: re.Match[str], answer: str) -> str:
    """Through which opening does X leave the skull? → X leaves the skull through the jugular foramen."""
    verb = found["verb"] if found["do"] == "do" else third_person(found["verb"])
    return f"{found['what']} {verb}{found['place']} {found['link']} the {_small(answer)}"


_KIND = r"(?:artery|nerve|vein|opening|plexus|cord of the brachial plexus)"
_ACTS = (
    r"(?:(?:mainly|chiefly|primarily|solely|exclusively|entirely|normally) )?(?:suppl(?:y|ies)|innervates?|"
    r"perfuses?|nourish(?:es)?|feeds?|"
    r"provides?|gives|carries|is the|accompanies|runs|travels|courses|lies|causes|produces|leads|results|weakens|"
    r"paraly[zs]es|abolishes|"
    r"leaves|impairs|denervates|means)\b"
)
_TOLD = (
    (re.compile(rf"on (?P<via>[^?]*?(?:of|from) )?which {_KIND} (?P<be>is|are) (?P<what>[^?]+) based\?"), _based),
    (
        re.compile(
            rf"(?P<via>(?!(?:on|of|from|into|through) which)[^?]*?(?:of|from|to|on) )?which {_KIND} (?P<told>{_ACTS} [^?]+)\?"
        ),
        _serves,
    ),
    (
        re.compile(
            rf"of which {_KIND} is (?P<what>the [^?]+?) "
            r"(?P<told>(?:an?|the) (?:[a-z-]+ ){0,3}(?:branch|continuation))\?"
        ),
        _branches,
    ),
    (re.compile(rf"(?P<told>[^?]+ (?:to|of|on)) which {_KIND}\?"), _sign),
    (
        re.compile(
            rf"(?P<link>from|into|through) which {_KIND} (?P<do>do|does) (?P<what>[^?]+?) "
            r"(?P<verb>arise|originate|come|branch|derive|stem|drain|empty|leave|exit|enter|pass|emerge|travel|run|go|reach)"
            r"(?P<place>(?: the [a-z ]+)?)\?"
        ),
        _goes,
    ),
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
