"""The workshop: a document beside the items and suggestions made from it, the forms that edit and finish them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, EDITORS, REVIEWER
from quizbank.db import db, utc_now
from quizbank.documents.forms import DocumentForm
from quizbank.documents.models import READY, StoredDocument
from quizbank.documents.passage import passage_around
from quizbank.documents.queries import latest_job_about, tree_of
from quizbank.documents.tree import Document
from quizbank.generation.candidates import Choice
from quizbank.generation.carrying import ReplacedAlready, WordsMissing, cite_words
from quizbank.generation.corrections import LONGEST, CorrectionRefused, corrections_in, doubts
from quizbank.generation.edited import judge_edited
from quizbank.generation.evidence import evidence_of, licence_told
from quizbank.generation.forms import CorrectionForm, SectionForm, SwapForm
from quizbank.generation.jobs import licences_held
from quizbank.generation.marking import cited_by, first_places, marked_text
from quizbank.generation.models import OPEN, Suggestion
from quizbank.generation.operations import (
    add_new_version,
    ask_for_section,
    confirm_stale,
    finish_suggestion,
    put_right,
    reject_suggestion,
)
from quizbank.generation.patterns import PATTERNS
from quizbank.generation.queries import (
    corrections_of,
    decisions_by_pattern,
    replaced_by,
    replaces,
    run_of,
    section_runs_of,
    suggestions_of,
    words_put_right,
)
from quizbank.generation.renewal import TooEarly, section_choices
from quizbank.generation.serialising import content_from_json, item_from_json
from quizbank.generation.suggestions import (
    ORIGINS,
    SwapRefused,
    options_of,
    prefilled,
    read_choices,
    swapped,
    traced,
    warnings_of,
)
from quizbank.items.content import Citation, ItemContent
from quizbank.items.forms import ContentForm, RejectForm, VersionForm, form_of
from quizbank.items.models import DRAFT, PUBLISHED, Item, ItemVersion
from quizbank.items.operations import TOGETHER, ReviewRefused, approve_version, citation_of, revise_item, take_turns
from quizbank.items.queries import content_of, newest_versions_of
from quizbank.items.types import item_type
from quizbank.jobs.rules import error_words
from quizbank.web.entrance import open_to
from quizbank.web.errors import refuse

generation_pages = Blueprint("generation", __name__, url_prefix="/generation")


@generation_pages.get("/patterns")
@open_to(*EDITORS)
def patterns() -> str:
    found = evidence_of(PATTERNS, licences_held(), decisions_by_pattern())
    return render_template("generation/patterns.html", evidence=found)


@generation_pages.get("/<int:document_id>")
@open_to(*EDITORS)
def workshop(document_id: int) -> str | Response:
    row = db.get_or_404(StoredDocument, document_id)
    if row.state != READY:
        return redirect(url_for("documents.show", document_id=document_id))
    tree = tree_of(row)
    job = latest_job_about(document_id)
    versions = newest_versions_of(document_id)
    suggestions = suggestions_of(document_id)
    cited = [cited_by(v.citation, f"item-{v.item_id}") for v in versions if v.state in (DRAFT, PUBLISHED)]
    cited += [cited_by(s.report["citation"], f"suggestion-{s.id}") for s in suggestions if s.state == OPEN]
    marked = marked_text(tree, cited)
    return render_template(
        "generation/workshop.html",
        row=row,
        tree=tree,
        marked=marked,
        places=first_places(marked),
        versions=versions,
        contents={version.id: content_of(version) for version in versions},
        suggestions=[one for one in suggestions if one.state == OPEN],
        suggested={one.id: content_from_json(one.report) for one in suggestions if one.state == OPEN},
        decided=[one for one in suggestions if one.state != OPEN],
        ready=[version for version in versions if version.state == DRAFT and version.all_checks_pass],
        run=run_of(document_id),
        section_runs=section_runs_of(document_id),
        section_form=section_form(tree),
        newer=replaced_by(document_id),
        older=replaces(document_id),
        job=job,
        trouble=error_words(job.state, job.refusal) if job else None,
        licence=partial(licence_told, licences_held()),
        origins=ORIGINS,
        doubts=doubts(tree),
        corrections={one.original: one for one in corrections_of(document_id)},
        corrected_in=partial(corrections_in, corrections=words_put_right(document_id)),
        known={
            **{f"item-{v.item_id}": v.provenance.get("options", []) for v in versions},
            **{f"suggestion-{s.id}": options_of(item_from_json(s.report)) for s in suggestions if s.state == OPEN},
        },
    )


def section_form(tree: Document) -> SectionForm:
    """Return the form that chooses a section of a document."""
    form = SectionForm()
    form.section.choices = section_choices(tree)
    return form


@generation_pages.post("/<int:document_id>/correction")
@open_to(AUTHOR, ADMINISTRATOR)
def correct(document_id: int) -> Response:
    """Keep how doubtful words of the document are written in its questions from now on."""
    row, form = db.get_or_404(StoredDocument, document_id), CorrectionForm()
    if row.state != READY or not form.validate():
        refuse(400, f"Write how the words were meant, in 1 to {LONGEST} characters.")
    try:
        kept = put_right(row, form.original.data, form.corrected.data, current_user.id, utc_now())
    except CorrectionRefused as error:
        db.session.rollback()
        refuse(400, str(error))
    db.session.commit()
    flash(f"Questions written from now on say “{kept.corrected}” for “{kept.original}”.", "good")
    return redirect(url_for("generation.workshop", document_id=document_id, _anchor="doubtful"))


@generation_pages.post("/<int:document_id>/section")
@open_to(AUTHOR, ADMINISTRATOR)
def write_section(document_id: int) -> Response:
    row = db.get_or_404(StoredDocument, document_id)
    if row.state != READY or not (form := section_form(tree_of(row))).validate():
        refuse(400, "Choose a section of this document.")
    try:
        ask_for_section(row, form.section.data, current_user.id, utc_now())
    except TooEarly as error:
        refuse(409, str(error))
    db.session.commit()
    return redirect(url_for("generation.workshop", document_id=document_id))


@generation_pages.post("/<int:document_id>/approve")
@open_to(REVIEWER, AUTHOR, ADMINISTRATOR)
def approve_all(document_id: int) -> Response:
    db.get_or_404(StoredDocument, document_id)
    take_turns(document_id)
    ready = [v for v in newest_versions_of(document_id) if v.state == DRAFT and v.all_checks_pass]
    for version in ready:
        approve_version(version, current_user.id, utc_now(), TOGETHER)
    db.session.commit()
    flash(f"{len(ready)} items approved under your name." if ready else "There was nothing left to approve.", "good")
    return redirect(url_for("generation.workshop", document_id=document_id))


@dataclass(frozen=True)
class Desk:
    """What a person writes on: the document, what is cited, and the options whose origin is known."""

    row: StoredDocument
    anchor: str
    citation: Citation
    objective: str
    maker: str
    known: tuple[Choice, ...]

    def judge(self, content: ItemContent) -> list[dict[str, Any]]:
        """Return the results of the gate's checks."""
        tree, warned, words = tree_of(self.row), warnings_of(self.known), words_put_right(self.row.id)
        return judge_edited(tree, content, self.citation, self.objective, self.maker, warned, words)

    @property
    def workshop(self) -> str:
        return url_for("generation.workshop", document_id=self.row.id, _anchor=self.anchor)


