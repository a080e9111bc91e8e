"""Clauses and lines that tell how the topic is inherited go in; the question they answer comes out.

"The trait is autosomal dominant", "Mode of inheritance: autosomal recessive", "Inherited as an autosomal dominant". A document
that names two ways is not asked: which of them holds for whom stands in words that a rule cannot weigh.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from quizbank.documents.tree import Block, Section, Sentence
from quizbank.generation.lexicon.finding import FoundTerm, terms_in
from quizbank.generation.lexicon.reading import word_set
from quizbank.generation.statements.clause import UNSAID
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised

INHERITANCE = "inheritance"
_OPENING = 600  # characters in which a document says what its letters stand for
_CLAUSE = re.compile(
    r"(?:^|[,;:] (?:so |and |but |hence |thus )?|\b(?:so|and) )(?P<subject>[A-Za-z][^,;:]{1,80}?) "
    r"(?:is|are|follows?|shows?|has|have|displays?)"
    r"(?: (?:therefore|thus|always|inherited|transmitted|passed (?:on|down)|handed down|considered))*"
    r"(?: (?:in|as|by|through))?(?: an?| the)?(?: (?:rare|inherited|genetic|hereditary|severe|progressive),?)* $"
)
_ITSELF = re.compile(
    r"(?:(?:the|this|its) )?(?:(?:mode|pattern) of )?"
    r"(?:inheritance|transmission|pattern|trait|condition|disease|disorder|syndrome)$",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:[*_]{2})?(?:(?:the )?(?:(?:mode|pattern) of )?(?:inheritance|transmission)(?: pattern| mode)?(?:[*_]{2})?"
    r"\s*(?::|[–—-]|is)(?:[*_]{2})?\s*(?:an? )?|"
    r"(?:inherited|transmitted|passed on|handed down)(?: from an? [a-z ]{3,25}?)? (?:as|in) (?:an? )?)$",
    re.IGNORECASE,
)
_PLAIN_END = re.compile(r"\s*(?:$|[.;]|, with\b|(?:with|trait|pattern|manner|fashion|disorder|disease|condition)\b)")
_MAY_TELL = re.compile(
    r"dominant|recessive|linked|mitochondri|factorial|matern|patern|polygenic|genetic", re.IGNORECASE
)
_WAVERS = re.compile(
    r"\b(?:in some|some (?:people|patients|individuals|families)|forms?|types?|subset|minority|occasionally|rarely|or|may|"
    r"can|not)\b|\d ?(?:%|per ?cent)",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r" ?(?:trait|pattern|manner|fashion|disorder|disease|condition)?\b ?"
    r"(?:or|and|in (?:some|about|a|most|many|other|\d+)|for)\b(?! (?:pattern|manner))",
    re.IGNORECASE,
)
_BESIDE_A_NAME = word_set("beside_a_name") | {"#", "##"}
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
    if not passage.topic.name or not _is_titled(passage):
        return
    for section, block, sentence in passage.prose():
        if not _MAY_TELL.search(passage.text, sentence.start, sentence.end):
            continue
        found = next((one for one in terms_in(passage.text, sentence.start, sentence.end) if _is_way(one)), None)
        if found is None or passage.patients(section) is None or _ways_named(passage.text) != {found.term}:
            continue
        if _tells(passage, block, sentence, found) or _is_line(passage, block, sentence, found):
            yield _use(passage, section, sentence, found)


def _is_titled(passage: Passage) -> bool:
    """Return whether the title names the topic and nothing that narrows it: no "PHKA2-related", no "ataxia" behind a comma."""
    title, name = passage.document.title.casefold(), passage.topic.name.casefold()
    bare = re.sub(r"\((?![^()]*\brelated\b)[^()]*\)", " ", title)
    parts = [part.replace(name, " ", 1) for part in re.split(r"[:|]|\s[–—-]\s", bare) if name in part]
    return any(set(re.findall(r"[^\s.]+", part)) <= _BESIDE_A_NAME for part in parts)


def _tells(passage: Passage, block: Block, sentence: Sentence, found: FoundTerm) -> bool:
    """Return whether a clause says of the topic itself that it is passed on in this way: "the trait is autosomal dominant"."""
    before, after = passage.text[sentence.start : found.start], passage.text[found.end : sentence.end]
    clause = _CLAUSE.search(clean(UNSAID.sub(" ", before)) + " ")
    if not clause or _WAVERS.search(before) or _OF_SOME.match(after):
        return False
    first = sentence.start == block.start and clause.start() == 0
    return _is_topic(clause["subject"], passage, opens=first)


def _is_topic(subject: str, passage: Passage, *, opens: bool) -> bool:
    """Return whether a subject is the topic: by name, by its last word ("the deficiency"), by its letters, or as "it"."""
    topic, said = passage.topic.name.lower(), subject.lower()
    bare = said.removeprefix("the ").removeprefix("this ")
    named = said == topic or topic.startswith(f"{bare} ") or (said != bare and bare == topic.split()[-1])
    letters = re.match(r"[A-Z][A-Za-z]*[A-Z][A-Z\d-]*\b", subject)
    lettered = letters is not None and letters[0] in passage.text[:_OPENING]
    return bool(named or lettered or _ITSELF.match(subject) or (opens and said == "it"))


def _is_line(passage: Passage, block: Block, sentence: Sentence, found: FoundTerm) -> bool:
    """Return whether a line without a subject tells it of the whole document: no line below a label of one form."""
    start, end = sentence.start, sentence.end
    begins = {block.start, *(entry.start for entry in block.entries)}
    own = block.kind == "paragraph" or start in begins
    before, after = passage.text[start : found.start], passage.text[found.end : end]
    return bool(own and _LINE.match(before) and _PLAIN_END.match(after) and not _WAVERS.search(after))


def _use(passage: Passage, section: Section, sentence: Sentence, found: FoundTerm) -> TermUse:
    answer = Phrase(capitalised(found.term), found.start, found.end)
    return TermUse(
        passage.source(section, sentence.start, sentence.end),
        f"How is {passage.topic.name} inherited?",
        found.group,
        (found.term,),
        answer,
        tuple(capitalised(name) for name in found.group.siblings((found.term,)) if name in _WAYS),
        (answer, Phrase("", sentence.start, sentence.end)),
    )


@lru_cache(maxsize=8)
def _ways_named(text: str) -> frozenset[str]:
    """Return the ways of inheritance that a whole document names."""
    return frozenset(one.term for one in terms_in(text, 0, len(text)) if _is_way(one))


def _is_way(found: FoundTerm) -> bool:
    return found.group.kind == INHERITANCE
