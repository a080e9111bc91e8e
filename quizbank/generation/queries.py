"""Reads of generation: a document's suggestions and the report of its generation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizbank.db import db
from quizbank.generation.models import GenerationRun, Suggestion


def run_of(document_id: int) -> GenerationRun | None:
    """Return the generation of a document, None before it has run."""
    return db.session.scalar(select(GenerationRun).where(GenerationRun.document_id == document_id))


def suggestions_of(document_id: int) -> Sequence[Suggestion]:
    """Return a document's suggestions with whoever decided on them, in the order the document brings them up."""
    query = select(Suggestion).where(Suggestion.document_id == document_id).options(joinedload(Suggestion.decided_by))
    rows = db.session.scalars(query).all()
    return sorted(rows, key=lambda row: (row.report["citation"]["start"], row.id))
