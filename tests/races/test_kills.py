"""Web processes that are killed while a learner saves and submits: what was acknowledged is there, once."""

import os
import random
import signal
from contextlib import suppress
from http.client import HTTPException

import psutil

from quizbank.attempts.models import AttemptStep
from quizbank.attempts.queries import responses_so_far, state_of
from quizbank.db import db, utc_now
from quizbank.web.once import new_key
from tests.clock import eventually
from tests.factories import make_account, make_activity, make_attempt
from tests.races.conftest import Browser, Form, Platform

SAVES, KILLS = 24, 3


def send_until_acknowledged(browser: Browser, path: str, form: Form) -> int:
    """Send a form with one key until there is a reply, and return its status."""
    keyed, replies = [*form, ("idempotency_key", new_key())], list[int]()

    def answered() -> bool:
        with suppress(OSError, HTTPException):
            replies.append(browser.post(path, keyed))
        return bool(replies)

    eventually(answered, within=60)
    return replies[0]


def kill_a_worker(platform: Platform) -> None:
    workers = psutil.Process(platform.process_id).children()
    with suppress(ProcessLookupError):
        os.kill(random.choice(workers).pid, signal.SIGKILL)


def test_killed_processes_lose_nothing_that_was_acknowledged(platform: Platform) -> None:
    learner = make_account()
    attempt = make_attempt(make_activity(now=utc_now()), learner, now=utc_now())
    attempt_id, orders = attempt.id, [slot.order for slot in state_of(attempt.id).slots]
    browser = platform.browser(learner)
    db.session.commit()
    acknowledged = {}
    for number in range(SAVES):
        if number % (SAVES // KILLS) == 1:
            kill_a_worker(platform)
        slot, choice = number % 3 + 1, orders[number % 3][number // 3 % 3]
        form = [("item", str(slot)), (f"choice-{slot}", choice), ("go", "autosave" if number % 2 else "next")]
        assert send_until_acknowledged(browser, f"/attempts/{attempt_id}/answers", form) in (200, 302)
        acknowledged[slot] = [choice]
    kill_a_worker(platform)
    assert send_until_acknowledged(browser, f"/attempts/{attempt_id}/submit", []) == 302
    db.session.rollback()
    state = state_of(attempt_id)
    there = responses_so_far(attempt, state)
    assert {slot: given["choice"] for slot, given in there.items()} == acknowledged
    kinds = list(db.session.scalars(db.select(AttemptStep.kind).filter_by(attempt_id=attempt_id)))
    assert (kinds.count("submitted"), kinds.count("graded")) == (1, 1)
