"""Pages of surveys: the list, building one, seeing it as learners do, which activity asks which, and the results."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice

from certificates.surveys.charts import share_bars
from certificates.surveys.forms import ChooseForm, EvaluationForm, NewSurveyForm, SurveyForm, survey_values
from certificates.surveys.models import Survey
from certificates.surveys.operations import SurveyRefused, change_survey, choose_survey, create_survey
from certificates.surveys.queries import (
    SHIPPED,
    SHIPPED_NAME,
    Asked,
    activities_asking,
    answered_counts,
    answered_versions,
    answers_to,
    asked_by,
    asked_now,
    survey_of,
    surveys,
    tallied,
)
from certificates.surveys.questions import TEXT
from certificates.surveys.results import answer_rows
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.activities.models import Activity
from quizbank.db import LARGEST_ID, db, utc_now
from quizbank.web.downloads import csv_response, xlsx_response
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide

surveys_pages = Blueprint("surveys", __name__, url_prefix="/surveys")

MOST_TEXTS = 200
"""So many different texts of a question stand on the page; the downloads have all."""


@surveys_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    return list_page(NewSurveyForm(formdata=None))


def list_page(form: NewSurveyForm) -> str:
    """Return the page with all surveys and which activity asks which."""
    words = {"surveys": surveys(), "counts": answered_counts(), "activities": activities_asking(), "form": form}
    return render_template("surveys/index.html", **words, shipped=SHIPPED, asked_by=asked_by)


@surveys_pages.post("/")
@open_to(ADMINISTRATOR)
def add() -> BaseResponse | tuple[str, int]:
    form = NewSurveyForm()
    if form.validate():
        try:
            survey = create_survey(form.name.data or "", current_user.id, utc_now())
        except SurveyRefused as error:
            db.session.rollback()
            form.name.errors = list(error.problems)
        else:
            db.session.commit()
            flash("Added. It asks what the shipped survey does until you change it.", "good")
            return redirect(url_for("surveys.edit", survey_id=survey.id))
    return list_page(form), 400


@surveys_pages.route("/<int:survey_id>", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def edit(survey_id: int) -> str | BaseResponse | tuple[str, int]:
    survey = db.get_or_404(Survey, survey_id)
    if request.method == "GET":
        return edit_page(survey, stored_form(survey))
    form = SurveyForm()
    if not form.validate():
        return edit_page(survey, form), 400
    try:
        version = change_survey(survey, form.seen.data or 0, form.rows(), current_user.id, utc_now())
    except SurveyRefused as error:
        db.session.rollback()
        form.form_errors.extend(error.problems)
        return edit_page(db.session.get_one(Survey, survey_id), form), 400
    words = f"Saved as version {version.number}. Who evaluates from now on is asked this."
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("surveys.edit", survey_id=survey_id))


def stored_form(survey: Survey) -> SurveyForm:
    """Return the form as the survey stands."""
    last = survey.versions[-1]
    return SurveyForm(formdata=None, data=survey_values(last.number, asked_by(last).questions))


def edit_page(survey: Survey, form: SurveyForm) -> str:
    """Return the page that builds a survey."""
    answered = answered_counts().get(survey.id, 0)
    return render_template("surveys/edit.html", survey=survey, form=form, answered=answered)


@surveys_pages.get("/preview", defaults={"survey_id": None})
@surveys_pages.get("/<int:survey_id>/preview")
@open_to(ADMINISTRATOR)
def preview(survey_id: int | None) -> str:
    asked = SHIPPED if survey_id is None else asked_by(db.get_or_404(Survey, survey_id).versions[-1])
    form = EvaluationForm.asking(asked.questions, asked.version_id)
    return render_template("surveys/preview.html", asked=asked, form=form, survey_id=survey_id)


@surveys_pages.route("/activity/<int:activity_id>", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def choose(activity_id: int) -> str | BaseResponse | tuple[str, int]:
    activity = db.get_or_404(Activity, activity_id)
    chosen = survey_of(activity.id)
    form = ChooseForm(data={"survey": str(chosen.id if chosen else 0)})
    form.survey.choices = [
        SelectChoice("0", SHIPPED_NAME),
        *(SelectChoice(str(survey.id), survey.name) for survey in surveys()),
    ]
    if form.validate_on_submit():
        survey = db.session.get(Survey, int(form.survey.data))
        choose_survey(activity.id, survey, current_user.id, utc_now())
        db.session.commit()
        flash("Saved. Who evaluates this activity from now on is asked this survey.", "good")
        return redirect(url_for("surveys.index"))
    page = render_template("surveys/choose.html", activity=activity, form=form)
    return page, 400 if form.is_submitted() else 200


@surveys_pages.get("/results/<int:activity_id>")
@open_to(AUTHOR, ADMINISTRATOR)
def results(activity_id: int) -> str:
    activity = db.get_or_404(Activity, activity_id)
    found, asked = version_wanted(activity.id)
    words = {
        "activity": activity,
        "versions": found,
        "asked": asked,
        "number": next((number for one, number in found if one.version_id == asked.version_id), 0),
        "tallies": [
            (one, "" if one.question.kind == TEXT else share_bars(one))
            for one in tallied(activity.id, asked, MOST_TEXTS)
        ],
    }
    return render_template("surveys/results.html", **words)


def version_wanted(activity_id: int) -> tuple[Sequence[tuple[Asked, int]], Asked]:
    """Return all that was answered for an activity, and what the address asks for: the latest, if it says nothing."""
    found = answered_versions(activity_id)
    wanted = request.args.get("version")
    if not wanted:
        return found, found[0][0] if found else asked_now(activity_id)
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and int(wanted) <= LARGEST_ID else -1
    asked = next((asked for asked, _ in found if (asked.version_id or 0) == number), None)
    return found, asked if asked is not None else hide()


@surveys_pages.get("/results/<int:activity_id>/answers.<any(csv, xlsx):ending>")
@open_to(AUTHOR, ADMINISTRATOR)
def answers_file(activity_id: int, ending: str) -> Response:
    """Give every answer, a row per person, without who it was and in no order of time."""
    activity = db.get_or_404(Activity, activity_id)
    _, asked = version_wanted(activity.id)
    header = [question.text for question in asked.questions]
    rows = answer_rows(asked.questions, answers_to(activity.id, asked.version_id))
    if ending == "csv":
        return csv_response("evaluation.csv", header, rows)
    return xlsx_response("evaluation.xlsx", "Evaluation", header, rows)
