"""A term of a lexicon kind that the document puts in a telling place, among siblings of the same group."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.lexicon.reading import TermGroup, has_neighbors, relations
from quizbank.generation.statements.inheritance import INHERITANCE
from quizbank.generation.statements.mechanisms import is_mechanism
from quizbank.generation.statements.model import Statement, TermUse
from quizbank.generation.wording import is_acronym

NAME = "terms"
FARTHEST = 4  # places in a group of the lexicon; terms farther away belong to another field and are struck at sight
_ALIKE = frozenset(
    ("decider", "role", "imaging", "force", "vitamin", INHERITANCE)
)  # kinds whose terms are all of one field
_OBJECTIVES = {
    "artery": "Name the blood supply relevant to",
    "plexus": "Name the blood supply relevant to",
    "imaging": "Select the imaging used in",
    "decider": "Name who makes the decisions in",
    "role": "Name the professional for each task in",
    "spine_procedure": "List the procedures used in",
    "force": "Recognise the mechanical forces that matter in",
    "organism": "Name the organisms that matter in",
}


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per term in a telling place."""
    uses = [one for one in statements if isinstance(one, TermUse)]
    others = {INHERITANCE, *STRUCTURES}
    return asked(NAME, [one for one in uses if one.group.kind not in others and not is_mechanism(one)], document)


def asked(name: str, statements: Sequence[TermUse], document: Document) -> Iterator[Candidate]:
    """Yield one candidate per use of a term, as those of one maker."""
    for said in statements:
        if said.answer.text:
            siblings = _ranked(document, said)
            quote = one_line(document.quote(said.source.start, said.source.end))
            answer = said.answer.text
            yield Candidate(
                maker=name,
                type="single_best_answer",
                stem=said.question,
                keys=(quoted(said.answer, f"The source says: “{quote}”"),),
                distractors=tuple(
                    Choice(
                        text, f"The source names {_inside(answer, said.group.kind)} here, not this.", origin="lexicon"
                    )
                    for text in siblings
                ),
                citation=cite(document, said.source),
                rationale=f"The source says: “{quote}”",
                objective=f"{_objective(said)} {said.source.topic}",
                topic=said.source.topic,
                fact=f"sentence:{said.source.start}",
                proof=_proof(said),
                used=tuple((phrase.start, phrase.end) for phrase in said.used),
                missing=_missing(said, siblings),
            )


STRUCTURES = frozenset(("artery", "vein", "nerve", "plexus", "foramen"))
"""Kinds that a maker of their own asks for (structure.py)."""
PEOPLE = frozenset(("specialist", "role", "decider"))
"""Kinds whose members share their tasks: that a page names one of them proves no other wrong."""


def _missing(said: TermUse, siblings: Sequence[str]) -> str:
    """Return what an author must look at or add."""
    if said.group.kind in PEOPLE:
        return "a look at who else does this: elsewhere, others of the team may"
    if said.group.kind in STRUCTURES:
        return f"a look at what else could be right, and other {_plural(said.group)} that could be taken for this one"
    return "" if siblings else f"other {_plural(said.group)} that could be taken for this one"


# Each of these shows most things: that a page names one of them proves no other wrong, unless it calls it the best.
_SHOW_MOST = frozenset(("CT", "MRI", "ultrasonography", "plain radiography", "angiography", "duplex ultrasonography"))
_BEST = re.compile(r"\b(?:best|of choice|gold standard|reference standard|most|first-line|preferred|main)\b")


def _shows_most(said: TermUse) -> bool:
    """Return whether the answer is a kind of imaging that has no task of its own."""
    return said.group.kind == "imaging" and set(said.terms) <= _SHOW_MOST and not _BEST.search(said.question)


def _proof(said: TermUse) -> str:
    """Return what proves the siblings wrong, "" where other members of the kind may well do or show the same."""
    shared = _shows_most(said) or said.group.kind in PEOPLE | STRUCTURES
    return "" if shared else f"lexicon: {said.group.name}, pairs that may both be right left out"


def _plural(group: TermGroup) -> str:
    return group.plural or group.noun + "s"


def _objective(said: TermUse) -> str:
    relation = relations().get(said.group.kind)
    named = relation.objective if relation else f"Name the {_plural(said.group)} that matter in"
    return _OBJECTIVES.get(said.group.kind, named)


def _ranked(document: Document, said: TermUse) -> list[str]:
    """Return the siblings that could be taken for the key, likest first: named elsewhere in the document, written alike, near
    it in the lexicon.

    The lexicon lists neighbors beside each other (by region, by use), so that nearness there is likeness.
    """
    if is_mechanism(said) or has_neighbors(said.group):
        return list(said.siblings)  # ranked by the lexicon, term by term
    terms = [term.lower() for term in said.group.terms]
    key = next((terms.index(term.lower()) for term in said.terms if term.lower() in terms), 0)
    text = document.text.lower()

    def likeness(shown: str) -> tuple[bool, bool, int]:
        name = re.sub(r"^an? ", "", shown.lower())
        place = terms.index(name) if name in terms else len(terms)
        return is_acronym(shown) != is_acronym(said.answer.text), name not in text, abs(place - key)

    near = [shown for shown in said.siblings if likeness(shown)[2] <= FARTHEST or not likeness(shown)[1]]
    return sorted(said.siblings if said.group.kind in _ALIKE else near, key=likeness)


def _inside(answer: str, kind: str) -> str:
    """Return an answer as it stands inside a sentence."""
    name = answer if answer[1:2].isupper() else answer[0].lower() + answer[1:]
    return f"the {name}" if kind in ("artery", "plexus") else name
