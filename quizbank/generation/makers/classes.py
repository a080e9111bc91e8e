"""Which class of a scale fits a description, or which of several ranges fits a class; the others stand beside it."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.statements.labels import measure_of
from quizbank.generation.statements.model import Described, LabelList, Source, Statement
from quizbank.generation.wording import EPONYMS, in_sentence
from quizbank.items.content import Citation

NAME = "classes"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield two candidates per scale at most, one per set of ranges."""
    for said in statements:
        if isinstance(said, LabelList) and said.source.topic and said.source.path:
            if said.noun == "range":
                yield _range(document, said, rng.choice(said.labels))
            elif said.noun not in ("technique", "step", "category", "group", "level"):
                clear = [row for row in said.labels if _is_clear(row)]
                for row in rng.sample(clear, min(2, len(clear))):
                    yield _class(document, said, row)


# What tells the place in the scale instead of what the class is, or leans on the class before.
_TELLS_PLACE = re.compile(
    r"^(?:mild|moderate|severe|minimal|slight|worst|most|least|first|second|third|intermediate|low|high|no|none|normal|\+)\b|^\+|"
    r"\b(?:as|than|like|of|to) (?:an? )?(?:in )?(?:grade|type|stage|class|above|before|[IVX]+\b|\d)|"
    r"\b(?:same|previous|preceding|above|any|either|other|plus|also|more|worse)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def _is_clear(row: Described) -> bool:
    """Return whether a description says enough, and says what its class is and not only where it stands."""
    told = row.description.text
    enough = len(told.split()) >= _FEWEST_WORDS or bool(re.search(r"\d", told))
    return enough and not _TELLS_PLACE.search(told)


def _class(document: Document, said: LabelList, row: Described) -> Candidate:
    scale = _scale_name(said)
    described = row.description.text.split(" (")[0].split(". ")[0]
    described = described[0].lower() + described[1:] if not described[1:2].isupper() else described
    quote = one_line(document.quote(row.start, row.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"{said.source.place}, which {scale}{said.noun} is described by “{described}”?",
        keys=(quoted(row.label, f"The source says: “{quote}”"),),
        distractors=tuple(
            quoted(other.label, f"The source describes it otherwise: “{one_line(other.description.text, 120)}”")
            for other in _nearest(said, row)
        ),
        citation=_cite_row(document, said, row),
        rationale=f"The source says: “{quote}”",
        objective=f"Classify {said.source.topic} by {scale or 'its '}{said.noun}",
        topic=said.source.topic,
        fact=f"scale:{said.source.start}",
        proof=said.proof,
        used=((row.description.start, row.description.end),),
        ordered=True,
        beside=(said.source.start, said.source.end),
    )


def _cite_row(document: Document, said: LabelList, row: Described) -> Citation:
    return cite(document, Source(row.start, row.end, said.source.path, said.source.topic))


_NAMED_SCALE = re.compile(
    r"(?P<name>[A-Z][\w’'–-]+(?:(?:[ /]|, | and )[A-Z][\w’'–-]+){0,3}) (?:[a-z]+ )?"
    r"(?:classification|grading|staging|grades?|types?|stages?|class(?:es)?|system|scale|score)\b",
    re.IGNORECASE,
)


def _scale_name(said: LabelList) -> str:
    """Return the name that a heading gives a scale, with a space behind it: "Borrmann ", "NYHA "; "" when it gives none."""
    for heading in reversed(said.source.path):
        found = None if heading.isupper() else _NAMED_SCALE.match(heading)
        words = re.split(r"[ /,]+|\band\b", found["name"]) if found else []
        if found and all(_is_name(word) for word in words if word):
            return f"{found['name']} "
    return ""


def _is_name(word: str) -> bool:
    return word.lower().split("–")[0].split("-")[0] in EPONYMS or sum(letter.isupper() for letter in word) > 1


def _nearest(said: LabelList, row: Described) -> list[Described]:
    place = said.labels.index(row)
    others = [other for other in said.labels if other is not row]
    return sorted(others, key=lambda other: abs(said.labels.index(other) - place))


def _range(document: Document, said: LabelList, row: Described) -> Candidate:
    measure = measure_of(row.description.text)
    value = _bare(row, measure)
    quote = one_line(document.quote(row.start, row.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"In {said.source.topic}, which {_spelled_out(measure, said)} is classed as {_label(row)}?",
        keys=(Choice(value, f"The source says: “{quote}”", (row.description.start, row.description.end)),),
        distractors=tuple(
            Choice(_bare(other, measure), f"In the source this range belongs to {other.label.text}.")
            for other in said.labels
            if other is not row
        ),
        citation=_cite_row(document, said, row),
        rationale=f"The source says: “{quote}”",
        objective=f"Classify {said.source.topic} by {measure}",
        topic=said.source.topic,
        fact=f"scale:{said.source.start}",
        proof=said.proof,
        used=((row.description.start, row.description.end),),
        ordered=True,
        beside=(said.source.start, said.source.end),
    )


def _bare(row: Described, measure: str) -> str:
    value = row.description.text.split(" (")[0].removeprefix(measure).strip()
    return value.replace("<=", "≤").replace(">=", "≥")


def _label(row: Described) -> str:
    """Return a label as it stands inside a sentence."""
    return in_sentence(row.label.text, frozenset(row.label.text.lower().split()))


def _spelled_out(measure: str, said: LabelList) -> str:
    """Return an abbreviation in full when a heading above holds words with its initials."""
    for heading in said.source.path:
        words = heading.split()
        for first in range(len(words)):
            run = words[first : first + len(measure)]
            if len(run) == len(measure) > 1 and "".join(word[0] for word in run).upper() == measure.upper():
                return " ".join(run).lower()
    return measure
