"""What every page needs: who may enter, security headers, lists that filter, sort and page, safe CSV, clear errors."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, g, redirect, render_template, request, send_file, url_for
from flask_security import current_user
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError, TimeoutError
from sqlalchemy.orm import Mapped
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    NotFound,
    ServiceUnavailable,
    Unauthorized,
    default_exceptions,
)
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from quizbank.db import SAFE_METHODS, db
from quizbank.fonts import WEB_FONTS
from quizbank.local_time import time_filters

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = "everyone"
SIGNED_IN = "signed in"
OPEN_ENDPOINTS = {
    "static": EVERYONE,
    "bootstrap.static": EVERYONE,
    "security.static": EVERYONE,
    "security.login": EVERYONE,
    "security.logout": SIGNED_IN,
    "security.change_password": SIGNED_IN,
}
"""Pages of libraries that may be entered; any other endpoint without a declaration is closed to everybody."""

PAGE_SIZE = 25
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms, which some spreadsheets run too."""
LARGEST_ID = 2**31 - 1
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "")
FILE_FIELDS = frozenset({"file"})
"""The only field that holds a file. A file sent as any other would stand where a form expects text."""
OWN_SITES = ("same-origin", "none")
"""What browsers say in Sec-Fetch-Site about a request from our own pages, or typed by the person."""
OUTAGES = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What SQLAlchemy raises when the database is gone, full, read-only or too busy."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def open_to(*roles: str) -> Callable[[View], View]:
    """Declare who may enter a view: role names, SIGNED_IN or EVERYONE. A view without it is closed."""

    def declare(view: View) -> View:
        view.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def declared_roles(endpoint: str | None) -> frozenset[str]:
    """Return who may enter an endpoint; nobody when it declares nothing."""
    if endpoint in OPEN_ENDPOINTS:
        return frozenset({OPEN_ENDPOINTS[endpoint]})
    return getattr(current_app.view_functions.get(endpoint or ""), "open_to", frozenset())


def guard_pages(app: Flask) -> None:
    """Put the guard before every page, headers and error pages after it, and the frame's words into it."""
    trust_proxies(app)
    app.before_request(guard_entrance)
    app.after_request(add_security_headers)
    register_error_pages(app)
    app.context_processor(add_page_words)
    app.jinja_env.filters.update(time_filters)


def trust_proxies(app: Flask) -> None:
    """Believe as many reverse proxies about the client's address and scheme as the settings say there are."""
    if count := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def guard_entrance() -> BaseResponse | None:
    """Let a request in, send it to sign in, or refuse it; runs before every view."""
    if request.endpoint is None:
        return None
    refuse_damaged()
    roles = declared_roles(request.endpoint)
    if EVERYONE in roles:
        return None
    if not current_user.is_authenticated:
        if request.method not in ("GET", "HEAD"):
            raise Unauthorized
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    if SIGNED_IN in roles or any(current_user.has_role(role) for role in roles):
        return None
    g.denied = True
    raise Forbidden


def refuse_damaged() -> None:
    """Refuse what no page of ours sends: an id no row can have, a NUL, a body that is no form, a form on another site."""
    if any(isinstance(value, int) and value > LARGEST_ID for value in (request.view_args or {}).values()):
        raise NotFound
    given = [*request.args.items(multi=True)]
    if request.method not in SAFE_METHODS:
        if request.mimetype not in FORM_TYPES or request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITES:
            refuse(400, "Use the forms of this site. Nothing was changed.")
        given += request.form.items(multi=True)
        if not set(request.files) <= FILE_FIELDS:
            refuse(400, "A file was sent where text belongs. Nothing was changed.")
    if any("\x00" in text for text in chain.from_iterable(given)):
        refuse(400, "The text has a character that cannot be stored (NUL). Remove it and try again.")


def hide() -> NoReturn:
    """Answer that there is nothing here, though there is: it belongs to someone else. The audit trail notes it."""
    g.denied = True
    raise NotFound


