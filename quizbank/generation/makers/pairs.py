"""The rows of a list, each to be matched with what the list says of it and of no other row."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.makers.listing import alike
from quizbank.generation.statements.model import Described, Pairs, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import capitalised, opened, roots, same_root

NAME = "pairs"
FEWEST, MOST, MOST_OPTIONS = 4, 5, 6  # rows; a sixth description is left over
MOST_OF_A_LIST = 2  # columns of one table that are asked
_MOST_WORDS, _MOST_LABEL_WORDS = 24, 7
# What points at another row, or says nothing of its own.
_POINTS = re.compile(
    r"\b(?:also|both|others?|former|latter|same|similar|as above|above|below|see|likewise|ditto|any|either|plus|resembles|"
    r"than|previous|preceding|next)\b|^(?:none|n/?a|varies|variable|unknown|yes|no|high|low|normal|usually normal|not .*|"
    r"rare|very rare|common|[a-z-]+(?:ic|al|ive|ous)|\W*)$|[↑↓→]|%",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-Z][\w ]{1,20}: ")  # a list inside the list
_ALIKE = 5  # letters: "tetani", "Tetanus"
_CODE = re.compile(r"(?:[A-Z]\d{0,2}|\d{1,2}|[IVX]{1,4})$")


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per list of pairs, two per table at most, whose rows cannot be told by words or change places."""
    lists: dict[int, list[tuple[Pairs, list[_Row]]]] = {}
    titled = roots(document.title)  # a topic that only a heading names may be a section's
    for said in statements:
        if isinstance(said, Pairs) and roots(said.source.topic) & titled and len(rows := _fitting(said)) >= FEWEST:
            lists.setdefault(said.source.start, []).append((said, rows))
    for columns in lists.values():
        for said, rows in rng.sample(columns, min(MOST_OF_A_LIST, len(columns))):
            yield _candidate(document, said, rows, rng)


_Row = tuple[Described, str]


def _fitting(said: Pairs) -> list[_Row]:
    """Return rows, in order, with what is said of each, of which none gives its pair away and no two are alike."""
    shared = _shared(said)
    told = [(row, _short(row)) for row in said.rows]
    kept: list[_Row] = []
    for row, text in told:
        alike = any(_alike(text, other, shared) for _, other in kept)
        if _is_plain(row, text) and not alike and not _names(row, text, shared):
            kept.append((row, text))
    return [
        (row, text)
        for row, text in kept
        if not any(_names(row, other, shared) for one, other in kept if one is not row)
    ]


def _shared(said: Pairs) -> frozenset[str]:
    """Return the roots that tell no row from another: those of the topic and those most names hold."""
    counted = Counter(root for row in said.rows for root in roots(row.label.text))
    return roots(said.source.topic) | {root for root, count in counted.items() if count > len(said.rows) / 2}


def _short(row: Described) -> str:
    """Return what is said of a row: no brackets, its first sentence alone, its first part alone where it is long."""
    text = re.sub(r"\s*\([^()]*\)", "", row.description.text)
    text = re.split(r"(?<=[a-z)])\. (?=[A-Z])", text)[0]
    parts = text.split("; ")
    return opened((text if len(text.split()) <= _MOST_WORDS else parts[0]).strip(" .;,"))


def _is_plain(row: Described, text: str) -> bool:
    label = row.label.text
    return (
        1 <= len(label.split()) <= _MOST_LABEL_WORDS
        and 1 <= len(text.split()) <= _MOST_WORDS
        and not _POINTS.search(text)
        and not _POINTS.search(row.description.text)
        and not _LABELLED.match(text)
        and bool(re.search(r"[A-Za-z]{3}", text))
    )


def _names(row: Described, text: str, shared: frozenset[str]) -> bool:
    """Return whether a description holds a word of a row's name, which would tell or mislead."""
    names, said = roots(row.label.text) - shared, roots(text) - shared
    return any(same_root(one, word) or (len(one) >= _ALIKE and alike(one, word)) for one in names for word in said)


def _alike(one: str, other: str, shared: frozenset[str]) -> bool:
    """Return whether two descriptions share so much that each might be said of the other's row."""
    first, second = roots(one) - shared, roots(other) - shared
    both = sum(any(same_root(word, another) for another in second) for word in first)
    return one.casefold() == other.casefold() or both * 2 >= max(1, min(len(first), len(second)))


def _candidate(document: Document, said: Pairs, rows: list[_Row], rng: random.Random) -> Candidate:
    chosen = sorted(rng.sample(rows, min(MOST_OPTIONS, len(rows))), key=lambda row: row[0].start)
    left_over = [rng.choice(chosen)] if len(chosen) > MOST else []
    asked = [row for row in chosen if row not in left_over]
    topic, noun = said.source.topic, said.noun or "of the following"
    return Candidate(
        maker=NAME,
        type="matching",
        stem=placed(f"Match each {noun} with {said.what}.", topic, said.source.place),
        prompts=tuple(Choice(_named(said, row), "", (row.label.start, row.label.end)) for row, _ in asked),
        keys=tuple(_option(said, row) for row in asked),
        distractors=tuple(_option(said, row) for row in left_over),
        citation=cite(document, said.source),
        rationale=f"The source gives {len(said.rows)} of them in one list, each with its own entry.",
        objective=f"Tell apart what matters in {topic} by {said.what}",
        topic=topic,
        fact=f"pairs:{said.source.start}:{said.what}",
        proof="a list that says one thing of each of its rows",
        used=tuple((phrase.start, phrase.end) for row, _ in chosen for phrase in (row.label, row.description)),
    )


def _named(said: Pairs, row: Described) -> str:
    """Return the name of a row; a bare code gets the noun in front: "Vitamin B6", "Phase 2"."""
    label = row.label.text
    return f"{capitalised(said.noun)} {label}" if said.noun and _CODE.match(label) else label


def _option(said: Pairs, row: _Row) -> Choice:
    described, text = row
    return Choice(
        text,
        f"The source says it of {_named(said, described)}.",
        (described.description.start, described.description.end),
    )
