"""Reads of generation: a document's suggestions and report, and what people decided about each pattern."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from quizbank.db import db
from quizbank.generation.evidence import Decisions, Named
from quizbank.generation.models import REJECTED, GenerationRun, Suggestion
from quizbank.items.models import ItemVersion, Review
from quizbank.items.operations import TOGETHER


def run_of(document_id: int) -> GenerationRun | None:
    """Return the generation of a document, None before it has run."""
    return db.session.scalar(select(GenerationRun).where(GenerationRun.document_id == document_id))


def suggestions_of(document_id: int) -> Sequence[Suggestion]:
    """Return a document's suggestions with whoever decided on them, in the order the document brings them up."""
    query = select(Suggestion).where(Suggestion.document_id == document_id).options(joinedload(Suggestion.decided_by))
    rows = db.session.scalars(query).all()
    return sorted(rows, key=lambda row: (row.report["citation"]["start"], row.id))


def decisions_by_pattern() -> Mapping[Named, Decisions]:
    """Return what people decided last about each item and suggestion, counted by pattern and version."""
    made, last = ItemVersion.provenance, select(func.max(Review.id)).join(ItemVersion).group_by(ItemVersion.item_id)
    name, version = made["pattern"].as_string(), made["version"].as_integer()
    edited = func.coalesce(made["edited"].as_boolean(), ItemVersion.number > 1)
    told = select(name, version, edited, Review.verdict, Review.note == TOGETHER).join(Review.version)
    counts: Counter[tuple[Named, str]] = Counter()
    for pattern, number, was_edited, verdict, together in db.session.execute(told.where(Review.id.in_(last))):
        if pattern is not None:
            kind = "rejected" if verdict == "rejected" else "edited" if was_edited else "as_is"
            counts[(pattern, number), kind] += 1
            counts[(pattern, number), "together"] += kind == "as_is" and together
    report = Suggestion.report
    named = report["pattern"].as_string(), report["version"].as_integer()
    rejected = select(*named, func.count()).where(Suggestion.state == REJECTED).group_by(*named)
    for pattern, number, count in db.session.execute(rejected):
        counts[(pattern, number), "rejected"] += count
    kinds = ("as_is", "together", "edited", "rejected")
    return {one: Decisions(**{kind: counts[one, kind] for kind in kinds}) for one, _ in counts}
