"""What a table says of one row alone: which row a value belongs to, or which number belongs to a row."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, quoted
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Attribute, Phrase, Statement
from quizbank.generation.statements.tables import GIVEN_FOR, is_asked_of
from quizbank.generation.topic import placed
from quizbank.generation.wording import in_sentence, is_plural, roots, same_root, singular_phrase

NAME = "attribute"
MOST = 2  # candidates per column: more would ask one table again and again
# Rows that are named by an adjective ("median", "interscalene") are asked with the noun of their column.
_WITH_NOUN = re.compile(
    r"^(?:flaps?|muscles?|nerves?|vessels?|arter(?:y|ies)|veins?|bones?|joints?|ligaments?|blocks?|techniques?|vitamins?|types?|"
    r"forms?|courses?|species|stages?|grades?|phases?|categor(?:y|ies)|class(?:es)?|regimens?|hormones?|enzymes?|syndromes?)$",
    re.IGNORECASE,
)


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
        possible = [
            said
            for said in rows
            if (
                is_asked_of(said.name, said.things, _named(said, said.label.text))
                if said.numeric
                else _is_telling(said)
            )
        ]
        for said in rng.sample(possible, min(MOST, len(possible))):
            yield _forward(document, said, rng) if said.numeric else _backward(document, said, rng)


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


def _named(said: Attribute, label: str) -> str:
    noun = singular_phrase(said.things)
    name = _inside(label)
    if _WITH_NOUN.match(said.things) and not is_plural(name.split()[-1]) and noun.lower() not in name.lower():
        return f"the {name} {noun}"
    return name


def _forward(document: Document, said: Attribute, rng: random.Random) -> Candidate:
    """Which number belongs to a row."""
    label = _named(said, said.label.text)
    be = "are" if is_plural(said.name.split()[-1]) else "is"
    stem = f"What {be} the {said.name} {'for' if GIVEN_FOR.search(said.name) else 'of'} {label}?"
    wrong = [(value, f"The source's table gives it for {_named(said, other.text)}.") for other, value in said.others]
    return _candidate(document, said, stem, said.value, wrong, rng, ordered=True)


def _backward(document: Document, said: Attribute, rng: random.Random) -> Candidate:
    """Which row a value belongs to."""
    value = _inside(said.value.text)
    if _DESCRIPTION.fullmatch(said.name):
        told = f"fits “{value}”"
    elif said.name in _VERBS:
        told = f"{said.name} “{value}”"
    elif _HAS.search(said.name):
        told = f"has the {said.name} “{value}”"
    else:
        told = f"matches “{said.name}: {value}”"
    stem = f"Which {singular_phrase(said.things)} {told}?"
    wrong = [(label, f"The source's table gives it “{_inside(value.text)}”.") for label, value in said.others]
    return _candidate(document, said, stem, said.label, wrong, rng, ordered=False)


def _candidate(
    document: Document,
    said: Attribute,
    stem: str,
    key: Phrase,
    wrong: Sequence[tuple[Phrase, str]],
    rng: random.Random,
    ordered: bool,
) -> Candidate:
    topic = said.source.topic
    told = f"The source's table gives the {said.name} of {_inside(said.label.text)} as “{_inside(said.value.text)}”."
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=placed(stem, topic, said.source.place),
        keys=(quoted(key, told),),
        distractors=tuple(quoted(phrase, why) for phrase, why in rng.sample(wrong, len(wrong))),
        citation=cite(document, said.source),
        rationale=told,
        objective=f"Recall the {said.name} of each {singular_phrase(_inside(said.things))} in {topic}",
        topic=topic,
        fact=f"row:{said.source.start}:{said.name}",
        proof=said.proof,
        used=tuple((phrase.start, phrase.end) for phrase in (key, *(phrase for phrase, _ in wrong))),
        ordered=ordered,
        beside=(said.source.start, said.source.end),
    )
