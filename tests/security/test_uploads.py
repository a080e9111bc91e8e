"""Hostile files through the upload page and the worker: a sentence for the author, and the worker lives on."""

import io
import zipfile
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import AUTHOR
from quizbank.db import db, utc_now
from quizbank.documents.models import READY, REFUSED, StoredDocument
from quizbank.jobs.models import Job
from quizbank.jobs.worker import run_pending
from tests.factories import make_account, sign_in

PROSE = "Revision surgery is a second operation on the spine. It is done when the first one did not relieve the pain. "
XXE = (
    '<?xml version="1.0"?>{type}<w:document {ns}><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>'
)
ENTITY = '<!ENTITY x SYSTEM "file:///etc/passwd">'
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = '<!ENTITY a0 "haha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def docx(document: str, padding: int = 0) -> bytes:
    """Return a Word file with this document.xml and so many bytes that pack to nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", document)
        if padding:
            package.writestr("word/media/image1.bin", bytes(padding))
    return buffer.getvalue()


def xml(body: str, entities: str = "") -> str:
    """Return a document.xml of one paragraph, with a document type when there are entities."""
    return XXE.format(type=f"<!DOCTYPE d [{entities}]>" if entities else "", ns=NAMESPACE, body=body)


LOOP = b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
HOSTILE = {
    "file entity": ("a.docx", docx(xml("&x;", ENTITY))),
    "billion laughs": ("b.docx", docx(xml("&a9;", LAUGHS))),
    "zip bomb": ("c.docx", docx(xml(PROSE), padding=300_000_000)),
    "empty": ("d.txt", b""),
    "blank": ("e.txt", b" \n\t\n" * 100),
    "binary as text": ("f.txt", bytes(range(256)) * 40),
    "program as PDF": ("g.pdf", b"MZ" + bytes(500)),
    "page as PDF": ("h.pdf", b"<html><body><script>alert(1)</script></body></html>"),
    "truncated PDF": ("i.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"),
    "PDF that refers to itself": ("j.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\n" + LOOP),
    "zip as Word": ("k.docx", docx("not xml at all")),
    "deep markup": ("l.html", b"<div>" * 60_000),
}  # fmt: skip


@pytest.fixture
def author(app: Flask, client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    app.config["AFTER_READING"] = ()
    return sign_in(client, make_account(AUTHOR))


def upload(author: FlaskClient, name: str, content: bytes) -> StoredDocument:
    """Send a file by the form and return its row."""
    answer = author.post("/documents/add", data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 302
    return db.session.get_one(StoredDocument, int(answer.location.rpartition("/")[2]))


def work(app: Flask) -> None:
    """Run what is waiting, as the worker would."""
    db.session.rollback()
    run_pending(app.extensions["job_handlers"], utc_now)
    db.session.rollback()


def test_hostile_files_are_refused_in_words_and_the_worker_goes_on(app: Flask, author: FlaskClient) -> None:
    rows = {what: upload(author, *file).id for what, file in HOSTILE.items()}
    good = upload(author, "good.txt", (PROSE * 5).encode()).id
    started = perf_counter()
    work(app)
    assert perf_counter() - started < 60
    for what, document_id in rows.items():
        row = db.session.get_one(StoredDocument, document_id)
        page = author.get(f"/documents/{document_id}").text
        assert "root:" not in page, what
        assert "<script>alert" not in page, what
        assert "Traceback" not in page, what
        if row.state != READY:
            assert row.state == REFUSED, what
            assert row.problem, what
            assert row.problem.rstrip().endswith("."), what
    assert {what for what, i in rows.items() if db.session.get_one(StoredDocument, i).state == READY} <= {
        "page as PDF",
        "deep markup",
    }
    assert db.session.get_one(StoredDocument, good).state == READY
    assert not db.session.scalars(select(Job).where(Job.error.is_not(None))).all()


@pytest.mark.parametrize(
    "content",
    [
        f"<html><body><p>{PROSE}&#0;&#xD800;&#xFFFF;&#x202E;</p></body></html>".encode(),
        (PROSE + "\x00" + PROSE).encode(),
        PROSE.encode("utf-16"),
        b"\xef\xbb\xbf" + PROSE.encode() + b"\xed\xa0\x80\xff",
        docx(xml(PROSE * 3)),
    ],
    ids=["references to no characters", "NUL", "UTF-16", "broken UTF-8", "plain Word"],
)  # fmt: skip
def test_characters_no_database_keeps_do_not_stop_the_reading(app: Flask, author: FlaskClient, content: bytes) -> None:
    name = "a.docx" if content.startswith(b"PK") else "a.html" if b"<html" in content else "a.txt"
    document_id = upload(author, name, content).id
    work(app)
    row = db.session.get_one(StoredDocument, document_id)
    assert row.state in (READY, REFUSED)
    assert not db.session.scalars(select(Job).where(Job.error.is_not(None))).all()
    assert author.get(f"/documents/{document_id}").status_code == 200
    assert "\x00" not in str(row.tree)


def test_names_of_files_reach_no_folder(app: Flask, author: FlaskClient) -> None:
    for name in (
        "../../../tmp/x.txt",
        "C:\\x\\y.txt",
        "a\x00.txt",
        "CON.txt",
        "<svg onload=1>.txt",
        "a" * 400 + ".txt",
    ):
        row = upload(author, name, PROSE.encode())
        assert row.name.isprintable()
        assert len(row.name) <= 200
        assert "<svg onload" not in author.get(f"/documents/{row.id}").text
        db.session.rollback()
