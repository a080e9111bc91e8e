"""Sentences and tables on what supplies, drains or passes a structure go in; the vessel, nerve or opening and its question out.

"The latissimus dorsi is innervated by the thoracodorsal nerve" asks which nerve innervates it; "the thoracodorsal artery, a
branch of the subscapular artery" asks of which artery it is a branch. The forms are those of structure_forms.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Block, Section, Sentence
from quizbank.generation.lexicon.structures import apart_as_origin, apart_from, named_in, names, pattern_of
from quizbank.generation.statements.model import Phrase, Structure
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.structure_forms import FILL, FORMS, MARK, Form
from quizbank.generation.statements.structure_questions import Matched
from quizbank.generation.statements.structure_subjects import Subject, subject_of
from quizbank.generation.statements.structure_tables import read_cells_of
from quizbank.generation.wording import capitalised

_SOME = re.compile(
    r"\b(?:may|might|can|could|sometimes|often|occasionally|rarely|possibly|some (?:people|patients|individuals|cases)|in some|"
    r"variants?|variations?|either|variably)\b|\d ?(?:%|percent|per cent)",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\s*(?:\([^()]*\))?(?:,? (?:and|or|plus|with|together with|as well as)|,) (?:(?:by|from|to|on|via|also|"
    r"the|its|an?|in part|partly|"
    r"sometimes) )*(?:[\w-]+ ){0,4}(?:arter(?:y|ies)|nerves?|veins?|branch(?:es)?|perforators?|trunk|plexus|"
    r"foramen|canal|roots?)\b"
)
_PARTS = re.compile(r"\s*(?:\([^()]*\))?,? (?:usually |itself |often )?(?:a|the|which|from|an)\b")
_PRONOUN = re.compile(
    r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her|which|that|who|former|latter)\b",
    re.IGNORECASE,
)


_NEXT = re.compile(r";|, which|, and (?:the|its|is|may|can)\b")  # where something else is told
# What every name of a kind holds: no other sentence is looked at.
_SIGNS = {
    "artery": re.compile(r"arter|trunk|carotid|iliac|axis|profunda|pedis|mammary|descending", re.IGNORECASE),
    "nerve": re.compile(r"nerve|chorda", re.IGNORECASE),
    "vein": re.compile(r"vein|cava|sinus", re.IGNORECASE),
    "opening": re.compile(
        r"foram|canal|fissure|hiatus|space|interval|notch|tunnel|ring|meatus|plate|outlet|opening", re.IGNORECASE
    ),
    "plexus": re.compile(r"plexus", re.IGNORECASE),
    "cord": re.compile(r"cord", re.IGNORECASE),
}


@dataclass(frozen=True)
class Said:
    """A sentence, its section, and the sentence before it in the same block."""

    passage: Passage
    section: Section
    sentence: Sentence
    before: Sentence | None

    @property
    def text(self) -> str:
        return self.passage.text[self.sentence.start : self.sentence.end]


def read_structures(passage: Passage) -> Iterator[Structure]:
    """Yield one question per structure that a sentence names, and those of tables that name one for each row."""
    if not passage.topic.name:
        return
    before: tuple[Block, Sentence] | None = None
    for section, block, sentence in passage.prose():
        if not passage.is_special(section):
            yield from _of_sentence(
                Said(passage, section, sentence, before[1] if before and before[0] is block else None)
            )
        before = block, sentence
    yield from read_cells_of(passage)


def _of_sentence(said: Said) -> Iterator[Structure]:
    text = said.text
    found = []
    for rank, (kind, sign) in enumerate(_SIGNS.items()):
        for term in re.finditer(pattern_of(kind), text, re.IGNORECASE) if sign.search(text) else ():
            found += [(*place, rank, asked) for place, asked in _first_asked(said, kind, term)]
    yield from (asked for *_, asked in sorted(found, key=lambda one: one[:3]))


def _first_asked(said: Said, kind: str, term: re.Match[str]) -> Iterator[tuple[tuple[int, int], Structure]]:
    """Yield the question of the first form that fits a structure, with the form's number and where it stands."""
    text = said.text
    marked = f"{text[: term.start()]}{MARK}{FILL * (len(term[0]) - 1)}{text[term.end() :]}"
    for number, form in enumerate(FORMS):
        for found in form.pattern(kind).finditer(marked) if kind in form.kinds else ():
            if asked := _asked(said, form, kind, found):
                yield (number, found.start()), asked
                return


def _asked(said: Said, form: Form, kind: str, found: re.Match[str]) -> Structure | None:
    """Return the question of one form where it fits and nothing else in the sentence could answer it."""
    behind = said.text[found.end("term") :]
    two = _TWO.match(behind)
    if two and not (_PARTS.match(behind) and re.search(r"\bbranch(?:es)?$", two[0])) and not form.goes_on:
        return None
    ends = _NEXT.search(said.text, found.end("term"))
    if _SOME.search(said.text, found.start(), ends.start() if ends else len(said.text)):
        return None
    if re.match(r",? or\b|[^.;(]{0,12}\bor (?:\w+ )?(?:directly|from|by|the|a)\b", behind):
        return None
    told = found["what"] or ("its" if re.match(r"\W*its\b", found[0], re.IGNORECASE) else "")
    if found.start() > 0 and re.fullmatch(r"|its?|the (?:muscle|flap|nerve|artery)", told, re.IGNORECASE):
        return None  # the same sentence names another before
    subject = Subject(clean(told)) if form.clause else subject_of(said.passage, said.section, told, said.before)
    question = form.ask(Matched(found, kind, subject.words, said.passage.topic.lowered)) if subject else ""
    if not subject or not question or _PRONOUN.search(_WHICH.sub("", question, count=1 + form.clause)):
        return None
    return _structure(said, form, kind, found, subject, question)


_WHICH = re.compile(r"\bwhich\b|means that\b", re.IGNORECASE)


def _structure(
    said: Said, form: Form, kind: str, found: re.Match[str], subject: Subject, question: str
) -> Structure | None:
    """Return the statement; it has no siblings where the lexicon does not know the same."""
    written = said.text[slice(*found.span("term"))]
    term = names(kind)[written.lower()]
    named = named_in("nerve" if kind == "cord" else kind, subject.words)
    if term in named:
        return None
    from_branch = form.origin and bool(named)
    siblings = apart_as_origin(kind, term, named[0]) if from_branch else apart_from(kind, term, question)
    shown = tuple(capitalised(one) for one in siblings if not _is_told(one, said.text.lower(), question))
    at = said.sentence.start
    answer = Phrase(_shown(written, term), at + found.start("term"), at + found.end("term"))
    about = () if found["what"] is None else (Phrase("", at + found.start("what"), at + found.end("what")),)
    asked = capitalised(question if shown else said.passage.placed(said.section, question))
    begins = said.sentence.start if subject.start is None else subject.start
    source = said.passage.source(said.section, begins, said.sentence.end)
    return Structure(source, asked, kind, answer, shown, (answer, *about))


def _shown(written: str, term: str) -> str:
    """Return a structure as an option shows it: no capital but the first and those of names, and never "external carotid"."""
    words = clean(written)
    words = term if f"{words.lower()} artery" == term else words
    return capitalised(words.lower() if words.istitle() and "Guyon" not in words else words)


def _is_told(name: str, sentence: str, question: str) -> bool:
    """Return whether the sentence names a sibling, or the question holds the word that sets it apart."""
    own = re.sub(r"\b(?:artery|nerve|vein|trunk|plexus|foramen|canal|space)\b", "", name).strip().lower()
    return name in sentence or own in question.lower()
