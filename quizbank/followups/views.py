"""Pages of follow-ups: the question that is due, and what was right after it is answered."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.activities.modes import Level
from quizbank.attempts.feedback import ItemFeedback, Mistyped, item_feedback, question
from quizbank.attempts.forms import InvalidForm, answered_fields, posted_marks
from quizbank.attempts.log import Slot
from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import feedback_rule, passages_of
from quizbank.db import db, utc_now
from quizbank.followups.models import FollowupAnswer
from quizbank.followups.operations import AnsweredAlready, answer_followup
from quizbank.followups.portions import Portion
from quizbank.followups.queries import items_asked_now, portion_for, slot_for, slot_of
from quizbank.followups.scheduling import Memory
from quizbank.items.content import InvalidResponse, MistypedResponse
from quizbank.items.queries import contents_by_version
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

followups_pages = Blueprint("followups", __name__, url_prefix="/followups")

UNREADABLE = 422


@followups_pages.app_template_global("due_followups")
def due_followups() -> Portion:
    """Return what is due for the person signed in; the home page, which knows nothing of follow-ups, shows it."""
    return portion_for(current_user.id, utc_now())


@followups_pages.get("/")
@open_to(SIGNED_IN)
def due() -> str:
    return ask(portion_for(current_user.id, utc_now()))


def ask(portion: Portion, mistyped: Mistyped | None = None) -> str:
    """Return the page with the first question of a portion; nothing on it depends on the key."""
    if not portion.cards:
        return render_template("followups/due.html", portion=portion, asked=None)
    card = portion.cards[0]
    slot = slot_of(card)
    content = contents_by_version([slot.version_id])[slot.version_id]
    asked = question(slot, content, {}, mistyped, asks_confidence=True, can_flag=False)
    return render_template("followups/due.html", portion=portion, asked=asked, card=card)


@followups_pages.post("/<int:attempt_id>/<int:item_id>/<int:number>")
@open_to(SIGNED_IN)
@once
def answer(attempt_id: int, item_id: int, number: int) -> Response | tuple[str, int]:
    """Keep the answer to a question that is due; a question that is not (any more) leads back to what is."""
    if db.get_or_404(Attempt, attempt_id).learner_id != current_user.id:
        hide()
    portion = portion_for(current_user.id, utc_now())
    here = (attempt_id, item_id, number - 1)
    card = next((card for card in portion.cards if (card.attempt_id, card.item_id, card.answers) == here), None)
    if card is None:
        flash("That question is not due. Nothing was changed.", "caution")
        return redirect(url_for("followups.due"))
    slot = slot_of(card)
    try:
        response, confidence = read_answer(slot)
        kept = answer_followup(card, slot, response, confidence, utc_now())
    except MistypedResponse as error:
        field = contents_by_version([slot.version_id])[slot.version_id].field
        given = tuple(request.form.getlist(f"{field}-{slot.number}"))
        first = Portion((card, *(one for one in portion.cards if one != card)), portion.later)
        return ask(first, Mistyped(given, str(error))), UNREADABLE
    except (InvalidResponse, InvalidForm) as error:
        refuse(400, str(error))
    except AnsweredAlready as error:
        flash(str(error), "caution")
        return redirect(url_for("followups.due"))
    return redirect(url_for("followups.answered", answer_id=kept.id))


def read_answer(slot: Slot) -> tuple[dict[str, object], int | None]:
    """Return the posted response and confidence; raises InvalidForm, InvalidResponse or MistypedResponse."""
    fields = answered_fields(request.form)
    if set(fields) != {slot.number}:
        raise InvalidForm("This answer does not belong to this question.")
    content = contents_by_version([slot.version_id])[slot.version_id]
    marks = posted_marks(request.form, [slot]).get(slot.number)
    return dict(content.parse(fields[slot.number])), marks.confidence if marks else None


@followups_pages.get("/answers/<int:answer_id>")
@open_to(SIGNED_IN)
def answered(answer_id: int) -> str:
    kept = db.get_or_404(FollowupAnswer, answer_id)
    if kept.attempt.learner_id != current_user.id:
        hide()
    if kept.item_id in items_asked_now(current_user.id):
        refuse(409, "An attempt you have open asks this question. Submit it first; then the answer can be seen again.")
    words = {"item": feedback_on(kept), "due": Memory.from_json(kept.memory).due, "kept": kept}
    return render_template("followups/answered.html", **words, portion=portion_for(current_user.id, utc_now()))


def feedback_on(kept: FollowupAnswer) -> ItemFeedback:
    """Return an answered question with its key, and as much more as its activity shows to those who passed."""
    slot = slot_for(kept.version_id, kept.attempt_id, kept.item_id, kept.number)
    content = contents_by_version([slot.version_id])[slot.version_id]
    shown = max(Level.KEY, feedback_rule(kept.attempt.activity).final)
    passage = passages_of([slot]).get(slot.version_id)
    told = item_feedback(slot, content, kept.response, kept.fraction, shown, passage)
    return replace(told, confidence=kept.confidence)
