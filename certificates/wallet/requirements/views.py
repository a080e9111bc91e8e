"""Pages of requirements: what still counts by when, and choosing the rules that apply. Each person has one's own only."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_security import current_user
from werkzeug.wrappers import Response

from certificates.wallet.licenses.kinds import KINDS
from certificates.wallet.models import FollowedRules, License
from certificates.wallet.operations import wait_for_turn
from certificates.wallet.queries import (
    REQUIREMENTS,
    birthday_of,
    entries_of,
    followed_by,
    licenses_of,
    own_row,
    rules_here,
    rules_named,
    standings_of,
    type_labels,
)
from certificates.wallet.requirements.forms import AppliesForm, ChooseForm
from certificates.wallet.requirements.operations import (
    FollowRefused,
    change_followed,
    follow_rules,
    stop_following,
)
from certificates.wallet.requirements.rules import ASKED, CHOSEN, RuleSet, rules_at
from quizbank.activities.credit_types import credit_types_at
from quizbank.db import LARGEST_ID, db, utc_now
from quizbank.local_time import local_date
from quizbank.rulefiles.queries import text_in_force
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

requirements_pages = Blueprint("requirements", __name__, url_prefix="/wallet/requirements")
requirements_pages.before_request(wait_for_turn)


@requirements_pages.record_once
def read_rules(state: BlueprintSetupState) -> None:
    """Read the rules, so that a damaged file stops the start."""
    types = state.app.config["CREDIT_TYPES_FILE"]  # without it, own types may stand in the database, not read yet
    known = frozenset(kind.name for kind in credit_types_at(types).types) if types else None
    rules_at(state.app.config["REQUIREMENTS_FILE"], known)


@requirements_pages.get("/")
@open_to(SIGNED_IN)
def index() -> str:
    today = local_date(utc_now())
    followed = followed_by(current_user.id)
    entries, birthday = (entries_of(current_user.id), birthday_of(current_user.id)) if followed else ([], "")
    told = [(one, *standings_of(one, entries, birthday, today)) for one in followed]
    return render_template("requirements/index.html", told=told, today=today, kinds=KINDS, labels=type_labels())


@requirements_pages.route("/choose", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def choose() -> Response | tuple[str, int]:
    """Choose rules to follow; those that ask for more about the person lead on to that."""
    form = ChooseForm()
    offered, licenses = rules_here(), licenses_of(current_user.id)
    said = [(one.id, f"{KINDS[one.kind]}, {one.body}, {one.number}") for one in licenses]
    form.offer([(one.name, one.title) for one in offered], said)
    if form.validate_on_submit():
        license = own_license(form.license.data)
        rules = next(one for one in offered if one.name == form.rules.data)
        try:
            made = follow_rules(current_user.id, rules, license, None, [], utc_now())
        except FollowRefused as error:
            db.session.rollback()
            form.rules.errors = [str(error)]
        else:
            flash(f"You follow: {rules.title}.", "good")
            more = url_for("requirements.edit", followed_id=made.id) if asks_more(rules) else ""
            return redirect(more or url_for("requirements.index"))
    words = {
        "form": form,
        "offered": offered,
        "labels": type_labels(),
        "is_own": bool(text_in_force(REQUIREMENTS)),
    }
    return render_template("requirements/choose.html", **words), 400 if form.is_submitted() else 200


def own_license(text: str | None) -> License | None:
    """Return a license of the person's own by the id a form gives, None for none; anyone else's is not there."""
    if not text:
        return None
    found = db.session.get(License, int(text)) if text.isdecimal() and int(text) <= LARGEST_ID else None
    if found is None or found.account_id != current_user.id:
        hide()
    return found


def asks_more(rules: RuleSet) -> bool:
    """Return whether rules ask for a day or for exemptions."""
    return rules.cycle.start == CHOSEN or any(one.when == ASKED for one in rules.exemptions)


def own_followed(followed_id: int) -> FollowedRules:
    """Return rules that the person follows; what anyone else follows is not there."""
    return own_row(FollowedRules, followed_id)


@requirements_pages.route("/<int:followed_id>/edit", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def edit(followed_id: int) -> Response | tuple[str, int]:
    followed = own_followed(followed_id)
    rules = rules_named(followed.rules)
    if rules is None:
        refuse(409, "These rules are not offered any more. Stop following them and choose others.")
    form = AppliesForm(data={"starts_on": followed.starts_on, "exemptions": followed.exemptions})
    form.offer([(one.name, one.label) for one in rules.exemptions if one.when == ASKED])
    if form.validate_on_submit():
        try:
            change_followed(followed, rules, form.starts_on.data, form.exemptions.data or [], utc_now())
        except FollowRefused as error:
            db.session.rollback()
            form.starts_on.errors = [str(error)]
        else:
            flash("Saved.", "good")
            return redirect(url_for("requirements.index"))
    words = {"form": form, "rules": rules, "followed": followed, "asks_day": rules.cycle.start == CHOSEN}
    return render_template("requirements/edit.html", **words), 400 if form.is_submitted() else 200


@requirements_pages.route("/<int:followed_id>/stop", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def stop(followed_id: int) -> str | Response:
    followed = own_followed(followed_id)
    if request.method == "GET":
        return render_template("requirements/stop.html", followed=followed, rules=rules_named(followed.rules))
    stop_following(followed, utc_now())
    flash("You follow these rules no more. Your credit stays as it is.", "good")
    return redirect(url_for("requirements.index"))
