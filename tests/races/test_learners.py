"""Learners who press a button many times, in many windows, at the same moment."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from math import inf
from time import monotonic

import pytest
from sqlalchemy import func, select

from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.surveys.models import Evaluation
from quizbank.attempts.models import OPEN, Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.operations import keep_answers
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from tests.factories import make_account, make_activity, make_attempt, responses
from tests.races.conftest import Browser, Platform, at_once

EVALUATION = [("objectives_met", "5"), ("knowledge", "4"), ("practice", "4"), ("balanced", "5")]
CLAIM = [("amount", "0.25"), ("attested", "y")]
RACING_SECONDS = 6.0
ANSWERS = 6
FEWEST = 5


def count(model: type, **columns: object) -> int:
    """Return how many rows have these values, and hold no lock afterwards."""
    db.session.rollback()
    found = db.session.scalar(select(func.count()).select_from(model).filter_by(**columns)) or 0
    db.session.rollback()
    return found


@pytest.mark.parametrize("presses", [10, 50])
def test_parallel_submits_give_one_result_and_parallel_claims_one_certificate(platform: Platform, presses: int) -> None:
    learner = make_account()
    attempt = make_attempt(make_activity(now=utc_now()), learner, now=utc_now())
    keep_answers(attempt, responses(attempt, right=3), utc_now())
    browser, here = platform.browser(learner), {"attempt_id": attempt.id}
    db.session.commit()
    assert set(at_once([partial(browser.post, f"/attempts/{here['attempt_id']}/submit")] * presses)) == {302}
    assert [count(AttemptStep, **here, kind=kind) for kind in ("started", "answered", "submitted", "graded")] == [
        1, 3, 1, 1,
    ]  # fmt: skip
    evaluate = partial(browser.post, f"/credits/{here['attempt_id']}/evaluation", EVALUATION)
    assert set(at_once([evaluate] * 10)) == {302}
    assert count(Evaluation, **here) == 1
    assert set(at_once([partial(browser.post, f"/credits/{here['attempt_id']}/claim", CLAIM)] * 10)) == {302}
    assert count(CreditClaim, **here) == 1
    certificate = db.session.scalars(select(Certificate).join(CreditClaim).filter_by(**here)).one()
    assert count(Job, key=f"issuing.render:{certificate.id}") == 1


def test_claims_racing_their_own_evaluation_and_submit_skip_no_step(platform: Platform) -> None:
    learner = make_account()
    attempt = make_attempt(make_activity(now=utc_now()), learner, now=utc_now())
    keep_answers(attempt, responses(attempt, right=3), utc_now())
    browser, number = platform.browser(learner), attempt.id
    db.session.commit()
    calls = [
        partial(browser.post, f"/attempts/{number}/submit"),
        partial(browser.post, f"/credits/{number}/evaluation", EVALUATION),
        partial(browser.post, f"/credits/{number}/claim", CLAIM),
    ]
    assert set(at_once(calls * 4)) <= {302, 403}
    assert count(CreditClaim, attempt_id=number) <= count(Evaluation, attempt_id=number) <= 1


def test_parallel_starts_never_exceed_the_attempts_allowed(platform: Platform) -> None:
    activity_id = make_activity(now=utc_now(), max_attempts=2).id
    learners = [make_account() for _ in range(5)]
    browsers, ids = [platform.browser(learner) for learner in learners], [learner.id for learner in learners]
    db.session.commit()
    start = f"/attempts/start/{activity_id}"
    for _round in range(3):
        assert set(at_once([partial(browser.post, start) for browser in browsers * 6])) == {302}
        assert all(count(Attempt, learner_id=learner_id, state=OPEN) <= 1 for learner_id in ids)
        finish_while_starting(browsers, start)
    assert [count(Attempt, learner_id=learner_id) for learner_id in ids] == [2] * len(ids)


def finish_while_starting(browsers: Sequence[Browser], start: str) -> None:
    """Submit every open attempt while new ones are being started."""
    found = select(Attempt.id, Attempt.learner_id).filter_by(state=OPEN).order_by(Attempt.learner_id)
    open_ones = [row.id for row in db.session.execute(found)][-len(browsers) :]
    db.session.rollback()
    submits = [
        partial(browser.post, f"/attempts/{attempt_id}/submit") for attempt_id in open_ones for browser in browsers
    ]
    assert set(at_once([*submits, *(partial(browser.post, start) for browser in browsers)])) <= {302, 404}


def test_answers_racing_a_submit_are_scored_or_refused(platform: Platform) -> None:
    learners = [make_account() for _ in range(120)]
    activity = make_activity(now=utc_now())
    races = [(platform.browser(learner), make_attempt(activity, learner, now=utc_now())) for learner in learners]
    moments = cycle(range(ANSWERS))
    todo = [
        (browser, attempt.id, [slot.order for slot in state_of(attempt.id).slots], next(moments))
        for browser, attempt in races
    ]
    db.session.commit()
    db.session.remove()
    deadline = monotonic() + RACING_SECONDS
    ends = [inf] * FEWEST + [deadline] * (len(todo) - FEWEST)  # the first few are run however busy the machine is
    with ThreadPoolExecutor(3) as pool:
        told = [result for result in pool.map(lambda race, end: race_one(*race, end), todo, ends) if result]
    assert len(told) >= FEWEST
    for attempt_id, acknowledged in told:
        state = state_of(attempt_id)
        assert {slot: given["choice"] for slot, given in state.responses.items()} == acknowledged
        assert set(state.fractions or {}) == {1, 2, 3}
        assert count(AttemptDraft, attempt_id=attempt_id) == 0


def race_one(
    browser: Browser, attempt_id: int, choices: list[tuple[str, ...]], wait_for: int, deadline: float
) -> tuple[int, dict[int, list[str]]] | None:
    """Answer again and again while another window submits; return what was acknowledged last, by slot."""
    if monotonic() > deadline:
        return None
    go_ahead, acknowledged, refused = threading.Event(), {}, False
    submitted: list[int] = []

    def submit() -> None:
        go_ahead.wait(60)
        submitted.append(browser.post(f"/attempts/{attempt_id}/submit"))

    window = threading.Thread(target=submit)
    window.start()
    for number in range(ANSWERS):
        if number == wait_for:
            go_ahead.set()
        slot, choice = number % 3 + 1, choices[number % 3][number // 3]
        go = "autosave" if number % 2 else "next"
        status = browser.post(
            f"/attempts/{attempt_id}/answers", [("item", str(slot)), (f"choice-{slot}", choice), ("go", go)]
        )
        assert status in (200, 302, 409)
        assert status == 409 or not refused, "an answer was taken after another had been refused"
        refused = status == 409
        if not refused:
            acknowledged[slot] = [choice]
    window.join()
    assert submitted == [302]
    return attempt_id, acknowledged
