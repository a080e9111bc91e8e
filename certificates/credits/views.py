"""The way from a pass to credit: evaluation, then claims, each with its certificate; administrators correct claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from certificates.credits.forms import ClaimForm, CorrectionForm
from certificates.credits.models import CreditClaim
from certificates.credits.operations import (
    ATTESTATION,
    ClaimRefused,
    claim_credit,
    claimable_amounts,
    correct_claim,
    plan_refusal,
    record_refusal,
    require_entitled,
)
from certificates.credits.queries import (
    CORRECTED,
    WITHDRAWN,
    claims_matching,
    claims_of,
    offer_of,
    open_credits,
)
from certificates.credits.wording import designation_statement, not_entitled_words
from certificates.surveys.answers import read_answers
from certificates.surveys.forms import EvaluationForm
from certificates.surveys.operations import keep_evaluation
from certificates.surveys.queries import asked_now, asked_when_shown, evaluation_of
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.credit_types import Offer
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.queries import kind_of, offers_of
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import read_listing, search_words
from quizbank.web.once import once

credits_pages = Blueprint("credits", __name__, url_prefix="/credits")

SORTS = {"name": Account.name, "activity": Activity.title, "claimed": CreditClaim.claimed_at}
STANDINGS = [(CORRECTED, "Corrected"), (WITHDRAWN, "Withdrawn")]


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
    shown = asked_when_shown(attempt.activity_id, request.form.get("version", 0, type=int) or None)
    asked = (shown if request.method == "POST" else None) or asked_now(attempt.activity_id)
    form = EvaluationForm.asking(asked.questions, asked.version_id)
    if not form.is_submitted():
        return render_template("credits/evaluation.html", form=form, attempt=attempt, asked=asked)
    answers, wrong = read_answers(asked.questions, form.given(asked.questions))
    if form.validate() and not wrong and shown:
        keep_evaluation(attempt, answers, utc_now(), asked.version_id)
        return redirect(url_for("credits.claim", attempt_id=attempt.id))
    form.mark(wrong)
    if not shown:
        form.form_errors.append(
            "Other questions are asked since you opened this page. Please answer them as they are now."
        )
    return render_template("credits/evaluation.html", form=form, attempt=attempt, asked=asked), 400


@credits_pages.route("/<int:attempt_id>/claim", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def claim(attempt_id: int) -> str | Response | tuple[str, int]:
    attempt = passed_attempt(attempt_id)
    claims = claims_of(attempt)
    if not (claims or evaluation_of(attempt.id)):
        return redirect(url_for("credits.due", attempt_id=attempt.id))
    posted = request.form.get("credit_type", "") if request.method == "POST" else None
    rows = [claimable(attempt, credit, posted) for credit in open_credits(attempt, current_user.profession)]
    if posted is None:
        if rows and not claims and all(row.refusal for row in rows):
            refuse(409, " ".join(dict.fromkeys(row.refusal for row in rows)))
        return claim_page(attempt, claims, rows)
    sent = next((row for row in rows if posted in ("", row.offer.kind.name)), None)
    if sent is None:
        return unopened(attempt, posted, claims)
    if sent.refusal:
        refuse_claim(attempt.id, sent.refusal)
    if sent.form and sent.form.validate():
        return claimed(attempt, sent.form.amount.data, sent.offer.kind.name)
    return claim_page(attempt, claims, rows, sent), 400


def claim_page(
    attempt: Attempt, claims: Mapping[str, CreditClaim], rows: Sequence[Claimable], refused: Claimable | None = None
) -> str:
    """Return the page with what was claimed and a form for each type that can be; ``refused`` is the one sent wrongly."""
    words = {
        "attempt": attempt,
        "claims": [(claim, offer_of(claim)) for claim in claims.values()],
        "rows": rows,
        "refused": refused,
        "attestation": ATTESTATION,
        "barred": barred(attempt.activity),
    }
    return render_template("credits/claim.html", **words)


def unopened(attempt: Attempt, credit_type: str, claims: Mapping[str, CreditClaim]) -> Response:
    """Answer a claim of a type that is claimed already (lead on), or that this learner may not claim (refuse)."""
    if credit_type and credit_type not in claims:
        return claimed(attempt, Decimal(0), credit_type)
    return redirect(url_for("credits.due", attempt_id=attempt.id))


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


def claimed(attempt: Attempt, amount: Decimal, credit_type: str) -> Response:
    """Claim, let what follows a claim happen, and lead to the certificate, or on to what else can be claimed."""
    attempt_id = attempt.id
    try:
        found = claim_credit(attempt, amount, utc_now(), credit_type)
        for follow in current_app.extensions["after_claim"]:
            follow(found, utc_now())
    except ClaimRefused as error:
        refuse_claim(attempt_id, str(error))
    step = "credits.claim" if open_credits(attempt, current_user.profession) else "issuing.of_attempt"
    return redirect(url_for(step, attempt_id=attempt_id))


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


@credits_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    query = claims_matching(search_words(), request.args.get("standing", ""))
    listing = read_listing(query, SORTS, "-claimed", filters=["standing"])
    return render_template("credits/index.html", listing=listing, standings=STANDINGS, offer_of=offer_of)


@credits_pages.get("/claims/<int:claim_id>")
@open_to(ADMINISTRATOR)
def show(claim_id: int) -> str:
    found = db.get_or_404(CreditClaim, claim_id)
    return history_page(found, correction_form(found))


def correction_form(found: CreditClaim) -> CorrectionForm:
    """Return the form that corrects a claim, with every amount that its type allows."""
    offer = offer_of(found)
    return CorrectionForm.offering(offer.kind.amounts(offer.maximum), found.credited, len(found.corrections))


def history_page(found: CreditClaim, form: CorrectionForm) -> str:
    """Return the page of a claim with its corrections."""
    return render_template("credits/show.html", claim=found, offer=offer_of(found), form=form)


def asked_again(found: CreditClaim, form: CorrectionForm) -> str:
    """Return the page of a claim as it stands now, with the form that was sent wrongly."""
    offer = offer_of(found)
    form.show_again(offer.kind.amounts(offer.maximum), found.credited, len(found.corrections))
    return history_page(found, form)


@credits_pages.post("/claims/<int:claim_id>")
@open_to(ADMINISTRATOR)
@once
def correct(claim_id: int) -> tuple[str, int] | Response:
    found = db.get_or_404(CreditClaim, claim_id)
    form = correction_form(found)
    if not form.validate():
        return asked_again(found, form), 400
    try:
        follow = current_app.extensions["after_correction"]
        seen, reason = form.seen.data or 0, form.reason.data or ""
        correct_claim(found, form.amount.data, reason, seen, current_user.id, utc_now(), follow)
    except ClaimRefused as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return asked_again(db.get_or_404(CreditClaim, claim_id), form), 409
    flash("Corrected. The certificate follows the claim.", "good")
    return redirect(url_for("credits.show", claim_id=claim_id))


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
