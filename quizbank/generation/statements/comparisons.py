"""Clauses that compare the sexes or say in which direction something changes go in; questions with a closed set come out.

Such a question needs no rivals: more common in men, in women or equally in both; an increase, a decrease or no change.
One of them being right, the others are wrong.
"""

import re
from collections.abc import Iterator

from quizbank.generation.statements.clauses import Clause, clauses_of, is_named
from quizbank.generation.statements.model import Contrast, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, capitalised, in_sentence

_MEN, _WOMEN = "men males boys", "women females girls"
_SEXES = re.compile(
    r"(?:is |are )?(?:\w+ )?(?:(?:two|three|four|several|many|\d+(?: to \d+)?) times |twice )?(?:as|more|much more|slightly more|far more) "
    r"(?:common|frequent|prevalent|often seen)(?:ly)? (?:in|among) (?P<one>men|women|males|females|boys|girls) (?:than|as) "
    r"(?:in |among )?(?P<other>men|women|males|females|boys|girls)\b"
)
_DIRECTIONS = {"increase": "An increase", "decrease": "A decrease", "reduce": "A reduction"}
_MEASURABLE = re.compile(
    r"\b(?:levels?|concentrations?|rate|pressure|excretion|secretion|absorption|clearance|output|count|volume|production|resistance|"
    r"contractility|motility|synthesis|uptake|reabsorption|release|flow|sensitivity|permeability|half-life|bioavailability|"
    r"exposure|filtration|osmolality|temperature|threshold|tone|heart rate|(?:serum|plasma|blood|urinary|urine) \w+)$"
)


def read_comparisons(passage: Passage) -> Iterator[Contrast]:
    """Yield the questions about sex and direction that plain clauses answer."""
    if not passage.topic.name:
        return
    for read in clauses_of(passage, is_named):
        section, sentence = read.section, read.sentence
        for clause in read.clauses if passage.patients(section) == "" else ():
            asked = None if clause.is_negative else _sex(clause) or _direction(clause)
            if asked:
                question, key, others = asked
                source = passage.source(section, sentence.start, sentence.end)
                wrong = tuple(Phrase(text, key.start, key.end) for text in others)
                reason = f"the source says “{clean(passage.text[sentence.start : sentence.end]).rstrip('.')}”"
                yield Contrast(source, passage.placed(section, question), key, wrong, reason, (key,), closed=True)


Asked = tuple[str, Phrase, tuple[str, ...]]


def _sex(clause: Clause) -> Asked | None:
    """X is more common in women than in men → In which sex is X more common?"""
    start = clause.rest_span[0] - len(clause.operator) if not clause.verb else clause.rest_span[0]
    found = _SEXES.search(clause.text, start, clause.rest_span[1])
    if not found or clause.operator not in ("is", "are") or clause.verb or found["one"] == found["other"]:
        return None
    one, other = (_sex_of(found[name]) for name in ("one", "other"))
    if one == other:
        return None
    key = Phrase(capitalised(found["one"]), *found.span("one"))
    question = f"In which sex {clause.operator} {clause.subject_words} more common?"
    return question, key, (capitalised(found["other"]), "Equally common in both")


def _sex_of(word: str) -> str:
    return "women" if word in _WOMEN.split() else "men"


def _direction(clause: Clause) -> Asked | None:
    """X increases Y → What effect does X have on Y?, where Y is something measured."""
    base = base_form(clause.verb) if clause.verb else ""
    what = clean(re.sub(r"\s*\([^()]*\)", "", clause.text[slice(*clause.rest_span)])).strip(" .,;:")
    if base not in _DIRECTIONS or clause.adverb or len(what.split()) > 7 or not _MEASURABLE.search(what):
        return None
    others = tuple(text for verb, text in _DIRECTIONS.items() if (verb == "increase") != (base == "increase"))[:1]
    start = clause.rest_span[0] - len(clause.verb)
    key = Phrase(_DIRECTIONS[base], start, clause.rest_span[0])
    question = f"What effect {clause.operator} {clause.subject_words} have on {in_sentence(what, clause.lowered)}?"
    return question, key, (*others, "No change")
