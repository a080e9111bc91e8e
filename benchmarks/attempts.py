"""What attempts cost and how they hold under load, as JSON.

``cost``: CPU milliseconds of the web process per request (user and system, read from the operating system), for an item
page, the questions it keeps, an autosave and a form that moves on, beside a bare Flask page served the same way. Rounds
of them take turns. Told are the median of the rounds and the least: other work on the machine only ever adds to a round
(it empties the processor's caches, and most so while a process waits for its database), so the least is what the code
costs and the median what it cost that day. Budgets hold for the least.

``races``: parallel submits (one result each), parallel starts (never over the limit), answers racing a submit.
``kills``: web processes killed without warning during saves and submits; what was acknowledged is there, once.

``load``: a class takes a published Moodle test (16 items, 8 pages, 30-90 s of thought); every score is computed again.
``starts``: so many starts released at one moment.

Run: python benchmarks/attempts.py [--engines sqlite,postgresql] cost|races|kills|load|starts [options]
Short: load --learners 50 --think 0.5,1.5 --ramp 2
"""

import argparse
import json
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from attempt_kills import kills
from attempt_load import load, starts
from attempt_races import races
from serving import ENGINES, Browser, Door, Web, database, machine, serving

from quizbank.activities.models import Activity
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from tests.factories import make_account, make_activity, make_attempt

ITEMS = 16
BUDGET = {"save": 5.0, "item_page": 8.0}
"""How many times a bare page each may cost."""


def cost(engine: str, rounds: int, requests: int) -> dict[str, Any]:
    """Return CPU milliseconds per request of our pages and of a bare one, and the ratios."""
    with database(engine) as place, serving(place, 1, 2) as ours, serving(place, 1, 2, "bare:bare") as bare:
        activity = make_activity(items=ITEMS, now=utc_now())
        sittings = [sitting(activity) for _ in range(rounds + 1)]
        db.session.commit()
        app = place.app()
        door, other = Door(app, ours.port), Door(app, bare.port).browser(sittings[0].who)
        spent: dict[str, list[float]] = {}
        for turn, own in enumerate(sittings):  # an attempt for each round: what a log of ordinary length costs
            browser, here, orders = door.browser(own.who), own.place, own.orders
            kinds: dict[str, tuple[Web, Callable[[int], int]]] = {
                "bare": (bare, lambda _turn: other.get("/").status),
                "save": (ours, partial(save, browser, here, orders, "autosave", False)),
                "save_with_key": (ours, partial(save, browser, here, orders, "autosave", True)),
                "move_on": (ours, partial(save, browser, here, orders, "next", False)),
                "item_page": (ours, partial(look, browser, here)),
                "questions": (ours, lambda _turn, browser=browser, here=here: browser.get(f"{here}/questions").status),
            }
            for kind, (web, call) in kinds.items():
                milliseconds = measure(web, call, requests)
                spent.setdefault(kind, []).extend([milliseconds] if turn else [])  # the first round warms up
        assert not ours.stumbles(), ours.log.read_text()[-3000:]
    median, least = told(spent, statistics.median), told(spent, min)
    within = {kind: least["times_bare"][kind] <= most for kind, most in BUDGET.items()}
    return {"engine": engine, "median": median, "least": least, "budget": BUDGET, "within_budget": within}


def told(spent: Mapping[str, Sequence[float]], summary: Callable[[Sequence[float]], float]) -> dict[str, Any]:
    """Return one figure for the rounds of each kind, and how many times a bare page that is."""
    found = {kind: summary(rounds) for kind, rounds in spent.items()}
    times = {kind: round(one / found["bare"], 2) for kind, one in found.items()}
    return {"cpu_ms": {kind: round(one, 3) for kind, one in found.items()}, "times_bare": times}


@dataclass(frozen=True)
class Sitting:
    """An open attempt: whose it is, where it is, and the options of each question in its own order."""

    who: str
    place: str
    orders: list[tuple[str, ...]]


def sitting(activity: Activity) -> Sitting:
    """Start an attempt of a new learner."""
    learner = make_account()
    attempt = make_attempt(activity, learner, now=utc_now())
    orders = [slot.order for slot in state_of(attempt.id).slots]
    return Sitting(learner.fs_uniquifier, f"/attempts/{attempt.id}", orders)


def look(browser: Browser, here: str, turn: int) -> int:
    """Look at one question after the other."""
    return browser.get(f"{here}?item={turn % ITEMS + 1}").status


def save(browser: Browser, here: str, orders: list[tuple[str, ...]], go: str, with_key: bool, turn: int) -> int:
    """Answer one question, each time another one or another option."""
    number = turn % ITEMS + 1
    order = orders[number - 1]
    form = [("item", str(number)), (f"choice-{number}", order[turn // ITEMS % len(order)]), ("go", go)]
    return browser.post(f"{here}/answers", form, f"key-{go}-{turn}" if with_key else "").status


def measure(web: Web, call: Callable[[int], int], requests: int) -> float:
    """Return the CPU milliseconds of the web process per request."""
    began = web.cpu_seconds()
    statuses = {call(turn) for turn in range(requests)}
    assert statuses <= {200, 302}, statuses
    return 1000 * (web.cpu_seconds() - began) / requests


def run_races(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    with database(engine) as place, serving(place) as web:
        return {"engine": engine, **races(place, web, asked.submits, asked.starts, asked.answers)}


def run_kills(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    with database(engine) as place:
        return {"engine": engine, **kills(place, asked.times, asked.learners, asked.pause)}


def run_load(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    low, high = map(float, asked.think.split(","))
    with database(engine) as place, serving(place, 2, 8) as web:
        return {"engine": engine, **load(place, web, asked.learners, (low, high), asked.ramp)}


def run_starts(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    with database(engine) as place, serving(place, 2, 8) as web:
        return {"engine": engine, **starts(place, web, asked.learners)}


def run_cost(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    return cost(engine, asked.rounds, asked.requests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", default=",".join(ENGINES))
    kinds = parser.add_subparsers(dest="kind", required=True)
    one = kinds.add_parser("cost")
    one.add_argument("--rounds", type=int, default=20)
    one.add_argument("--requests", type=int, default=60)
    one.set_defaults(run=run_cost)
    one = kinds.add_parser("races")
    one.add_argument("--submits", type=int, default=300, help="attempts that are submitted 20 times at once")
    one.add_argument("--starts", type=int, default=10, help="learners who start 30 times at once, three times over")
    one.add_argument("--answers", type=int, default=200, help="attempts that are answered while they are submitted")
    one.set_defaults(run=run_races)
    one = kinds.add_parser("kills")
    one.add_argument("--times", type=int, default=200)
    one.add_argument("--learners", type=int, default=6)
    one.add_argument("--pause", type=float, default=0.5, help="seconds between two kills")
    one.set_defaults(run=run_kills)
    one = kinds.add_parser("load")
    one.add_argument("--learners", type=int, default=1000)
    one.add_argument("--think", default="30,90", help="least and most seconds of thought before a page is sent")
    one.add_argument("--ramp", type=float, default=60, help="seconds over which the learners begin")
    one.set_defaults(run=run_load)
    one = kinds.add_parser("starts")
    one.add_argument("--learners", type=int, default=1000)
    one.set_defaults(run=run_starts)
    asked = parser.parse_args()
    before = machine()
    outcomes = [asked.run(engine, asked) for engine in asked.engines.split(",")]
    setting = {"python": platform.python_version(), "before": before, "after": machine()}
    print(json.dumps({**setting, asked.kind: outcomes}, indent=2))


if __name__ == "__main__":
    main()
