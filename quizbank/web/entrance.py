"""Who may enter: a request goes in; it is let through, sent to sign in, or refused."""

from collections.abc import Callable
from itertools import chain
from typing import Any, TypeVar

from flask import Request, current_app, g, redirect, request, url_for
from flask_security import current_user
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized
from werkzeug.wrappers import Response as BaseResponse

from quizbank.db import LARGEST_ID, SAFE_METHODS
from quizbank.web.errors import refuse

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
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "")
FILE_FIELDS = frozenset({"file"})
"""The only field that holds a file. A file sent as any other would stand where a form expects text."""
LONGEST_NAME = 100
"""Letters of a field's name. Rows are numbered in names, and WTForms fails on 5,000 digits as on those of other scripts."""
OWN_SITES = ("same-origin", "none")
"""What browsers say in Sec-Fetch-Site about a request from our own pages, or typed by the person."""


def open_to(*roles: str) -> Callable[[View], View]:
    """Declare who may enter a view: role names, SIGNED_IN or EVERYONE. A view without it is closed."""

    def declare(view: View) -> View:
        view.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def signed_by_sender(view: View) -> View:
    """Declare that a view takes messages of another program, which it verifies itself: no form, no token, any type.

    Such a view proves the sender by a signature over the whole body before it does anything else.
    """
    view.signed_by_sender = True  # type: ignore[attr-defined]
    return view


def takes_signed_messages(endpoint: str | None) -> bool:
    """Return whether an endpoint declares that its sender signs what it sends."""
    return bool(getattr(current_app.view_functions.get(endpoint or ""), "signed_by_sender", False))


def declared_roles(endpoint: str | None) -> frozenset[str]:
    """Return who may enter an endpoint; nobody when it declares nothing."""
    if endpoint in OPEN_ENDPOINTS:
        return frozenset({OPEN_ENDPOINTS[endpoint]})
    return getattr(current_app.view_functions.get(endpoint or ""), "open_to", frozenset())


def guard_entrance() -> BaseResponse | None:
    """Let a request in, send it to sign in, or refuse it; runs before every view."""
    asked: Request = request._get_current_object()  # type: ignore[attr-defined]  # once: the proxy finds it for each word
    if asked.endpoint is None:
        return None
    refuse_damaged(asked)
    roles = declared_roles(asked.endpoint)
    if EVERYONE in roles:
        return None
    person = current_user._get_current_object()
    if not person.is_authenticated:
        if asked.method not in ("GET", "HEAD"):
            raise Unauthorized
        return redirect(url_for("security.login", next=asked.full_path.rstrip("?")))
    if SIGNED_IN in roles or any(map(person.has_role, roles)):
        return None
    g.denied = True
    raise Forbidden


def refuse_damaged(asked: Request) -> None:
    """Refuse what no page of ours sends: an id no row can have, a NUL, a body that is no form, a form on another site."""
    place = asked.view_args or {}
    if any(isinstance(value, int) and value > LARGEST_ID for value in place.values()):
        raise NotFound
    given = [*asked.args.items(multi=True), *((name, str(value)) for name, value in place.items())]
    if asked.method not in SAFE_METHODS and not takes_signed_messages(asked.endpoint):
        if asked.mimetype not in FORM_TYPES or asked.headers.get("Sec-Fetch-Site", "none") not in OWN_SITES:
            refuse(400, "Use the forms of this site. Nothing was changed.")
        form = asked.form
        if any(not name.isascii() or len(name) > LONGEST_NAME for name in form):
            refuse(400, "Use the forms of this site. Nothing was changed.")
        given += form.items(multi=True)
        if not set(asked.files) <= FILE_FIELDS:
            refuse(400, "A file was sent where text belongs. Nothing was changed.")
    if any("\x00" in text for text in chain.from_iterable(given)):
        refuse(400, "The text has a character that cannot be stored (NUL). Remove it and try again.")
