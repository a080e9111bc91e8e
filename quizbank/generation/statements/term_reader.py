"""A sentence and a group of the lexicon in; where a shape fits, and the statement of the term that stands there, out."""

import re
from dataclasses import replace
from functools import cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import TermGroup, has_neighbors, rivals
from quizbank.generation.statements.model import Phrase, Source, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.title_names import ADJECTIVE
from quizbank.generation.wording import EPONYMS, capitalised, in_sentence, share_root, with_article

# Kinds of a few terms that most often could be right: where fewer than three are left that are not, none of them is likely.
_FEWEST = {"imaging": 3, "role": 3, "specialist": 3}
# Organs and the adjectives that vessels and nerves are named by: the answer stands in the question.
_NAMED_BY = {
    "renal": "kidney", "hepatic": "liver", "gastric": "stomach", "lingual": "tongue", "facial": "face", "ophthalmic": "eye",
    "pulmonary": "lung", "bronchial": "bronch", "coronary": "heart", "uterine": "uter", "splenic": "spleen",
    "testicular": "testi", "ovarian": "ovar", "femoral": "thigh", "colic": "colon", "rectal": "rectum",
}  # fmt: skip


def is_self_evident(terms: tuple[str, ...], question: str) -> bool:
    """Return whether an answer is named after the organ that the question asks about: the renal artery of the kidney."""
    asked = question.lower()
    return any(organ in asked for term in terms for word in term.split() if (organ := _NAMED_BY.get(word)))


@cache
def _pattern(shape: str, group: TermGroup, any_case: bool) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    either = "(?:" + "|".join(re.escape(name) for name in names) + ")"
    return re.compile(shape.replace("TERM", either), re.IGNORECASE if any_case else 0)


@cache
def found_in(group: TermGroup) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)


def openings_of(group: TermGroup) -> frozenset[str]:
    """Return the first word of every name of a group, in lower case: a sentence without any of them names none."""
    names = (name for term in group.terms for name in group.names_of(term))
    return frozenset(found[0].lower() for name in names if (found := re.search(r"\w+", name)))


class TermReader:
    """Tries every shape on one sentence for one group of terms."""

    def __init__(self, passage: Passage, section: Section, start: int, end: int, group: TermGroup) -> None:
        self.passage, self.section, self.group = passage, section, group
        self.start, self.end = start, end
        self.topic = passage.topic.name
        self.place = passage.place(section, start)

    def match(self, shape: str, anywhere: bool = False, any_case: bool = False) -> re.Match[str] | None:
        """Return where a shape fits the sentence, from its beginning unless ``anywhere``."""
        pattern = _pattern(shape, self.group, any_case)
        find = pattern.search if anywhere else pattern.match
        return find(self.passage.text, self.start, self.end)

    def words(self, found: re.Match[str], name: str) -> str:
        """Return a part of the match as it stands inside a sentence."""
        return in_sentence(clean(found[name]), self.passage.topic.lowered).rstrip(" .")

    def source(self) -> Source:
        """Return the sentence as the source."""
        return self.passage.source(self.section, self.start, self.end)

    def statement(self, found: re.Match[str], question: str, article: bool = False) -> TermUse | None:
        """Return the statement whose answer is the matched term; None when siblings are missing, unless by their field."""
        terms = self.terms_in(found["term"])
        asked = question.removeprefix(self.place)
        apart = (
            rivals(self.group, terms[0], asked)
            if len(terms) == 1 and has_neighbors(self.group)
            else self.group.siblings(terms)
        )
        siblings = [name for name in apart if not self._near(name, asked)]
        fewest = _FEWEST.get(self.group.kind, 2) if len(terms) == 1 else 2
        if len(siblings) < fewest or is_self_evident(terms, asked):
            siblings = []
        text = self.words(found, "term")
        if article:
            text, siblings = with_article(text), [with_article(name) for name in siblings]
        elif len(terms) == 2:
            link = "or" if " or " in found["term"] else "and"
            pairs = zip(siblings[::2], siblings[1::2], strict=False)
            siblings = [f"{one} {link} {other}" for one, other in pairs]
        answer = Phrase(capitalised(text), *found.span("term"))
        used = tuple(Phrase("", *found.span(name)) for name in found.groupdict() if found[name])
        shown = tuple(capitalised(name) for name in siblings)
        return TermUse(self.source(), question, self.group, terms, answer, shown, used)

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Return the group's terms that a text names, whatever synonym it uses."""
        named = tuple(
            term
            for term in self.group.terms
            if any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in self.group.names_of(term))
        )
        # "occupational therapist" names no therapist besides
        return tuple(
            term
            for term in named
            if not any(term != other and re.search(rf"\b{re.escape(term)}\b", other) for other in named)
        )

    def _near(self, name: str, question: str) -> bool:
        """Return whether a sibling shows up in the sentence, or is named after a word of the question."""
        sentence = self.passage.text[self.start : self.end].lower()
        own = name.lower().removesuffix(self.group.noun.split()[-1]).strip()
        parts = [part for part in own.replace("-", " ").split() if len(part) >= 5]
        return name.lower() in sentence or any(part in question.lower() for part in parts) or share_root(own, question)


def with_plain_topic(passage: Passage) -> Passage:
    """Return a passage whose topic, an operation that its text always writes with a capital, has none inside a question."""
    topic = passage.topic
    first, _, rest = topic.name.partition(" ")
    plain = first[1:].islower() and (ADJECTIVE.search(first) if rest else topic.is_procedure)
    if not plain or first.lower() in EPONYMS or not topic.is_procedure:
        return passage
    return replace(passage, topic=replace(topic, name=f"{first.lower()} {rest}".strip()))
