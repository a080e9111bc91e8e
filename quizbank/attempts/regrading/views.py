"""The administrator's page of a regrade: what a corrected key changes, and the button that writes it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.attempts.regrading.forms import RegradeForm
from quizbank.attempts.regrading.operations import RegradeRefused, look_at_regrade, regrade_item
from quizbank.db import db, utc_now
from quizbank.items.models import Item
from quizbank.web.entrance import open_to
from quizbank.web.once import once

regrading_pages = Blueprint("regrading", __name__, url_prefix="/regrading")

SHOWN = 200
"""So many attempts are listed; the command lists all."""


@regrading_pages.get("/<int:item_id>")
@open_to(ADMINISTRATOR)
def preview(item_id: int) -> str:
    return page(db.get_or_404(Item, item_id), RegradeForm(request.args), "")


@regrading_pages.post("/<int:item_id>")
@open_to(ADMINISTRATOR)
@once
def confirm(item_id: int) -> Response | tuple[str, int]:
    item, form = db.get_or_404(Item, item_id), RegradeForm()
    if not form.validate():
        return page(item, form, ""), 400
    try:
        given = form.allow_lowering.data, form.shown.data or "none"
        report = regrade_item(item, form.reason.data or "", current_user.id, utc_now(), *given)
    except RegradeRefused as error:
        db.session.rollback()
        return page(item, form, str(error)), 409
    flash(f"Regraded {report.counts.all} attempts.", "good")
    return redirect(url_for("items.show", item_id=item_id))


def page(item: Item, form: RegradeForm, problem: str) -> str:
    """Return the page that shows what regrading changes; a refusal stands in its place."""
    try:
        report = look_at_regrade(item, bool(form.allow_lowering.data))
    except RegradeRefused as error:
        return render_template("regrading/preview.html", item=item, form=form, problem=str(error), report=None)
    form.shown.data = report.seal
    words = {"item": item, "form": form, "problem": problem, "report": report, "shown": SHOWN}
    return render_template("regrading/preview.html", **words)
