"""The workshop: a document beside the items made from it, with the cited words highlighted, checks and verdicts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, EDITORS, REVIEWER
from quizbank.db import db, utc_now
from quizbank.documents.models import READY, StoredDocument
from quizbank.documents.passage import passage_around
from quizbank.documents.queries import latest_job_about, tree_of
from quizbank.generation.edited import judge_edited
from quizbank.generation.marking import first_places, marked_text
from quizbank.generation.models import GenerationRun
from quizbank.items.forms import ItemForm
from quizbank.items.models import DRAFT, Item
from quizbank.items.operations import ReviewRefused, approve_version, citation_of, revise_item, take_turns
from quizbank.items.queries import content_of, newest_versions_of
from quizbank.items.types import item_type
from quizbank.jobs.rules import error_words
from quizbank.web.entrance import open_to

generation_pages = Blueprint("generation", __name__, url_prefix="/generation")


@generation_pages.get("/<int:document_id>")
@open_to(*EDITORS)
def workshop(document_id: int) -> str | Response:
    row = db.get_or_404(StoredDocument, document_id)
    if row.state != READY:
        return redirect(url_for("documents.show", document_id=document_id))
    tree = tree_of(row)
    job = latest_job_about(document_id)
    versions = newest_versions_of(document_id)
    marked = marked_text(tree, [(v.citation["start"], v.citation["end"], f"item-{v.item_id}") for v in versions])
    run = db.session.scalar(select(GenerationRun).where(GenerationRun.document_id == document_id))
    return render_template(
        "generation/workshop.html",
        row=row,
        tree=tree,
        marked=marked,
        places=first_places(marked),
        versions=versions,
        contents={version.id: content_of(version) for version in versions},
        ready=[version for version in versions if version.state == DRAFT and version.all_checks_pass],
        run=run,
        job=job,
        trouble=error_words(job.state, job.refusal) if job else None,
    )


@generation_pages.post("/<int:document_id>/approve")
@open_to(REVIEWER, AUTHOR, ADMINISTRATOR)
def approve_all(document_id: int) -> Response:
    db.get_or_404(StoredDocument, document_id)
    take_turns(document_id)
    ready = [v for v in newest_versions_of(document_id) if v.state == DRAFT and v.all_checks_pass]
    for version in ready:
        approve_version(version, current_user.id, utc_now())
    db.session.commit()
    flash(f"{len(ready)} items approved under your name." if ready else "There was nothing left to approve.", "good")
    return redirect(url_for("generation.workshop", document_id=document_id))


@generation_pages.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def edit(item_id: int) -> str | Response | tuple[str, int]:
    """Edit an item into a new version, which goes through the gate's checks like a generated one."""
    item = db.get_or_404(Item, item_id)
    version, tree = item.versions[-1], tree_of(item.document)
    form = ItemForm() if request.method == "POST" else ItemForm.showing(content_of(version), version.number)
    problem = ""
    if form.validate_on_submit():
        version = next((one for one in item.versions if one.number == form.version.data), version)
        content = form.content(item_type(version.type))
        checks = judge_edited(tree, content, citation_of(version), version.objective)
        try:
            revise_item(version, content, checks, current_user.id, utc_now())
        except ReviewRefused as error:
            db.session.rollback()
            problem = str(error)
        else:
            db.session.commit()
            flash("Saved as a new version, to be approved.", "good")
            return redirect(url_for("generation.workshop", document_id=item.document_id, _anchor=f"item-{item.id}"))
    passage = passage_around(tree, version.citation["start"], version.citation["end"])
    words = {"form": form, "item": item, "version": version, "problem": problem, "passage": passage}
    return render_template("generation/edit.html", **words), 400 if request.method == "POST" else 200
