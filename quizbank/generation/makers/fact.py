"""A fact of the lexicon that the document says, among rivals that every book calls wrong."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.lexicon.facts import AMOUNTS, Fact
from quizbank.generation.sizes import size_of
from quizbank.generation.statements.model import Known, Statement
from quizbank.generation.wording import roots, same_root

GROUPS = ("causes", "findings", "workings", "choices", "commonest")
"""What facts ask for; each is a maker of its own, so that no quiz asks for one alone."""
ESSENTIALS = ("recognizing", "explaining", "managing")
"""What facts that belong to one topic each ask for: a pattern of their own."""
_SHOWN = 3  # wrong options
_WHOLE = 1  # a suggestion that is whole already comes before others
_ENDS = 6  # times of ten that an answer is tried first as the smallest or largest option: so all places are equal
_AS_READ = AMOUNTS[0]
"""What is licensed is offered as it was read: as a scale only where all are plain numbers of one unit."""
_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
_FAR = 2  # times the widest gap between the wrong numbers
Make = Callable[[Document, Sequence[Statement], random.Random], Iterator[Candidate]]


def maker_of(group: str) -> Make:
    """Return what makes a candidate of each place that says a fact of a group: first what is said firmly, and in most words."""

    def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
        known = [one for one in statements if isinstance(one, Known) and one.fact.kind.group == group]
        for said in sorted(known, key=lambda one: (bool(one.doubt), -one.support)):
            yield _candidate(document, said)

    return make


def _candidate(document: Document, said: Known) -> Candidate:
    fact = said.fact
    rivals, is_scale = rivals_of(fact)
    told = f"The source says: “{one_line(document.quote(said.source.start, said.source.end))}”"
    wording = one_line(document.quote(said.answer.start, said.answer.end))
    if not all(any(same_root(word, other) for other in roots(wording)) for word in roots(fact.answer)):
        told = f"{told} There, “{wording}” stands for: {fact.answer}."
    return Candidate(
        maker=fact.kind.group,
        type="single_best_answer",
        stem=fact.question,
        keys=(quoted(said.answer, told),),
        distractors=tuple(Choice(text, f"Not this: it is {fact.answer}.", origin="lexicon") for text in rivals),
        citation=cite(document, said.source),
        rationale=told,
        objective=fact.kind.objective,
        topic=said.source.topic,
        fact=f"{fact.subject}: {fact.answer}",
        proof="" if said.doubt else "lexicon: the fact is known, and all that could be right as well",
        used=((said.answer.start, said.answer.end),),
        missing=said.doubt,
        worth=0 if said.doubt else _WHOLE,
        whole=True,
        renamed=True,
        ordered=is_scale,
    )


def rivals_of(fact: Fact) -> tuple[Sequence[str], bool]:
    """Return the rivals as they are to be tried, and whether they are numbers of one unit, which stand in their order.

    How many of the first three are smaller than the answer differs from question to question, so that its place tells nothing;
    of the smaller and of the larger ones the nearest come first. An answer far from three that stand close tells itself: then
    another number of smaller ones is tried.
    """
    texts = (fact.answer, *fact.rivals)
    if fact.kind.group == _AS_READ and len({_NUMBER.sub("", text, count=1).rstrip("s") for text in texts}) > 1:
        return fact.rivals, False
    sizes = {text: size for text in texts if (size := size_of(text))}
    if len(sizes) < len(texts) or len({size.of for size in sizes.values()}) > 1:
        return fact.rivals, False
    worth = {text: size.value for text, size in sizes.items()}
    below = sorted((text for text in fact.rivals if worth[text] < worth[fact.answer]), key=lambda text: -worth[text])
    above = sorted((text for text in fact.rivals if text not in below), key=lambda text: worth[text])
    fewest, most = max(0, _SHOWN - len(above)), min(_SHOWN, len(below))
    drawn = crc32(fact.question.encode())
    possible = range(fewest, most + 1)[:: 1 if drawn % 2 else -1]
    at_an_end = drawn % 10 < _ENDS  # else in the middle, where an answer more often fits
    numbers = sorted(possible, key=lambda smaller: (smaller in (0, _SHOWN)) != at_an_end)
    sets = [(*below[:smaller], *above[: _SHOWN - smaller]) for smaller in numbers]
    first = next(
        (one for one in sets if not _is_far(worth[fact.answer], [worth[text] for text in one])), sets[len(sets) // 2]
    )
    return (*first, *(text for text in fact.rivals if text not in first)), True


def _is_far(value: float, others: Sequence[float]) -> bool:
    """Return whether a number stands apart from others that lie close together on one side of it."""
    nearest = min(abs(one - value) for one in others)
    one_side = all(one > value for one in others) or all(one < value for one in others)
    ordered = sorted(others)
    widest = max(right - left for left, right in pairwise(ordered))
    return one_side and nearest > _FAR * widest
