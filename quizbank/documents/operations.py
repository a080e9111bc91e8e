"""The only writers of stored documents: adding one, keeping what was read, refusing what cannot be read."""

import hashlib
from datetime import datetime

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.documents.models import READY, REFUSED, StoredDocument
from quizbank.documents.serialising import document_to_json
from quizbank.documents.tree import Document
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue

READ = "documents.read"


def add_document(name: str, content: bytes, account_id: int, now: datetime) -> tuple[StoredDocument, Job]:
    """Keep a file as it came and queue its reading in the same transaction."""
    row = keep_file(name, content, account_id, now)
    return row, enqueue(READ, reading_key(row.id), {"document_id": row.id}, now, account_id=account_id)


def keep_file(name: str, content: bytes, account_id: int, now: datetime) -> StoredDocument:
    """Keep a file as it came, to be read."""
    name = "".join(character for character in name if character.isprintable()).strip()[-200:] or "document.txt"
    row = StoredDocument(
        name=name,
        title=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        account_id=account_id,
        added_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record_audit("document.added", f"document:{row.id}", account_id, now, sha256=row.sha256)
    return row


def reading_key(document_id: int) -> str:
    """Return the unique key of the job that reads a document."""
    return f"{READ}:{document_id}"


def keep_tree(row: StoredDocument, document: Document, now: datetime) -> None:
    """Store what was read; the document is ready."""
    row.tree = document_to_json(document)
    row.title = document.title[:300] or row.name
    row.words = document.words
    row.state = READY
    row.read_at = now
    db.session.flush()


def refuse_document(row: StoredDocument, problem: str, now: datetime) -> None:
    """Store why the document cannot be read, in words for its author."""
    row.state = REFUSED
    row.problem = problem
    row.read_at = now
    db.session.flush()
