"""What a recipient sees: the way in, the records checked just now, their files, and a packet of all of it.

Whatever does not open gets one page with one status, whether the link is unknown, closed, used up, or its passcode
wrong; what its owner is told about it is written after the reply, so that the time it takes tells nothing either.
"""

import secrets
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from certificates.issuing.operations import addresses_here
from certificates.issuing.signing_keys import SigningKeyUnusable
from certificates.sharing.clients import client_words
from certificates.sharing.entries import SharedEntry, SharedFile
from certificates.sharing.forms import OpenForm
from certificates.sharing.links import LIVE, LONGEST_PASSCODE, may_go_on
from certificates.sharing.models import ShareEntry, ShareLink, ShareView
from certificates.sharing.operations import (
    LinkClosed,
    is_right_passcode,
    keys_to_check_with,
    note_download,
    note_refusal,
    open_link,
)
from certificates.sharing.packet import Packet, in_utc, packet_chunks, placed
from certificates.sharing.printing import index_pdf
from certificates.sharing.queries import is_fresh, link_with_token, view_at, view_by
from certificates.sharing.recipient.door import HANDED_OVER, TokenDoor
from certificates.sharing.records.queries import files_of, shown_entries
from quizbank.db import db, utc_now
from quizbank.web.downloads import attachment, uploaded_response
from quizbank.web.entrance import EVERYONE, open_to
from quizbank.web.errors import refuse

recipient_pages = Blueprint("recipient", __name__, url_prefix="/s")

GONE = 410
LARGEST_PACKET = 100 * 1024 * 1024
VIEWER = "share_viewer"
"""Where a browser session's own secret stands in its cookie."""


@recipient_pages.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Put the door in front of the application."""
    state.app.wsgi_app = TokenDoor(state.app.wsgi_app)  # type: ignore[attr-defined]


@recipient_pages.after_request
def keep_out_of_indexes(response: Response) -> Response:
    """Ask search engines not to list anything that is shared."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def viewer() -> str:
    """Return this browser session's own secret, made when it first comes."""
    return session.setdefault(VIEWER, secrets.token_urlsafe(32))


def client() -> str:
    """Return the kind of program that asks, in words."""
    return client_words(request.headers.get("User-Agent", ""))


def refused(closed: LinkClosed, form: OpenForm | None = None) -> Response:
    """Return the one page for whatever does not open, and note it for the owner once the reply is sent."""
    response = Response(render_template("recipient/closed.html", form=form), GONE)
    if closed.link_id is not None:
        response.call_on_close(noting(closed.link_id, closed.outcome, client()))
    return response


def noting(link_id: int, outcome: str, from_client: str) -> Callable[[], None]:
    """Return what writes a refusal into the link's access log, in a transaction of its own."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def note() -> None:
        with app.app_context():
            note_refusal(link_id, outcome, from_client, utc_now())
            db.session.commit()

    return note


@recipient_pages.get("/")
@open_to(EVERYONE)
def arrive() -> str | BaseResponse:
    """Show the way in for a link that is open; it counts nothing, so that programs which follow links use up no view."""
    token, asking, now = request.environ.get(HANDED_OVER, ""), viewer(), utc_now()
    link = link_with_token(token)
    had = view_by(link.id if link else 0, asking)
    standing = link.standing(now) if link else ""
    if had and is_fresh(had, now) and may_go_on(standing):
        return redirect(url_for("recipient.view", handle=had.handle))
    if link is None or standing != LIVE:
        return refused(LinkClosed(link.id if link else None, standing))
    return render_template("recipient/open.html", form=OpenForm(formdata=None, data={"key": token}))


@recipient_pages.post("/")
@open_to(EVERYONE)
def enter() -> BaseResponse:
    """Open a link: count a view and lead to an address without the token. Nobody waits while a passcode is compared."""
    db.session.rollback()
    g.writing = False
    form = OpenForm()
    token, given = (form.key.data or "")[:100], form.passcode.data or ""
    link = link_with_token(token)
    is_right = is_right_passcode(link, given[: LONGEST_PASSCODE + 1])
    db.session.rollback()
    g.writing = True
    try:
        opened = open_link(link, is_right, viewer(), client(), utc_now())
    except LinkClosed as closed:
        db.session.rollback()
        return refused(closed, OpenForm(formdata=None, data={"key": token}))
    db.session.commit()
    return redirect(url_for("recipient.view", handle=opened.handle))


def present_view(handle: str) -> ShareView | Response:
    """Return this browser session's view at an address while its link is open, else the page of whatever does not open."""
    now = utc_now()
    view = view_at(handle, viewer(), now)
    if view is None:
        return refused(LinkClosed(None, ""))
    standing = view.link.standing(now)
    return view if may_go_on(standing) else refused(LinkClosed(view.link_id, standing))


