"""Pages of batches: whom an act would reach, one press to do it, its progress, and what could not be done."""

import secrets
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from certificates.batches.acts import ACTS, BATCH, ISSUE, Act, Order
from certificates.batches.forms import BatchForm
from certificates.batches.operations import order_batch
from certificates.batches.queries import Reached, batches_of, left_undone, reached_by, uncertified_claims
from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.issuing.operations import IssueRefused, facts_of, problems_of
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.rules import ENDED
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import asked_id, search_words

batches_pages = Blueprint("batches", __name__, url_prefix="/batches")

LAST = 5
SHOWN = 25
"""Lines of a preview, and of what was left undone."""


def asked_act(name: str) -> Act:
    """Return the act of an address."""
    return ACTS.get(name) or refuse(404, "There is no such thing to do with certificates.")


def reached(act: Act) -> Reached:
    """Return what the act would reach as the address searches and filters."""
    return reached_by(act, search_words(), request.args.get("state"), asked_id("activity"))


@batches_pages.get("/<act>")
@open_to(ADMINISTRATOR)
def preview(act: str) -> str:
    form = BatchForm(formdata=None, data={"token": secrets.token_hex(8)})
    return previewed(asked_act(act), form)


def previewed(act: Act, form: BatchForm) -> str:
    """Return the page that shows whom an act would reach and asks for the press."""
    query = reached(act)
    total = counted(query)
    form.seen.raw_data, form.seen.data = None, total
    rows = db.session.execute(query.limit(SHOWN)).all()
    return render_template("batches/preview.html", act=act, form=form, total=total, rows=rows)


@batches_pages.post("/<act>")
@open_to(ADMINISTRATOR)
def order(act: str) -> Response | tuple[str, int]:
    """Queue the batch; when another number of certificates is reached by now, it is shown again instead."""
    found, form = asked_act(act), BatchForm()
    ids = tuple(row[0] for row in db.session.execute(reached(found)))
    if not form.validate():
        return previewed(found, form), 400
    if not ids or form.seen.data != len(ids):
        form.form_errors = [f"There are {len(ids):,} by now. Look again, then press."]
        return previewed(found, form), 409
    asked = Order(found, ids, (form.reason.data or "").strip())
    try:
        job = order_batch(asked, f"{current_user.id}:{form.token.data}", current_user.id, utc_now())
    except IssueRefused as error:
        form.reason.errors = [str(error)]
        return previewed(found, form), 400
    db.session.commit()
    return redirect(url_for("batches.show", job_id=job.id))


def own_batch(job_id: int) -> Job:
    """Return a batch job that this person asked for."""
    job = db.get_or_404(Job, job_id)
    if job.kind != BATCH or job.account_id != current_user.id:
        hide()
    return job


@batches_pages.get("/run/<int:job_id>")
@open_to(ADMINISTRATOR)
def show(job_id: int) -> str:
    job = own_batch(job_id)
    asked = Order.of(job.args)
    has_ended = job.state in ENDED
    undone = left_undone(asked.act, asked.ids) if has_ended else []
    told = told_undone(asked.act, undone[:SHOWN])
    words = {"job": job, "act": asked.act, "order": asked, "has_ended": has_ended, "left": len(undone), "told": told}
    return render_template("batches/show.html", **words)


@batches_pages.post("/run/<int:job_id>/again")
@open_to(ADMINISTRATOR)
def again(job_id: int) -> Response:
    """Try once more what was left undone; asked for twice it is tried once."""
    job = own_batch(job_id)
    asked = Order.of(job.args)
    undone = tuple(left_undone(asked.act, asked.ids)) if job.state in ENDED else ()
    if undone:
        job = order_batch(Order(asked.act, undone, asked.reason), f"again:{job_id}", current_user.id, utc_now())
        db.session.commit()
    return redirect(url_for("batches.show", job_id=job.id))


def told_undone(act: Act, ids: Sequence[int]) -> list[tuple[str, str]]:
    """Return the name and, in a sentence, what stands in the way of each."""
    if act is ISSUE:
        claims = db.session.scalars(select(CreditClaim).where(CreditClaim.id.in_(ids)))
    else:
        claims = db.session.scalars(select(CreditClaim).join(Certificate).where(Certificate.id.in_(ids)))
    return [(claim.learner.name, " ".join(problems_of(facts_of(claim, "-", utc_now())))) for claim in claims]


@batches_pages.app_context_processor
def add_batches() -> dict[str, object]:
    """Give the list of certificates the claims that wait for one, and the batches that the person asked for last."""
    return {
        "waiting_claims": lambda: counted(uncertified_claims("", None)),
        "last_batches": lambda: batches_of(current_user.id, LAST),
    }


def counted(query: Reached) -> int:
    """Return how many rows a query gives."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
