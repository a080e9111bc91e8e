"""Which class of a scale fits a description, or which of several ranges fits a class; the others stand beside it."""

import random
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
                for row in rng.sample(said.labels, min(2, len(said.labels))):
                    yield _class(document, said, row)


def _class(document: Document, said: LabelList, row: Described) -> Candidate:
    scale = _scale_name(said)
    described = row.description.text.split(" (")[0].split(". ")[0]
    described = described[0].lower() + described[1:] if not described[1:2].isupper() else described
    quote = one_line(document.quote(row.start, row.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"In {said.source.topic}, which {scale}{said.noun} is described by “{described}”?",
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


def _scale_name(said: LabelList) -> str:
    first = said.source.path[-1].split()[0]
    return f"{first} " if first.lower() in EPONYMS or sum(letter.isupper() for letter in first) >= 2 else ""


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
