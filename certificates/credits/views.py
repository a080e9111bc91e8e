"""The way from a pass to credit: evaluation, then the claim, then the certificate; each step leads to the next."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from certificates.credits.evaluation import STATEMENTS
from certificates.credits.forms import ClaimForm, EvaluationForm
from certificates.credits.operations import (
    ATTESTATION,
    ClaimRefused,
    claim_credit,
    claimable_amounts,
    keep_evaluation,
    plan_refusal,
)
from certificates.credits.queries import claim_of, evaluation_of
from certificates.credits.wording import credit_phrase, designation_statement, is_awarded
from quizbank.activities.formats import FORMATS, credit_type
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

credits_pages = Blueprint("credits", __name__, url_prefix="/credits")


def passed_attempt(attempt_id: int) -> Attempt:
    """Return the learner's own passed attempt; anything else is not there."""
    attempt = db.get_or_404(Attempt, attempt_id)
    if attempt.learner_id != current_user.id:
        hide()
    if not attempt.passed:
        refuse(403, "Evaluation and credit open once you have passed the activity.")
    return attempt


@credits_pages.get("/<int:attempt_id>")
@open_to(SIGNED_IN)
def due(attempt_id: int) -> Response:
    """Lead to whatever is due next for a passed attempt."""
    attempt = passed_attempt(attempt_id)
    if claim_of(attempt):
        return redirect(url_for("issuing.of_attempt", attempt_id=attempt.id))
    step = "credits.claim" if evaluation_of(attempt.id) else "credits.evaluation"
    return redirect(url_for(step, attempt_id=attempt.id))


@credits_pages.route("/<int:attempt_id>/evaluation", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def evaluation(attempt_id: int) -> str | Response | tuple[str, int]:
    attempt = passed_attempt(attempt_id)
    if evaluation_of(attempt.id):
        return redirect(url_for("credits.due", attempt_id=attempt.id))
    form = EvaluationForm()
    if form.validate_on_submit():
        keep_evaluation(attempt, form.answers(), utc_now())
        return redirect(url_for("credits.claim", attempt_id=attempt.id))
    page = render_template("credits/evaluation.html", form=form, attempt=attempt, statements=STATEMENTS)
    return page, 400 if form.is_submitted() else 200


@credits_pages.route("/<int:attempt_id>/claim", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def claim(attempt_id: int) -> str | Response | tuple[str, int]:
    attempt = passed_attempt(attempt_id)
    if claim_of(attempt) or not evaluation_of(attempt.id):
        return redirect(url_for("credits.due", attempt_id=attempt.id))
    activity = attempt.activity
    if words_of_plan := plan_refusal(attempt, utc_now()):
        refuse(409, words_of_plan)
    try:
        form = ClaimForm.offering(claimable_amounts(activity))
        if form.validate_on_submit():
            found = claim_credit(attempt, form.amount.data, utc_now())
            for follow in current_app.extensions["after_claim"]:
                follow(found, utc_now())
            return redirect(url_for("issuing.of_attempt", attempt_id=attempt.id))
    except ClaimRefused as error:
        refuse(409, str(error))
    words = {
        "form": form,
        "attempt": attempt,
        "attestation": ATTESTATION,
        "step_words": credit_type(activity.credit_type).step_words,
        "maximum": credit_phrase(activity.credit_type, activity.maximum_credit),
        "is_awarded": is_awarded(current_user.profession, activity.credit_type),
    }
    return render_template("credits/claim.html", **words), 400 if form.is_submitted() else 200


@credits_pages.app_context_processor
def add_statements() -> dict[str, object]:
    """Give the activity page the statements that its fields lead to."""
    return {
        "designation_statement": statement_of,
        "credit_step": credit_step,
        "accreditation_statement": current_app.config["ACCREDITATION_STATEMENT"],
    }


def credit_step(attempt: Attempt) -> int:
    """Return which of the five steps from reading to the certificate a passed attempt has reached; 6 = all done."""
    if claim_of(attempt):
        return 6
    return 4 if evaluation_of(attempt.id) else 3


def statement_of(activity: Activity) -> str:
    """Return an activity's designation statement."""
    provider = current_app.config["PROVIDER_NAME"]
    learning_format = FORMATS[activity.format].lower()
    return designation_statement(provider, learning_format, activity.credit_type, activity.maximum_credit)