def add_security_headers(response: Response) -> Response:
    """Add the security headers; pages of signed-in people are never cached."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint not in ("static", "bootstrap.static", "web.font"):
        response.headers["Cache-Control"] = "no-store"
    return response


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
    return render_template("error.html", code=code, heading=heading, advice=detail or advice), code


def refuse(code: int, plain_words: str) -> NoReturn:
    """Stop the request with an error page that says exactly what is wrong."""
    error = default_exceptions[code]()
    error.plain_words = plain_words  # type: ignore[attr-defined]
    raise error


NAVIGATION = (
    ("Home", "attempts.home", (SIGNED_IN,)),
    ("My certificates", "issuing.mine", (SIGNED_IN,)),
    ("Documents", "documents.index", ("author", "reviewer", "administrator")),
    ("Items", "items.index", ("author", "reviewer", "administrator")),
    ("Activities", "activities.index", ("author", "administrator")),
    ("People", "accounts.people", ("administrator",)),
    ("Attempts", "attempts.index", ("administrator",)),
    ("Certificates", "issuing.index", ("administrator",)),
    ("Jobs", "jobs.index", ("administrator",)),
)


def add_page_words() -> dict[str, Any]:
    """Give every template the navigation that this person may use and the provider's name."""
    links = [
        (label, url_for(endpoint), is_current(endpoint))
        for label, endpoint, roles in NAVIGATION
        if current_user.is_authenticated and (SIGNED_IN in roles or any(map(current_user.has_role, roles)))
    ]
    return {"navigation": links, "provider_name": current_app.config["PROVIDER_NAME"]}


def is_current(endpoint: str) -> bool:
    """Return whether a link of the navigation leads to the page shown, or to the list it belongs to."""
    if request.endpoint is None or endpoint == request.endpoint:
        return endpoint == request.endpoint
    is_list = endpoint.endswith(".index")
    return (
        is_list and request.blueprint == endpoint.partition(".")[0] and request.blueprint not in ("attempts", "issuing")
    )


web_pages = Blueprint("web", __name__)


@web_pages.get("/fonts/<name>")
@open_to(EVERYONE)
def font(name: str) -> Response:
    if name not in WEB_FONTS:
        raise NotFound
    return send_file(WEB_FONTS[name], max_age=31_536_000)


@dataclass(frozen=True)
class Listing:
    """One page of a list: its rows, how many there are, and how it is filtered and sorted (all in the URL)."""

    rows: Sequence[Any]
    total: int
    page: int
    sort: str
    descending: bool
    q: str
    filters: Mapping[str, str]

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))

    def link(self, **changes: Any) -> str:
        """Return this list's address with some parameters changed; None removes one."""
        arguments = {**request.args.to_dict(), **changes}
        return url_for(request.endpoint or "", **(request.view_args or {}), **{k: v for k, v in arguments.items() if v})

    def sort_link(self, column: str) -> str:
        """Return the address that sorts by a column, the other way round when it is the present one."""
        turned = column == self.sort and not self.descending
        return self.link(sort=f"-{column}" if turned else column, page=None)


def read_listing(
    query: Select[*tuple[Any, ...]],
    sorts: Mapping[str, Mapped[Any]],
    default: str,
    filters: Sequence[str] = (),
) -> Listing:
    """Run a query for one page of a list as the URL asks: ``page``, ``sort`` (a name, "-" before it = descending).

    An unknown sort or page falls back to the default, since addresses are typed and shared by people. Equal rows stand
    in the order of their ids, so that no row is on two pages.
    """
    asked = request.args.get("sort", default)
    if asked.removeprefix("-") not in sorts:
        asked = default
    column = sorts[asked.removeprefix("-")]
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-total // PAGE_SIZE)))
    identity = query.column_descriptions[0]["entity"].id
    ordered = query.order_by(column.desc() if asked.startswith("-") else column.asc(), identity)
    rows = db.session.execute(ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    chosen = {name: request.args.get(name, "")[:200] for name in filters}
    rows = [row[0] if len(row) == 1 else row for row in rows]
    return Listing(rows, total, page, asked.removeprefix("-"), asked.startswith("-"), search_words(), chosen)


def asked_id(name: str) -> int | None:
    """Return an id from the address, None when there is none that a row can have."""
    value = request.args.get(name, type=int)
    return value if value and 0 < value <= LARGEST_ID else None


def search_words() -> str:
    """Return what the person searches for, capped."""
    return request.args.get("q", "").replace("\x00", "").strip()[:200]


def contains(column: Mapped[Any], words: str) -> ColumnElement[bool]:
    """Return a condition: the column contains the words, case ignored; % and _ stand for themselves."""
    return column.icontains(words, autoescape=True)


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet shows instead of running: formulas get a leading apostrophe (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Return a CSV download, streamed row by row, with every cell made safe for spreadsheets."""
    response = Response(csv_lines(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = attachment(name)
    return response


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Yield CSV lines; the byte-order mark makes spreadsheets read UTF-8."""
    yield "\ufeff"
    for row in chain([header], rows):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([safe_cell("" if cell is None else str(cell)) for cell in row])
        yield buffer.getvalue()


def attachment(name: str) -> str:
    """Return a Content-Disposition value for a download name of any script (RFC 6266)."""
    printable = "".join(character for character in name if character.isprintable())
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in printable)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(printable, safe='')}"
