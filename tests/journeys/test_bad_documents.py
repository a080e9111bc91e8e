"""Documents that cannot become items: the page says so plainly, keeps the file, and the next document works."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import AUTHOR
from quizbank.documents.models import READY, REFUSED, StoredDocument
from tests.factories import make_account
from tests.journeys.conftest import Walk, words
from tests.journeys.documents import as_docx, as_pdf

Db = scoped_session[Session]
Start = Callable[..., Walk]
Work = Callable[[], None]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

GERMAN = (
    "# Wundheilung\n\n## Grundlagen\n\nDie Wundheilung verläuft in mehreren Phasen. Zuerst wird die Blutung "
    "gestillt, danach reinigen Zellen die Wunde. Der Patient sollte sechs Wochen lang nicht rauchen, weil Rauchen "
    "die Durchblutung der Haut verschlechtert und die Heilung verzögert.\n"
)


def encrypted() -> bytes:
    """Return a PDF that needs a password."""
    written = BytesIO()
    with pikepdf.open(BytesIO(as_pdf())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return written.getvalue()


UNREADABLE = {
    "empty": ("empty.txt", lambda: b"", "This file is empty."),
    "blank": ("blank.txt", lambda: b" \n\t\n " * 40, "This file is empty."),
    "binary named .txt": ("notes.txt", lambda: bytes(range(256)) * 40, "cannot be read"),
    "encrypted PDF": ("locked.pdf", encrypted, "password"),
    "truncated PDF": ("cut.pdf", lambda: as_pdf()[:2000], "damaged"),
    "truncated Word file": ("cut.docx", lambda: as_docx()[:900], "damaged"),
    "PDF named .docx": ("wrong.docx", as_pdf, "PDF"),
}


@pytest.fixture
def author(walk: Start, session: Db) -> Walk:
    return walk(make_account(AUTHOR, "Grace Author"))


@pytest.mark.parametrize("kind", UNREADABLE)
def test_unreadable_file_is_refused_in_plain_words_and_kept(work: Work, session: Db, author: Walk, kind: str) -> None:
    name, make, reason = UNREADABLE[kind]
    content = make()
    place = author.go("/documents/add", file=(BytesIO(content), name))
    work()
    page = author.see(place)
    assert "This document cannot be read" in page
    assert reason in page
    row = session.scalars(select(StoredDocument)).one()
    assert (row.state, row.content) == (REFUSED, content)
    assert "Not readable" in author.see("/documents/")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GERMAN, "German"),
        ("# Burns\n\nCool the burn at once.\n", "there is too little to ask about"),
    ],
    ids=["another language", "too little"],
)
def test_document_without_items_says_why(work: Work, session: Db, author: Walk, text: str, reason: str) -> None:
    place = author.go("/documents/add", pasted=text, name="notes")
    work()
    assert session.scalars(select(StoredDocument)).one().state == READY
    page = author.see(place.replace("/documents/", "/generation/"))
    assert "No items yet" in page
    assert reason in page


def test_form_without_a_file_or_text_is_not_sent_on(work: Work, session: Db, author: Walk) -> None:
    assert "Choose a file or paste some text." in author.send("/documents/add", 400, pasted="  ")
    assert session.scalars(select(StoredDocument)).all() == []


def test_file_over_the_limit_is_refused_before_it_is_read(session: Db, author: Walk) -> None:
    form = "multipart/form-data; boundary=here"
    answer = author.client.post("/documents/add", data=b"a" * 23_000_000, content_type=form)
    assert answer.status_code == 413
    assert "Files may have up to 20 MB." in words(answer)
    assert session.scalars(select(StoredDocument)).all() == []
