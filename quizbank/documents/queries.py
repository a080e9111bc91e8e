"""Reads of stored documents: the tree of one, the background work about one."""

from sqlalchemy import select

from quizbank.db import db
from quizbank.documents.models import StoredDocument
from quizbank.documents.serialising import document_from_json
from quizbank.documents.tree import Document
from quizbank.jobs.models import Job


def tree_of(row: StoredDocument) -> Document:
    """Return the tree of a document that is ready."""
    if row.tree is None:
        raise LookupError(f"document {row.id} has not been read")
    return document_from_json(row.tree)


def latest_job_about(document_id: int) -> Job | None:
    """Return the newest background job about a document."""
    query = select(Job).where(
        Job.key.endswith(f":{document_id}", autoescape=True), Job.args["document_id"].as_integer() == document_id
    )
    return db.session.scalars(query.order_by(Job.id.desc()).limit(1)).first()
