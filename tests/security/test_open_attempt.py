"""An open attempt under attack: looking for the key, answering what was not asked, forging the result."""

import json
import re
from datetime import timedelta
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from certificates.credits.models import CreditClaim
from certificates.surveys.models import Evaluation
from quizbank.attempts.log import Slot
from quizbank.attempts.models import Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from quizbank.items.models import ItemVersion
from quizbank.items.operations import approve_version, revise_item
from quizbank.items.queries import content_of
from tests.factories import PASSWORD, make_account, make_activity, make_attempt, responses, sign_in
from tests.security.conftest import keys_of, table_state

TELLING = re.compile(r"correct|rationale|is_key|\bkey\b|score|fraction|data-(?:answer|right)", re.IGNORECASE)
NONSENSE = [
    "null", "[]", "{}", "1e308", "NaN", "-1", str(2**63), "true", '["a","b"]', "[" * 10_000 + "]" * 10_000, "é" * 500,
    "' OR 1=1 --", "\u202eabc", "a" * 100_000,
]  # fmt: skip


@pytest.fixture
def attempt(session: scoped_session[Session]) -> Attempt:
    return make_attempt(make_activity(now=utc_now(), max_attempts=2), make_account(name="Player"), now=utc_now())


@pytest.fixture
def player(client: FlaskClient, attempt: Attempt) -> FlaskClient:
    return sign_in(client, attempt.learner)


def first_slot(attempt: Attempt) -> tuple[Slot, str, str]:
    """Return the first slot with its right option and a wrong one."""
    slot = state_of(attempt.id).slots[0]
    key = db.session.get_one(ItemVersion, slot.version_id).content["key"]
    return slot, key[0], next(option for option in slot.order if option not in key)


def stored_answers() -> int:
    """Return how many answers are kept, as drafts or as steps."""
    db.session.rollback()
    steps = db.session.scalar(select(func.count()).where(AttemptStep.kind == "answered")) or 0
    return steps + (db.session.scalar(select(func.count()).select_from(AttemptDraft)) or 0)


def test_no_page_of_an_open_attempt_tells_which_option_is_right(player: FlaskClient, attempt: Attempt) -> None:
    keys = keys_of(attempt.activity)
    rationales = [
        option["rationale"]
        for pinned in attempt.activity.items
        for option in pinned.version.content["options"]
    ]  # fmt: skip
    here = f"/attempts/{attempt.id}"
    for address in (here, f"{here}?view=page", f"{here}?item=2", f"{here}/review", f"{here}/result"):
        answer = player.get(address)
        seen = answer.text + str(answer.headers)
        words = re.sub(r'(?s)<head>.*?</head>|class="[^"]*"|href="[^"]*"|src="[^"]*"|navigator-key', "", seen)
        assert not TELLING.search(words), (address, TELLING.search(words))
        assert not any(rationale in seen for rationale in rationales), address
        assert not any(re.search(rf'{key}"[^>]*(?<!checked)\s(?:data-|class=)', seen) for key in keys), address
        assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())


def test_scripts_and_styles_hold_no_answers(player: FlaskClient, attempt: Attempt) -> None:
    page = player.get(f"/attempts/{attempt.id}").text
    keys = keys_of(attempt.activity)
    for address in set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page)):
        text = player.get(address).text
        assert not any(key in text for key in keys)
        assert "sourceMappingURL" not in text


def test_right_and_wrong_answers_get_replies_of_the_same_bytes(player: FlaskClient, attempt: Attempt) -> None:
    slot, right, wrong = first_slot(attempt)
    for go in ("autosave", "next"):
        replies = [
            player.post(
                f"/attempts/{attempt.id}/answers", data={"item": slot.number, f"choice-{slot.number}": choice, "go": go}
            )
            for choice in (right, wrong)
        ]
        seen = [
            (
                r.status_code,
                re.sub(r"\d\d:\d\d", "", r.text),
                [h for h in r.headers if h[0] not in ("Date", "Set-Cookie")],
            )
            for r in replies
        ]
        assert seen[0] == seen[1]
        assert len(replies[0].data) == len(replies[1].data)


def test_option_ids_are_random_and_their_order_is_the_attempts_own(session: scoped_session[Session]) -> None:
    activity = make_activity(items=12, now=utc_now())
    places, ids = [], []
    for _ in range(4):
        for slot in state_of(make_attempt(activity, now=utc_now()).id).slots:
            key = db.session.get_one(ItemVersion, slot.version_id).content["key"][0]
            places.append(slot.order.index(key))
            ids += slot.order
    assert set(places) == {0, 1, 2}
    assert all(re.fullmatch("[0-9a-f]{6}", option_id) for option_id in ids)
    assert len(set(ids)) == 36


