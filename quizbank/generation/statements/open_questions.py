"""Sentences that prove no other answer wrong go in; open statements for the author come out, the best of a sentence first."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, opened
from quizbank.generation.statements.clause import POINTS_BACK, Clause, Span
from quizbank.generation.statements.clause_rules import is_subject
from quizbank.generation.statements.clauses import Read, clauses_of, read_clauses
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.open_fragments import asked_of_fragment
from quizbank.generation.statements.open_orders import asked_of_order
from quizbank.generation.statements.open_pronouns import (
    after_number,
    asked_of_possession,
    resolved,
    spoken_of,
    to_parse,
)
from quizbank.generation.statements.open_rules import NEGATIVE_RULES, RULES
from quizbank.generation.statements.open_shapes import (
    asked_of_shape,
    clauses_with_long_subjects,
    continued,
    fronted_clause,
    opening_subject,
)
from quizbank.generation.statements.open_wording import heading_words
from quizbank.generation.statements.parsing import parse_ahead
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import head_noun, in_sentence, is_plural

MOST_LABEL_WORDS = 5
MOST_ASKED = 3  # of one sentence, best first: where the gate refuses one, the next may do
_PART = re.compile(r"; (?:and |but |however, )?|(?<=[a-z)]): (?=[a-z])")


def read_open(passage: Passage) -> Iterator[Open]:
    """Yield the best open statements of every sentence: why, when, how, what to do, what is most common, what it does."""
    if not passage.topic.name:
        return
    before: tuple[int, str] | None = None
    reads = [after_number(passage, read) for read in clauses_of(passage, lambda clause: True)]
    parts = (passage.text[slice(*part)] for read in reads for part in _parts(passage, read, _label(passage, read)[0]))
    parse_ahead(chain(parts, *(to_parse(passage, read) for read in reads if not read.clauses)))
    for read in reads:
        before = before if before and before[0] >= read.block.start else None
        if not read.clauses:
            read = replace(read, clauses=resolved(passage, read, before[1] if before else ""))  # noqa: PLW2901 - the same sentence, understood
        named = before[1] if before else ""
        before = _subject_of(passage, read)
        span = (read.sentence.start, read.sentence.end)
        begins, label = _label(passage, read)
        made = [
            one
            for asked, start in _asked(passage, read, begins, named)
            if (
                one := opened(
                    passage, read.section, span, asked, asked.rule not in _WHOLE, label if start >= begins else ""
                )
            )
        ]
        yield from sorted(made, key=lambda one: -one.worth)[:MOST_ASKED]
    for section, _, sentence in passage.addressed():
        span = (sentence.start, sentence.end)
        for asked in asked_of_order(passage, *span, _the(passage, section)):
            if said := opened(passage, section, span, asked):
                yield said
                break


_WHOLE = frozenset(("consequence",))  # rules whose answer is a clause, which may hold two verbs
_LABEL = re.compile(r"(?:\*\*)?(?P<label>[A-Za-z][\w'’ -]{2,40}?)(?:\*\*)?(?:: | [–—] )(?:\*\*)?")


def _label(passage: Passage, read: Read) -> tuple[int, str]:
    """Return where a line goes on behind its label ("Natalizumab – …"), and the label; its end and "" where it has none."""
    found = _LABEL.match(passage.text, read.sentence.start, read.sentence.end)
    if (
        not found
        or len(found["label"].split()) > MOST_LABEL_WORDS
        or verb_words("auxiliaries") & set(found["label"].split())
    ):
        return read.sentence.end, ""
    return found.end(), in_sentence(found["label"], passage.topic.lowered)


def _the(passage: Passage, section: Section) -> str:
    """Return the heading that "it" stands for: "the preventer"; "" for any other."""
    heading = heading_words(section.path[-1], passage.topic.lowered) if section.path else ""
    return heading if heading.startswith("the ") and len(heading.split()) <= 4 else ""


def _subject_of(passage: Passage, read: Read) -> tuple[int, str] | None:
    """Return what a sentence is about and where it stands, None where nothing says it."""
    if read.clauses:
        return read.clauses[0].start, read.clauses[0].subject_words
    named = opening_subject(passage, read.sentence.start, read.sentence.end)
    return (read.sentence.start, named) if named else None


def _asked(passage: Passage, read: Read, label_end: int, named: str) -> Iterator[tuple[Asked, int]]:
    """Yield what a sentence, and each of its parts between semicolons, can be asked, and where the part begins."""
    start, end = read.sentence.start, read.sentence.end
    it = _the(passage, read.section)
    for clause in (*read.clauses, *continued(read)):
        for asked in _asked_of(clause, passage):
            yield asked, clause.subject[0]
    whole = (
        asked_of_order(passage, start, end, it),
        asked_of_shape(passage, start, end),
        asked_of_possession(passage, read, named),
        asked_of_fragment(passage, read.section, start, end),
    )
    for asked in chain(*whole):
        yield asked, start
    for begin, close in _parts(passage, read, label_end):
        found = read_clauses(passage.text, begin, close, passage.topic) or spoken_of(passage, read, begin, close)
        for clause in found or _others(passage, begin, close):
            for asked in _asked_of(clause, passage):
                yield asked, begin
        for asked in asked_of_order(passage, begin, close, it) if begin > start else ():
            yield asked, begin


def _parts(passage: Passage, read: Read, label_end: int) -> list[Span]:
    """Return the parts of a sentence between semicolons, and behind its label, in which no clause was read."""
    start, end = read.sentence.start, read.sentence.end
    labelled = [label_end] if label_end < end and passage.text[label_end].isupper() else []
    begins = sorted({start, *labelled, *(found.end() for found in _PART.finditer(passage.text, start, end)), end})
    return [part for part in pairwise(begins) if not any(part[0] <= one.finite < part[1] for one in read.clauses)]


_SINGULAR = frozenset("diabetes herpes rabies measles mumps scabies shingles rickets tetanus biceps triceps".split())  # noqa: SIM905


_NUMBERED = re.compile(
    r"\b(?!types?|and|day|week|month|cycle|stage|grade|class|factor|chromosome|phase|group|level)[a-z]+ \d$",
    re.IGNORECASE,
)


_QUANTITY = re.compile(r"\d[\d.,–-]* ?(?:mg|g|kg|mcg|micrograms?|mL|L|units?|IU|cm|mm)\b", re.IGNORECASE)


def _is_sound(clause: Clause) -> bool:
    """Return whether subject and verb agree, and an opening opens as one does."""
    head = head_noun(re.split(r" (?:within|at|over|under|between) ", clause.subject_words)[0])
    at_odds = clause.operator == "does" and is_plural(head) and head.lower() not in _SINGULAR and head.islower()
    several = clause.operator == "is" and "," in clause.subject_words and " and " in clause.subject_words
    at_odds = at_odds and not re.search(r"\w(?:ing|ed) ", clause.subject_words)
    opens = clause.opening_words.split(" ", 1)[0].lower() if clause.opening else "in"
    named = clause.text[slice(*clause.subject)]
    return (
        not (at_odds or several)
        and not re.search(r"[—–:]| - ", f"{named} ")
        and not _QUANTITY.match(clause.subject_words)
        and not re.search(r" (?:about|roughly|some)$", clause.subject_words)
        and opens in verb_words("openers")
        and not _NUMBERED.search(clause.subject_words)
    )


def _asked_of(clause: Clause, passage: Passage) -> Iterator[Asked]:
    if not _is_sound(clause):
        return
    for ask in NEGATIVE_RULES if clause.is_negative else RULES:
        if asked := ask(clause, passage):
            yield asked


# Verbs that a parser takes for nouns behind a plural, or with an -s for a plural: "margins call for", "pain points to".
_PLURAL_VERB = re.compile(
    r"(?P<subject>[A-Za-z](?:[^;:.?!]|\.(?=\d)){3,90}?)(?:, [^,;:.]{3,80},)? (?P<verb>(?:call|account)s? for|points? to|causes?|"
    r"raises?|speeds?|masks?|mimics?|slows?|"
    r"results? in|leads? to|increases?|decreases?|requires?|suggests?|predicts?|favors?|contraindicates?|needs?|"
    r"signals?|warrants?|inhibits?|enhances?|potentiates?|lessens?|abolish(?:es)?|lowers?|strengthens?|weakens?|inactivates?|"
    r"impairs?|prolongs?|displaces?|prevents?|relieves?|lasts?|takes?|exceeds?|reach(?:es)?|benefits?|"
    r"triggers?|worsens?|affects?|reduces?|produces?|supports?) (?P<rest>\S[^;.]{4,160})"
)


def _others(passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of a part in which no plain clause was read."""
    return (
        _plural_clause(passage, start, end)
        or fronted_clause(passage, start, end)
        or tuple(clauses_with_long_subjects(passage, start, end))
    )


def _plural_clause(passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
    found = _PLURAL_VERB.match(passage.text, start, end)
    if (
        not found
        or not is_subject(found["subject"])
        or found["subject"].split()[-1].lower() in verb_words("ends_badly")
    ):
        return ()
    if verb_words("auxiliaries") & set(found["subject"].lower().split()):
        return ()
    verb = found["verb"].split()[0]
    if not verb.endswith("s") and not is_plural(head_noun(found["subject"])) and " and " not in found["subject"]:
        return ()
    operator = "does" if verb.endswith("s") else "do"
    points = POINTS_BACK.search(passage.text, *found.span("rest"))
    behind = passage.text[found.start("rest") : points.start() if points else found.end()]
    close = (
        re.search(r",?(?: (?:by|with|in|of|on|to|from|without|after|and|but) ?(?:\w+ing )?)$|, [^,]*$", behind)
        if points
        else None
    )
    rest = (found.start("verb") + len(verb) + 1, found.start("rest") + (close.start() if close else len(behind)))
    clause = Clause(
        passage.text, start, end, None, found.span("subject"), operator, verb, "", rest, passage.topic.lowered
    )
    return (clause,) if clause.is_plain else ()
