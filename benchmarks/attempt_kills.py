"""Web processes killed without warning while learners save and submit; nothing acknowledged may be missing afterwards."""

import os
import random
import secrets
import signal
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from serving import Browser, Database, Door, Web, start_web
from sqlalchemy import select

from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.queries import responses_so_far, state_of
from quizbank.db import db, utc_now
from tests.factories import make_account, make_activity, make_attempt

ITEMS = 8
THINKING = 0.02
EVERYTHING = 10
"""Every so manieth time all processes are killed, the others one worker."""


@dataclass
class Learner:
    """One learner's browser and what the server acknowledged, by attempt and slot."""

    browser: "Crowd"
    attempts: list[tuple[int, list[tuple[str, ...]]]]
    acknowledged: dict[int, dict[int, str]] = field(default_factory=dict)
    submitted: set[int] = field(default_factory=set)
    retries: int = 0
    odd: list[int] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Answer and submit one attempt after the other, each request again with its key until it is acknowledged."""
        chance = random.Random(self.attempts[0][0])
        for attempt_id, orders in self.attempts:
            for _ in range(chance.randrange(ITEMS, 3 * ITEMS)):
                if stop.is_set():
                    return
                number = chance.randrange(ITEMS)
                choice = chance.choice(orders[number])
                form = [("item", str(number + 1)), (f"choice-{number + 1}", choice)]
                if self.send(
                    f"/attempts/{attempt_id}/answers", [*form, ("go", chance.choice(("autosave", "next")))], stop
                ):
                    self.acknowledged.setdefault(attempt_id, {})[number + 1] = choice
            if self.send(f"/attempts/{attempt_id}/submit", [], stop):
                self.submitted.add(attempt_id)

    def send(self, path: str, form: list[tuple[str, str]], stop: threading.Event) -> bool:
        """Send a form until it is acknowledged; False when time is over."""
        key = secrets.token_hex(8)
        while True:
            with suppress(OSError, HTTPException):
                status = self.browser.post(path, form, key).status
                if status in (200, 302):
                    time.sleep(THINKING)
                    return True
                self.odd += [status]
                if status != 503:
                    return False
            if stop.is_set():
                return False
            self.retries += 1
            time.sleep(0.02)


def kills(place: Database, times: int, learners: int, pause: float) -> dict[str, Any]:
    """Kill so often, a pause apart, and return what was lost (nothing) and how long the service was away."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        web = start_web(listener, place.folder, place.url, workers=3, preload=True)
        door = Door(place.app(), web.port)
        people = [new_learner(door, attempts=max(20, times)) for _ in range(learners)]
        probe = door.browser(new_uniquifier())
        wait_until_back(probe)
        stop = threading.Event()
        threads = [threading.Thread(target=one.work, args=(stop,)) for one in people]
        for thread in threads:
            thread.start()
        away: dict[str, list[float]] = {"after_a_worker": [], "after_everything": []}
        stumbled = 0
        for turn in range(1, times + 1):
            time.sleep(pause)
            if turn % EVERYTHING == 0:
                stumbled += len(web.stumbles())
                web = kill_everything(web, listener, place)
                away["after_everything"].append(wait_until_back(probe))
            else:
                kill_one(web)
                away["after_a_worker"].append(wait_until_back(probe))
        stop.set()
        for thread in threads:
            thread.join()
        stumbled += len(web.stumbles())
        web.process.terminate()
        web.process.wait()
    told = {f"seconds_away_{what}": seconds(found) for what, found in away.items() if found}
    return {"kills": times, **outcome(people), **told, "stumbles_in_the_log": stumbled}


def new_uniquifier() -> str:
    """Add somebody and return their session id."""
    who = make_account().fs_uniquifier
    db.session.commit()
    return who


def new_learner(door: Door, attempts: int) -> Learner:
    """Return so many open attempts of as many people, worked on one after the other as by one learner."""
    activity, orders, people = make_activity(items=ITEMS, now=utc_now()), [], {}
    for _ in range(attempts):
        person = make_account()
        attempt = make_attempt(activity, person, now=utc_now())
        orders.append((attempt.id, [slot.order for slot in state_of(attempt.id).slots]))
        people[attempt.id] = person.fs_uniquifier
    db.session.commit()
    return Learner(Crowd(door, people), orders)


class Crowd:
    """The browsers of several people, chosen by the attempt an address names."""

    def __init__(self, door: Door, people: dict[int, str]) -> None:
        self.door, self.people = door, people
        self.browsers: dict[int, Browser] = {}

    def post(self, path: str, form: list[tuple[str, str]], key: str) -> Any:
        attempt_id = int(path.split("/")[2])
        if attempt_id not in self.browsers:
            self.browsers[attempt_id] = self.door.browser(self.people[attempt_id])
        return self.browsers[attempt_id].post(path, form, key)


def kill_one(web: Web) -> None:
    """Kill one of the workers; its master starts another."""
    if workers := web.workers():
        with suppress(ProcessLookupError):
            os.kill(random.choice(workers).pid, signal.SIGKILL)


def kill_everything(web: Web, listener: socket.socket, place: Database) -> Web:
    """Kill the master and all workers, and start again as a supervisor does."""
    workers = web.workers()
    for pid in (web.process.pid, *(one.pid for one in workers)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    web.process.wait()
    return start_web(listener, place.folder, place.url, workers=3, preload=True)


def wait_until_back(probe: Browser) -> float:
    """Return the seconds until a page is served again."""
    began = time.monotonic()
    while True:
        probe.close()
        with suppress(OSError, HTTPException):
            if probe.get("/accounts/profile").status == 200:
                return time.monotonic() - began
        time.sleep(0.01)


def outcome(people: list[Learner]) -> dict[str, Any]:
    """Compare what was acknowledged with what is there."""
    db.session.rollback()
    missing = doubled = wrong = saves = 0
    touched = [attempt_id for one in people for attempt_id in one.acknowledged]
    for one in people:
        for attempt_id, answers in one.acknowledged.items():
            attempt, state = db.session.get_one(Attempt, attempt_id), state_of(attempt_id)
            there = responses_so_far(attempt, state)
            missing += sum(there.get(slot, {}).get("choice") != [choice] for slot, choice in answers.items())
            saves += len(answers)
            steps = db.session.scalars(select(AttemptStep.kind).filter_by(attempt_id=attempt_id)).all()
            doubled += steps.count("submitted") > 1 or steps.count("graded") > 1
            is_submitted = attempt_id in one.submitted
            wrong += is_submitted and (attempt.score, attempt.passed) != (state.score, state.passed)
            wrong += is_submitted and steps.count("graded") != 1
    return {
        "attempts": len(touched),
        "submitted": sum(len(one.submitted) for one in people),
        "answers_compared": saves,
        "requests_repeated": sum(one.retries for one in people),
        "acknowledged_and_missing": missing,
        "double_results": doubled,
        "wrong_results": wrong,
        "odd_statuses": sorted(status for one in people for status in one.odd),
    }


def seconds(away: list[float]) -> dict[str, Any]:
    """Tell how long the service was away."""
    ordered = sorted(away)
    return {"median": round(ordered[len(ordered) // 2], 3), "most": round(ordered[-1], 3)}
