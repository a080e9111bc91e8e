"""Pages of rule files: what is in force, its versions, checking another text, and putting it in force."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import LARGEST_ID, db, utc_now
from quizbank.rulefiles.changes import REMOVED, Change
from quizbank.rulefiles.forms import RuleFileForm
from quizbank.rulefiles.kinds import DamagedFile, RuleFileKind
from quizbank.rulefiles.models import RuleFileVersion
from quizbank.rulefiles.operations import RuleFileRefused, activate_rule_file, check_rule_file, hash_of
from quizbank.rulefiles.queries import (
    last_version,
    rule_file_kinds,
    text_in_force,
    texts_in_force,
    version_numbered,
    versions_of,
)
from quizbank.web.downloads import attachment
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide

rulefiles_pages = Blueprint("rulefiles", __name__, url_prefix="/rulefiles")


def kind_named(name: str) -> RuleFileKind:
    """Return a kind of rule file by name; others are not there."""
    return next((kind for kind in rule_file_kinds() if kind.name == name), None) or hide()


def version_of(kind: RuleFileKind, number: int) -> RuleFileVersion:
    """Return a version of a kind by number; others are not there."""
    return (version_numbered(kind, number) if 0 < number <= LARGEST_ID else None) or hide()


@rulefiles_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    found = [(kind, last_version(kind), bool(current_app.config[kind.setting])) for kind in rule_file_kinds()]
    return render_template("rulefiles/index.html", found=found)


@rulefiles_pages.get("/<name>")
@open_to(ADMINISTRATOR)
def show(name: str) -> str:
    """Show what is in force; with ``version`` in the address, the form is filled in with that version."""
    kind = kind_named(name)
    wanted = request.args.get("version", type=int)
    text = text_in_force(kind) if wanted is None else version_of(kind, wanted).content
    last = last_version(kind)
    form = RuleFileForm(formdata=None, data={"seen": last.number if last else 0, "text": text})
    return page(kind, form)


def page(
    kind: RuleFileKind, form: RuleFileForm, problems: tuple[str, ...] = (), found: list[Change] | None = None
) -> str:
    """Return the page of a kind: the form as it stands, what is wrong with its text, or what that would change."""
    removed = [one.part for one in found or () if one.kind == REMOVED]
    words = {
        "kind": kind,
        "form": form,
        "problems": problems,
        "changes": found,
        "relied_on": [(part, words) for part in removed if (words := kind.used(part))],
        "versions": versions_of(kind),
        "ruling_file": current_app.config[kind.setting],
        "in_force": text_in_force(kind),
        "damage": damage_of(kind),
    }
    return render_template("rulefiles/show.html", **words)


def damage_of(kind: RuleFileKind) -> tuple[str, ...]:
    """Return what is wrong with the text in force, which another file or program may have come to contradict."""
    try:
        kind.read(text_in_force(kind), texts_in_force())
    except DamagedFile as error:
        return error.problems
    return ()


@rulefiles_pages.post("/<name>")
@open_to(ADMINISTRATOR)
def change(name: str) -> str | BaseResponse | tuple[str, int]:
    """Check the text that was sent and show what it would change; put it in force when asked to after that was shown."""
    kind, form = kind_named(name), RuleFileForm()
    if not form.validate() or not form.take_file():
        return page(kind, form), 400
    text = form.text.data or ""
    try:
        found = check_rule_file(kind, text)
        if "activate" not in request.form or form.shown.data != hash_of(text):
            form.shown.data = hash_of(text)
            return page(kind, form, found=found)
        made = activate_rule_file(kind, text, form.note.data or "", form.seen.data or 0, current_user.id, utc_now())
    except DamagedFile as error:
        return page(kind, form, problems=error.problems), 400
    except RuleFileRefused as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        last = last_version(kind)
        form.seen.data, form.seen.raw_data = last.number if last else 0, None
        return page(kind, form), 409
    number = made.number
    db.session.commit()
    flash(f"Version {number} is in force. What was published or claimed before stays as it was.", "good")
    return redirect(url_for("rulefiles.show", name=name))


@rulefiles_pages.get("/<name>/in-force.toml")
@open_to(ADMINISTRATOR)
def download(name: str) -> Response:
    """Give the text in force as a file; where there is none, an example to begin with."""
    kind = kind_named(name)
    text = text_in_force(kind)
    return text_file(f"{name}.toml" if text else f"{name}-example.toml", text or kind.example)


@rulefiles_pages.get("/<name>/version-<int:number>.toml")
@open_to(ADMINISTRATOR)
def download_version(name: str, number: int) -> Response:
    kind = kind_named(name)
    return text_file(f"{name}-{number}.toml", version_of(kind, number).content)


def text_file(name: str, text: str) -> Response:
    """Return a text as a download."""
    response = Response(text, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(name)
    return response
