"""A person's own pages of sharing: the links, a new one, the access log of one, and closing it."""

import secrets

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from certificates.sharing.forms import Offered, ShareForm
from certificates.sharing.links import OUTCOMES, STANDINGS, token_for
from certificates.sharing.models import ShareAccess, ShareLink
from certificates.sharing.operations import AskedBefore, create_link, revoke_link, take_notice
from certificates.sharing.queries import accesses_of, own_links, unread_openings
from certificates.sharing.records.queries import KINDS, picked_words
from quizbank.db import db, utc_now
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import read_listing
from quizbank.web.once import FIELD

sharing_pages = Blueprint("sharing", __name__, url_prefix="/sharing")

SORTS = {"recipient": ShareLink.recipient, "made": ShareLink.created_at, "until": ShareLink.expires_at}
LOG_SORTS = {"time": ShareAccess.id}


@sharing_pages.app_template_global("share_openings")
def share_openings() -> list[ShareLink]:
    """Return the links whose first opening the person signed in has not seen; the home page shows them."""
    return list(unread_openings(current_user.id))


@sharing_pages.app_context_processor
def add_share_words() -> dict[str, object]:
    """Give templates the words for how a link stands, and for what came of a try."""
    return {"share_standing": share_standing, "share_outcomes": OUTCOMES}


def share_standing(link: ShareLink) -> tuple[str, str]:
    """Return how a link stands now: a word and the tone of its badge."""
    return STANDINGS[link.standing(utc_now())]


@sharing_pages.get("/")
@open_to(SIGNED_IN)
def index() -> str:
    listing = read_listing(own_links(current_user.id), SORTS, "-made")
    return render_template("sharing/index.html", listing=listing, openings=share_openings())


def offered() -> Offered:
    """Return what the person may pick, kind by kind; kinds of which there is nothing are left out."""
    groups = [(kind, kind.offered(current_user.id)) for kind in KINDS]
    return [
        (kind.heading, [(f"{kind.name}:{number}", words) for number, words in rows]) for kind, rows in groups if rows
    ]


@sharing_pages.route("/new", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def new() -> str | tuple[str, int] | Response:
    """Make a link. Its address is shown once, here; sent twice, the form makes one link and shows the same address."""
    groups = offered()
    form = ShareForm.offering(groups, request.args.getlist("record"))
    if not form.validate_on_submit():
        return render_template("sharing/new.html", form=form, groups=groups), 400 if form.is_submitted() else 200
    form_key = request.form.get(FIELD, "")[:100] or secrets.token_urlsafe(16)
    token = token_for(current_app.config["SECRET_KEY"], current_user.id, form_key)
    try:
        link = create_link(current_user.id, form.asked(), token, utc_now())
    except AskedBefore as error:
        db.session.rollback()
        refuse(409, str(error))
    except ValueError as error:
        db.session.rollback()
        form.recipient.errors = [*form.recipient.errors, str(error)]
        return render_template("sharing/new.html", form=form, groups=groups), 400
    db.session.commit()
    address = current_app.config["PUBLIC_URL"].rstrip("/") + f"/s/{token}"
    return render_template("sharing/created.html", link=link, address=address)


def own_link(link_id: int) -> ShareLink:
    """Return the person's own link; anyone else's is not there, and asking for it is noted."""
    link = db.get_or_404(ShareLink, link_id)
    if link.account_id != current_user.id:
        hide()
    return link


@sharing_pages.get("/<int:link_id>")
@open_to(SIGNED_IN)
def show(link_id: int) -> str:
    link = own_link(link_id)
    listing = read_listing(accesses_of(link.id), LOG_SORTS, "-time")
    return render_template("sharing/show.html", link=link, entries=picked_words(link), listing=listing)


@sharing_pages.post("/<int:link_id>/revoke")
@open_to(SIGNED_IN)
def revoke(link_id: int) -> BaseResponse:
    was_open = revoke_link(own_link(link_id), current_user.id, utc_now())
    db.session.commit()
    flash("Closed. Nobody can open it any more." if was_open else "It was closed before.", "good")
    return redirect(url_for("sharing.show", link_id=link_id))


@sharing_pages.post("/<int:link_id>/seen")
@open_to(SIGNED_IN)
def seen(link_id: int) -> BaseResponse:
    """Take notice of the first opening, and lead to who looked."""
    take_notice(own_link(link_id), utc_now())
    db.session.commit()
    return redirect(url_for("sharing.show", link_id=link_id))
