"""What a table says of one row alone: which row a value belongs to."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, quoted
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Attribute, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import in_sentence, roots, same_root, singular_phrase

NAME = "attribute"
MOST = 2  # candidates per column: more would ask one table again and again
# What a thing can be said to have; whatever else heads a column is quoted with its value.
_HAS = re.compile(
    r"\b(?:effect|cause|drawback|advantage|disadvantage|sign|symptom|feature|dose|half-life|mechanism|action|target|"
    r"complication|risk|indication|contraindication|consequence|onset|duration|route|origin|insertion|supply|innervation|function|"
    r"prognosis|inheritance|incubation period|reservoir|vector|treatment|antidote|finding|T-score|criterion)s?"
    r"(?: of (?:action|injury|origin))?$",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"(?:description|features?|findings?|characteristics?|clinical|presentation|key features?)")
_VERBS = (
    "covers",
    "misses",
    "blocks",
    "supplies",
    "drains",
    "causes",
    "inhibits",
    "produces",
    "affects",
    "acts on",
    "treats",
)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield at most MOST candidates per column of a table."""
    columns: dict[tuple[str, str], list[Attribute]] = {}
    for said in statements:
        if isinstance(said, Attribute):
            columns.setdefault((said.name, said.things), []).append(said)
    for rows in columns.values():
        possible = [said for said in rows if not said.numeric and _is_telling(said)]
        for said in rng.sample(possible, min(MOST, len(possible))):
            yield _candidate(document, said, rng)


def _is_telling(said: Attribute) -> bool:
    """Return whether a value points to its row alone: no lone adjective, which might be said of another row as well."""
    value = said.value.text
    known = len(value.split()) > 1 or any(found.end == len(value) for found in terms_in(value, 0, len(value)))
    return known and not _tells(said) and not value[:1].isdigit()


def _tells(said: Attribute) -> bool:
    """Return whether a value repeats a word of its row's name, so that the question would give the answer away."""
    return any(same_root(one, other) for one in roots(said.label.text) for other in roots(said.value.text))


def _inside(text: str) -> str:
    """Return a cell as it stands inside a sentence."""
    return in_sentence(text, frozenset(text.lower().split()[:1]))


def _stem(said: Attribute) -> str:
    value = _inside(said.value.text)
    if _DESCRIPTION.fullmatch(said.name):
        told = f"fits “{value}”"
    elif said.name in _VERBS:
        told = f"{said.name} “{value}”"
    elif _HAS.search(said.name):
        told = f"has the {said.name} “{value}”"
    else:
        told = f"matches “{said.name}: {value}”"
    return f"Which {singular_phrase(said.things)} {told}?"


def _candidate(document: Document, said: Attribute, rng: random.Random) -> Candidate:
    topic = said.source.topic
    told = f"The source's table gives the {said.name} of {_inside(said.label.text)} as “{_inside(said.value.text)}”."
    wrong = tuple(
        quoted(label, f"The source's table gives it “{_inside(value.text)}”.")
        for label, value in rng.sample(said.others, len(said.others))
    )
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=placed(_stem(said), topic, said.source.place),
        keys=(quoted(said.label, told),),
        distractors=wrong,
        citation=cite(document, said.source),
        rationale=told,
        objective=f"Recall the {said.name} of each {singular_phrase(_inside(said.things))} in {topic}",
        topic=topic,
        fact=f"row:{said.source.start}:{said.name}",
        proof=said.proof,
        used=tuple((phrase.start, phrase.end) for phrase in (said.label, *(label for label, _ in said.others))),
        beside=(said.source.start, said.source.end),
    )
