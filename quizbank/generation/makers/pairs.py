"""The rows of a list, each to be matched with what the list says of it and of no other row."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.statements.model import Described, Pairs, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import capitalised, roots, same_root

NAME = "pairs"
FEWEST, MOST, MOST_OPTIONS = 4, 5, 6
_MOST_WORDS, _MOST_LABEL_WORDS, _RATIO = 16, 7, 4
_POINTS = re.compile(
    r"\b(?:also|both|others?|former|latter|same|similar|as above|above|below|see|likewise|ditto|any|either|plus|more|less|"
    r"than|previous|preceding|next)\b|^(?:none|n/?a|varies|variable|unknown|yes|no|high|low|normal|not|as|\W*)$",
    re.IGNORECASE,
)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per list of pairs that has enough rows no two of which could change places."""
    for said in statements:
        if isinstance(said, Pairs):
            rows = _fitting(said)
            if len(rows) >= FEWEST:
                yield _candidate(document, said, rows, rng)


def _fitting(said: Pairs) -> list[tuple[Described, str]]:
    """Return rows, in order, with what is said of each, of which none gives its pair away and no two are alike."""
    shared = _shared(said)
    told = [(row, _short(row)) for row in said.rows]
    usable = [(row, text) for row, text in told if _is_plain(row, text) and not _tells(row, text, shared)]
    kept: list[tuple[Described, str]] = []
    for row, text in usable:
        if not any(_alike(text, other, shared) for _, other in kept):
            kept.append((row, text))
    crossed = {
        id(row)
        for (row, _), (_, other_text) in ((one, other) for one in kept for other in kept if one is not other)
        if any(
            same_root(label, word) for label in roots(row.label.text) - shared for word in roots(other_text) - shared
        )
    }
    return [pair for pair in kept if id(pair[0]) not in crossed]


def _shared(said: Pairs) -> frozenset[str]:
    """Return the roots that tell no row from another: those of the topic and those most labels hold."""
    counted = Counter(root for row in said.rows for root in roots(row.label.text))
    return roots(said.source.topic) | {root for root, count in counted.items() if count > len(said.rows) / 2}


def _short(row: Described) -> str:
    """Return what is said of a row without brackets, its first sentence alone where there are several."""
    text = re.sub(r"\s*\([^()]*\)", "", row.description.text)
    return capitalised(re.split(r"(?<=[a-z)])\. (?=[A-Z])", text)[0].strip(" .;"))


def _is_plain(row: Described, text: str) -> bool:
    label = row.label.text
    return (
        1 <= len(label.split()) <= _MOST_LABEL_WORDS
        and 1 <= len(text.split()) <= _MOST_WORDS
        and not _POINTS.search(text)
        and bool(re.search(r"[A-Za-z]{3}", text))
    )


def _tells(row: Described, text: str, shared: frozenset[str]) -> bool:
    return any(same_root(one, other) for one in roots(row.label.text) - shared for other in roots(text))


def _alike(one: str, other: str, shared: frozenset[str]) -> bool:
    """Return whether two descriptions share so much that each might be said of the other's row."""
    first, second = roots(one) - shared, roots(other) - shared
    both = sum(any(same_root(word, another) for another in second) for word in first)
    return not first or not second or both * 2 >= min(len(first), len(second))


def _level(rows: Sequence[tuple[Described, str]]) -> bool:
    lengths = [len(text) for _, text in rows]
    return max(lengths) <= _RATIO * min(lengths)


def _candidate(document: Document, said: Pairs, rows: list[tuple[Described, str]], rng: random.Random) -> Candidate:
    chosen = rows[:MOST_OPTIONS]
    prompts, extra = chosen[:MOST], chosen[MOST:]
    topic = said.source.topic
    of = f"{said.noun}" if said.noun else "of these"
    stem = placed(f"Match each {of} with its {said.what}.", topic, said.source.place)

    def key(row, text):
        return Choice(text, f"The source says it of {row.label.text}.", (row.description.start, row.description.end))

    return Candidate(
        maker=NAME,
        type="matching",
        stem=stem,
        keys=tuple(key(*r) for r in prompts),
        distractors=tuple(key(*r) for r in extra),
        prompts=tuple(Choice(r.label.text, f"The source: “{t}”", (r.label.start, r.label.end)) for r, t in prompts),
        citation=cite(document, said.source),
        rationale="",
        objective=f"Tell apart …{topic}",
        topic=topic,
        fact=f"pairs:{said.source.start}:{said.what}",
        proof="a list that says one thing of each of its rows",
    )
