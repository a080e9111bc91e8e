"""Learners' buttons pressed in many windows at the same moment, over HTTP against real processes, on one engine."""

import asyncio
from collections import Counter
from typing import Any

from serving import Browser, Database, Door, Form, Web, send_async
from sqlalchemy import func, select

from quizbank.attempts.models import OPEN, Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.operations import keep_answers
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from tests.factories import make_account, make_activity, make_attempt, responses

ANSWERS = 6


def races(place: Database, web: Web, submits: int, starts: int, answers: int) -> dict[str, Any]:
    """Run all races and return what came of them; every number under ``wrong`` must be 0."""
    door = Door(place.app(), web.port)
    found = {
        "submits": parallel_submits(door, submits, 20),
        "starts": parallel_starts(door, starts, 30),
        "answers": answers_and_submits(door, answers),
    }
    return {**found, "stumbles_in_the_log": len(web.stumbles())}


async def together(browser: Browser, calls: list[tuple[str, Form]]) -> list[int]:
    """Send forms at the same moment, each on a connection of its own, and return the statuses."""
    return [reply.status for reply in await asyncio.gather(*(send_async(browser, "POST", *call) for call in calls))]


def new_attempts(count: int, **fields: object) -> list[tuple[str, int]]:
    """Return (session id, attempt id) of so many learners who answered everything right and did not submit."""
    activity, made = make_activity(now=utc_now(), **fields), []  # type: ignore[arg-type]
    for _ in range(count):
        learner = make_account()
        attempt = make_attempt(activity, learner, now=utc_now())
        keep_answers(attempt, responses(attempt, right=3), utc_now())
        made.append((learner.fs_uniquifier, attempt.id))
    db.session.commit()
    return made


def parallel_submits(door: Door, attempts: int, presses: int) -> dict[str, Any]:
    """Submit every attempt so many times at once; each must have one result."""
    made, statuses = new_attempts(attempts), Counter[int]()
    for who, attempt_id in made:
        calls: list[tuple[str, Form]] = [(f"/attempts/{attempt_id}/submit", ())] * presses
        statuses.update(asyncio.run(together(door.browser(who), calls)))
    ids = [attempt_id for _, attempt_id in made]
    db.session.rollback()
    kinds = select(AttemptStep.attempt_id, AttemptStep.kind, func.count()).where(AttemptStep.attempt_id.in_(ids))
    steps = Counter({(row[0], row[1]): row[2] for row in db.session.execute(kinds.group_by("attempt_id", "kind"))})
    wrong = sum(steps[one, "submitted"] != 1 or steps[one, "graded"] != 1 for one in ids)
    scores = db.session.scalars(select(Attempt.score).where(Attempt.id.in_(ids))).all()
    return {
        "attempts": attempts,
        "presses": presses,
        "statuses": dict(statuses),
        "wrong": wrong + sum(s != 100 for s in scores),
    }


def parallel_starts(door: Door, learners: int, presses: int) -> dict[str, Any]:
    """Start so many times at once, submit, and again until the limit of 2 is used up; never more than 2, one open."""
    activity_id = make_activity(now=utc_now(), max_attempts=2).id
    people = [make_account() for _ in range(learners)]
    known = [(person.id, person.fs_uniquifier) for person in people]
    db.session.commit()
    wrong, statuses = 0, Counter[int]()
    for learner_id, who in known:
        browser = door.browser(who)
        for _ in range(3):
            calls: list[tuple[str, Form]] = [(f"/attempts/start/{activity_id}", ())] * presses
            statuses.update(asyncio.run(together(browser, calls)))
            db.session.rollback()
            mine = db.session.execute(select(Attempt.id, Attempt.state).filter_by(learner_id=learner_id)).all()
            still_open = [row.id for row in mine if row.state == OPEN]
            wrong += len(mine) > 2 or len(still_open) > 1
            db.session.rollback()
            asyncio.run(together(browser, [(f"/attempts/{one}/submit", ()) for one in still_open]))
    return {"learners": learners, "presses": presses, "statuses": dict(statuses), "wrong": wrong}


def answers_and_submits(door: Door, attempts: int) -> dict[str, Any]:
    """Answer again and again while another window submits; what was acknowledged is scored, the rest was refused."""
    made = new_attempts(attempts)
    wrong, refused = 0, 0
    for turn, (who, attempt_id) in enumerate(made):
        db.session.rollback()
        orders = [slot.order for slot in state_of(attempt_id).slots]
        before = {slot: given["choice"] for slot, given in state_of(attempt_id).responses.items()}
        db.session.rollback()
        acknowledged, late = asyncio.run(race(door.browser(who), attempt_id, orders, turn % ANSWERS))
        state = state_of(attempt_id)
        kept = {slot: given["choice"] for slot, given in state.responses.items()}
        drafts = db.session.scalar(select(func.count()).select_from(AttemptDraft).filter_by(attempt_id=attempt_id))
        wrong += kept != {**before, **acknowledged} or bool(drafts) or state.submitted_at is None
        refused += late
    return {"attempts": attempts, "answers_each": ANSWERS, "refused": refused, "wrong": wrong}


async def race(
    browser: Browser, attempt_id: int, orders: list[tuple[str, ...]], moment: int
) -> tuple[dict[int, list[str]], int]:
    """Return the answers that were acknowledged, by slot, and how many were refused; the submit starts at a moment."""
    here, acknowledged, refused, submit = f"/attempts/{attempt_id}", {}, 0, None
    for number in range(ANSWERS):
        if number == moment:
            submit = asyncio.ensure_future(send_async(browser, "POST", f"{here}/submit"))
        slot, choice = number % 3 + 1, orders[number % 3][number // 3]
        form = [("item", str(slot)), (f"choice-{slot}", choice), ("go", "autosave" if number % 2 else "next")]
        status = (await send_async(browser, "POST", f"{here}/answers", form)).status
        assert status in (200, 302, 409), status
        refused += status == 409
        if status != 409:
            acknowledged[slot] = [choice]
    assert submit is not None
    assert (await submit).status == 302
    return acknowledged, refused
