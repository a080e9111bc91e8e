"""The job that reads a document tells how far it is, and what it told does not outlive its end."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session, scoped_session
from weasyprint import HTML

from quizbank.documents.jobs import documents_handlers
from quizbank.documents.models import READY, REFUSED
from quizbank.documents.operations import add_document
from quizbank.jobs import context
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.worker import run_pending
from tests.clock import Clock
from tests.factories import make_account

Db = scoped_session[Session]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int | None]]:
    """Return what jobs tell, as it is told, without pauses: (words, done, total)."""
    heard: list[tuple[str, int, int | None]] = []
    tell = JobContext.tell

    def tell_and_note(self: JobContext, stage: str, done: int = 0, total: int = 0) -> None:
        tell(self, stage, done, total)
        heard.append((stage, self.done, self.total))

    monkeypatch.setattr(context, "PAUSE_BETWEEN_PARTS", 0.0)
    monkeypatch.setattr(JobContext, "tell", tell_and_note)
    return heard


def read_now(session: Db, name: str, content: bytes, now: datetime) -> tuple[str, Job]:
    """Let a document be read; return its state and the job."""
    row, job = add_document(name, content, make_account("author").id, now)
    session.commit()
    run_pending(documents_handlers, Clock(now))
    session.expire_all()
    return row.state, job


def test_pages_of_a_pdf_are_told_one_by_one(session: Db, now: datetime, told: list[object]) -> None:
    pages = "".join(f"<h1 style='break-before: page'>Burns {n}</h1><p>Cool the burn at once.</p>" for n in range(3))
    state, job = read_now(session, "burns.pdf", HTML(string=pages).write_pdf(), now)
    assert told == [
        ("Reading page 1 of 3", 1, 3),
        ("Reading page 2 of 3", 2, 3),
        ("Reading page 3 of 3", 3, 3),
        ("Finding headings, lists and tables", 3, 3),
    ]
    assert (state, job.state, job.done, job.total) == (READY, "done", 3, 3)


def test_text_without_pages_is_told_by_its_stage(session: Db, now: datetime, told: list[object]) -> None:
    state, job = read_now(session, "burns.txt", b"Burns\n\nCool the burn at once.", now)
    assert told == [("Finding headings, lists and tables", 0, None)]
    assert (state, job.state, job.done, job.total) == (READY, "done", 1, 1)


def test_reading_that_begins_anew_never_goes_back(session: Db, now: datetime, told: list[object]) -> None:
    row, job = add_document("scan.pdf", HTML(string="<p></p>").write_pdf(), make_account("author").id, now)
    job.done, job.total = 40, 60
    session.commit()
    run_pending(documents_handlers, Clock(now))
    session.expire_all()
    assert told == [("Reading page 1 of 1", 40, 40)]
    assert (row.state, job.state, job.done, job.total) == (REFUSED, "done", 40, 40)
