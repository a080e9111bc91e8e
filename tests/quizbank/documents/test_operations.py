"""Stored documents: kept as they came, read once, refused in words."""

import hashlib
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.documents.models import READY, REFUSED, StoredDocument
from quizbank.documents.operations import add_document, keep_tree, refuse_document
from quizbank.documents.queries import latest_job_about, tree_of
from quizbank.jobs.models import Job
from tests.factories import make_account, make_document, tree

Db = scoped_session[Session]
CONTENT = b"Fatigue is common.\x00\xff"


def test_document_is_kept_as_it_came(session: Db, now: datetime) -> None:
    row, _ = add_document("notes.txt", CONTENT, make_account("author").id, now)
    session.commit()
    session.expire_all()
    assert row.content == CONTENT
    assert row.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert row.state == "reading"


def test_reading_is_queued_with_the_document(session: Db, now: datetime) -> None:
    row, job = add_document("notes.txt", CONTENT, make_account("author").id, now)
    assert (job.kind, job.args) == ("documents.read", {"document_id": row.id})
    assert latest_job_about(row.id) is job


def test_neither_document_nor_job_stays_after_a_rollback(session: Db, now: datetime) -> None:
    add_document("notes.txt", CONTENT, make_account("author").id, now)
    session.rollback()
    assert session.scalar(select(func.count(Job.id))) == 0
    assert session.scalar(select(func.count(StoredDocument.id))) == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  notes.txt ", "notes.txt"),
        ("no\x00te\r\ns\u202e.txt", "notes.txt"),
        ("", "document.txt"),
        ("\x00", "document.txt"),
        ("w" * 300 + ".pdf", "w" * 196 + ".pdf"),
    ],
)
def test_file_name_is_cleaned_and_keeps_its_ending(session: Db, now: datetime, given: str, kept: str) -> None:
    assert add_document(given, CONTENT, make_account("author").id, now)[0].name == kept


def test_tree_that_was_kept_reads_back_equal(session: Db, now: datetime) -> None:
    row, _ = add_document("notes.txt", CONTENT, make_account("author").id, now)
    keep_tree(row, tree(), now)
    session.commit()
    session.expire_all()
    assert tree_of(row) == tree()
    assert (row.state, row.title, row.words, row.read_at) == (READY, "Heart failure", tree().words, now)


def test_refused_document_says_why(session: Db, now: datetime) -> None:
    row, _ = add_document("notes.txt", CONTENT, make_account("author").id, now)
    refuse_document(row, "This file is encrypted.", now)
    assert (row.state, row.problem) == (REFUSED, "This file is encrypted.")


def test_document_that_was_not_read_has_no_tree(session: Db, now: datetime) -> None:
    row, _ = add_document("notes.txt", CONTENT, make_account("author").id, now)
    with pytest.raises(LookupError):
        tree_of(row)


def test_job_of_another_document_is_not_mixed_up(session: Db, now: datetime) -> None:
    author = make_account("author")
    rows = [add_document("notes.txt", CONTENT, author.id, now)[0] for _ in range(12)]
    assert [latest_job_about(row.id).args["document_id"] for row in rows] == [row.id for row in rows]  # type: ignore[union-attr]
    assert latest_job_about(make_document().id) is None
