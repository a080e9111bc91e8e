"""Sentences go in; their clauses come out, read by rules and by a parser that judges them; orders count as clauses too.

"Send blood cultures before treatment" is read as "blood cultures should be sent before treatment".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from quizbank.documents.tree import Block, Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.clause import POINTS_BACK, UNSAID, Clause
from quizbank.generation.statements.clause_rules import (
    EDGE,
    NUMBERED,
    POINTING,
    clauses_by_rules,
    fronted,
    is_subject,
    without_full_stop,
)
from quizbank.generation.statements.parsing import ParsedClause, parse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.topic import Topic
from quizbank.generation.wording import base_form, participle

_LINKING = re.compile(
    r"(?:for (?:this|that) reason|because of (?:this|that)|in this way|with this|in these cases)", re.IGNORECASE
)
_UNEQUAL = re.compile(r"\b(?:somewhat|much|rather|even) (?:later|earlier|more|less|longer|shorter|higher|lower)\b")


@lru_cache(maxsize=32768)
def read_clauses(text: str, start: int, end: int, topic: Topic) -> tuple[Clause, ...]:
    """Return the plain clauses of one sentence, in order; a verb phrase behind "and" shares the subject before it.

    Rules read the sentence first; the parser judges what they found and reads what they left alone.
    """
    parsed = parse(text[start:end])
    ruled = tuple(clauses_by_rules(text, start, end, topic))
    if not parsed:
        return ruled
    agreed = {(one.finite, one.subject[0]): one for one in ruled}
    read = [
        agreed.pop((start + one.finite, start + one.subject[0]), None) or _from_parse(text, start, end, topic, one)
        for one in parsed
    ]
    subjects = {start + one.subject[0] for one in parsed}
    more = [
        one for one in agreed.values() if one.subject[0] in subjects and not any(_overlap(one, kept) for kept in read)
    ]
    return tuple(sorted((clause for clause in (*read, *more) if clause), key=lambda one: one.finite))


def _overlap(one: Clause, other: Clause | None) -> bool:
    return other is not None and one.finite == other.finite


def _from_parse(text: str, start: int, end: int, topic: Topic, one: ParsedClause) -> Clause | None:
    subject = (start + one.subject[0], start + one.subject[1])
    words = UNSAID.sub(" ", text[slice(*subject)])
    back = bool(topic.name and topic.stand_in.fullmatch(clean(words)))
    if not back and (POINTING.match(words) or not is_subject(words)):
        return None
    verb = text[start + one.verb[0] : start + one.verb[1]].lower() if one.verb else ""
    if verb and not verb.endswith("s") and base_form(verb) not in verb_words("verbs"):
        return None
    if verb and _NO_VERB.match(text, start + one.rest[0] - 1, start + one.rest[1]):
        return None
    opening = (start + one.opening[0], start + one.opening[1]) if one.opening else None
    if opening and POINTS_BACK.search(text, *opening):
        if not _LINKING.match(text, *opening):
            return None
        opening = None
    rest = (start + one.rest[0], start + one.rest[1])
    stands_for = topic.name if back else ""
    adverb = " ".join(one.adverbs)
    clause = Clause(text, start, end, opening, subject, one.operator, verb, adverb, rest, topic.lowered, stands_for)
    return clause if clause.is_plain and not _UNEQUAL.search(clause.rest_without(None)) else None


# What stands behind a plural noun and no verb: "Blood results need care", "Ventricular cysts: removal".
_NO_VERB = re.compile(
    r"\s?(?::|(?:need|point|call|require|cause|suggest|mean|lead|tend|occur|are|may|can|should|must)\b)"
)
_IMPERATIVE = re.compile(
    r"(?P<verb>[A-Z][a-z]+(?:-[a-z]+)?) (?P<what>(?!(?:for|to|on|in|at|with|if|when|until|by|from|of|and|that|not|out|up)\b)"
    r"[^,.;:]{3,70}?) (?=(?:in|for|to|before|after|with|at|within|until|if|when|by|every|over|from|as|during|using|unless|only|"
    r"because|once|through|into|under)\b)"
)


_FORBIDDEN = re.compile(_IMPERATIVE.pattern.replace("[A-Z]", "[a-z]", 1))


def read_order(text: str, start: int, end: int, topic: Topic) -> Clause | None:
    """Return an order ("Send blood cultures before treatment") as what should be done, None for anything else."""
    numbered = NUMBERED.match(text, start, end)
    begins = numbered.end() if numbered else start
    opening, behind = fronted(text, begins, end)
    if opening:
        begins = behind + len(text[behind:end]) - len(text[behind:end].lstrip())
    forbidden = re.compile(r"(?:Do not|Never|Don[’']t) (?=[a-z])").match(text, begins, end)
    pattern = _FORBIDDEN if forbidden or opening else _IMPERATIVE
    found = pattern.match(text, forbidden.end() if forbidden else begins, end)
    if not found or found["verb"].lower() not in verb_words("orders") | verb_words("verbs"):
        return None
    what = UNSAID.sub(" ", found["what"])
    if not is_subject(what) or POINTS_BACK.search(what):
        return None
    rest = (found.end(), without_full_stop(text, found.end(), end))
    cut = next((one.start() for one in EDGE.finditer(text, *rest)), rest[1])
    done = f"{'not ' if forbidden else ''}be {participle(found['verb'])}"
    if opening and POINTS_BACK.search(text, *opening):
        return None
    clause = Clause(text, start, end, opening, found.span("what"), "should", "", done, (rest[0], cut), topic.lowered)
    return clause if clause.is_plain else None


@dataclass(frozen=True)
class Read:
    """A sentence of the prose, where it stands, and its clauses."""

    section: Section
    block: Block
    sentence: Sentence
    clauses: tuple[Clause, ...]


def clauses_of(passage: Passage, resolved: Callable[[Clause], bool]) -> Iterator[Read]:
    """Yield every sentence of the prose with its clauses, orders among them.

    "It" at the beginning of a sentence stands for the subject of the sentence before it in the same block, where
    ``resolved`` says that this subject is certain enough.
    """
    before: Clause | None = None
    for section, block, sentence in passage.prose():
        text, start, end = passage.text, sentence.start, sentence.end
        found = list(read_clauses(text, start, end, passage.topic))
        if not found and (order := read_order(text, start, end, passage.topic)):
            found = [order]
        said_before = before if before is not None and before.start >= block.start else None
        if not found and said_before and _IT.match(text, start, end) and resolved(said_before):
            found = list(
                read_clauses(text, start, end, replace(passage.topic, name=said_before.subject_words, said=_IT))
            )
        before = found[0] if found else None
        yield Read(section, block, sentence, tuple(found))


_IT = re.compile(r"(?:It|They)(?=\s|$)")


def is_named(clause: Clause) -> bool:
    """Return whether a clause's subject is the topic or a single term of the lexicon."""
    name = clause.subject_words
    bare = name.removeprefix("the ")
    return bool(clause.stands_for) or any(one.end - one.start == len(bare) for one in terms_in(bare, 0, len(bare)))
