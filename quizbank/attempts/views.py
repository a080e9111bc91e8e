"""Pages of learners: home, what an activity is, reading, answering, submitting, the result; and the list of attempts."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import Select, or_, select
from werkzeug.wrappers import Response as BaseResponse

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR, EDITORS
from quizbank.activities.availability import DRAFT, closed_because
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.formats import FORMATS, credit_type
from quizbank.activities.models import Activity, Objective
from quizbank.activities.queries import open_activities
from quizbank.attempts.feedback import (
    ItemFeedback,
    Mistyped,
    Question,
    item_feedback,
    may_see_feedback,
    objective_scores,
    question,
)
from quizbank.attempts.forms import InvalidForm, answered_fields
from quizbank.attempts.limits import attempts_left, refusal
from quizbank.attempts.log import AttemptState
from quizbank.attempts.models import OPEN, Attempt
from quizbank.attempts.operations import (
    AttemptClosed,
    StartRefused,
    keep_answers,
    read_responses,
    save_drafts,
    start_attempt,
    submit_attempt,
)
from quizbank.attempts.queries import (
    attempts_of,
    contents_of,
    earlier_of,
    passed_of,
    responses_so_far,
    state_of,
    unfinished_of,
    work_waiting,
)
from quizbank.db import db, utc_now
from quizbank.documents.passage import passage_around
from quizbank.documents.queries import tree_of
from quizbank.documents.tree import Document
from quizbank.items.content import InvalidResponse
from quizbank.items.models import ItemVersion
from quizbank.local_time import local_date, local_time
from quizbank.plans.allowance import FREE
from quizbank.plans.catalogue import ACTIVITIES
from quizbank.plans.queries import admission, catalogue
from quizbank.time_words import clock_words
from quizbank.web.downloads import csv_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import contains, read_listing, search_words

attempts_pages = Blueprint("attempts", __name__)

SORTS = {
    "person": Account.name,
    "activity": Activity.title,
    "started": Attempt.started_at,
    "submitted": Attempt.submitted_at,
    "score": Attempt.score,
}
UNREADABLE = 422
"""The status of a page that asks for an answer again."""
RESULTS = [("open", "In progress"), ("passed", "Passed"), ("failed", "Not passed")]


@attempts_pages.get("/")
@open_to(SIGNED_IN)
def home() -> str:
    passed = passed_of(current_user.id)
    unfinished = [(attempt, progress_of(attempt)) for attempt in unfinished_of(current_user.id)]
    begun = {attempt.activity_id for attempt in [*passed, *(attempt for attempt, _ in unfinished)]}
    catalogue = [activity for activity in open_activities(local_date(utc_now())) if activity.id not in begun]
    to_do = work_waiting() if any(map(current_user.has_role, EDITORS)) else None
    words = {"unfinished": unfinished, "catalogue": catalogue, "passed": passed, "to_do": to_do}
    return render_template("attempts/home.html", **words)


def progress_of(attempt: Attempt) -> tuple[int, int]:
    """Return (answered, asked) of an attempt."""
    questions = questions_of(attempt)
    return sum(asked.is_answered for asked in questions), len(questions)


def activity_or_404(activity_id: int) -> Activity:
    """Return an activity that learners may see."""
    activity = db.get_or_404(Activity, activity_id)
    if activity.state == DRAFT:
        hide()
    return activity


@attempts_pages.get("/attempts/activity/<int:activity_id>")
@open_to(SIGNED_IN)
def activity(activity_id: int) -> str:
    found = activity_or_404(activity_id)
    attempts = attempts_of(current_user.id, found.id)
    earlier = earlier_of(attempts)
    now = local_time(utc_now())
    plan = admission(current_user.id, ACTIVITIES, f"activity:{found.id}", utc_now())
    return render_template(
        "attempts/activity.html",
        plan=plan,
        price=catalogue().money(plan.cost) if plan.cost else "",
        activity=found,
        format=FORMATS[found.format],
        credit=credit_type(found.credit_type),
        faculty=persons_from_json(found.faculty),
        attempts=attempts,
        open_attempt=next((attempt for attempt in attempts if attempt.state == OPEN), None),
        passed=next((attempt for attempt in attempts if attempt.passed), None),
        left=attempts_left(earlier, found.max_attempts),
        refusal=refusal(earlier, closed_because(found.term, now.date()), found.max_attempts, cooldown_of(found), now),
    )


def cooldown_of(found: Activity) -> timedelta:
    """Return the time between two attempts."""
    return timedelta(hours=found.cooldown_hours)


@attempts_pages.get("/attempts/activity/<int:activity_id>/read")
@open_to(SIGNED_IN)
def reader(activity_id: int) -> str:
    found = activity_or_404(activity_id)
    return render_template("attempts/reader.html", activity=found, tree=tree_of(found.document))


@attempts_pages.post("/attempts/start/<int:activity_id>")
@open_to(SIGNED_IN)
def start(activity_id: int) -> BaseResponse:
    found = activity_or_404(activity_id)
    try:
        attempt = start_attempt(found, current_user.id, utc_now(), agreed_price(request.form.get("agreed", "")))
    except StartRefused as error:
        db.session.rollback()
        flash(str(error), "caution")
        return redirect(url_for("attempts.activity", activity_id=activity_id))
    db.session.commit()
    return redirect(url_for("attempts.play", attempt_id=attempt.id))


def agreed_price(text: str) -> Decimal:
    """Return the price that the pressed button named; anything else agrees to nothing."""
    return Decimal(text) if re.fullmatch(r"\d{1,8}\.\d\d", text, re.ASCII) else FREE


def own_attempt(attempt_id: int) -> Attempt:
    """Return the learner's own attempt; anyone else's is not there, and asking for it is noted."""
    attempt = db.get_or_404(Attempt, attempt_id)
    if attempt.learner_id != current_user.id:
        hide()
    return attempt


def questions_of(attempt: Attempt, mistyped: Mapping[int, Mistyped] | None = None) -> list[Question]:
    """Return the attempt's items as they are asked, with what was given so far and what was just mistyped."""
    state = state_of(attempt.id)
    contents = contents_of(state.slots)
    responses = responses_so_far(attempt, state)
    return [
        question(
            slot,
            contents[slot.version_id],
            responses.get(slot.number, {}),
            mistyped.get(slot.number) if mistyped else None,
        )
        for slot in state.slots
    ]