def test_feedback_and_credit_are_closed_until_submission_and_pass(player: FlaskClient, attempt: Attempt) -> None:
    assert player.get(f"/attempts/{attempt.id}/result").status_code == 404
    for address in (f"/credits/{attempt.id}", f"/credits/{attempt.id}/evaluation", f"/credits/{attempt.id}/claim"):
        assert player.get(address).status_code == 403
    answers = {"objectives_met": "5", "knowledge": "5", "practice": "5", "balanced": "5"}
    assert player.post(f"/credits/{attempt.id}/evaluation", data=answers).status_code == 403
    assert player.post(f"/credits/{attempt.id}/claim", data={"amount": "0.25", "attested": "y"}).status_code == 403
    player.post(f"/attempts/{attempt.id}/submit")
    assert player.post(f"/credits/{attempt.id}/claim", data={"amount": "0.25", "attested": "y"}).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Evaluation)) == 0
    assert db.session.scalar(select(func.count()).select_from(CreditClaim)) == 0


def test_claim_leads_back_to_the_evaluation_that_was_skipped(
    client: FlaskClient, session: scoped_session[Session]
) -> None:
    passed = make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())
    learner = sign_in(client, passed.learner)
    answer = learner.post(
        f"/credits/{passed.id}/claim", data={"amount": "0.25", "attested": "y"}, follow_redirects=True
    )
    assert answer.request.path == f"/credits/{passed.id}/evaluation"
    assert db.session.scalar(select(func.count()).select_from(CreditClaim)) == 0
    assert learner.get(f"/issuing/attempt/{passed.id}").status_code == 404


AMOUNTS = [
    "abc", "NaN", "sNaN", "Infinity", "-0.25", "0", "0.26", "99", "1e-400", "", "0.25\n0.5", "٠.٢٥x", "9" * 5000,
]  # fmt: skip


def test_odd_amounts_of_credit_are_refused_and_claim_nothing(
    client: FlaskClient, session: scoped_session[Session]
) -> None:
    passed = make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())
    learner, address = sign_in(client, passed.learner), f"/credits/{passed.id}/claim"
    answers = {"objectives_met": "5", "knowledge": "5", "practice": "5", "balanced": "5"}
    learner.post(f"/credits/{passed.id}/evaluation", data=answers)
    for amount in AMOUNTS:
        assert learner.post(address, data={"amount": amount, "attested": "y"}).status_code == 400, amount
    assert db.session.scalar(select(func.count()).select_from(CreditClaim)) == 0


