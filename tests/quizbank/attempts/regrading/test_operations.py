"""Regrading: shown first, written once with reason and audit, caches follow, versions and certificates stay."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.models import Certificate
from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import keep_answers, rebuild_cache, submit_attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.attempts.regrading.operations import RegradeRefused, look_at_regrade, regrade_item
from quizbank.items.models import Item, ItemVersion
from quizbank.items.operations import approve_version, revise_item
from quizbank.items.queries import content_of
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]
REASON = "The key named the wrong vessel."


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(items=2, pass_mark=50)


def correct(activity: Activity, now: datetime, key: str = "", **changes: object) -> Item:
    """Publish a version of the activity's first item with another key, and return the item."""
    version = activity.items[0].version
    content = content_of(version)
    wrong = next(option.id for option in content.options if option.id not in content.key)
    revised = replace(content, key=(key or wrong,), **changes)  # type: ignore[type-var]
    approve_version(revise_item(version, revised, [], activity.created_by_id, now), activity.created_by_id, now)
    return version.item


def answered(activity: Activity, now: datetime, *, first_key: bool, other: bool = False) -> Attempt:
    """Return a submitted attempt that chose the first item's key, or what will be its corrected key."""
    attempt = make_attempt(activity, now=now)
    given = {}
    for slot in state_of(attempt.id).slots:
        content = contents_of([slot])[slot.version_id]
        wrong = next(option.id for option in content.options if option.id not in content.key)
        is_first = slot.version_id == activity.items[0].version_id
        takes_key = first_key if is_first else other
        given[slot.number] = {"choice": [content.key[0] if takes_key else wrong]}
    keep_answers(attempt, given, now)
    return submit_attempt(attempt, now)


def regraded_steps(session: Db) -> int:
    return session.scalar(select(func.count()).where(AttemptStep.kind == "regraded")) or 0


def audited(session: Db, action: str) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_looking_writes_nothing(session: Db, activity: Activity, now: datetime) -> None:
    attempt = answered(activity, now, first_key=False)
    item = correct(activity, now)
    report = look_at_regrade(item)
    assert [(one.id, found.score_before, found.score) for one, found in report.changes] == [(attempt.id, 0, 50)]
    assert (attempt.score, attempt.passed, regraded_steps(session)) == (0, False, 0)


def test_regrade_moves_result_log_and_audit_trail_together(session: Db, activity: Activity, now: datetime) -> None:
    attempt = answered(activity, now, first_key=False)
    administrator = make_account(ADMINISTRATOR)
    item = correct(activity, now)
    regrade_item(item, REASON, administrator.id, now)
    session.expire_all()
    state = state_of(attempt.id)
    assert (attempt.score, attempt.passed) == (state.score, state.passed) == (50, True)
    step = session.scalars(select(AttemptStep).filter_by(attempt_id=attempt.id, kind="regraded")).one()
    assert step.sequence == attempt.revision
    published = next(version for version in item.versions if version.state == "published")
    slot = next(s.number for s in state.slots if s.version_id == activity.items[0].version_id)
    assert step.payload["slots"] == {
        str(slot): {"from": activity.items[0].version_id, "to": published.id, "before": 0.0, "after": 1.0}
    }
    assert (step.payload["by"], step.payload["reason"]) == (administrator.id, REASON)
    entries = audited(session, "attempt.regraded") + audited(session, "item.regraded")
    assert [entry.subject for entry in entries] == [f"attempt:{attempt.id}", f"item:{item.id}"]
    assert entries[0].facts["score"] == 50
    assert not rebuild_cache(attempt)


def test_second_regrade_writes_nothing(session: Db, activity: Activity, now: datetime) -> None:
    answered(activity, now, first_key=False)
    answered(activity, now, first_key=True)
    item = correct(activity, now)
    assert regrade_item(item, REASON, None, now).counts.all == 2
    before = session.scalar(select(func.count(AuditEntry.id)))
    assert regrade_item(item, REASON, None, now).counts.all == 0
    assert regraded_steps(session) == 2
    assert session.scalar(select(func.count(AuditEntry.id))) == before