@attempts_pages.get("/attempts/<int:attempt_id>")
@open_to(SIGNED_IN)
def play(attempt_id: int) -> str | BaseResponse:
    attempt = own_attempt(attempt_id)
    if attempt.state != OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    questions = questions_of(attempt)
    on_one_page = request.args.get("view") == "page"
    current = min(max(1, request.args.get("item", first_unanswered(questions), type=int)), len(questions))
    return show_questions(attempt, questions, current, on_one_page)


def show_questions(attempt: Attempt, questions: list[Question], current: int, on_one_page: bool) -> str:
    """Return the page that asks one question, or all of them."""
    shown = questions if on_one_page else [questions[current - 1]]
    words = {"attempt": attempt, "questions": questions, "shown": shown, "current": current}
    return render_template("attempts/play.html", **words, on_one_page=on_one_page)


def first_unanswered(questions: list[Question]) -> int:
    """Return the number of the first question without an answer, the last one when all have one."""
    return next((asked.number for asked in questions if not asked.is_answered), len(questions))


@attempts_pages.post("/attempts/<int:attempt_id>/answers")
@open_to(SIGNED_IN)
def answer(attempt_id: int) -> BaseResponse | tuple[str | BaseResponse, int]:
    """Save what the page shows and move on (a form), or autosave it and stay (a script; the reply never tells the key).

    What cannot be read is not saved: the page, or the reply, says what to write instead.
    """
    attempt = own_attempt(attempt_id)
    autosaved = request.form.get("go") == "autosave"
    mistyped = store(attempt, save_drafts if autosaved else keep_answers)
    if autosaved and mistyped:
        return jsonify(problem=" ".join(one.problem for one in mistyped.values())), UNREADABLE
    if autosaved:
        return jsonify(saved_at=clock_words(local_time(utc_now())))
    if mistyped:
        on_one_page = len(request.form.getlist("item")) > 1
        return show_questions(attempt, questions_of(attempt, mistyped), min(mistyped), on_one_page), UNREADABLE
    return redirect(next_page(attempt))


def store(attempt: Attempt, write: Callable[..., None]) -> Mapping[int, Mistyped]:
    """Read the posted responses, hand them to an operation, commit, and return what could not be read.

    Responses that cannot come from this page are refused, and nothing is stored.
    """
    try:
        posted = read_responses(state_of(attempt.id), answered_fields(request.form))
        write(attempt, posted.responses, utc_now())
    except (InvalidResponse, InvalidForm) as error:
        db.session.rollback()
        refuse(400, str(error))
    except AttemptClosed as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    return posted.mistyped