def test_answers_to_what_was_not_asked_are_refused_whole(player: FlaskClient, attempt: Attempt) -> None:
    slots = state_of(attempt.id).slots
    slot, right, _wrong = first_slot(attempt)
    other = make_attempt(make_activity(now=utc_now()), attempt.learner, now=utc_now())
    foreign = state_of(other.id).slots[0].order[0]
    neighbour = slots[1].order[0]
    good = [("item", "1"), ("choice-1", right)]
    for bad in (
        [("item", "99")],
        [*good, ("item", "4"), ("choice-4", right)],
        [("item", "1"), ("choice-1", foreign)],
        [("item", "1"), ("choice-1", neighbour)],
        [("item", "1"), *[("choice-1", option) for option in slot.order[:2]]],
        [*good, ("choice-1", right)],
        [*good, ("item", "1")],
        [*good, ("choice-2", neighbour)],
        [("choice-1", right)],
        [("item", "01"), ("choice-01", right)],
        [("item", "1 "), ("choice-1 ", right)],
        [("item", "١"), ("choice-١", right)],
        [],
    ):
        for go in ("autosave", "next"):
            body = "&".join(f"{name}={value}" for name, value in [*bad, ("go", go)])
            answer = player.post(
                f"/attempts/{attempt.id}/answers", data=body.encode(), content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code == 400, bad
    assert stored_answers() == 0


def test_answers_of_wrong_types_are_refused_quickly(player: FlaskClient, attempt: Attempt) -> None:
    for nonsense in NONSENSE:
        here = f"/attempts/{attempt.id}/answers"
        player.get(f"/attempts/{attempt.id}")
        started = perf_counter()
        statuses = [
            player.post(here, data={"item": "1", "choice-1": nonsense}).status_code,
            player.post(here, data={"item": nonsense, "choice-1": "a"}).status_code,
            player.post(here, data={"item": "1", f"choice-{nonsense}": "a"}).status_code,
            player.post(here, data={"item": "1", "marks": "1", "struck-1": nonsense}).status_code,
            player.post(here, data={"item": "1", "marks": "1", "confidence-1": nonsense}).status_code,
            player.post(here, data={"item": "1", "marks": nonsense}).status_code,
            player.post(here, data={"item": "1", "page": nonsense, "seen": "0"}).status_code,
            player.post(here, data={"item": "1", "page": "0" * 16, "seen": nonsense}).status_code,
            player.post(here, data={"item": "1", "go": f"check-{nonsense}"}).status_code,
            player.post(here, data={"item": "1", "again": nonsense}).status_code,
            player.post(here, data=nonsense, content_type="application/json").status_code,
            player.post(here, data=json.dumps({"item": nonsense}), content_type="application/json").status_code,
        ]
        assert set(statuses) == {400}
        assert perf_counter() - started < 6
        assert stored_answers() == 0


def test_ten_thousand_items_in_one_post_are_refused(player: FlaskClient, attempt: Attempt) -> None:
    many = [str(number) for number in range(1, 10_001)]
    assert player.post(f"/attempts/{attempt.id}/answers", data={"item": many}).status_code == 400
    part = '--b\r\nContent-Disposition: form-data; name="choice-{}"\r\n\r\na\r\n'
    body = ("".join(part.format(number) for number in many) + "--b--\r\n").encode()
    answer = player.post(f"/attempts/{attempt.id}/answers", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code in (400, 413)
    assert stored_answers() == 0


def test_submission_takes_nothing_from_the_form(player: FlaskClient, attempt: Attempt) -> None:
    forged = {
        "score": "100", "passed": "true", "user_id": "1", "learner_id": "1", "credits": "99", "state": "open",
        "submitted_at": "2020-01-01", "started_at": "2020-01-01", "is_admin": "1", "number": "9", "fractions": "[1,1,1]",
    }  # fmt: skip
    player.post(f"/attempts/{attempt.id}/answers", data={"item": "1", "go": "next", **forged})
    assert player.post(f"/attempts/{attempt.id}/submit", data=forged, query_string=forged).status_code == 302
    db.session.expire_all()
    assert (attempt.score, attempt.passed, attempt.number, attempt.learner.name) == (0.0, False, 1, "Player")
    assert attempt.submitted_at is not None
    assert utc_now() - attempt.submitted_at < timedelta(minutes=5)


def test_profile_changes_name_and_profession_only(player: FlaskClient, attempt: Attempt) -> None:
    learner = attempt.learner
    before = (
        learner.email,
        learner.password,
        learner.fs_uniquifier,
        learner.active,
        [role.name for role in learner.roles],
    )
    forged = {"roles": "administrator", "email": "root@example.org", "active": "", "password": PASSWORD, "id": "1"}
    player.post("/accounts/profile", data={"name": "New Name", "profession": "nurse", **forged, "is_admin": "y"})
    db.session.expire_all()
    assert learner.name == "New Name"
    after = (
        learner.email,
        learner.password,
        learner.fs_uniquifier,
        learner.active,
        [role.name for role in learner.roles],
    )
    assert after == before


def test_replayed_submit_and_late_answers_change_nothing(player: FlaskClient, attempt: Attempt) -> None:
    slot, right, _wrong = first_slot(attempt)
    player.post(f"/attempts/{attempt.id}/submit")
    before = table_state()
    for _ in range(3):
        answer = player.post(f"/attempts/{attempt.id}/submit")
        assert (answer.status_code, answer.location) == (302, f"/attempts/{attempt.id}/result")
    for go in ("autosave", "next"):
        late = {"item": slot.number, f"choice-{slot.number}": right, "go": go}
        assert player.post(f"/attempts/{attempt.id}/answers", data=late).status_code == 409
    assert table_state() == before


def test_two_browsers_share_one_open_attempt(app: Flask, attempt: Attempt) -> None:
    learner, activity_id = attempt.learner, attempt.activity_id
    for _ in range(3):
        answer = sign_in(app.test_client(), learner).post(f"/attempts/start/{activity_id}")
        assert answer.location == f"/attempts/{attempt.id}"


def test_edited_key_leaves_old_attempts_their_key_and_score(player: FlaskClient, attempt: Attempt) -> None:
    given = responses(attempt, right=3)
    for number, response in given.items():
        player.post(f"/attempts/{attempt.id}/answers", data={"item": number, f"choice-{number}": response["choice"]})
    for pinned in attempt.activity.items:
        content = content_of(pinned.version)
        turned = type(content)(content.stem, content.options, (content.options[0].id,), content.rationale)  # type: ignore[call-arg]
        revised = revise_item(pinned.version, turned, [], attempt.activity.created_by_id, utc_now())
        approve_version(revised, attempt.activity.created_by_id, utc_now())
    player.post(f"/attempts/{attempt.id}/submit")
    db.session.expire_all()
    assert (attempt.score, attempt.passed) == (100.0, True)
    assert "100" in player.get(f"/attempts/{attempt.id}/result").text
