"""Sentences with a term of the lexicon in a telling place in; the term, its question and its siblings out."""

import re
from collections.abc import Iterator
from functools import cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import TermGroup, term_groups
from quizbank.generation.statements.labels import ACT
from quizbank.generation.statements.model import Phrase, Source, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised, head_noun, in_sentence, is_plural, share_root, with_article

_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her)\b", re.IGNORECASE)
_SUPPLIED = (
    r"(?P<what>(?:[A-Z]|\bthe )[^,.;:()]{5,80}?) (?:(?P<be>is|are|was|were) )?(?P<link>supplied by|based "
    r"on|caused by) (?:the |an? )?(?P<term>TERM)(?P<rest>\s+\w+)?"
)
_USED = (
    r"\b(?:us(?:es|ed|ing|e)) (?:the |an? )?(?P<term>TERM(?:(?: or | and |, )TERM)?) (?P<aim>(?:to|for) "
    r"[^,.;:()]{4,70})"
)
_FRONTED = (
    r"(?P<where>(?:With|During|When|After|Before) [^,.;()]{5,70}),[^.;]{0,120}?(?:the )(?P<who>\w+) will "
    r"use (?:the |an? )?(?P<term>TERM) (?P<aim>(?:to|for) [^,.;:()]{4,50})"
)
_DUE = r"(?P<what>[A-Z][^,.;:()]{5,80}?) (?P<be>is|are) (?P<state>\w+) due to (?P<term>TERM(?: and TERM)?) forces?\b"
_WHO = r"(?:An? |The |Only an? )?(?P<term>TERM) (?P<does>(?:will|should|must) [^.;:()]{10,110})\.?$"
_DECIDES = (
    r"(?P<what>[A-Z][^,.;:()]{8,80}?) is an? dec[a-z]{5,8} (?:that )?only an? (?P<term>TERM) (?:will|can|"
    r"should|may) (?:make|take)\b"
)
_AMONG = (
    r"(?P<kind>[A-Z]\w+ \w+s) include (?P<list>[^.;:()]{10,200}?)(?:, all (?P<aim>intended to [^.,;:()]{5,60}))?\.?$"
)


@cache
def _pattern(shape: str, group: TermGroup) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    either = "(?:" + "|".join(re.escape(name) for name in names) + ")"
    return re.compile(shape.replace("TERM", either), re.IGNORECASE if shape in (_WHO, _USED) else 0)


@cache
def _found_in(group: TermGroup) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)


def read_terms(passage: Passage) -> Iterator[TermUse]:
    """Yield the questions that a lexicon term in a sentence answers."""
    if not passage.topic.name:
        return
    for section, _, sentence in passage.prose():
        if passage.is_special(section):
            continue
        for group in term_groups():
            if group.kind in SHAPES and _found_in(group).search(passage.text, sentence.start, sentence.end):
                reader = _Reader(passage, section, sentence.start, sentence.end, group)
                yield from reader.read()


class _Reader:
    """Tries every shape on one sentence for one group of terms."""

    def __init__(self, passage: Passage, section: Section, start: int, end: int, group: TermGroup) -> None:
        self.passage, self.section, self.group = passage, section, group
        self.start, self.end = start, end
        self.topic = passage.topic.name
        self.place = passage.place(section, start)

    def read(self) -> Iterator[TermUse]:
        """Yield at most one statement per shape; a question with a pronoun is not asked."""
        for ask in SHAPES[self.group.kind]:
            statement = ask(self)
            if statement and not _PRONOUN.search(statement.question):
                yield statement
                return

    def match(self, shape: str, anywhere: bool = False) -> re.Match[str] | None:
        """Return where a shape fits the sentence, from its beginning unless ``anywhere``."""
        pattern = _pattern(shape, self.group)
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
        siblings = [name for name in self.group.siblings(terms) if not self._near(name, asked)]
        if self.group.fields and len(siblings) < 2:
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
        if len(shown) < 2 and not self.group.fields:
            return None
        return TermUse(self.source(), question, self.group, terms, answer, shown, used)

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Return the group's terms that a text names, whatever synonym it uses."""
        return tuple(
            term
            for term in self.group.terms
            if any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in self.group.names_of(term))
        )

    def _near(self, name: str, question: str) -> bool:
        """Return whether a sibling shows up in the sentence, or is named after a word of the question."""
        sentence = self.passage.text[self.start : self.end].lower()
        own = name.lower().removesuffix(self.group.noun.split()[-1]).strip()
        parts = [part for part in own.replace("-", " ").split() if len(part) >= 5]
        return name.lower() in sentence or any(part in question.lower() for part in parts) or share_root(own, question)


