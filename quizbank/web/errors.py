"""HTTP errors and a broken database go in; pages that say what happened and what to do come out."""

from typing import NoReturn

from flask import Flask, Response, current_app, g, render_template, request
from flask.globals import request_ctx
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable, default_exceptions
from werkzeug.wrappers import Response as BaseResponse

from quizbank.db import db

OUTAGES = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What SQLAlchemy raises when the database is gone, full, read-only or too busy."""
ERROR_WORDS = {
    400: (
        "This could not be understood",
        "The page sent something unexpected. Go back, reload the page and try again.",
    ),
    401: ("Please sign in again", "Your session has ended. Answers already saved are kept; sign in to go on."),
    403: ("Not open to your account", "Ask an administrator if you need this page."),
    404: ("Nothing here", "The address may be mistyped, or the page may belong to someone else."),
    405: ("This could not be understood", "Go back and use the buttons on the page."),
    409: ("This has changed meanwhile", "Reload the page to see how things stand now."),
    413: ("The file is too large", "Files may have up to 20 MB. Split the document or save it without pictures."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Something went wrong on our side",
        "Nothing was lost. Try again; if it happens again, tell an administrator.",
    ),
    503: ("Not available at the moment", "The database cannot be reached. Nothing was lost; try again in a minute."),
}


def register_error_pages(app: Flask) -> None:
    """Give every HTTP error its page, and the database's failures theirs."""
    app.register_error_handler(HTTPException, show_error)
    for outage in OUTAGES:
        app.register_error_handler(outage, show_outage)


def show_outage(error: SQLAlchemyError) -> tuple[str, int] | BaseResponse:
    """Say that the database cannot be used; nothing of the request is kept, and the page is made without it."""
    current_app.logger.error("%s: the database cannot be used", request.path, exc_info=error)
    g.pop("denied", None)
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # else it asks the database
    return show_error(ServiceUnavailable())


def show_error(error: HTTPException) -> tuple[str, int] | BaseResponse:
    """Turn an HTTP error into a page that says what happened and what to do."""
    if error.response is not None:
        return error.get_response()
    code = error.code or 500
    if code >= 500:
        db.session.rollback()  # what failed may have left a transaction that no page can read in
    heading, advice = ERROR_WORDS.get(code, ERROR_WORDS[400 if code < 500 else 500])
    detail = getattr(error, "plain_words", "")
    if (
        request_ctx.url_adapter is None
    ):  # the request's Host is no name ("a..b"): a page has addresses, and none can be made
        return Response(f"{heading}. {advice}\n", code, content_type="text/plain; charset=utf-8")
    try:
        return render_template("error.html", code=code, heading=heading, advice=detail or advice), code
    except OUTAGES as outage:  # the frame asks who is signed in, and on an error page that may be the first question
        return show_outage(outage)


def refuse(code: int, plain_words: str) -> NoReturn:
    """Stop the request with an error page that says exactly what is wrong."""
    error = default_exceptions[code]()
    error.plain_words = plain_words  # type: ignore[attr-defined]
    raise error


def hide() -> NoReturn:
    """Answer that there is nothing here, though there is: it belongs to someone else. The audit trail notes it."""
    g.denied = True
    raise NotFound
