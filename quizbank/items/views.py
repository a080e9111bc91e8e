"""Pages of the item bank: the list of items, one item with its versions, editing, approving and rejecting."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, EDITORS, REVIEWER
from quizbank.db import db, utc_now
from quizbank.documents.models import StoredDocument
from quizbank.documents.passage import passage_around
from quizbank.documents.queries import tree_of
from quizbank.items.forms import RejectForm
from quizbank.items.models import Item, ItemVersion
from quizbank.items.operations import ReviewRefused, approve_version, reject_version, retire_version
from quizbank.items.queries import content_of, newest_versions
from quizbank.web.entrance import open_to
from quizbank.web.errors import refuse
from quizbank.web.lists import asked_id, contains, read_listing, search_words

items_pages = Blueprint("items", __name__, url_prefix="/items")

SORTS = {"item": ItemVersion.item_id, "stem": ItemVersion.stem, "state": ItemVersion.state}
STATES = [("draft", "To review"), ("published", "Published"), ("rejected", "Rejected"), ("retired", "Retired")]


@items_pages.get("/")
@open_to(*EDITORS)
def index() -> str:
    query = newest_versions()
    if words := search_words():
        query = query.where(contains(ItemVersion.stem, words))
    if state := request.args.get("state"):
        query = query.where(ItemVersion.state == state)
    if document_id := asked_id("document"):
        query = query.join(Item).where(Item.document_id == document_id)
    documents = db.session.execute(select(StoredDocument.id, StoredDocument.title).order_by(StoredDocument.title)).all()
    listing = read_listing(query, SORTS, "item", filters=["state", "document"])
    choices = [(str(document_id), title) for document_id, title in documents]
    return render_template("items/index.html", listing=listing, states=STATES, documents=choices)


@items_pages.get("/<int:item_id>")
@open_to(*EDITORS)
def show(item_id: int) -> str:
    item = db.get_or_404(Item, item_id)
    newest = item.versions[-1]
    tree = tree_of(item.document)
    contents = {version.id: content_of(version) for version in item.versions}
    passage = passage_around(tree, newest.citation["start"], newest.citation["end"])
    return render_template("items/show.html", item=item, newest=newest, contents=contents, passage=passage)


@items_pages.post("/versions/<int:version_id>/approve")
@open_to(REVIEWER, AUTHOR, ADMINISTRATOR)
def approve(version_id: int) -> Response:
    return decide_and_return(version_id, lambda version: approve_version(version, current_user.id, utc_now()))


@items_pages.post("/versions/<int:version_id>/reject")
@open_to(REVIEWER, AUTHOR, ADMINISTRATOR)
def reject(version_id: int) -> Response:
    note = (RejectForm().note.data or "")[:500]
    return decide_and_return(version_id, lambda version: reject_version(version, current_user.id, note, utc_now()))


@items_pages.post("/versions/<int:version_id>/retire")
@open_to(REVIEWER, AUTHOR, ADMINISTRATOR)
def retire(version_id: int) -> Response:
    return decide_and_return(version_id, lambda version: retire_version(version, current_user.id, utc_now()))


def decide_and_return(version_id: int, decide: Callable[[ItemVersion], None]) -> Response:
    """Carry out a verdict and go back to the document's workshop, at the item decided on."""
    version = db.get_or_404(ItemVersion, version_id)
    try:
        decide(version)
    except ReviewRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    return redirect(workshop_link(version.item))


def workshop_link(item: Item) -> str:
    """Return the address of an item in its document's workshop."""
    return url_for("generation.workshop", document_id=item.document_id, _anchor=f"item-{item.id}")