def next_page(attempt: Attempt) -> str:
    """Return where the pressed button leads."""
    go = request.form.get("go", "")
    here = request.form.get("current", 1, type=int)
    if go == "review":
        return url_for("attempts.review", attempt_id=attempt.id)
    if go == "page":
        return url_for("attempts.play", attempt_id=attempt.id, view="page")
    if go.startswith("item-") and go.removeprefix("item-").isdecimal():
        return url_for("attempts.play", attempt_id=attempt.id, item=int(go.removeprefix("item-")[:4]))
    move = {"next": 1, "previous": -1}.get(go, 0)
    return url_for("attempts.play", attempt_id=attempt.id, item=here + move)


@attempts_pages.get("/attempts/<int:attempt_id>/review")
@open_to(SIGNED_IN)
def review(attempt_id: int) -> str | BaseResponse:
    attempt = own_attempt(attempt_id)
    if attempt.state != OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    questions = questions_of(attempt)
    missing = [asked for asked in questions if not asked.is_answered]
    words = {"missing": [asked.number for asked in missing], "begun": any(asked.is_begun for asked in missing)}
    return render_template("attempts/review.html", attempt=attempt, questions=questions, **words)


@attempts_pages.post("/attempts/<int:attempt_id>/submit")
@open_to(SIGNED_IN)
def submit(attempt_id: int) -> BaseResponse:
    attempt = submit_attempt(own_attempt(attempt_id), utc_now())
    db.session.commit()
    return redirect(url_for("attempts.result", attempt_id=attempt.id))


@attempts_pages.get("/attempts/<int:attempt_id>/result")
@open_to(SIGNED_IN)
def result(attempt_id: int) -> str:
    attempt = own_attempt(attempt_id)
    state = state_of(attempt.id)
    if not may_see_feedback(state):
        hide()
    texts = {objective.id: objective.text for objective in attempt.activity.objectives}
    objectives = objective_scores(state.slots, state.fractions or {}, texts)
    return render_template(
        "attempts/result.html", attempt=attempt, state=state, items=feedback_of(state), objectives=objectives
    )


def feedback_of(state: AttemptState) -> list[ItemFeedback]:
    """Return every item of a submitted attempt with key, reasons and source."""
    contents = contents_of(state.slots)
    trees: dict[int, Document] = {}
    found = []
    for slot in state.slots:
        version = db.session.get_one(ItemVersion, slot.version_id)
        row = version.item.document
        if row.id not in trees:
            trees[row.id] = tree_of(row)
        tree = trees[row.id]
        passage = passage_around(tree, version.citation["start"], version.citation["end"])
        objective = db.session.get(Objective, slot.objective_id)
        given = state.responses.get(slot.number, {})
        fraction = (state.fractions or {})[slot.number]
        text = objective.text if objective else ""
        found.append(item_feedback(slot, contents[slot.version_id], given, fraction, passage, text))
    return found


def attempts_query() -> Select[Attempt, Account, Activity]:
    """Return the attempts the address asks for: searched by person or activity, filtered by result."""
    query = select(Attempt, Account, Activity).join(Attempt.learner).join(Attempt.activity)
    if words := search_words():
        query = query.where(
            or_(contains(Account.name, words), contains(Account.email, words), contains(Activity.title, words))
        )
    wanted = request.args.get("result")
    if wanted == "open":
        query = query.where(Attempt.state == OPEN)
    elif wanted in ("passed", "failed"):
        query = query.where(Attempt.passed.is_(wanted == "passed"))
    return query


@attempts_pages.get("/attempts/")
@open_to(ADMINISTRATOR)
def index() -> str:
    listing = read_listing(attempts_query(), SORTS, "-started", filters=["result"])
    return render_template("attempts/index.html", listing=listing, results=RESULTS)


@attempts_pages.get("/attempts/attempts.csv")
@open_to(ADMINISTRATOR)
def attempts_csv() -> Response:
    rows = [
        (p.name, p.email, a.title, t.number, local_time(t.started_at).isoformat(),
         t.submitted_at and local_time(t.submitted_at).isoformat(),
         None if t.score is None else f"{t.score:.1f}", {True: "passed", False: "not passed", None: "open"}[t.passed])
        for t, p, a in db.session.execute(attempts_query().order_by(Attempt.id))
    ]  # fmt: skip
    header = ("Name", "E-mail", "Activity", "Attempt", "Started", "Submitted", "Score", "Result")
    return csv_response("attempts.csv", header, rows)
