"""Pages about plans: one's own plan, the plans on offer, paying; the administrator's list; the payment service's messages."""

import hashlib
from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_security import current_user
from sqlalchemy import Select, or_, select
from werkzeug.wrappers import Response

from quizbank.accounts.models import Account
from quizbank.accounts.operations import AccountRefused
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.local_time import day_end, last_day
from quizbank.plans.catalogue import BENEFITS, catalogue_at
from quizbank.plans.forms import CancelForm, ExtendForm, GrantForm, ImportForm
from quizbank.plans.importing import MAX_PROBLEMS, ListRefused, Problem, read_plan_rows
from quizbank.plans.models import HOUSE, LedgerEntry, Subscription
from quizbank.plans.operations import (
    UnknownPrice,
    change_subscription,
    grant_plan,
    import_plans,
    take_message,
)
from quizbank.plans.payment import MessageRefused, ProviderUnreachable
from quizbank.plans.queries import (
    account_named,
    allowances,
    catalogue,
    ended_words,
    last_uses,
    payment_provider,
    standing_filter,
    subscription_in_force,
    subscriptions_of,
    trial_plan,
)
from quizbank.plans.stripe_provider import StripeProvider
from quizbank.plans.subscription import (
    CANCEL_ASKED,
    CANCELED,
    CANCELED_NOW,
    EXTENDED,
    GRACE,
    RESUMED,
    STANDINGS,
    WORDS,
    ChangeRefused,
)
from quizbank.web.downloads import csv_response
from quizbank.web.entrance import EVERYONE, SIGNED_IN, open_to, signed_by_sender
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import contains, read_listing, search_words

plans_pages = Blueprint("plans", __name__, url_prefix="/plans")

SORTS = {"name": Account.name, "plan": Subscription.plan, "ends": Subscription.ends_at}
MAX_MESSAGE = 256 * 1024


@plans_pages.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Read the plans, so that a damaged file stops the start; set up the payment service; let its messages in."""
    config = state.app.config
    catalogue_at(config["PLANS_FILE"])
    if config["STRIPE_KEY"]:
        provider = StripeProvider(config["STRIPE_KEY"], config["STRIPE_WEBHOOK_SECRET"])
        state.app.extensions.setdefault("payment_provider", provider)
    state.app.extensions["csrf"].exempt(webhook)


@plans_pages.before_request
def require_plans() -> None:
    """Show nothing of plans where nobody needs one; a message of a payment service is refused by its own page."""
    if not current_app.config["PLANS"] and request.endpoint != "plans.webhook":
        abort(404)


@plans_pages.app_context_processor
def add_plan_words() -> dict[str, Any]:
    """Give templates the words for how a subscription stands."""
    return {"plan_word": plan_word}


def plan_word(subscription: Subscription) -> tuple[str, str]:
    """Return how a subscription stands now: words and the tone of a badge."""
    return WORDS[subscription.standing.word(utc_now())]


@plans_pages.get("/")
@open_to(SIGNED_IN)
def mine() -> str:
    now = utc_now()
    subscription = subscription_in_force(current_user.id, now)
    plan = catalogue().plan(subscription.plan) if subscription else None
    earlier = [one for one in subscriptions_of(current_user.id) if one is not subscription]
    return render_template(
        "plans/mine.html",
        subscription=subscription,
        plan=plan,
        allowances=allowances(current_user.id, plan, now) if plan else [],
        earlier=earlier,
        ended=ended_words(earlier[0] if earlier else None),
        catalogue=catalogue(),
        trial=trial_plan(current_user.id),
        uses=last_uses(current_user.id),
        benefits={benefit.name: benefit for benefit in BENEFITS},
        grace=GRACE.days,
        is_sold=payment_provider() is not None,
    )


@plans_pages.get("/compare")
@open_to(SIGNED_IN)
def compare() -> str:
    subscription = subscription_in_force(current_user.id, utc_now())
    return render_template(
        "plans/compare.html",
        catalogue=catalogue(),
        benefits=BENEFITS,
        present=subscription.plan if subscription else "",
        is_paying=subscription is not None and subscription.origin != HOUSE,
        is_sold=payment_provider() is not None,
    )


def own_subscription(subscription_id: int) -> Subscription:
    """Return the person's own subscription; anyone else's is not there, and asking for it is noted."""
    subscription = db.get_or_404(Subscription, subscription_id)
    if subscription.account_id != current_user.id:
        hide()
    return subscription


@plans_pages.post("/cancel/<int:subscription_id>")
@open_to(SIGNED_IN)
def cancel_at_end(subscription_id: int) -> Response:
    return renew(subscription_id, CANCEL_ASKED, "Your plan ends with the time it has left and is not renewed.")


@plans_pages.post("/resume/<int:subscription_id>")
@open_to(SIGNED_IN)
def resume(subscription_id: int) -> Response:
    return renew(subscription_id, RESUMED, "Your plan goes on.")


def renew(subscription_id: int, kind: str, words: str) -> Response:
    """Have the person's own subscription end with its time, or go on; the payment service is told first."""
    subscription = own_subscription(subscription_id)
    account_id = current_user.id
    try:
        tell_provider(subscription, kind)
        change_subscription(subscription, kind, account_id, utc_now())
    except (ChangeRefused, ProviderUnreachable) as error:
        db.session.rollback()
        flash(str(error), "caution")
    else:
        db.session.commit()
        flash(words, "good")
    return redirect(url_for("plans.mine"))


