"""Pages of the post: what was sent, waits or was refused for administrators; everybody's own messages and choices."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.post.forms import ChoiceForm
from quizbank.post.kinds import KINDS
from quizbank.post.letters import Letter
from quizbank.post.models import Message
from quizbank.post.operations import change_choice, retry_messages, write_message
from quizbank.post.queries import (
    choice_of,
    counts,
    messages_matching,
    messages_to,
    refused_lately,
    server_here,
    trouble_now,
)
from quizbank.post.rules import DOUBT, NO_SERVER, OPEN, REFUSED, SENT, STATES, WAITING, NotRetried
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import refuse
from quizbank.web.lists import read_listing, search_words

post_pages = Blueprint("post", __name__, url_prefix="/post")

SORTS = {"written": Message.created_at, "state": Message.state, "address": Message.address, "tries": Message.tries}
FILTERS = [
    ("state", "State", list(STATES.items())),
    ("kind", "Kind", [(kind.name, kind.label) for kind in KINDS.values()]),
]
SHOWN = 25
"""Messages on a person's own page."""
TEST = (
    "This is a test of the mail server, asked for on the page of messages.",
    "If you can read it, messages about certificates arrive as well.",
)


@post_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    query = messages_matching(search_words(), request.args.get("state"), request.args.get("kind"))
    listing = read_listing(query, SORTS, "-written", filters=["state", "kind"])
    words = {"server": server_here(), "counts": counts(), "trouble": trouble_now(), "token": secrets.token_hex(8)}
    return render_template("post/index.html", listing=listing, filters=FILTERS, **words)


@post_pages.get("/<int:message_id>")
@open_to(ADMINISTRATOR)
def show(message_id: int) -> str:
    message = db.get_or_404(Message, message_id)
    return render_template("post/show.html", message=message, doubt=DOUBT, server=server_here(), open_states=OPEN)


@post_pages.post("/<int:message_id>/again")
@open_to(ADMINISTRATOR)
def again(message_id: int) -> Response:
    db.get_or_404(Message, message_id)
    try:
        retry_messages([message_id], current_user.id, utc_now())
    except NotRetried as error:
        refuse(409, str(error))
    db.session.commit()
    flash("It goes to the mail server again.", "good")
    return redirect(url_for("post.show", message_id=message_id))


@post_pages.post("/test")
@open_to(ADMINISTRATOR)
def test() -> Response:
    """Send a message to the administrator who asks; the same press twice is one message."""
    if server_here() is None:
        refuse(409, NO_SERVER)
    key = f"test:{current_user.id}:{request.form.get('token', '')[:40]}"
    letter = Letter("test", key, f"account:{current_user.id}", "Test of the mail server", TEST)
    message_id = write_message(current_user.id, letter, utc_now())
    db.session.commit()
    if message_id is None:
        return redirect(url_for("post.index"))
    return redirect(url_for("post.show", message_id=message_id))


@post_pages.route("/mine", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def mine() -> str | Response:
    chosen = choice_of(current_user.id)
    shown = {"record": chosen.record, "reminder": chosen.reminder} if chosen else {"record": True, "reminder": True}
    form = ChoiceForm(data=shown)
    if form.validate_on_submit():
        db.session.get_one(Account, current_user.id)
        change_choice(current_user.id, form.record.data, form.reminder.data, utc_now())
        db.session.commit()
        flash("Saved.", "good")
        return redirect(url_for("post.mine"))
    messages = messages_to(current_user.id, SHOWN)
    return render_template("post/mine.html", form=form, messages=messages, server=server_here(), most=SHOWN)


@post_pages.app_template_filter("kind_label")
def kind_label(kind: str) -> str:
    """Return what people call a kind of message."""
    return KINDS[kind].label if kind in KINDS else kind


@post_pages.app_template_filter("message_state")
def message_state(message: Message) -> tuple[str, str]:
    """Return a message's state in words, with the tone of a badge."""
    if message.state == SENT and message.is_doubtful:
        return "Sent, perhaps twice", "caution"
    if message.state == WAITING and message.refusal:
        return "Put off", "caution"
    return STATES[message.state], {SENT: "good", REFUSED: "bad", WAITING: "neutral"}.get(message.state, "accent")


@post_pages.app_context_processor
def add_post() -> dict[str, object]:
    """Give every page the words that say nothing is sent, and the home page how many messages were refused lately."""
    return {
        "mail_is_off": lambda: server_here() is None,
        "refused_messages": lambda: refused_lately(utc_now()) if current_user.has_role(ADMINISTRATOR) else 0,
    }