def test_pass_stands_unless_lowering_is_allowed(session: Db, activity: Activity, now: datetime) -> None:
    attempt = answered(activity, now, first_key=True)
    item = correct(activity, now)
    assert regrade_item(item, REASON, None, now).counts.passes_kept == 1
    assert (attempt.score, attempt.passed) == (0, True)
    assert regrade_item(item, REASON, None, now, allow_lowering=True).counts.passes_lost == 1
    session.expire_all()
    assert (attempt.score, attempt.passed) == (0, False)
    assert (state_of(attempt.id).score, state_of(attempt.id).passed) == (0, False)


def test_versions_and_open_attempts_stay_as_they_are(session: Db, activity: Activity, now: datetime) -> None:
    answered(activity, now, first_key=True)
    still_open = make_attempt(activity, now=now)
    asked = {pinned.version_id: dict(pinned.version.content) for pinned in activity.items}
    slots = state_of(still_open.id).slots
    report = regrade_item(correct(activity, now), REASON, None, now)
    session.expire_all()
    assert report.open == 1
    assert state_of(still_open.id).slots == slots
    assert {pinned.version_id: pinned.version.content for pinned in activity.items} == asked


def test_credit_and_certificate_are_listed_and_not_touched(
    session: Db, app: Flask, activity: Activity, now: datetime
) -> None:
    attempt = answered(activity, now, first_key=True)
    certificate = make_certificate(make_claim(attempt))
    facts = dict(certificate.facts)
    report = regrade_item(correct(activity, now), REASON, None, now, allow_lowering=True)
    assert certificate.serial in report.resting[attempt.id]
    assert "0.25 AMA PRA" in report.resting[attempt.id]
    row = session.get_one(Certificate, certificate.id, populate_existing=True)
    assert (row.state, row.facts) == ("valid", facts)


def test_attempts_of_other_activities_are_left_alone(session: Db, activity: Activity, now: datetime) -> None:
    other = make_attempt(make_activity(items=2), right=2)
    answered(activity, now, first_key=True)
    assert [one.activity_id for one, _ in look_at_regrade(correct(activity, now)).changes] == [activity.id]
    assert other.score == 100


def test_report_that_is_not_the_one_shown_is_refused(session: Db, activity: Activity, now: datetime) -> None:
    answered(activity, now, first_key=True)
    item = correct(activity, now)
    shown = look_at_regrade(item).seal
    answered(activity, now, first_key=False)
    with pytest.raises(RegradeRefused, match="changed since this was shown"):
        regrade_item(item, REASON, None, now, shown=shown)
    assert regraded_steps(session) == 0


def test_reason_has_to_be_given(session: Db, activity: Activity, now: datetime) -> None:
    answered(activity, now, first_key=True)
    with pytest.raises(RegradeRefused, match="Say why"):
        regrade_item(correct(activity, now), "  x  ", None, now)


def test_item_nobody_was_asked_before_its_correction_is_refused(session: Db, activity: Activity) -> None:
    with pytest.raises(RegradeRefused, match="No activity asks an earlier version"):
        look_at_regrade(activity.items[0].version.item)


def test_item_without_a_published_version_is_refused(session: Db, activity: Activity) -> None:
    version = activity.items[0].version
    session.execute(update(ItemVersion).where(ItemVersion.id == version.id).values(state="retired"))
    session.expire_all()
    with pytest.raises(RegradeRefused, match="No version of this item is published"):
        look_at_regrade(version.item)


def test_version_with_other_options_is_another_question(session: Db, activity: Activity, now: datetime) -> None:
    content = content_of(activity.items[0].version)
    options = tuple(replace(option, id=f"n{number}") for number, option in enumerate(content.options))
    item = correct(activity, now, key="n0", options=options)
    with pytest.raises(RegradeRefused, match="options are not the same"):
        look_at_regrade(item)


def test_version_that_only_mends_words_is_refused(session: Db, activity: Activity, now: datetime) -> None:
    key = content_of(activity.items[0].version).key[0]
    item = correct(activity, now, key=key, stem="Which vessel, in better words?")
    with pytest.raises(RegradeRefused, match="only words changed"):
        look_at_regrade(item)


def test_audit_chain_holds_after_a_regrade(session: Db, activity: Activity, now: datetime) -> None:
    for first_key in (True, False, True):
        answered(activity, now, first_key=first_key)
    regrade_item(correct(activity, now), REASON, None, now)
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    chain = [(Entry(r.at, r.actor_id, r.action, r.subject, r.facts), r.previous_hash, r.hash) for r in rows]
    assert first_broken(chain) is None