def tell_provider(subscription: Subscription, kind: str) -> None:
    """Tell the payment service of a change to what it sold, with no lock held meanwhile; raises ProviderUnreachable."""
    if subscription.origin == HOUSE:
        return
    reference, origin = subscription.reference, subscription.origin
    db.session.rollback()
    provider = payment_provider()
    if provider is None or provider.name != origin:
        raise ProviderUnreachable(f"This plan was sold through {origin}, which is not set up any more.")
    if kind == CANCELED_NOW:
        provider.cancel(reference)
    else:
        provider.set_cancel_at_end(reference, kind == CANCEL_ASKED)


@plans_pages.post("/checkout/<name>")
@open_to(SIGNED_IN)
def checkout(name: str) -> str:
    """Prepare the page of the payment service and show the way to it."""
    provider = payment_provider()
    plan = catalogue().plan(name)
    if provider is None or not plan.payment_price:
        refuse(400, "This plan is not sold here. Ask an administrator for it.")
    subscription = subscription_in_force(current_user.id, utc_now())
    if subscription is not None and subscription.origin != HOUSE:
        refuse(409, "You are paying for a plan already. Cancel it first; it stays in force for the time you paid for.")
    account_id, email = current_user.id, current_user.email
    bought = len(subscriptions_of(account_id))
    db.session.rollback()  # nobody waits for the payment service
    try:
        back = current_app.config["PUBLIC_URL"].rstrip("/") + url_for("plans.mine")
        purchase = hashlib.sha256(f"{account_id} {email} {plan.payment_price} {back} {bought}".encode()).hexdigest()
        address = provider.checkout(plan, account_id, email, back, purchase)
    except ProviderUnreachable as error:
        refuse(503, str(error))
    return render_template("plans/checkout.html", plan=plan, address=address, catalogue=catalogue())


@plans_pages.post("/messages")
@open_to(EVERYONE)
@signed_by_sender
def webhook() -> tuple[str, int]:
    """Take a message of the payment service: signed by it, once however often it comes, in any order."""
    provider = payment_provider()
    request.max_content_length = MAX_MESSAGE
    if provider is None:
        refuse(400, "No payment service is set up here.")
    try:
        message = provider.read(request.get_data(cache=False), request.headers.get("Stripe-Signature", ""))
        taken = take_message(provider.name, message) if message else None
    except MessageRefused as error:
        refuse(400, str(error))
    except UnknownPrice as error:
        db.session.rollback()
        current_app.logger.error("payment message not taken: %s", error)
        refuse(409, str(error))
    db.session.commit()
    return ("taken" if taken else "of no concern"), 200


def subscriptions_query() -> Select[Subscription, Account]:
    """Return the subscriptions the address asks for: searched by person, filtered by plan and standing."""
    query = select(Subscription, Account).join(Account, Account.id == Subscription.account_id)
    if words := search_words():
        query = query.where(or_(contains(Account.name, words), contains(Account.email, words)))
    if plan := request.args.get("plan"):
        query = query.where(Subscription.plan == plan[:40])
    return standing_filter(query, request.args.get("standing", ""), utc_now())


@plans_pages.get("/subscriptions")
@open_to(ADMINISTRATOR)
def index() -> str:
    return render_template(
        "plans/index.html",
        listing=read_listing(subscriptions_query(), SORTS, "name", filters=["plan", "standing"]),
        catalogue=catalogue(),
        plans=[(plan.name, plan.title) for plan in catalogue().plans],
        standings=STANDINGS,
    )


@plans_pages.get("/subscriptions.csv")
@open_to(ADMINISTRATOR)
def subscriptions_csv() -> Response:
    """Return the subscriptions the address asks for; the file can be changed and imported again."""
    rows = [
        (person.name, person.email, one.plan, last_day(one.ends_at), plan_word(one)[0], one.origin)
        for one, person in db.session.execute(subscriptions_query().order_by(Subscription.id))
    ]
    return csv_response("plans.csv", ("Name", "E-mail", "Plan", "Until", "State", "Origin"), rows)


@plans_pages.get("/ledger.csv")
@open_to(ADMINISTRATOR)
def ledger_csv() -> Response:
    """Return every use with its price at that moment."""
    query = select(LedgerEntry, Account).join(Account, Account.id == LedgerEntry.account_id).order_by(LedgerEntry.id)
    rows = [
        (one.id, one.used_at.isoformat(), person.name, person.email, one.benefit, one.subject, one.title, one.plan,
         f"{one.price:.2f}", one.currency)
        for one, person in db.session.execute(query)
    ]  # fmt: skip
    header = ("Line", "Time (UTC)", "Name", "E-mail", "Benefit", "Subject", "Title", "Plan", "Price", "Currency")
    return csv_response("plan-ledger.csv", header, rows)


