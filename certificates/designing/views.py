"""Pages on which an administrator chooses how certificates look, sees it before anyone gets one, and adds pictures."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from certificates.designing.forms import ChoiceForm, PictureForm, choice_values
from certificates.designing.models import LOGO, SIGNATURE, Picture
from certificates.designing.operations import ChoiceRefused, add_picture, choose_design, unfit, withdraw_picture
from certificates.designing.pictures import PictureRefused
from certificates.designing.queries import (
    choice_for,
    choices_of_activities,
    latest_choice,
    pictures_of,
    pictures_to_choose,
)
from certificates.issuing.choice import DesignChoice
from certificates.issuing.confined import preview_safely
from certificates.issuing.designs import read_design, usable_designs
from certificates.issuing.examples import EXAMPLES
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.preview import first_page_png
from certificates.issuing.rendering import RenderingRefused
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity
from quizbank.db import db, utc_now
from quizbank.web.entrance import open_to
from quizbank.web.errors import refuse

designing_pages = Blueprint("designing", __name__, url_prefix="/designing")
LARGE, SMALL = 1.4, 0.55
"""Pixels per point of a preview, and of a thumbnail."""


@designing_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    return page_of_designs(PictureForm())


def page_of_designs(form: PictureForm) -> str:
    """Return the page with the designs, what was chosen, and the pictures."""
    designs, broken = usable_designs()
    words = {
        "designs": designs,
        "broken": broken,
        "choice": choice_for(None),
        "activities": choices_of_activities(),
        "pictures": [(kind, pictures_to_choose(kind)) for kind in (LOGO, SIGNATURE)],
        "form": form,
    }
    return render_template("designing/index.html", **words)


@designing_pages.route("/provider", methods=["GET", "POST"], defaults={"activity_id": None})
@designing_pages.route("/activity/<int:activity_id>", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def choose(activity_id: int | None) -> str | tuple[str, int] | BaseResponse:
    """Show a choice with its preview; save it when asked to."""
    activity = db.get_or_404(Activity, activity_id) if activity_id is not None else None
    choice = choice_for(activity_id)
    form = ChoiceForm() if request.method == "POST" else ChoiceForm(data=choice_values(choice))
    form.offer(pictures_to_choose(LOGO), pictures_to_choose(SIGNATURE))
    if not form.is_submitted():
        return choice_page(form, activity, choice)
    if not form.validate():
        return choice_page(form, activity, choice), 400
    choice = form.choice()
    if problems := unfit(choice):
        form.form_errors.extend(problems)
        return choice_page(form, activity, choice_for(activity_id)), 400
    if "save" not in request.form:
        return choice_page(form, activity, choice)
    return save(activity_id, choice)


def choice_page(form: ChoiceForm, activity: Activity | None, choice: DesignChoice) -> str:
    """Return the page of a choice with the preview of it as the form stands."""
    own = latest_choice(activity.id) if activity else None
    words = {
        "form": form,
        "activity": activity,
        "is_own": own is not None and own.content is not None,
        "preview": url_for("designing.preview", **preview_values(choice, form.example.data or "ordinary", activity)),
        "design": read_design(choice.design, choice.sheet),
    }
    return render_template("designing/choose.html", **words)


def preview_values(choice: DesignChoice, example: str, activity: Activity | None) -> dict[str, Any]:
    """Return a choice as the address of its preview: everything as text, each signatory's parts beside each other."""
    parts = {part: [getattr(one, part) or "" for one in choice.signatories] for part in ("name", "title", "picture")}
    layout = {"layout": f"{choice.design}/{choice.sheet}", "logo": choice.logo or "", "example": example}
    return {**layout, **parts, **({"activity": activity.id} if activity else {})}


def save(activity_id: int | None, choice: DesignChoice | None) -> BaseResponse:
    """Save a choice and go back to the page of designs."""
    try:
        choose_design(activity_id, choice, current_user.id, utc_now())
    except ChoiceRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    flash("Saved. Certificates issued from now on look like this; those issued before stay as they are.", "good")
    return redirect(url_for("designing.index"))


@designing_pages.post("/activity/<int:activity_id>/follow")
@open_to(ADMINISTRATOR)
def follow(activity_id: int) -> BaseResponse:
    """Let an activity follow the provider's choice again."""
    db.get_or_404(Activity, activity_id)
    return save(activity_id, None)


@designing_pages.get("/preview.png")
@open_to(ADMINISTRATOR)
def preview() -> Response:
    """Draw a certificate nobody gets, as the address describes it."""
    form = preview_form()
    choice = form.choice()
    if not form.validate() or unfit(choice):
        abort(404)
    facts = with_choice(EXAMPLES[form.example.data][1], choice, request.args.get("activity", type=int))
    scale = SMALL if request.args.get("size") == "small" else LARGE
    try:
        pdf = preview_safely(facts, facts.design, pictures_of(facts))
    except RenderingRefused as error:
        refuse(409, str(error))
    return Response(first_page_png(pdf, scale), mimetype="image/png")


def preview_form() -> ChoiceForm:
    """Return the form that the address of a preview describes."""
    parts = zip(*(request.args.getlist(part)[:3] for part in ("name", "title", "picture")), strict=False)
    signatories = [{"name": name, "title": title, "picture": picture} for name, title, picture in parts]
    given = {name: request.args.get(name, default) for name, default in (("layout", ""), ("logo", ""))}
    example = request.args.get("example", "ordinary")
    form = ChoiceForm(
        formdata=None, data={**given, "example": example, "signatories": signatories}, meta={"csrf": False}
    )
    form.offer(pictures_to_choose(LOGO), pictures_to_choose(SIGNATURE))
    return form


def with_choice(facts: CertificateFacts, choice: DesignChoice, activity_id: int | None) -> CertificateFacts:
    """Return example facts in a choice, with the provider's own name, and an activity's title where it is for one."""
    own: dict[str, Any] = {"provider": current_app.config["PROVIDER_NAME"]} if facts is EXAMPLES["ordinary"][1] else {}
    activity = db.session.get(Activity, activity_id) if activity_id else None
    if activity is not None and own:
        own |= {"title": activity.title, "format": FORMATS[activity.format]}
    looks: dict[str, Any] = {
        "design": choice.design,
        "sheet": choice.sheet,
        "logo": choice.logo,
        "signatories": choice.signatories,
    }
    return replace(facts, **own, **looks)


@designing_pages.post("/pictures")
@open_to(ADMINISTRATOR)
def add() -> tuple[str, int] | BaseResponse:
    form = PictureForm()
    if form.validate_on_submit():
        upload = form.file.data.read() if form.file.data else b""
        try:
            add_picture(upload, form.kind.data, form.label.data or "", current_user.id, utc_now())
        except PictureRefused as error:
            form.file.errors = [str(error)]
        else:
            db.session.commit()
            flash("Added. It can now be chosen.", "good")
            return redirect(url_for("designing.index"))
    return page_of_designs(form), 400


@designing_pages.get("/pictures/<kind>/<sha256>.png")
@open_to(ADMINISTRATOR)
def picture(kind: str, sha256: str) -> Response:
    return Response(db.get_or_404(Picture, (sha256, kind)).content, mimetype="image/png")


@designing_pages.post("/pictures/<kind>/<sha256>/withdraw")
@open_to(ADMINISTRATOR)
def withdraw(kind: str, sha256: str) -> BaseResponse:
    withdraw_picture(db.get_or_404(Picture, (sha256, kind)), current_user.id, utc_now())
    db.session.commit()
    flash("Withdrawn. Certificates that carry it keep it; new ones cannot choose it.", "good")
    return redirect(url_for("designing.index"))
