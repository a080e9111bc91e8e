"""Pages for authors: the list of documents, adding one, and what was read and left out of one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, EDITORS
from quizbank.db import db, utc_now
from quizbank.documents.forms import DocumentForm
from quizbank.documents.language import language_name
from quizbank.documents.models import READY, StoredDocument
from quizbank.documents.operations import add_document
from quizbank.documents.queries import latest_job_about, tree_of
from quizbank.jobs.rules import error_words
from quizbank.web.entrance import open_to
from quizbank.web.lists import contains, read_listing, search_words

documents_pages = Blueprint("documents", __name__, url_prefix="/documents")

SORTS = {"title": StoredDocument.title, "added": StoredDocument.added_at, "words": StoredDocument.words}
STATES = [("reading", "Being read"), ("ready", "Ready"), ("refused", "Not readable")]


@documents_pages.get("/")
@open_to(*EDITORS)
def index() -> str:
    query = select(StoredDocument)
    if words := search_words():
        query = query.where(or_(contains(StoredDocument.title, words), contains(StoredDocument.name, words)))
    if state := request.args.get("state"):
        query = query.where(StoredDocument.state == state)
    listing = read_listing(query, SORTS, "-added", filters=["state"])
    return render_template("documents/index.html", listing=listing, states=STATES)


@documents_pages.route("/add", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def add() -> str | Response | tuple[str, int]:
    form = DocumentForm()
    if form.validate_on_submit():
        row, _job = add_document(*form.given(), current_user.id, utc_now())
        db.session.commit()
        return redirect(url_for("documents.show", document_id=row.id))
    return render_template("documents/add.html", form=form), 400 if form.is_submitted() else 200


@documents_pages.get("/<int:document_id>")
@open_to(*EDITORS)
def show(document_id: int) -> str:
    row = db.get_or_404(StoredDocument, document_id)
    tree = tree_of(row) if row.state == READY else None
    language = language_name(tree.language) if tree else ""
    job = latest_job_about(row.id)
    trouble = error_words(job.state, job.refusal) if job else None
    words = {"row": row, "tree": tree, "language": language, "job": job, "trouble": trouble}
    return render_template("documents/show.html", **words)