def checked_entries(link: ShareLink) -> list[tuple[ShareEntry, SharedEntry]]:
    """Return what a link shows, checked just now; refuses while signatures cannot be checked."""
    try:
        return shown_entries(link)
    except SigningKeyUnusable:
        refuse(503, "Signatures cannot be checked at the moment. Try again later, or ask the provider.")


@recipient_pages.get("/view/<handle>")
@open_to(EVERYONE)
def view(handle: str) -> str | Response:
    found = present_view(handle)
    if isinstance(found, Response):
        return found
    words = {"link": found.link, "entries": checked_entries(found.link), "now": utc_now(), "handle": handle}
    return render_template("recipient/view.html", **words)


@recipient_pages.get("/view/<handle>/<int:entry>/<int:number>")
@open_to(EVERYONE)
def file(handle: str, entry: int, number: int) -> Response:
    """Give one file of one record, its files counted from 1."""
    found = present_view(handle)
    if isinstance(found, Response):
        return found
    picked = next((one for one in found.link.entries if one.id == entry), None)
    files = files_of(picked) if picked else []
    if not 1 <= number <= len(files):
        refuse(404, "There is no such file any more. Go back and reload the page.")
    chosen = files[number - 1]
    note(found.link_id, chosen.folder)
    return uploaded_response(chosen.content, chosen.mime_type, chosen.name)


def note(link_id: int, what: str) -> None:
    """Write a download into the access log before it is given, and let go of the database's write lock at once."""
    db.session.rollback()
    g.writing = True
    note_download(link_id, what, client(), utc_now())
    db.session.commit()
    g.writing = False


@recipient_pages.get("/view/<handle>/records.zip")
@open_to(EVERYONE)
def packet(handle: str) -> Response:
    """Give everything the page shows as one ZIP, with how to check it offline."""
    found = present_view(handle)
    if isinstance(found, Response):
        return found
    note(found.link_id, "everything")
    link, now = found.link, utc_now()
    records = placed(with_files(checked_entries(link)))
    words = {"person": link.account.name, "recipient": link.recipient, "taken": in_utc(now), "records": records}
    index = index_pdf(render_template("recipient/packet.html", **words))
    keys, provider = keys_to_check_with(link, now), current_app.config["PROVIDER_NAME"]
    whole = Packet(link.account.name, link.recipient, provider, addresses_here().base, now, records, keys, index)
    db.session.rollback()  # a slow download holds no transaction open
    response = Response(packet_chunks(whole), mimetype="application/zip")
    response.headers["Content-Disposition"] = attachment(f"records {whole.person}.zip")
    return response


def with_files(entries: list[tuple[ShareEntry, SharedEntry]]) -> Iterator[tuple[SharedEntry, list[SharedFile]]]:
    """Yield records with their files; refuses more than fits into memory, before all of it is there."""
    size = 0
    for picked, entry in entries:
        files = files_of(picked)
        size += sum(len(file.content) for file in files)
        if size > LARGEST_PACKET:
            refuse(413, "These files are too many for one download. Download them one by one from the page.")
        yield entry, files
