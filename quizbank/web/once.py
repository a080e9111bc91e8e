"""Once: a request with a key goes in; what it changes is changed once, and a retry gets the first reply again.

A page sends the key as the field ``idempotency_key``, a script as the header ``Idempotency-Key``. The key is unique per
person in the database, and its row is written in the same transaction as the change: neither is ever there alone.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast

from flask import Response, current_app, make_response, request
from flask_security import current_user
from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage

from quizbank.db import SAFE_METHODS, db, run, utc_now
from quizbank.web.errors import refuse
from quizbank.web.models import KeptReply

FIELD, HEADER = "idempotency_key", "Idempotency-Key"
PRINT = "quizbank.fingerprint"
NOT_COMPARED = frozenset({FIELD, "csrf_token"})
KEPT_FOR = timedelta(days=30)
KEY = re.compile(r"[!-~]{1,100}")
KEPT = cast("Table", KeptReply.__table__)
FIND = select(*KEPT.c["fingerprint", "status", "location", "body"]).where(
    KEPT.c.account_id == bindparam("person"), KEPT.c.key == bindparam("given")
)
KEEP = insert(KEPT)
"""Composed once: composing them again takes as long as running them."""


def new_key() -> str:
    """Return a key for a form that is being drawn."""
    return secrets.token_urlsafe(16)


def once(view: Callable[..., Any]) -> Callable[..., Response]:
    """Return a view whose changes are committed here, together with its reply when the request has a key.

    A retry with the same key and the same fields gets that reply again and changes nothing; the same key with other
    fields is refused (409). Replies that lead on or answer a script are kept; a page drawn again and a refusal are not, for
    they changed nothing that a retry could double.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        if request.method in SAFE_METHODS:
            return make_response(view(*args, **kwargs))
        key = given_key()
        if key and (kept := kept_reply(key)):
            return kept
        try:
            response = make_response(view(*args, **kwargs))
            if key and (response.is_json if response.status_code < 300 else response.status_code < 400):
                keep_reply(key, response)
            db.session.commit()
        except (IntegrityError, StaleDataError) as error:
            db.session.rollback()  # a twin of this request was faster: its changes stand, ours are gone
            if key and (kept := kept_reply(key)):
                return kept
            found = str(getattr(error, "orig", error)).partition("\n")[0]  # names the constraint; values come behind it
            current_app.logger.warning("%s: refused, as another request was faster: %s", request.path, found)
            refuse(
                409, "Something else changed the same at the same moment. Nothing of this was kept; reload the page."
            )
        return response

    return answer


def given_key() -> str:
    """Return the request's key, "" when it has none; refuses one that cannot be kept."""
    key = (request.headers.get(HEADER) or request.form.get(FIELD, "")).strip('"')
    if key and not KEY.fullmatch(key):
        refuse(400, "The key of this request cannot be used: it takes up to 100 letters, digits and signs.")
    return key


def fingerprint() -> str:
    """Return the SHA-256 (hex) of what the request asks for, taken before a view reads its files and closes them."""
    if PRINT not in request.environ:
        request.environ[PRINT] = fingerprint_now()
    return str(request.environ[PRINT])


def fingerprint_now() -> str:
    """Return the SHA-256 (hex) of method, address, fields and files."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name not in NOT_COMPARED)
    asked: list[object] = [request.method, request.full_path, fields]
    if request.files:
        asked.append(sorted((name, file_print(sent)) for name, sent in request.files.items(multi=True)))
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def file_print(sent: FileStorage) -> str:
    """Return the SHA-256 (hex) of a file that was sent; whoever reads it later begins at its start, as before."""
    digest = hashlib.file_digest(cast("Any", sent.stream), "sha256")
    sent.stream.seek(0)
    return digest.hexdigest()


def kept_reply(key: str) -> Response | None:
    """Return the reply kept under a key, None when there is none; refuses a key that was used for something else."""
    asked = fingerprint()
    row = run(FIND, {"person": current_user.id, "given": key}).one_or_none()
    if row is None:
        return None
    if row.fingerprint != asked:
        refuse(409, "This was sent before with other values, and those were kept. Reload the page to see them.")
    response = make_response(row.body, row.status)
    if row.location is None:
        response.mimetype = "application/json"
    else:
        response.location = row.location
    return response


def keep_reply(key: str, response: Response) -> None:
    """Write a reply under its key; raises IntegrityError when a twin was faster."""
    row = {"account_id": current_user.id, "key": key, "fingerprint": fingerprint(), "at": utc_now()}
    told = {"status": response.status_code, "location": response.location, "body": response.get_data(as_text=True)}
    run(KEEP, {**row, **told})


def forget_replies(now: datetime) -> int:
    """Delete the replies that no retry will ask for any more, and return how many."""
    deleted = db.session.execute(delete(KeptReply).where(KeptReply.at < now - KEPT_FOR))
    return deleted.rowcount  # type: ignore[attr-defined]
