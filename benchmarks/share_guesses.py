"""Share links under attack: guesses, every way in which a link does not open, other browsers, and the limit, as JSON.

The whole application answers, in this process and without its limit on tries, so that each guess reaches the database;
the limit is measured on its own. Everything under ``wrong`` must be 0. Half of the guesses are tokens at random, half
are a real token with one character changed. Times are medians until the reply is whole, in milliseconds.
Run: python benchmarks/share_guesses.py [--guesses 100000] [--passcodes 200] [--rounds 100] [--engine sqlite]
"""

import argparse
import hashlib
import json
import random
import re
import secrets
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from serving import ENGINES, SECRET, Database, create_app, database
from sqlalchemy import func, select, update
from werkzeug.test import EnvironBuilder

from certificates.sharing.links import MAX_WRONG_TRIES
from certificates.sharing.models import ShareAccess, ShareLink, ShareView
from quizbank.accounts.models import AuditEntry
from quizbank.db import db, utc_now
from tests.factories import make_activity, make_attempt, make_certificate, make_claim, make_share

PASSCODE = "heart-valve"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHANGING = re.compile(r'(?<=value=")[^"]{40,}(?=")')
Answer = tuple[int, str]


def client_of(app: Flask) -> FlaskClient:
    """Return a browser of its own, which has been at the way in once and so has its cookie."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.get("/s/")
    return browser


def asked(browser: FlaskClient, token: str) -> Answer:
    """Follow a link; return status and a hash of the page."""
    answer = browser.get(f"/s/{token}", buffered=True)
    return answer.status_code, shape(answer.text)


def tried(browser: FlaskClient, token: str, passcode: str = PASSCODE) -> Answer:
    """Send the form of a link; return status and a hash of the page."""
    answer = browser.post("/s/", data={"key": token, "passcode": passcode}, buffered=True)
    return answer.status_code, shape(answer.text)


def shape(page: str) -> str:
    """Return a hash of a page, without the keys of its forms."""
    return hashlib.sha256(CHANGING.sub("", page).encode()).hexdigest()[:12]


def new_links(count: int) -> dict[str, int]:
    """Return so many open links with a passcode: token and number."""
    certificate = make_certificate(make_claim(make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())))
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    found = {token: make_share(certificate, token, passcode=PASSCODE, now=utc_now()).id for token in tokens}
    db.session.commit()
    return found


def guess(tokens: list[str], number: int) -> str:
    """Return a token at random, or a real one with one character changed."""
    if number % 2:
        return secrets.token_urlsafe(32)
    token, place = random.choice(tokens), random.randrange(43)
    other = random.choice([one for one in ALPHABET if one != token[place]])
    return token[:place] + other + token[place + 1 :]


def rows() -> int:
    """Return how many rows of sharing and of the audit trail there are; no lock is held afterwards."""
    db.session.rollback()
    found = sum(db.session.scalar(select(func.count(one.id))) or 0 for one in (ShareAccess, ShareView, AuditEntry))
    db.session.rollback()
    return found


def guesses(app: Flask, tokens: list[str], count: int, ask: Callable[[FlaskClient, str], Answer]) -> dict[str, Any]:
    """Guess so many tokens and return what came of it."""
    browser, answers, before = client_of(app), Counter[Answer](), rows()
    began = time.perf_counter()
    for number in range(count):
        answers[ask(browser, guess(tokens, number))] += 1
    seconds = time.perf_counter() - began
    hits = sum(times for (status, _), times in answers.items() if status != 410)
    return {
        "tried": count,
        "statuses": {str(status): times for (status, _), times in answers.items()},
        "wrong": {"hits": hits, "other_answers": len(answers) - 1, "rows_written": rows() - before},
        "per_second": round(count / seconds),
    }


def endings() -> dict[str, dict[str, Any]]:
    """Return what makes a link one that does not open, as new values of its row."""
    now = utc_now()
    return {
        "revoked": {"revoked_at": now},
        "expired": {"expires_at": now - timedelta(days=1)},
        "used_up": {"views": 10, "max_views": 10, "first_opened_at": now},
        "locked": {"wrong_tries": MAX_WRONG_TRIES},
    }


def ended_links(links: dict[str, int]) -> dict[str, str]:
    """Return a token for each way in which a link does not open; the wrong passcode's link is open."""
    tokens = dict(zip([*endings(), "wrong_passcode"], links, strict=False))
    for name, values in endings().items():
        db.session.execute(update(ShareLink).where(ShareLink.id == links[tokens[name]]).values(**values))
    db.session.commit()
    return {**tokens, "unknown": secrets.token_urlsafe(32)}


