"""The way from a pass to credit: evaluation, then a claim for each type of credit, each with its certificate."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, current_app, redirect, render_template, request, url_for
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
    record_refusal,
    require_entitled,
)
from certificates.credits.queries import claims_of, evaluation_of, offer_of, open_credits
from certificates.credits.wording import designation_statement, not_entitled_words
from quizbank.activities.credit_types import CreditType, Offer
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.queries import kind_of, offers_of
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

credits_pages = Blueprint("credits", __name__, url_prefix="/credits")


@dataclass(frozen=True)
class Claimable:
    """A type that can still be claimed: its form, or why it cannot be had now; what its certificate will state."""

    offer: Offer
    form: ClaimForm | None
    refusal: str = ""
    notice: str = ""


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
    claims = claims_of(attempt)
    if len(claims) == 1 and not open_credits(attempt, current_user.profession):
        return redirect(url_for("issuing.of_attempt", attempt_id=attempt.id))
    step = "credits.claim" if claims or evaluation_of(attempt.id) else "credits.evaluation"
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
    if not (evaluation_of(attempt.id) or claims_of(attempt)):
        return redirect(url_for("credits.due", attempt_id=attempt.id))
    posted = request.form.get("credit_type", "") if request.method == "POST" else None
    claims = claims_of(attempt)
    rows = [claimable(attempt, credit, posted) for credit in open_credits(attempt, current_user.profession)]
    sent = next((row for row in rows if posted is not None and posted in ("", row.offer.kind.name)), None)
    if request.method == "POST" and sent is None:
        return redirect(url_for("credits.due", attempt_id=attempt.id))
    if sent and sent.refusal:
        refuse_claim(attempt.id, sent.refusal)
    if sent and sent.form and sent.form.validate_on_submit():
        return claimed(attempt, sent.form.amount.data, sent.offer.kind)
    words = {
        "attempt": attempt,
        "claims": [(claim, offer_of(claim)) for claim in claims.values()],
        "rows": rows,
        "refused": sent,
        "attestation": ATTESTATION,
        "barred": barred(attempt.activity),
    }
    return render_template("credits/claim.html", **words), 400 if sent else 200


def claimable(attempt: Attempt, credit: ActivityCredit, posted: str | None) -> Claimable:
    """Return a type that the learner has not claimed yet, with its form filled in if it is the one posted."""
    kind = kind_of(credit)
    group = kind.claimants_of(current_user.profession)
    try:
        require_entitled(attempt, credit, utc_now())
        form = ClaimForm.offering(kind.name, claimable_amounts(credit), posted in ("", kind.name))
        refusal = plan_refusal(attempt, credit, utc_now())
    except ClaimRefused as error:
        form, refusal = None, str(error)
    return Claimable(Offer(kind, credit.maximum), form, refusal, group.notice if group else "")


def claimed(attempt: Attempt, amount: Decimal, kind: CreditType) -> Response:
    """Claim, let what follows a claim happen, and lead to the certificate, or on to what else can be claimed."""
    attempt_id = attempt.id
    try:
        found = claim_credit(attempt, amount, utc_now(), kind.name)
        for follow in current_app.extensions["after_claim"]:
            follow(found, utc_now())
    except ClaimRefused as error:
        refuse_claim(attempt_id, str(error))
    return redirect(url_for("credits.due", attempt_id=attempt_id))


def refuse_claim(attempt_id: int, reason: str) -> None:
    """Undo what was begun, note the refusal in the audit trail, and answer with its reason."""
    db.session.rollback()
    record_refusal(db.session.get_one(Attempt, attempt_id), reason, utc_now())
    db.session.commit()
    refuse(409, reason)


def barred(activity: Activity) -> list[str]:
    """Return what is told of the types that the learner's profession may not claim."""
    told = [not_entitled_words(current_user.profession, offer.kind) for offer in offers_of(activity)]
    return [words for words in told if words]


@credits_pages.app_context_processor
def add_statements() -> dict[str, object]:
    """Give the activity page the statements that its fields lead to."""
    return {
        "designation_statements": statements_of,
        "credit_step": credit_step,
        "accreditation_statement": current_app.config["ACCREDITATION_STATEMENT"],
    }


def credit_step(attempt: Attempt) -> int:
    """Return which of the five steps from reading to the certificate a passed attempt has reached; 6 = all done."""
    if claims_of(attempt):
        return 4 if open_credits(attempt, current_user.profession) else 6
    return 4 if evaluation_of(attempt.id) else 3


def statements_of(activity: Activity) -> list[str]:
    """Return an activity's designation statements, one for each type of credit that has one."""
    provider = current_app.config["PROVIDER_NAME"]
    learning_format = FORMATS[activity.format].lower()
    found = [designation_statement(provider, learning_format, offer) for offer in offers_of(activity)]
    return [statement for statement in found if statement]