@plans_pages.get("/subscriptions/<int:subscription_id>")
@open_to(ADMINISTRATOR)
def show(subscription_id: int) -> str:
    return show_subscription(db.get_or_404(Subscription, subscription_id), ExtendForm(), CancelForm())


def show_subscription(subscription: Subscription, extend_form: ExtendForm, cancel_form: CancelForm) -> str:
    """Return the page of one subscription, with its forms as they were filled in."""
    now = utc_now()
    plan = catalogue().plan(subscription.plan)
    return render_template(
        "plans/show.html",
        subscription=subscription,
        plan=plan,
        catalogue=catalogue(),
        allowances=allowances(subscription.account_id, plan, now),
        uses=last_uses(subscription.account_id),
        benefits={benefit.name: benefit for benefit in BENEFITS},
        can_change=subscription.state != CANCELED,
        in_force=subscription.standing.is_in_force(now),
        extend_form=extend_form,
        cancel_form=cancel_form,
    )


@plans_pages.post("/subscriptions/<int:subscription_id>/extend")
@open_to(ADMINISTRATOR)
def extend(subscription_id: int) -> Response | tuple[str, int]:
    subscription = db.get_or_404(Subscription, subscription_id)
    form = ExtendForm()
    if form.validate_on_submit() and form.until.data:
        try:
            change_subscription(subscription, EXTENDED, current_user.id, utc_now(), until_of(form.until.data))
        except ChangeRefused as error:
            db.session.rollback()
            form.until.errors = [str(error)]
        else:
            db.session.commit()
            flash("The plan has its new last day.", "good")
            return redirect(url_for("plans.show", subscription_id=subscription_id))
    return show_subscription(subscription, form, CancelForm(formdata=None)), 400


@plans_pages.post("/subscriptions/<int:subscription_id>/cancel")
@open_to(ADMINISTRATOR)
def cancel(subscription_id: int) -> Response | tuple[str, int]:
    subscription = db.get_or_404(Subscription, subscription_id)
    form = CancelForm()
    if form.validate_on_submit():
        actor_id = current_user.id
        try:
            tell_provider(subscription, CANCELED_NOW)
            change_subscription(subscription, CANCELED_NOW, actor_id, utc_now(), reason=form.reason.data or "")
        except (ChangeRefused, ProviderUnreachable) as error:
            db.session.rollback()
            form.reason.errors = [str(error)]
        else:
            db.session.commit()
            flash("The plan is canceled. What the person earned stays theirs.", "good")
            return redirect(url_for("plans.show", subscription_id=subscription_id))
    return show_subscription(subscription, ExtendForm(formdata=None), form), 400


def until_of(day: date) -> datetime:
    """Return the moment after a last day; raises ChangeRefused for one beyond all calendars."""
    if not 2000 <= day.year <= 9990:
        raise ChangeRefused("Choose a day between the years 2000 and 9990.")
    return day_end(day)


@plans_pages.route("/grant", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def grant() -> Response | tuple[str, int]:
    form = GrantForm.offering(catalogue().plans)
    if not form.is_submitted():
        form.email.data = request.args.get("email", "")[:254]
    if form.validate_on_submit() and form.until.data:
        try:
            account_id = account_named(form.email.data or "")
            until = until_of(form.until.data)
            made = grant_plan(
                account_id, form.plan.data, until, (form.reason.data or "").strip(), current_user.id, utc_now()
            )
        except AccountRefused as error:
            form.email.errors = [*form.email.errors, str(error)]
        except ChangeRefused as error:
            form.until.errors = [*form.until.errors, str(error)]
        else:
            db.session.commit()
            flash("The plan is granted.", "good")
            return redirect(url_for("plans.show", subscription_id=made.id))
        db.session.rollback()
    return render_template("plans/grant.html", form=form), 400 if form.is_submitted() else 200


@plans_pages.route("/import", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def bring() -> Response | tuple[str, int]:
    """Import a list of people and their plans: all of it, or none with a report line by line."""
    form = ImportForm()
    problems: list[Problem] = []
    if form.validate_on_submit():
        try:
            rows = read_plan_rows(form.file.data.read(), day_end)
            problems = import_plans(rows, current_user.id, utc_now())
        except ListRefused as error:
            problems = error.problems
        except ChangeRefused as error:
            problems = [Problem(0, str(error))]
        if not problems:
            db.session.commit()
            flash(f"{len(rows):,} plans imported.", "good")
            return redirect(url_for("plans.index"))
        db.session.rollback()
    words = {"form": form, "problems": problems[:MAX_PROBLEMS], "more": max(0, len(problems) - MAX_PROBLEMS)}
    return render_template("plans/import.html", **words, catalogue=catalogue()), 400 if form.is_submitted() else 200
