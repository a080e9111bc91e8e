"""Pages of learners: home, what an activity is, reading, answering, submitting, the result; and the list of attempts."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import Blueprint, Response, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR, EDITORS
from quizbank.activities.availability import DRAFT, closed_because
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity
from quizbank.activities.modes import EITHER, PAGE, Level
from quizbank.activities.queries import open_activities
from quizbank.attempts.feedback import NOTHING_MISTYPED, Mistyped, first_unanswered, objective_scores
from quizbank.attempts.forms import (
    InvalidForm,
    agreed_price,
    answered_fields,
    is_asked_by_script,
    is_one_page,
    page_after,
    posted_marks,
    posted_turn,
    slot_to_check,
    slots_asked_again,
)
from quizbank.attempts.limits import attempts_left, refusal
from quizbank.attempts.log import AttemptState, Marks
from quizbank.attempts.models import OPEN, Attempt
from quizbank.attempts.operations import (
    AnswerLocked,
    AttemptClosed,
    NothingToCheck,
    StalePage,
    StartRefused,
    check_answer,
    close_overdue,
    keep_answers,
    note_marks,
    practise_answer,
    save_drafts,
    start_attempt,
    submit_attempt,
)
from quizbank.attempts.played import PlayedAttempt
from quizbank.attempts.queries import (
    attempts_of,
    attempts_with,
    earlier_of,
    every_question,
    expect_attempt,
    extra_minutes,
    feedback_of,
    feedback_on_checked,
    feedback_rule,
    moment_of,
    passed_of,
    plan_words,
    played_attempt,
    progress_of,
    questions_of,
    read_responses,
    responses_so_far,
    standings_of,
    state_before_writing,
    state_of,
    unfinished_of,
    work_waiting,
)
from quizbank.attempts.timing import is_over, seconds_left
from quizbank.attempts.visibility import visible
from quizbank.db import db, utc_now
from quizbank.documents.queries import tree_of
from quizbank.items.content import InvalidResponse
from quizbank.local_time import local_date, local_time
from quizbank.time_words import clock_words
from quizbank.web.downloads import csv_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import read_listing, search_words
from quizbank.web.once import once

attempts_pages = Blueprint("attempts", __name__)
attempts_pages.url_value_preprocessor(expect_attempt)

SORTS = {
    "person": Account.name,
    "activity": Activity.title,
    "started": Attempt.started_at,
    "submitted": Attempt.submitted_at,
    "score": Attempt.score,
}
UNREADABLE = 422  # the status of a page that asks for an answer again
RESULTS = [("open", "In progress"), ("passed", "Passed"), ("failed", "Not passed")]


@attempts_pages.get("/")
@open_to(SIGNED_IN)
def home() -> str:
    close_what_is_over(unfinished_of(current_user.id))
    passed = passed_of(current_user.id)
    unfinished = [(attempt, progress_of(attempt)) for attempt in unfinished_of(current_user.id)]
    begun = {attempt.activity_id for attempt in [*passed, *(attempt for attempt, _ in unfinished)]}
    catalogue = [activity for activity in open_activities(local_date(utc_now())) if activity.id not in begun]
    to_do = work_waiting(utc_now()) if any(map(current_user.has_role, EDITORS)) else None
    return render_template("attempts/home.html", unfinished=unfinished, catalogue=catalogue, passed=passed, to_do=to_do)


def activity_or_404(activity_id: int) -> Activity:
    """Return an activity that learners may see."""
    activity = db.get_or_404(Activity, activity_id)
    if activity.state == DRAFT:
        hide()
    return activity


@attempts_pages.get("/attempts/activity/<int:activity_id>")
@open_to(SIGNED_IN)
def activity(activity_id: int) -> str:
    close_what_is_over(attempts_of(current_user.id, activity_id))
    found = activity_or_404(activity_id)
    attempts = attempts_of(current_user.id, found.id)
    earlier = earlier_of(attempts)
    now, cooldown = local_time(utc_now()), timedelta(hours=found.cooldown_hours)
    return render_template(
        "attempts/activity.html",
        **plan_words(current_user.id, found.id, now),
        activity=found,
        format=FORMATS[found.format],
        faculty=persons_from_json(found.faculty),
        attempts=attempts,
        begins_with_pre_test=found.pre_test and not attempts,
        open_attempt=next((attempt for attempt in attempts if attempt.state == OPEN), None),
        passed=next((attempt for attempt in attempts if attempt.passed), None),
        left=attempts_left(earlier, found.max_attempts),
        extra=extra_minutes(found.id, current_user.id) if found.time_limit else 0,
        refusal=refusal(earlier, closed_because(found.term, now.date()), found.max_attempts, cooldown, now),
    )


@attempts_pages.get("/attempts/activity/<int:activity_id>/read")
@open_to(SIGNED_IN)
def reader(activity_id: int) -> str:
    found = activity_or_404(activity_id)
    return render_template("attempts/reader.html", activity=found, tree=tree_of(found.document))


@attempts_pages.post("/attempts/start/<int:activity_id>")
@open_to(SIGNED_IN)
@once
def start(activity_id: int) -> BaseResponse:
    try:
        attempt = start_attempt(activity_or_404(activity_id), current_user.id, utc_now(), agreed_price(request.form))
    except StartRefused as error:
        flash(str(error), "caution")
        abort(redirect(url_for("attempts.activity", activity_id=activity_id)))  # nothing changed: no reply to keep
    return redirect(url_for("attempts.play", attempt_id=attempt.id))


def own_attempt(attempt_id: int) -> Attempt:
    """Return the learner's own attempt; anyone else's is not there, and asking for it is noted."""
    return db.session.get_one(Attempt, own_play(attempt_id).id)


def own_play(attempt_id: int) -> PlayedAttempt:
    """Return the learner's own attempt as its player needs it; like own_attempt nobody else's."""
    attempt = played_attempt(attempt_id)
    if attempt is None:
        abort(404)
    if attempt.learner_id != current_user.id:
        hide()
    return own_play(attempt_id) if close_what_is_over([attempt]) else attempt


def close_what_is_over(attempts: Sequence[Attempt | PlayedAttempt]) -> bool:
    """Submit the attempts whose time is up, which any page may find, commit, and return whether there were any."""
    now = utc_now()
    ids = [attempt.id for attempt in attempts if attempt.state == OPEN and is_over(attempt.deadline, now)]
    if not ids:
        return False
    db.session.rollback()  # a transaction that only read may not write
    g.writing = True
    for attempt_id in ids:
        close_overdue(db.session.get_one(Attempt, attempt_id), now)
    db.session.commit()
    g.pop("writing")
    return True


@attempts_pages.get("/attempts/<int:attempt_id>")
@open_to(SIGNED_IN)
def play(attempt_id: int) -> str | BaseResponse:
    attempt = own_play(attempt_id)
    if attempt.state != OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    wanted, again = request.args.get("item", type=int), request.args.get("again", type=int)
    return show_questions(attempt, state_before_writing(attempt), wanted, request.args.get("view") == "page", again)


def show_questions(
    attempt: PlayedAttempt,
    state: AttemptState,
    wanted: int | None,
    on_one_page: bool,
    again: int | None = None,
    mistyped: Mapping[int, Mistyped] = NOTHING_MISTYPED,
    refused: str = "",
) -> str:
    """Return the page that asks one question, or all of them.

    ``wanted`` is its number, None for the first one without an answer; ``refused`` is why what was sent was not saved.
    """
    responses = responses_so_far(attempt, state)
    standings = standings_of(state, responses)
    current = min(max(1, first_unanswered(standings) if wanted is None else wanted), len(standings))
    layout = attempt.activity.layout
    on_one_page = layout == PAGE or (layout == EITHER and on_one_page)
    numbers = {one.number for one in standings} if on_one_page else {current}
    shown = [
        asked.asked_again() if asked.is_checked and asked.number == again else asked
        for asked in questions_of(attempt.activity, state, responses, numbers, mistyped)
    ]
    return render_template(
        "attempts/play.html",
        attempt=attempt,
        standings=standings,
        shown=shown,
        reviews=feedback_on_checked(attempt, state, [asked.number for asked in shown if not asked.is_practice]),
        current=current,
        on_one_page=on_one_page,
        may_choose=layout == EITHER,
        left=seconds_left(attempt.deadline, utc_now()),
        turn={"page": secrets.token_hex(8), "seen": attempt.saves},
        refused=refused,
    )


@attempts_pages.post("/attempts/<int:attempt_id>/answers")
@open_to(SIGNED_IN)
@once
def answer(attempt_id: int) -> BaseResponse | tuple[str | BaseResponse, int]:
    """Save what the page shows and move on, or autosave it and stay; a script gets JSON, which never tells the key.

    What cannot be read is not saved: the page, or the reply, says what to write instead.
    """
    attempt = own_play(attempt_id)
    try:
        mistyped = store(attempt)
    except (InvalidResponse, InvalidForm) as error:
        refuse(400, str(error))
    except (AttemptClosed, StalePage, AnswerLocked) as error:
        db.session.rollback()
        if is_asked_by_script(request.form, request.accept_mimetypes):
            return jsonify(problem=str(error), closed=isinstance(error, AttemptClosed)), 409
        return refused_page(attempt_id, error), 409
    if mistyped and is_asked_by_script(request.form, request.accept_mimetypes):
        return jsonify(problem=" ".join(one.problem for one in mistyped.values())), UNREADABLE
    if mistyped:
        seen, on_one_page = own_play(attempt_id), is_one_page(request.form)
        return show_questions(seen, state_of(attempt_id), min(mistyped), on_one_page, None, mistyped), UNREADABLE
    return onward(attempt)


def onward(attempt: PlayedAttempt) -> BaseResponse:
    """Lead a form to where its button leads; tell a script that, when it was saved, and until when there is time."""
    page, values = page_after(request.form)
    place = url_for(page, attempt_id=attempt.id, **values) if page else None
    if place and not is_asked_by_script(request.form, request.accept_mimetypes):
        return redirect(place)
    until = attempt.deadline.isoformat() if attempt.deadline else None
    told = {"saved_at": clock_words(local_time(utc_now())), "deadline": until, "next": place}
    return jsonify({name: value for name, value in told.items() if value})


def refused_page(attempt_id: int, error: Exception) -> str:
    """Return how things stand instead, with why what was sent was not saved."""
    attempt, state = own_play(attempt_id), state_of(attempt_id)
    if attempt.state != OPEN:
        return result_page(db.session.get_one(Attempt, attempt_id), state, str(error))
    current = request.form.get("current", 1, type=int)
    return show_questions(attempt, state, current, is_one_page(request.form), refused=str(error))


def store(attempt: PlayedAttempt) -> Mapping[int, Mistyped]:
    """Read what was posted, keep or autosave it, check the answer if asked to, and return what could not be read.

    Raises InvalidForm or InvalidResponse for what cannot come from this page, and whatever the operations refuse.
    """
    form, now = request.form, utc_now()
    go = form.get("go", "")
    state, turn = state_before_writing(attempt), posted_turn(form)
    posted = read_responses(state, answered_fields(form))
    marks = posted_marks(form, state.slots)
    noted = {slot: one for slot, one in marks.items() if one != state.marks.get(slot, Marks())}
    checked = slot_to_check(go)
    practised = state.checked.keys() & slots_asked_again(form)
    counting = {slot: given for slot, given in posted.responses.items() if slot not in practised}
    if go == "autosave" and state.checked.keys() & counting.keys():
        raise AnswerLocked("This question has been checked, so its first answer counts. Nothing was changed.")
    if posted.responses or marks:
        if go == "autosave":
            save_drafts(attempt, counting, now, turn)
        else:
            keep_answers(attempt, counting, now, turn, state)
        note_marks(attempt, noted, now)
    try:
        if checked in practised:
            practise_answer(attempt, checked, posted.responses.get(checked, {}), now)
        elif checked and checked not in posted.mistyped:
            check_answer(attempt, checked, now)
    except NothingToCheck as error:
        flash(str(error), "caution")
    return posted.mistyped


@attempts_pages.get("/attempts/<int:attempt_id>/questions")
@open_to(SIGNED_IN)
def questions(attempt_id: int) -> str:
    """Return every question as the player asks it now: a part of a page, kept by its script for when the network is away."""
    attempt = own_play(attempt_id)
    if attempt.state != OPEN:
        hide()
    state = state_before_writing(attempt)
    shown = every_question(attempt, state)
    reviews = feedback_on_checked(attempt, state, [asked.number for asked in shown])
    return render_template("attempts/questions.html", shown=shown, reviews=reviews)


@attempts_pages.get("/attempts/<int:attempt_id>/review")
@open_to(SIGNED_IN)
def review(attempt_id: int) -> str | BaseResponse:
    attempt = own_play(attempt_id)
    if attempt.state != OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    questions = every_question(attempt, state_before_writing(attempt))
    missing = [asked for asked in questions if not asked.is_answered]
    words = {"missing": [asked.number for asked in missing], "begun": any(asked.is_begun for asked in missing)}
    flagged = [asked.number for asked in questions if asked.is_flagged]
    words["left"] = seconds_left(attempt.deadline, utc_now())
    return render_template("attempts/review.html", attempt=attempt, questions=questions, flagged=flagged, **words)


@attempts_pages.post("/attempts/<int:attempt_id>/submit")
@open_to(SIGNED_IN)
@once
def submit(attempt_id: int) -> BaseResponse:
    attempt = submit_attempt(own_attempt(attempt_id), utc_now())
    return redirect(url_for("attempts.result", attempt_id=attempt.id))


@attempts_pages.get("/attempts/<int:attempt_id>/result")
@open_to(SIGNED_IN)
def result(attempt_id: int) -> str:
    attempt = own_attempt(attempt_id)
    state = state_of(attempt.id)
    if state.fractions is None:
        hide()
    return result_page(attempt, state)


def result_page(attempt: Attempt, state: AttemptState, refused: str = "") -> str:
    """Return a submitted attempt as far as it may be seen now; ``refused`` is why what was sent was not saved."""
    if attempt.is_pre_test:
        return render_template("attempts/pre_test.html", attempt=attempt, refused=refused)
    moment = moment_of(attempt, local_date(utc_now()))
    shown = visible(feedback_rule(attempt.activity), moment)
    texts = {objective.id: objective.text for objective in attempt.activity.objectives}
    objectives = objective_scores(state.slots, state.fractions or {}, texts) if shown >= Level.MARKS else ()
    items = feedback_of(state, shown, [slot.number for slot in state.slots]).values()
    words = {"attempt": attempt, "state": state, "items": items, "objectives": objectives, "moment": moment}
    more = shown < Level.SOURCE and not moment.is_over and feedback_rule(attempt.activity).final > shown
    late = min(max(0, request.args.get("late", 0, type=int)), len(state.slots))
    return render_template("attempts/result.html", **words, more_later=more, refused=refused, late=late)


@attempts_pages.get("/attempts/")
@open_to(ADMINISTRATOR)
def index() -> str:
    wanted = attempts_with(search_words(), request.args.get("result", ""))
    listing = read_listing(wanted, SORTS, "-started", filters=["result"])
    return render_template("attempts/index.html", listing=listing, results=RESULTS)


@attempts_pages.get("/attempts/attempts.csv")
@open_to(ADMINISTRATOR)
def attempts_csv() -> Response:
    wanted = attempts_with(search_words(), request.args.get("result", ""))
    rows = [
        (p.name, p.email, a.title, t.number, local_time(t.started_at).isoformat(),
         t.submitted_at and local_time(t.submitted_at).isoformat(),
         None if t.score is None else f"{t.score:.1f}", t.outcome)
        for t, p, a in db.session.execute(wanted.order_by(Attempt.id))
    ]  # fmt: skip
    header = ("Name", "E-mail", "Activity", "Attempt", "Started", "Submitted", "Score", "Result")
    return csv_response("attempts.csv", header, rows)
