"""Clauses and lines that tell how the topic is inherited go in; the question they answer comes out.

"The trait is autosomal dominant", "Mode of inheritance: autosomal recessive", "Inherited as an autosomal dominant". A document
that names two ways is not asked: which of them holds for whom stands in words that a rule cannot weigh.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from quizbank.generation.lexicon.finding import FoundTerm, terms_in
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.clauses import Read, clauses_of, is_named
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.topic import Topic
from quizbank.generation.wording import capitalised

INHERITANCE = "inheritance"
_ITSELF = re.compile(
    r"(?:(?:the|this|its) )?(?:(?:mode|pattern) of )?"
    r"(?:inheritance|transmission|pattern|trait|condition|disease|disorder|syndrome)$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"(?:is|are|follows?|shows?|has|have|displays?)(?: (?:therefore|thus|always|inherited|transmitted|passed (?:on|down)))*"
    r"(?: (?:in|as|by|through))?(?: an?| the)?(?: (?:rare|inherited|genetic|hereditary|severe|progressive),?)* $"
)
_LINE = re.compile(
    r"(?:[*_]{2})?(?:(?:the )?(?:(?:mode|pattern) of )?(?:inheritance|transmission)(?: pattern| mode)?(?:[*_]{2})?"
    r"\s*(?::|[–—-]|is)(?:[*_]{2})?\s*(?:an? )?|"
    r"(?:inherited|transmitted|passed on|handed down)(?: from an? [a-z ]{3,25}?)? (?:as|in) (?:an? )?)$",
    re.IGNORECASE,
)
_PLAIN_END = re.compile(r"\s*(?:$|[.;]|, with\b|(?:with|trait|pattern|manner|fashion|disorder|disease|condition)\b)")
_WAVERS = re.compile(
    r"\b(?:in some|some (?:people|patients|individuals|families)|forms?|types?|subset|minority|occasionally|rarely|or|may|can)\b|"
    r"\d ?(?:%|per ?cent)",
    re.IGNORECASE,
)
_WAYS = (
    "autosomal dominant",
    "autosomal recessive",
    "X-linked recessive",
    "X-linked dominant",
    "X-linked",
    "mitochondrial",
)


def read_inheritance(passage: Passage) -> Iterator[TermUse]:
    """Yield how the topic is inherited, from every clause or line that tells it."""
    if not passage.topic.name:
        return
    for read in clauses_of(passage, is_named):
        start, end = read.sentence.start, read.sentence.end
        found = next((one for one in terms_in(passage.text, start, end) if one.group.kind == INHERITANCE), None)
        if found is None or passage.patients(read.section) is None or _ways_named(passage.text) != {found.term}:
            continue
        if any(_tells(clause, found, passage.topic) for clause in read.clauses) or _is_line(passage, read, found):
            yield _use(passage, read, found)


def _tells(clause: Clause, found: FoundTerm, topic: Topic) -> bool:
    """Return whether a clause says of the topic itself that it is passed on in this way: "the trait is autosomal dominant"."""
    if clause.is_negative or found.start < clause.finite or _WAVERS.search(clause.text, clause.start, clause.end):
        return False
    subject = clause.subject_words
    itself = bool(clause.stands_for) or _ITSELF.match(subject) or subject.lower() == topic.name.lower()
    return bool(itself and _PASSED_ON.match(clean(clause.text[clause.finite : found.start]) + " "))


def _is_line(passage: Passage, read: Read, found: FoundTerm) -> bool:
    """Return whether a line without a subject tells it of the whole document: no line below a label of one form."""
    start, end = read.sentence.start, read.sentence.end
    begins = {read.block.start, *(entry.start for entry in read.block.entries)}
    own = read.block.kind == "paragraph" or start in begins
    before, after = passage.text[start : found.start], passage.text[found.end : end]
    return bool(own and _LINE.match(before) and _PLAIN_END.match(after) and not _WAVERS.search(after))


def _use(passage: Passage, read: Read, found: FoundTerm) -> TermUse:
    answer = Phrase(capitalised(found.term), found.start, found.end)
    return TermUse(
        passage.source(read.section, read.sentence.start, read.sentence.end),
        f"How is {passage.topic.name} inherited?",
        found.group,
        (found.term,),
        answer,
        tuple(capitalised(name) for name in found.group.siblings((found.term,)) if name in _WAYS),
        (answer, Phrase("", read.sentence.start, read.sentence.end)),
    )


@lru_cache(maxsize=8)
def _ways_named(text: str) -> frozenset[str]:
    """Return the ways of inheritance that a whole document names."""
    return frozenset(one.term for one in terms_in(text, 0, len(text)) if one.group.kind == INHERITANCE)