def _supplied(reader: _Reader) -> TermUse | None:
    found = reader.match(_SUPPLIED)
    if found is None:
        return None
    what, noun = reader.words(found, "what"), reader.group.noun
    past = bool(found["rest"] and found["rest"].endswith("ed")) or found["be"] in ("was", "were")
    be = "are" if is_plural(head_noun(what)) else "is"
    question = {
        "supplied by": f"Which {noun} {'supplied' if past else 'supplies'} {what} in {reader.topic}?",
        "based on": f"In {reader.topic}, on which {noun} {be} {what} based?",
        "caused by": f"Which {noun} causes {what}?",
    }[found["link"]]
    return reader.statement(found, question)


def _used(reader: _Reader) -> TermUse | None:
    found = reader.match(_USED, anywhere=True)
    heading = (
        in_sentence(clean(reader.section.path[-1]).rstrip(":. "), reader.passage.topic.lowered)
        if reader.section.path
        else ""
    )
    if found is None or not heading:
        return None
    aim = reader.words(found, "aim")
    plain = " in " in aim or not ACT.search(heading) or share_root(heading, f"{reader.topic} {aim}")
    place = f"in {reader.topic}" if plain else f"in {heading} for {reader.topic}"
    return reader.statement(found, f"Which {reader.group.noun} is used {aim} {place}?")


def _fronted(reader: _Reader) -> TermUse | None:
    found = reader.match(_FRONTED)
    if found is None:
        return None
    where, who, aim = (reader.words(found, name) for name in ("where", "who", "aim"))
    return reader.statement(found, f"{reader.place}, {where}, what does the {who} use {aim}?")


def _due(reader: _Reader) -> TermUse | None:
    found = reader.match(_DUE)
    if found is None:
        return None
    what = reader.words(found, "what")
    heading = (
        in_sentence(clean(reader.section.path[-1]).rstrip(":. "), reader.passage.topic.lowered)
        if reader.section.path
        else ""
    )
    what = re.sub(r"^their ", "the ", what) + (f" of a {heading}" if what.startswith("their ") else "")
    question = f"In {reader.topic}, which forces make {what} {found['state']}?"
    return reader.statement(found, question)


def _who(reader: _Reader) -> TermUse | None:
    found = reader.match(_WHO)
    return (
        reader.statement(found, f"{reader.place}, who {reader.words(found, 'does')}?", article=True) if found else None
    )


def _decides(reader: _Reader) -> TermUse | None:
    found = reader.match(_DECIDES)
    if found is None:
        return None
    what = reader.words(found, "what")
    place = "" if reader.topic in what else f" after {reader.topic}"
    return reader.statement(found, f"Who makes the decision about {what}{place}?", article=True)


def _among(reader: _Reader) -> TermUse | None:
    found = reader.match(_AMONG)
    terms = reader.terms_in(found["list"]) if found else ()
    if found is None or len(terms) < 2:
        return None
    named = reader.passage.text.lower()
    siblings = tuple(capitalised(name) for name in reader.group.apart if name.lower() not in named)
    start = reader.passage.text.lower().index(terms[-1].lower(), found.start("list"))
    answer = Phrase(capitalised(terms[-1]), start, start + len(terms[-1]))
    aim = f" {reader.words(found, 'aim')}" if found["aim"] else ""
    question = f"Which of the following is among the {reader.words(found, 'kind')}{aim} in {reader.topic}?"
    return (
        TermUse(reader.source(), question, reader.group, terms, answer, siblings, (answer,))
        if len(siblings) >= 2
        else None
    )


SHAPES = {
    "artery": (_supplied,),
    "plexus": (_supplied,),
    "force": (_due,),
    "imaging": (_fronted, _used),
    "role": (_who,),
    "decider": (_decides,),
    "spine_procedure": (_among,),
}
