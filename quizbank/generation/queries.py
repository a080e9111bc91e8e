"""Reads of generation: a document's suggestions and report, and what people decided about each pattern."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from quizbank.db import db
from quizbank.generation.corrections import WordCorrection
from quizbank.generation.evidence import Decisions, Named
from quizbank.generation.models import OPEN, REJECTED, Correction, GenerationRun, Succession, Suggestion
from quizbank.generation.renewal import asked
from quizbank.items.models import DRAFT, PUBLISHED, Item, ItemVersion, Review
from quizbank.items.operations import CARRIED, TOGETHER
from quizbank.items.queries import newest_versions_of


def run_of(document_id: int) -> GenerationRun | None:
    """Return the generation of the whole document, None before it has run."""
    whole = GenerationRun.section == ""
    return db.session.scalar(select(GenerationRun).where(GenerationRun.document_id == document_id, whole))


def section_runs_of(document_id: int) -> Sequence[GenerationRun]:
    """Return the generations of single sections, the newest first."""
    query = select(GenerationRun).where(GenerationRun.document_id == document_id, GenerationRun.section != "")
    return db.session.scalars(query.order_by(GenerationRun.id.desc())).all()


def next_seed(document_id: int) -> int:
    """Return the first seed that no generation of the document has used."""
    used = select(func.max(GenerationRun.seed)).where(GenerationRun.document_id == document_id)
    return (db.session.scalar(used) or 0) + 1


def asked_about(document_id: int) -> set[str]:
    """Return what a document's living items and open suggestions ask."""
    living = [v for v in newest_versions_of(document_id) if v.state in (DRAFT, PUBLISHED)]
    found = {asked(version.content) for version in living}
    return found | {asked(row.report) for row in suggestions_of(document_id) if row.state == OPEN}


def ids_made_of(document_id: int) -> set[str]:
    """Return the ids of everything the generator has made of a document, whatever became of it."""
    origins = set(db.session.scalars(select(Item.origin).where(Item.document_id == document_id)))
    suggested = set(db.session.scalars(select(Suggestion.origin).where(Suggestion.document_id == document_id)))
    return {origin.removeprefix("generated:") for origin in origins} | suggested


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
    for pattern, number, was_edited, verdict, together in db.session.execute(
        told.where(Review.id.in_(last), Review.note != CARRIED)
    ):
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


def corrections_of(document_id: int) -> Sequence[Correction]:
    """Return the words of a document that people put right, with whoever did."""
    query = select(Correction).where(Correction.document_id == document_id).options(joinedload(Correction.account))
    return db.session.scalars(query.order_by(Correction.id)).all()


def words_put_right(document_id: int) -> tuple[WordCorrection, ...]:
    """Return the same as questions are written by them."""
    return tuple(WordCorrection(row.original, row.corrected) for row in corrections_of(document_id))


def replaced_by(document_id: int) -> Succession | None:
    """Return the new version of a document."""
    return db.session.scalar(select(Succession).where(Succession.replaces_id == document_id))


def replaces(document_id: int) -> Succession | None:
    """Return what a document is the new version of."""
    return db.session.get(Succession, document_id)
