"""Pages of sendings: whom one would reach and with which words, one press to do it, how far it is, what was refused."""

import secrets

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from certificates.sending.forms import SendingForm
from certificates.sending.operations import SendingRefused, letter_for, order_sending
from certificates.sending.parcels import Order, Parcel
from certificates.sending.queries import (
    Sending,
    first_parcels,
    named,
    reached_numbers,
    reached_parcels,
    sending_numbered,
    sendings_of,
    unreached,
)
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.jobs.rules import CANCELLED, FAILED
from quizbank.post.letters import body_of, subject_of
from quizbank.post.models import Message
from quizbank.post.operations import retry_messages
from quizbank.post.queries import (
    choices_address,
    doubtful_about,
    last_words,
    refused_about,
    refused_ids,
    server_here,
)
from quizbank.post.rules import NotRetried
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import asked_id, search_words

sending_pages = Blueprint("sending", __name__, url_prefix="/sending")

LAST = 5
SHOWN = 25
"""Lines of a preview, and of what was refused."""
STOPPED = (FAILED, CANCELLED)


def asked() -> tuple[str, str | None, int | None]:
    """Return what the address searches and filters."""
    return search_words(), request.args.get("state"), asked_id("activity")


@sending_pages.get("/")
@open_to(ADMINISTRATOR)
def preview() -> str:
    return previewed(SendingForm(formdata=None, data={"token": secrets.token_hex(8)}))


def previewed(form: SendingForm) -> str:
    """Return the page that shows whom a sending would reach, with which words, and asks for the press."""
    people, certificates = reached_numbers(*asked())
    parcels = first_parcels(*asked(), SHOWN)
    form.seen.raw_data, form.seen.data = None, people
    left, unreached_rows = unreached(*asked(), SHOWN)
    words = {
        "people": people,
        "certificates": certificates,
        "rows": named(parcels),
        "unreached": unreached_rows,
        "left": left,
        "sample": sample_of(parcels),
        "server": server_here(),
    }
    return render_template("sending/preview.html", form=form, **words)


def sample_of(parcels: tuple[Parcel, ...]) -> tuple[str, str] | None:
    """Return subject and text of the first message, as they would be sent."""
    letter = letter_for(parcels[0], 0) if parcels else None
    if letter is None:
        return None
    name = db.session.get_one(Account, parcels[0].account_id).name
    return subject_of(letter), body_of(
        letter, name, current_app.config["PROVIDER_NAME"], choices_address(), can_choose=True
    )


@sending_pages.post("/")
@open_to(ADMINISTRATOR)
def order() -> Response | tuple[str, int]:
    """Queue the sending; when another number of people is reached by now, it is shown again instead."""
    form, parcels = SendingForm(), reached_parcels(*asked())
    if not form.validate():
        return previewed(form), 400
    if not parcels or form.seen.data != len(parcels):
        form.form_errors = [f"It reaches {len(parcels):,} by now. Look again, then press."]
        return previewed(form), 409
    try:
        asked_for = Order(parcels, (form.reason.data or "").strip())
        job = order_sending(asked_for, f"{current_user.id}:{form.token.data}", current_user.id, utc_now())
    except SendingRefused as error:
        form.reason.errors = [str(error)]
        return previewed(form), 400
    db.session.commit()
    return redirect(url_for("sending.show", job_id=job.id))


def own_sending(job_id: int) -> Sending:
    """Return a sending that this person asked for."""
    found = sending_numbered(job_id)
    if found is None:
        raise NotFound
    if found.account_id != current_user.id:
        hide()
    return found


@sending_pages.get("/run/<int:job_id>")
@open_to(ADMINISTRATOR)
def show(job_id: int) -> str:
    sending, about = own_sending(job_id), f"sending:{job_id}"
    words = {
        "standing": sending.standing,
        "refused": refused_about(about, SHOWN),
        "waits_for": last_words(Message.about == about),
        "doubtful": doubtful_about(about),
        "is_stopped": sending.state in STOPPED,
    }
    return render_template("sending/show.html", sending=sending, **words)


@sending_pages.get("/run/<int:job_id>/progress")
@open_to(ADMINISTRATOR)
def progress(job_id: int) -> dict[str, object]:
    """Return how far a sending is, as the script of progress bars asks for it: writing and sending are one to people."""
    sending = own_sending(job_id)
    standing = sending.standing
    state = sending.state if sending.state in STOPPED else "done" if standing.has_ended else "running"
    return {"state": state, "done": standing.done, "total": standing.people, "words": standing.words}


@sending_pages.post("/run/<int:job_id>/again")
@open_to(ADMINISTRATOR)
def again(job_id: int) -> Response:
    """Send once more what was refused."""
    sending = own_sending(job_id)
    try:
        retry_messages(refused_ids(f"sending:{sending.id}"), current_user.id, utc_now())
    except NotRetried as error:
        refuse(409, str(error))
    db.session.commit()
    flash("What was refused goes to the mail server again.", "good")
    return redirect(url_for("sending.show", job_id=sending.id))


@sending_pages.app_context_processor
def add_sendings() -> dict[str, object]:
    """Give the list of certificates the sendings that the person asked for last, each with how far it is."""
    return {"last_sendings": lambda: sendings_of(current_user.id, LAST)}