def refusals(app: Flask, tokens: dict[str, str], rounds: int) -> dict[str, Any]:
    """Ask for and try every link that does not open; return whether answers differ, and how long they take."""
    browser = client_of(app)
    seen = {name: asked(browser, token) for name, token in tokens.items() if name != "wrong_passcode"}
    sent = {name: tried(browser, token, passcode_for(name)) for name, token in tokens.items()}
    return {
        "states": sorted(tokens),
        "statuses": sorted({status for status, _ in [*seen.values(), *sent.values()]}),
        "wrong": {"other_pages": len(set(seen.values())) - 1, "other_pages_of_the_form": len(set(sent.values())) - 1},
        "median_ms_of_the_link": medians(
            app, {name: get(token) for name, token in tokens.items() if name in seen}, rounds
        ),
        "median_ms_of_the_form": medians(app, forms(browser, tokens), max(5, rounds // 10)),
    }


def passcode_for(name: str) -> str:
    """Return the right passcode, but for the link that is tried with a wrong one."""
    return "not this one" if name == "wrong_passcode" else PASSCODE


def get(token: str) -> Callable[[], dict[str, Any]]:
    """Return what makes the request that follows a link."""
    return lambda: EnvironBuilder(f"/s/{token}").get_environ()


def forms(browser: FlaskClient, tokens: dict[str, str]) -> dict[str, Callable[[], dict[str, Any]]]:
    """Return what makes the requests that send the form of each link, from a browser that has its cookie."""
    cookie = browser.get_cookie("session")
    headers = {"Cookie": f"session={cookie.value}" if cookie else ""}

    def sending(name: str, token: str) -> Callable[[], dict[str, Any]]:
        form = {"key": token, "passcode": passcode_for(name)}
        return lambda: EnvironBuilder("/s/", method="POST", data=form, headers=headers).get_environ()

    return {name: sending(name, token) for name, token in tokens.items()}


def medians(app: Flask, requests: dict[str, Callable[[], dict[str, Any]]], rounds: int) -> dict[str, float]:
    """Return how long each reply takes until its last byte, the requests taking turns."""
    spent: dict[str, list[float]] = {name: [] for name in requests}
    for _ in range(rounds):
        for name, made in requests.items():
            environ = made()
            began = time.perf_counter()
            answer = app.wsgi_app(environ, lambda *_: None)  # type: ignore[arg-type]
            b"".join(answer)
            spent[name].append(time.perf_counter() - began)
            getattr(answer, "close", lambda: None)()
        db.session.execute(update(ShareLink).where(ShareLink.wrong_tries < MAX_WRONG_TRIES).values(wrong_tries=0))
        db.session.commit()
    return {name: round(1000 * statistics.median(times), 2) for name, times in spent.items()}


def other_browsers(app: Flask, token: str, link_id: int) -> dict[str, Any]:
    """Open a link of one view, then try its address, its link and its form in another browser."""
    db.session.execute(update(ShareLink).where(ShareLink.id == link_id).values(max_views=1))
    db.session.commit()
    first, other = client_of(app), client_of(app)
    place = first.post("/s/", data={"key": token, "passcode": PASSCODE}).location
    again = [first.get(place).status_code for _ in range(3)]
    elsewhere = [other.get(place).status_code, asked(other, token)[0], tried(other, token)[0]]
    wrong = sum(status != 200 for status in again) + sum(status != 410 for status in elsewhere)
    return {"same_browser": again, "other_browser": elsewhere, "wrong": {"answers": wrong}}


def limited(place: Database) -> dict[str, Any]:
    """Return how many of 30 forms and then 300 links from one address within a minute are answered at all."""
    settings = {"SECRET_KEY": SECRET, "SESSION_COOKIE_SECURE": False, "SESSION_COOKIE_NAME": "session"}
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": place.url})
    browser = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    sent = Counter(tried(browser, secrets.token_urlsafe(32))[0] for _ in range(30))
    answers = Counter(asked(browser, secrets.token_urlsafe(32))[0] for _ in range(300))
    found = {"links": answers, "forms": sent}
    return {kind: {str(status): times for status, times in sorted(one.items())} for kind, one in found.items()}


def main() -> None:
    """Run everything on the engines asked for and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--passcodes", type=int, default=200, help="guesses that send the form, each of them hashed")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    given = parser.parse_args()
    found = {}
    for engine in given.engine or ENGINES:
        with database(engine) as place:
            app, links = place.app(), new_links(50)
            tokens = list(links)
            found[engine] = {
                "guessed_links": guesses(app, tokens, given.guesses, asked),
                "guessed_with_the_form": guesses(app, tokens, given.passcodes, tried),
                "other_browsers": other_browsers(app, tokens[-1], links[tokens[-1]]),
                "refusals": refusals(app, ended_links(links), given.rounds),
                "30_forms_then_300_links_from_one_address": limited(place),
            }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
