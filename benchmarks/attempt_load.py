"""A class that takes a test: many learners who read, think, answer and submit; and all of them starting at one moment.

The profile is that of a published Moodle test: 16 items on 8 pages, 30 to 90 seconds of thought before each page is sent.
Afterwards every stored score is computed again from what the generator itself sent.
"""

import asyncio
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from serving import Browser, Database, Door, Reply, Web, send_async
from sqlalchemy import select

from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import db, utc_now
from tests.factories import make_account, make_activity

PAGES, EACH = 8, 2
HIDDEN = re.compile(r'name="(page|seen)"[^>]*value="([^"]*)"')
CHOICE = re.compile(r'name="choice-(\d+)" value="([^"]+)"')


@dataclass
class Taking:
    """One learner's test as the generator knows it: what was chosen by slot, and how long each reply took."""

    learner_id: int
    browser: Browser
    chosen: dict[int, str] = field(default_factory=dict)
    seconds: list[tuple[str, float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    place: str = ""

    async def send(self, kind: str, method: str, path: str, form: list[tuple[str, str]] | None = None) -> Reply:
        """Send one request and note how long its reply took."""
        began = time.monotonic()
        try:
            reply = await send_async(self.browser, method, path, form or ())
        except (OSError, ValueError, IndexError) as error:
            self.failures.append(f"{kind}: {error!r}")
            return Reply(0, "", "")
        self.seconds.append((kind, time.monotonic() - began))
        if reply.status not in (200, 302):
            self.failures.append(f"{kind}: {reply.status}")
        return reply

    async def start(self, activity_id: int) -> None:
        self.place = (await self.send("start", "POST", f"/attempts/start/{activity_id}")).location

    async def take(self, activity_id: int, think: tuple[float, float], delay: float) -> None:
        """Start, answer page by page, submit and look at the result."""
        await asyncio.sleep(delay)
        chance = random.Random(self.learner_id)
        await self.start(activity_id)
        for number in range(PAGES):
            shown = [1 + number * EACH + one for one in range(EACH)]
            page = await self.send(
                "page", "GET", f"{self.place}?view=page" if EACH > 1 else f"{self.place}?item={shown[0]}"
            )
            await asyncio.sleep(chance.uniform(*think))
            form = [("go", "page"), *HIDDEN.findall(page.text)]
            for slot in shown:
                choice = chance.choice([value for asked, value in CHOICE.findall(page.text) if int(asked) == slot])
                form += [("item", str(slot)), (f"choice-{slot}", choice)]
                self.chosen[slot] = choice
            await self.send("save", "POST", f"{self.place}/answers", form)
        await self.send("review", "GET", f"{self.place}/review")
        await self.send("submit", "POST", f"{self.place}/submit")
        await self.send("result", "GET", f"{self.place}/result")


def class_of(place: Database, web: Web, learners: int, **fields: object) -> tuple[int, list[Taking]]:
    """Return an activity of 16 items and so many learners before it."""
    activity = make_activity(items=PAGES * EACH, now=utc_now(), **fields)  # type: ignore[arg-type]
    people = [make_account() for _ in range(learners)]
    known = [(person.id, person.fs_uniquifier) for person in people]
    activity_id = activity.id
    db.session.commit()
    door = Door(place.app(), web.port)
    return activity_id, [Taking(learner_id, door.browser(who)) for learner_id, who in known]


def load(place: Database, web: Web, learners: int, think: tuple[float, float], ramp: float) -> dict[str, Any]:
    """Let a class take the test and return times, failures and how many scores were not what the generator counted."""
    activity_id, takings = class_of(place, web, learners)
    chance = random.Random(1)
    cpu, own, began = web.cpu_seconds(), time.process_time(), time.monotonic()

    async def everybody() -> None:
        await asyncio.gather(*(one.take(activity_id, think, chance.uniform(0, ramp)) for one in takings))

    asyncio.run(everybody())
    took = time.monotonic() - began
    used = {
        "web_cpu_seconds": round(web.cpu_seconds() - cpu, 1),
        "generator_cpu_seconds": round(time.process_time() - own, 1),
    }
    return {
        "learners": learners,
        "think_seconds": think,
        "seconds": round(took, 1),
        **used,
        **times(takings),
        "wrong_scores": wrong_scores(takings),
        "stumbles_in_the_log": len(web.stumbles()),
    }


def times(takings: list[Taking]) -> dict[str, Any]:
    """Return milliseconds by kind of request, and what failed."""
    kinds: dict[str, list[float]] = {"all": []}
    for one in takings:
        for kind, seconds in one.seconds:
            kinds.setdefault(kind, []).append(1000 * seconds)
            kinds["all"].append(1000 * seconds)
    told = {}
    for kind, found in kinds.items():
        ordered = sorted(found)
        p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        told[kind] = {"requests": len(found), "p50": round(p50), "p95": round(p95), "most": round(ordered[-1])}
    failures = Counter(words for one in takings for words in one.failures)
    return {"milliseconds": told, "errors": sum(failures.values()), "failures": dict(failures.most_common(5))}


def wrong_scores(takings: list[Taking]) -> int:
    """Return how many stored scores differ from what the generator's own log gives: right choices out of all."""
    db.session.rollback()
    wrong = 0
    for one in takings:
        attempt = db.session.scalars(select(Attempt).filter_by(learner_id=one.learner_id)).one_or_none()
        if attempt is None or attempt.score is None:
            wrong += 1
            continue
        slots = state_of(attempt.id).slots
        contents = contents_of(slots)
        right = sum(one.chosen.get(slot.number) == contents[slot.version_id].key[0] for slot in slots)
        wrong += abs(attempt.score - 100 * right / len(slots)) > 1e-9
    return wrong


def starts(place: Database, web: Web, learners: int) -> dict[str, Any]:
    """Release all starts together and return how long it took until the last one was served."""
    activity_id, takings = class_of(place, web, learners)

    async def everybody() -> None:
        await asyncio.gather(*(one.start(activity_id) for one in takings))

    began, spent = time.monotonic(), web.cpu_seconds()
    asyncio.run(everybody())
    took, spent = time.monotonic() - began, web.cpu_seconds() - spent
    open_attempts = len({one.place for one in takings if one.place})
    told = {"starts": learners, "seconds": round(took, 2), "cpu_seconds_of_the_web": round(spent, 2)}
    return {**told, "attempts": open_attempts, **times(takings)}
