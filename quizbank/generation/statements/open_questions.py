"""Sentences worth asking about that prove no other answer wrong go in; open statements for the author, the best of each sentence first, come out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizbank.documents.section_names import is_usual
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, opened
from quizbank.generation.statements.clause import POINTS_BACK, Clause
from quizbank.generation.statements.clause_rules import is_subject
from quizbank.generation.statements.clauses import Read, clauses_of, read_clauses
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.open_orders import asked_of_order
from quizbank.generation.statements.open_rules import NEGATIVE_RULES, RULES
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import head_noun, in_sentence, is_plural

MOST_ASKED = 3  # of one sentence, best first: where the gate refuses one, the next may do
_PART = re.compile(r"; (?:and |but |however, )?|(?<=[a-z)]): (?=[a-z])")


def read_open(passage: Passage) -> Iterator[Open]:
    """Yield the best open statements of every sentence: why, when, how, what to do, what is most common, what it does."""
    if not passage.topic.name:
        return
    before: Clause | None = None
    for read in clauses_of(passage, lambda clause: True):
        before = before if before and before.start >= read.block.start else None
        if not read.clauses:
            read = replace(read, clauses=_resolved(passage, read, before))  # noqa: PLW2901 - the same sentence, understood
        before = read.clauses[0] if read.clauses else before
        span = (read.sentence.start, read.sentence.end)
        made = [one for asked in _asked(passage, read) if (one := opened(passage, read.section, span, asked))]
        yield from sorted(made, key=lambda one: -one.worth)[:MOST_ASKED]


_BACK = re.compile(r"(?:It|They|This|These)(?= (?!is (?:an?|the) (?:why|reason))[a-z]+(?:s|ed|ay|an|ould|re|ve)?\b)")
_NAMED_HEADING = re.compile(r"(?:the )?[a-z][\w-]+(?: [\w-]+){0,3}", re.IGNORECASE)


def _resolved(passage: Passage, read: Read, before: Clause | None) -> tuple[Clause, ...]:
    """Return the clauses of a sentence that opens with "It" or "They": the last subject of its paragraph, else its heading."""
    start, end = read.sentence.start, read.sentence.end
    found = _BACK.match(passage.text, start, end)
    if not found:
        return ()
    named = before.subject_words if before else _headed(passage, read)
    plural = is_plural(head_noun(named)) or " and " in named
    if not named or plural != (found[0] in ("They", "These")):
        return ()
    return read_clauses(passage.text, start, end, replace(passage.topic, name=named, said=_BACK))


def _headed(passage: Passage, read: Read) -> str:
    """Return what a heading names; the topic, where it is a usual one ("Treatment") or more than a name."""
    heading = in_sentence(clean(read.section.path[-1]).strip(" :."), passage.topic.lowered) if read.section.path else ""
    if not _NAMED_HEADING.fullmatch(heading) or is_usual(heading):
        return "" if passage.topic.part else passage.topic.name
    term = any(one.end - one.start == len(heading) for one in terms_in(heading, 0, len(heading)))
    if term or heading.startswith("the "):
        return heading
    return passage.topic.name if not passage.topic.part else ""


def _asked(passage: Passage, read: Read) -> Iterator[Asked]:
    """Yield what a sentence, and each of its parts between semicolons, can be asked."""
    start, end = read.sentence.start, read.sentence.end
    for clause in read.clauses:
        yield from _asked_of(clause, passage)
    yield from asked_of_order(passage, start, end)
    begins = [start, *(found.end() for found in _PART.finditer(passage.text, start, end)), end]
    for begin, close in zip(begins, begins[1:], strict=False):
        if any(begin <= clause.finite < close for clause in read.clauses):
            continue
        found = read_clauses(passage.text, begin, close, passage.topic) if len(begins) > 2 else ()
        for clause in found or _plural_clause(passage, begin, close):
            yield from _asked_of(clause, passage)
        if begin > start:
            yield from asked_of_order(passage, begin, close)


def _asked_of(clause: Clause, passage: Passage) -> Iterator[Asked]:
    for ask in NEGATIVE_RULES if clause.is_negative else RULES:
        if asked := ask(clause, passage):
            yield asked


# Verbs that a parser takes for nouns behind a plural, or with an -s for a plural: "margins call for", "pain points to".
_PLURAL_VERB = re.compile(
    r"(?P<subject>[A-Za-z][^;:.?!]{3,90}?)(?:, [^,;:.]{3,80},)? (?P<verb>(?:call|account)s? for|points? to|causes?|raises?|speeds?|masks?|mimics?|slows?|"
    r"results? in|leads? to|increases?|decreases?|requires?|suggests?|predicts?|favors?|contraindicates?|needs?|signals?|warrants?|"
    r"triggers?|worsens?|affects?|reduces?|produces?|supports?) (?P<rest>\S[^;.]{4,160})"
)


def _plural_clause(passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
    found = _PLURAL_VERB.match(passage.text, start, end)
    if not found or not is_subject(found["subject"]) or found["subject"].split()[-1].lower() in verb_words("ends_badly"):
        return ()
    if verb_words("auxiliaries") & set(found["subject"].lower().split()):
        return ()
    verb = found["verb"].split()[0]
    operator = "does" if verb.endswith("s") else "do"
    points = POINTS_BACK.search(passage.text, *found.span("rest"))
    behind = passage.text[found.start("rest") : points.start() if points else found.end()]
    close = re.search(r",?(?: (?:by|with|in|of|on|to|from|without|after|and|but) ?(?:\w+ing )?)$|, [^,]*$", behind) if points else None
    rest = (found.start("verb") + len(verb) + 1, found.start("rest") + (close.start() if close else len(behind)))
    clause = Clause(
        passage.text, start, end, None, found.span("subject"), operator, verb, "", rest, passage.topic.lowered
    )
    return (clause,) if clause.is_plain else ()
