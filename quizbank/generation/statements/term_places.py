"""A term inside a clause: where both stand, and what may be asked of the term there."""

import re
from dataclasses import dataclass

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.finding import FoundTerm
from quizbank.generation.lexicon.reading import Relation, relations
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.spans import Passage

_FIELDS = {
    "antibacterial targets": "bacteri|antibiotic|antimicrob",
    "antifungal, antiviral and antiparasitic targets": "fung|vir(?:us|al)|parasit|malaria",
}


@dataclass(frozen=True)
class TermPlace:
    """A term inside a clause, and where in the document both stand."""

    passage: Passage
    section: Section
    sentence: Sentence
    clause: Clause
    found: FoundTerm

    @property
    def noun(self) -> str:
        return self.found.group.noun

    @property
    def written(self) -> str:
        return self.passage.text[self.found.start : self.found.end]


def relation_of(place: TermPlace) -> Relation | None:
    """Return what a sentence must say of terms of this kind, None when nothing it says sets one of them apart."""
    kind = place.found.group.kind
    field = _FIELDS.get(place.found.group.name)
    if field and not re.search(field, place.passage.text, re.IGNORECASE):
        return None  # the neighbors of the term belong to another field than the document
    return relations().get(kind) if kind != "plexus" else None  # four plexuses, each of another region


def is_bare_subject(place: TermPlace) -> bool:
    """Return whether the subject is the term and nothing else, an article and a bracket aside."""
    start, end = place.clause.subject
    before, after = place.clause.text[start : place.found.start], place.clause.text[place.found.end : end]
    return before.strip().lower() in ("", "the", "a", "an") and not re.sub(r"\([^()]*\)", "", after).strip()


def behind(clause: Clause) -> str:
    """Return a clause's opening as it stands at the end of a question, "" when there is none."""
    return f" {clause.opening_words}" if clause.opening else ""
