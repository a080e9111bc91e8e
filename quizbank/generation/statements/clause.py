"""A plain sentence taken apart: its opening, subject, operator and rest, and the questions they make.

"In adults, the incubation period lasts 7 to 14 days." has the opening "In adults", the subject "the incubation period",
the operator "does" and the rest "last 7 to 14 days": what a question needs, and no more. English grammar: Quirk et al., A
Comprehensive Grammar of the English Language, 2.48 (operators and inversion).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from quizbank.generation.statements.spans import clean
from quizbank.generation.wording import base_form, in_sentence, names_kept

Span = tuple[int, int]
POINTS_BACK = re.compile(
    r"\b(?:it|its|they|their|them|this|these|those|such|he|she|his|her|him|we|our|us|you|your|the above|former|latter)\b",
    re.IGNORECASE,
)
_NAMED_THOSE = re.compile(r"those (?:with|who|on|aged|at|without|taking)\b|such as\b|His\b")  # the bundle of His
# What a question leaves out: brackets and marks of emphasis.
UNSAID = re.compile(r"\s*\*?[(\[][^()\[\]]{0,160}[)\]]\*?|\*+|_{2,}|`")
# Things that notes name without an article and a question cannot: "Inner cannula is cleaned every 4 hours".
_TERSE = re.compile(
    r"(?:(?!(?:an?|the|each|every|any|this|that|no|one|most|its|their)\b)[a-z-]+ ){0,2}"
    r"(?:effect|cannula|tube|catheter|needle|wound|drain|cuff|dressing|patient|tourniquet|graft|suture|balloon|stent|probe|dose)"
)
_LOOSE_TAIL = re.compile(r",\s*(?:but|yet|although|which|who|whose|where|because|so)\b.*$", re.DOTALL)  # not asked for
_NARROWS = re.compile(r"\b(?:after|before|in|with|without|for|of|during|on|at|under|over|among|from)\b(?![^,]*,\s*$)")
_TURNS = re.compile(r"\b(?:nonetheless|nevertheless|moreover|furthermore) ")  # what joins a sentence to the one before
_NEGATION = re.compile(r"\b(?:not|no(?! (?:earlier|later|more|less|sooner|longer)\b)|never|neither|cannot)\b")


@dataclass(frozen=True)
class Clause:
    """A plain sentence taken apart; spans are offsets into ``text``, which is the document's.

    ``operator`` is the word that moves in a question ("should", "is", "does"); ``rest`` is what stays behind the
    subject, the verb in its base form after "do". ``rest_span`` is where the words behind the operator or verb stand.
    """

    text: str
    start: int
    end: int
    opening: Span | None
    subject: Span
    operator: str
    verb: str
    adverb: str
    rest_span: Span
    lowered: frozenset[str]
    stands_for: str = ""

    @cached_property
    def finite(self) -> int:
        """Return where the operator or the finite verb stands."""
        word = self.verb or self.operator
        return max(self.text.rfind(word, self.subject[1], self.rest_span[0]), self.subject[1])

    @property
    def is_plain(self) -> bool:
        """Return whether a question can be made: no pronoun behind the subject, something said of it, and no word lost.

        What narrows a subject ("the half-life after repeated dosing") must not be lost between it and its verb.
        """
        between = self.text[self.subject[1] : self.finite]
        return (
            not _NARROWS.search(UNSAID.sub(" ", between))
            and self.rest_span[1] - self.rest_span[0] >= 3
            and not any(
                not _NAMED_THOSE.match(self.text, one.start())
                for one in POINTS_BACK.finditer(self.text, *self.rest_span)
            )
        )

    @cached_property
    def subject_words(self) -> str:
        """Return the subject as a question names it: the topic itself where the sentence says "this condition"."""
        if self.stands_for:
            return self.stands_for
        words = _in_prose(said(self.text[slice(*self.subject)]), self.lowered)
        return f"the {words}" if _TERSE.fullmatch(words) else words

    @cached_property
    def opening_words(self) -> str:
        return _in_prose(said(self.text[slice(*self.opening)]), self.lowered) if self.opening else ""

    @cached_property
    def rest(self) -> str:
        """Return the words behind the subject in a question: "last 7 to 14 days", "be removed after 2 weeks"."""
        return self._rest_without()

    @cached_property
    def behind(self) -> tuple[str, int]:
        """Return the words of the document behind the operator or verb, and where they begin; thirty rules read them."""
        start = self.rest_span[0]
        text = self.text[start : self.rest_span[1]]
        return text.lstrip(), start + len(text) - len(text.lstrip())

    def rest_without(self, *cuts: Span | None) -> str:
        """Return the rest with some spans of the document left out."""
        return self._rest_without(*cuts) if any(cuts) else self.rest

    def _rest_without(self, *cuts: Span | None) -> str:
        start, end = self.rest_span
        kept, at = "", start
        for cut in sorted(cut for cut in cuts if cut):
            kept += self.text[at : cut[0]] + " "
            at = cut[1]
        kept += self.text[at:end]
        parts = (self.adverb, base_form(self.verb) if self.verb else "", _TURNS.sub("", said(kept)))
        return re.sub(
            r"^(?:now|currently|therefore|then|also|thus|hence) ",
            "",
            " ".join(part for part in parts if part).strip(" .,;:"),
        )

    @cached_property
    def is_negative(self) -> bool:
        """Return whether the clause denies something."""
        said = self.text[self.subject[1] : self.rest_span[0] + 30]
        return self.adverb.startswith("not ") or bool(_NEGATION.search(said))

    def asked(self, wh: str, *cuts: Span | None, opening: bool = True) -> str:
        """Return a question: the question words, the operator, the subject and the rest without the cut spans."""
        behind = f" {self.opening_words}" if opening and self.opening else ""
        rest = re.sub(r"\b(?P<be>be|is|are) also\b", r"\g<be>", self.rest_without(*cuts))
        rest = _LOOSE_TAIL.sub("", rest)
        words = f"{wh} {self.operator} {self.subject_words} {rest}{behind}"
        return " ".join(words.split()).strip(" ,") + "?"


def _in_prose(words: str, lowered: frozenset[str]) -> str:
    """Return words of a sentence as they stand inside a question: only the first loses its capital."""
    words = re.sub(r"^A(?= \w)", "a", words)
    return names_kept(in_sentence(words, lowered), words)


def said(text: str) -> str:
    """Return words as a question says them: on one line, without brackets and marks."""
    return re.sub(r" (?=[,.;])", "", clean(UNSAID.sub(" ", text))).strip(" ,")