def show_form(
    page: str, desk: Desk, form: ContentForm, content: ItemContent, problem: str, **words: Any
) -> tuple[str, int]:
    """Return a form with the cited words and the results of the checks beside it."""
    passage = passage_around(tree_of(desk.row), desk.citation.start, desk.citation.end)
    judged = not form.errors
    return render_template(
        page,
        desk=desk,
        form=form,
        problem=problem,
        passage=passage,
        checks=desk.judge(content) if judged else [],
        incomplete=content.problems() if judged else [],
        known={choice.text: choice for choice in desk.known},
        corrected=corrections_in(desk.citation.quote, words_put_right(desk.row.id)),
        origins=ORIGINS,
        **words,
    ), 400 if (problem or form.errors) and not asks_for_checks() else 200


def asks_for_checks() -> bool:
    """Return whether a form was sent only to be checked, by its button or while somebody writes."""
    return request.form.get("go") == "check"


def wants_saving(form: ContentForm) -> bool:
    """Return whether a valid form was sent to be saved."""
    return form.validate_on_submit() and not asks_for_checks()


def tell_saved(item_id: int, checks: Sequence[dict[str, Any]]) -> None:
    """Say that an item was saved and what its checks found."""
    failed = sum(not check["passed"] for check in checks)
    found = f"{failed} of {len(checks)} checks failed: read them on its card." if failed else "All checks passed."
    flash(f"Saved as item {item_id}, to be approved. {found}", "caution" if failed else "good")


