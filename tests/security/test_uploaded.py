"""Files that people uploaded, whatever else they are: given as a download that no browser runs, wherever they are given."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from certificates.wallet.licenses.operations import add_document
from certificates.wallet.uploads import checked_upload
from quizbank.db import utc_now
from tests.certificates.wallet.wallets import PDF_FILE, make_external, make_license
from tests.factories import make_account, sign_in

Db = scoped_session[Session]
PAGE = b"<html><script>alert(document.domain)</script></html>"
BOTH = PDF_FILE.replace(b"trailer", b"%" + b" " * 2_000 + PAGE + b"\ntrailer")
"""A PDF with a web page behind its first kilobyte. Real PDFs hold such words too, so it is kept, and made harmless."""


def of_a_license(app: Flask, session: Db) -> TestResponse:
    ada = make_account()
    license = make_license(ada)
    document = add_document(license, checked_upload("a.pdf", BOTH), utc_now())
    session.commit()
    return sign_in(app.test_client(), ada).get(f"/wallet/licenses/{license.id}/documents/{document.id}")


def of_credit(app: Flask, session: Db) -> TestResponse:
    ada = make_account()
    credit = make_external(ada, upload=checked_upload("a.pdf", BOTH))
    session.commit()
    return sign_in(app.test_client(), ada).get(f"/wallet/external/{credit.id}/file")


@pytest.mark.parametrize("given", [of_a_license, of_credit], ids=lambda given: given.__name__)
def test_pdf_that_is_a_web_page_too_is_a_download_in_a_sandbox(
    app: Flask, session: Db, given: Callable[[Flask, Db], TestResponse]
) -> None:
    answer = given(app, session)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, BOTH, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert answer.headers["X-Frame-Options"] == "DENY"
