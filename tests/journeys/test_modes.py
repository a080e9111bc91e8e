"""Modes through HTTP, without scripts: study checks item by item, the clock closes, an old page saves nothing, marks stay."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.attempts.log import Marks
from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.queries import state_of
from quizbank.db import utc_now
from tests.factories import make_account, make_activity, responses
from tests.fences import lift_fences
from tests.journeys.conftest import Walk
from tests.journeys.page_forms import fields_of

Db = scoped_session[Session]
Start = Callable[..., Walk]


@pytest.fixture
def learner(session: Db) -> Account:
    return make_account(name="Dr. Ada Lovelace")


@pytest.fixture
def ada(walk: Start, session: Db, learner: Account) -> Walk:
    return walk(learner)


def started(ada: Walk, session: Db, activity: Activity) -> tuple[str, Attempt]:
    """Start an attempt; return its address and its row."""
    place = ada.go(f"/attempts/start/{activity.id}")
    session.rollback()
    return place, session.get_one(Attempt, int(place.rpartition("/")[2]))


def filled(ada: Walk, page: str, **changes: object) -> dict[str, object]:
    """Return what the form of a page sends, as it stands but for the changes (``choice_2`` is the field choice-2)."""
    return {
        **fields_of(ada.client.get(page).text),
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }


def age(session: Db, attempt: Attempt, minutes: int) -> None:
    """Move the deadline of an attempt as if it had been started so many minutes earlier."""
    session.rollback()
    row = session.get_one(Attempt, attempt.id)
    step = session.query(AttemptStep).filter_by(attempt_id=row.id, sequence=1).one()
    assert row.deadline is not None
    row.deadline -= timedelta(minutes=minutes)
    lift_fences(session)
    step.payload = {**step.payload, "deadline": row.deadline.isoformat()}
    session.commit()


def test_study_shows_each_answer_once_checked_and_counts_the_first(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(mode="study", now=utc_now(), pass_mark=60))
    wrong, right = responses(attempt, 0), responses(attempt, 3)
    page = f"{place}?item=1"
    assert "Answer the question first" in ada.send(f"{place}/answers", **filled(ada, page, go="check-1"))
    seen = ada.send(f"{place}/answers", **filled(ada, page, go="check-1", choice_1=wrong[1]["choice"]))
    assert all(words in seen for words in ("Wrong", "Right answer", "Your answer", "From the document"))
    assert "Your first answer counts" in seen
    again = f"{page}&again=1"
    assert "for practice only" in ada.see(again)
    assert "Right answer" not in ada.see(again)
    seen = ada.send(f"{place}/answers", **filled(ada, again, go="check-1", choice_1=right[1]["choice"]))
    assert "Right answer, your answer" in seen
    ada.send(f"{place}/answers", **filled(ada, again, go="next"))
    for number in (2, 3):
        ada.send(
            f"{place}/answers",
            **filled(ada, f"{place}?item={number}", go="next", **{f"choice_{number}": right[number]["choice"]}),
        )
    assert "Checked" in ada.see(f"{place}/review")
    assert "66.7%" in ada.send(f"{place}/submit")
    session.rollback()
    assert state_of(attempt.id).fractions == {1: 0, 2: 1, 3: 1}


def test_checked_answer_cannot_be_sent_again(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(mode="study", now=utc_now()))
    right = responses(attempt, 3)[1]["choice"]
    old = filled(ada, f"{place}?item=1", choice_1=right)
    ada.send(f"{place}/answers", **{**old, "choice-1": responses(attempt, 0)[1]["choice"], "go": "check-1"})
    assert "first answer counts" in ada.send(f"{place}/answers", 409, **{**old, "go": "next"})
    assert "first answer counts" in ada.send(f"{place}/answers", 409, **{**old, "go": "autosave"})


def test_study_on_one_page_checks_one_item_and_keeps_the_others(ada: Walk, session: Db) -> None:
    activity = make_activity(mode="study", layout="page", feedback_checked="marks", now=utc_now())
    place, attempt = started(ada, session, activity)
    right = responses(attempt, 3)
    given = {f"choice_{number}": right[number]["choice"] for number in (1, 2)}
    page = ada.send(f"{place}/answers", **filled(ada, place, go="check-2", **given))
    assert page.count(">Right<") == 1
    assert "Right answer" not in page
    session.rollback()
    state = state_of(attempt.id)
    assert (set(state.responses), set(state.checked)) == ({1, 2}, {2})


def test_flag_strike_out_and_confidence_are_plain_fields_that_decide_nothing(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(now=utc_now()))
    order = state_of(attempt.id).slots[0].order
    marks = {"flagged_1": "1", "struck_1": [order[0], order[1]], "confidence_1": "3"}
    ada.send(f"{place}/answers", **filled(ada, f"{place}?item=1", go="next", **marks))
    kept = fields_of(ada.client.get(f"{place}?item=1").text)
    assert (kept["flagged-1"], kept["struck-1"], kept["confidence-1"]) == (["1"], [order[0], order[1]], ["3"])
    review = ada.see(f"{place}/review")
    assert "You flagged 1 question to look at again" in review
    assert "3 questions have no answer yet" in review
    assert "You were certain." in ada.send(f"{place}/submit")
    session.rollback()
    assert state_of(attempt.id).marks == {1: Marks(True, (order[0], order[1]), 3)}
    assert state_of(attempt.id).score == 0


def test_activity_that_does_not_ask_how_sure_learners_are_does_not(ada: Walk, session: Db) -> None:
    place, _ = started(ada, session, make_activity(now=utc_now(), ask_confidence=False))
    assert "How sure are you?" not in ada.see(place)


def test_old_page_is_told_of_newer_answers_and_shows_them(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(now=utc_now()))
    right, wrong = (responses(attempt, count)[1]["choice"] for count in (3, 0))
    old = filled(ada, f"{place}?item=1", choice_1=wrong)
    ada.send(f"{place}/answers", **filled(ada, f"{place}?item=1", go="next", choice_1=right))
    page = ada.client.post(f"{place}/answers", data={**old, "go": "next"})
    assert page.status_code == 409
    assert "Newer answers were saved from another tab or device." in page.text
    assert fields_of(page.text)["choice-1"] == right
    script = ada.client.post(f"{place}/answers", data={**old, "go": "autosave"})
    assert (script.status_code, (script.json or {})["closed"]) == (409, False)
    session.rollback()
    assert state_of(attempt.id).responses[1]["choice"] == right


def test_page_may_send_the_same_twice_and_go_on(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(now=utc_now()))
    fields = filled(ada, f"{place}?item=1", choice_1=responses(attempt, 3)[1]["choice"])
    for go in ("autosave", "autosave", "next", "next"):
        assert ada.client.post(f"{place}/answers", data={**fields, "go": go}).status_code in (200, 302)


def test_time_that_is_up_submits_what_was_saved_whoever_looks_first(ada: Walk, session: Db) -> None:
    activity = make_activity(now=utc_now(), time_limit=20, max_attempts=3)
    place, attempt = started(ada, session, activity)
    assert re.search(r"\d+ minutes left</strong> <span class=\"meta\">until \d\d:\d\d", ada.see(place))
    right = responses(attempt, 3)
    late = filled(ada, f"{place}?item=2", choice_2=right[2]["choice"])
    saved = ada.client.post(
        f"{place}/answers", data=filled(ada, f"{place}?item=1", go="autosave", choice_1=right[1]["choice"])
    )
    assert set(saved.json or {}) == {"saved_at", "deadline"}
    age(session, attempt, 30)
    script = ada.client.post(f"{place}/answers", data={**late, "go": "autosave"})
    assert (script.status_code, (script.json or {})["closed"]) == (409, True)
    page = ada.send(f"{place}/answers", 409, **{**late, "go": "next"})
    assert "What you sent was not saved" in page
    assert "The time ran out on" in page
    assert "33.3%" in ada.see(place)
    assert "2 answers kept in your browser came in after the attempt had ended" in ada.see(f"{place}/result?late=2")
    assert "kept in your browser" not in ada.see(f"{place}/result?late=NaN")
    for path in ("/", f"/attempts/activity/{activity.id}", f"{place}/review"):
        assert "The time ran out" in ada.see(path) or "Continue" not in ada.see(path)


@pytest.mark.parametrize("path", ["/", "/attempts/activity/{activity}", "{place}", "{place}/review", "{place}/result"])
def test_any_page_closes_an_attempt_whose_time_is_up(ada: Walk, session: Db, path: str) -> None:
    activity = make_activity(now=utc_now(), time_limit=20)
    place, attempt = started(ada, session, activity)
    age(session, attempt, 30)
    ada.see(path.format(activity=activity.id, place=place))
    session.rollback()
    assert session.get_one(Attempt, attempt.id).state == "submitted"


def test_administrator_gives_extra_time_that_the_next_save_tells(
    walk: Start, ada: Walk, session: Db, learner: Account
) -> None:
    activity = make_activity(now=utc_now(), time_limit=20)
    place, attempt = started(ada, session, activity)
    before = session.get_one(Attempt, attempt.id).deadline
    admin, page = walk(make_account(ADMINISTRATOR)), f"/extra-time/{activity.id}"
    assert "Nobody yet." in admin.see(page)
    assert "Nobody has this address here." in admin.send(page, 400, email="nobody@example.org", minutes="10")
    assert "Give 0 to 1440 minutes." in admin.send(page, 400, email=learner.email, minutes="99999999")
    assert "has 10 extra minutes" in admin.send(page, email=learner.email.upper(), minutes="10")
    reply = ada.client.post(f"{place}/answers", data=filled(ada, f"{place}?item=1", go="autosave")).json or {}
    assert before is not None
    assert reply["deadline"] == (before + timedelta(minutes=10)).isoformat()
    assert "30 minutes from the start, without a pause (10 extra)" in ada.see(f"/attempts/activity/{activity.id}")
    assert "no time limit" in admin.see(f"/extra-time/{make_activity(now=utc_now()).id}", 409)


def test_feedback_opens_in_two_steps_where_the_activity_says_so(ada: Walk, session: Db) -> None:
    activity = make_activity(now=utc_now(), feedback_submitted="score", feedback_final="key", max_attempts=2)
    place, _ = started(ada, session, activity)
    first = ada.send(f"{place}/submit")
    assert "More can be seen later" in first
    assert "Question by question" not in first
    second, _ = started(ada, session, activity)
    assert "You have another attempt open" in ada.see(f"{place}/result")
    last = ada.send(f"{second}/submit")
    assert "Right answer" in last
    assert "From the document" not in last
    assert "Right answer" in ada.see(f"{place}/result")


def test_layout_is_the_activitys_where_it_says_so(ada: Walk, session: Db) -> None:
    page, _ = started(ada, session, make_activity(now=utc_now(), layout="page"))
    single, _ = started(ada, session, make_activity(now=utc_now(), layout="single"))
    assert "3 questions on one page" in ada.see(f"{page}?item=2")
    assert "Question 1 of 3" in ada.see(f"{single}?view=page")
    assert "All questions on one page" not in ada.see(single)


def test_script_that_sends_a_form_is_told_where_the_button_leads(ada: Walk, session: Db) -> None:
    place, attempt = started(ada, session, make_activity(now=utc_now()))
    script = {"Accept": "application/json"}
    right = responses(attempt, 3)[1]["choice"]
    old = filled(ada, f"{place}?item=1", go="next")
    moved = ada.client.post(
        f"{place}/answers", data=filled(ada, f"{place}?item=1", go="next", choice_1=right), headers=script
    )
    assert (moved.status_code, (moved.json or {})["next"]) == (200, f"{place}?item=2")
    refused = ada.client.post(f"{place}/answers", data=old, headers=script)
    assert (refused.status_code, (refused.json or {})["closed"]) == (409, False)
    session.rollback()
    assert state_of(attempt.id).responses == {1: {"choice": right}}


@pytest.mark.parametrize("options", [{}, {"mode": "study"}], ids=["exam", "study"])
def test_questions_that_a_page_keeps_are_those_that_it_would_show(
    ada: Walk, walk: Start, session: Db, options: dict[str, object]
) -> None:
    place, attempt = started(ada, session, make_activity(now=utc_now(), **options))  # type: ignore[arg-type]
    right = responses(attempt, 3)[1]["choice"]
    ada.send(f"{place}/answers", **filled(ada, f"{place}?item=1", go="next", choice_1=right))
    kept = ada.see(f"{place}/questions")
    assert [int(number) for number in re.findall(r'data-question="(\d+)"', kept)] == [1, 2, 3]
    assert f'name="choice-1" value="{right[0]}" checked' in kept
    for number in (1, 2, 3):
        shown = ada.see(f"{place}?item={number}")
        question = shown[shown.index("<fieldset") : shown.rindex("</fieldset>")]
        assert question in kept
    walk(make_account()).see(f"{place}/questions", 404)
    ada.send(f"{place}/submit")
    ada.see(f"{place}/questions", 404)