@generation_pages.route("/suggestions/<int:suggestion_id>", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def finish(suggestion_id: int) -> Response | tuple[str, int]:
    """Finish a suggestion into a draft item: the best alternatives are filled in, the person keeps or drops them."""
    suggestion = db.get_or_404(Suggestion, suggestion_id)
    made = item_from_json(suggestion.report)
    desk = Desk(
        suggestion.document,
        f"suggestion-{suggestion.id}",
        made.citation,
        made.objective,
        made.maker,
        (*options_of(made), *made.alternatives),
    )
    if suggestion.state != OPEN:
        return redirect(desk.workshop)
    start = prefilled(made.content, made.alternatives)
    started = replace(made.content, options=start.kept) if made.alternatives else made.content  # type: ignore[type-var]
    written_in = form_of(type(made.content))
    form = written_in() if request.method == "POST" else written_in.showing(started, start.left_out)
    content, problem = form.content(type(made.content)), ""
    if wants_saving(form):
        try:
            version = finish_suggestion(suggestion, content, started, desk.judge(content), current_user.id, utc_now())
        except ReviewRefused as error:
            db.session.rollback()
            problem = str(error)
        else:
            db.session.commit()
            tell_saved(version.item_id, version.checks)
            return redirect(replace(desk, anchor=f"item-{version.item_id}").workshop)
    return show_form("generation/finish.html", desk, form, content, problem, suggestion=suggestion)


@generation_pages.post("/suggestions/<int:suggestion_id>/reject")
@open_to(AUTHOR, ADMINISTRATOR)
def reject(suggestion_id: int) -> Response:
    suggestion = db.get_or_404(Suggestion, suggestion_id)
    try:
        reject_suggestion(suggestion, (RejectForm().note.data or "")[:500], current_user.id, utc_now())
    except ReviewRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    return redirect(url_for("generation.workshop", document_id=suggestion.document_id, _anchor="suggestions"))


@generation_pages.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def edit(item_id: int) -> Response | tuple[str, int]:
    """Edit an item into a new version, which goes through the gate's checks like a generated one."""
    item = db.get_or_404(Item, item_id)
    version = item.versions[-1]
    about = VersionForm(data={"version": version.number, "quote": version.citation["quote"]})
    version = next((one for one in item.versions if one.number == about.version.data), version)
    form = form_of(item_type(version.type))() if request.method == "POST" else filled_form(version)
    desk, problem = resting_on(desk_of(version), about, version)
    content = form.content(item_type(version.type))
    if wants_saving(form) and not problem:
        checks = desk.judge(content)
        try:
            made = {**traced(content_of(version), content, desk.known, was_edited(version)), "stale": None}
            revise_item(version, content, checks, current_user.id, utc_now(), made, desk.citation)
        except ReviewRefused as error:
            db.session.rollback()
            problem = str(error)
        else:
            db.session.commit()
            flash("Saved as a new version, to be approved.", "good")
            return redirect(desk.workshop)
    return show_form("generation/edit.html", desk, form, content, problem, about=about, item=item, version=version)


def resting_on(desk: Desk, about: VersionForm, version: ItemVersion) -> tuple[Desk, str]:
    """Return the desk with the words that the form cites for a stale item, and what is wrong with the form."""
    if about.is_submitted() and not about.validate():
        return desk, " ".join(error for errors in about.errors.values() for error in errors)
    if not version.is_stale or not about.is_submitted():
        return desk, ""
    try:
        return replace(desk, citation=cite_words(tree_of(desk.row), about.quote.data or "")), ""
    except WordsMissing as error:
        return desk, str(error)


@generation_pages.post("/items/<int:item_id>/confirm")
@open_to(AUTHOR, ADMINISTRATOR)
def confirm(item_id: int) -> Response:
    """Say that a stale item is still right by the new words."""
    version = db.get_or_404(Item, item_id).versions[-1]
    desk = desk_of(version)
    checks = desk.judge(content_of(version))
    try:
        confirm_stale(version, checks, current_user.id, utc_now())
    except ReviewRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    tell_saved(item_id, checks)
    return redirect(desk.workshop)


@generation_pages.route("/<int:document_id>/new-version", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def new_version(document_id: int) -> str | Response | tuple[str, int]:
    """Add the next version of a document; once it is read, its items are carried over."""
    row, form = db.get_or_404(StoredDocument, document_id), DocumentForm()
    if form.validate_on_submit():
        try:
            newer, _job = add_new_version(row, *form.given(), current_user.id, utc_now())
        except ReplacedAlready as error:
            db.session.rollback()
            refuse(409, str(error))
        db.session.commit()
        return redirect(url_for("documents.show", document_id=newer.id))
    return render_template("generation/new_version.html", row=row, form=form), 400 if form.is_submitted() else 200


@generation_pages.post("/items/<int:item_id>/swap")
@open_to(AUTHOR, ADMINISTRATOR)
def swap(item_id: int) -> Response:
    """Put an alternative in the place of a wrong option: a new version, which goes through the gate's checks."""
    item, form = db.get_or_404(Item, item_id), SwapForm()
    version = next((one for one in item.versions if one.number == form.version.data), None)
    offered = read_choices(version.provenance.get("alternatives", [])) if version else ()
    if version is None or not form.validate() or form.alternative.data >= len(offered):
        refuse(400, "This option is not offered any more. Reload the page to see how the item stands.")
    desk, before = desk_of(version), content_of(version)
    try:
        content = swapped(before, form.option.data, offered[form.alternative.data])
        made = traced(before, content, desk.known, was_edited(version))
        checks = desk.judge(content)
        revise_item(version, content, checks, current_user.id, utc_now(), made)
    except (ReviewRefused, SwapRefused) as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    tell_saved(item.id, checks)
    return redirect(desk.workshop)


def filled_form(version: ItemVersion) -> ContentForm:
    """Return the form of a version, its alternatives offered as options that are left out unless wanted."""
    content = content_of(version)
    offered = prefilled(content, read_choices(version.provenance.get("alternatives", [])))
    return form_of(type(content)).showing(content, [*offered.kept[len(content.options) :], *offered.left_out])


def was_edited(version: ItemVersion) -> bool:
    """Return whether a person changed the item before."""
    return bool(version.provenance.get("edited", False))


def desk_of(version: ItemVersion) -> Desk:
    """Return what a person needs to edit an item's version."""
    made = version.provenance
    return Desk(
        version.item.document,
        f"item-{version.item_id}",
        citation_of(version),
        version.objective,
        made.get("maker", "edited"),
        read_choices([*made.get("options", []), *made.get("alternatives", [])]),
    )
