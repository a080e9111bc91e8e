"""Attempts on a real database: start, save, submit; the log decides, the database settles races."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import AuditEntry
from quizbank.activities.operations import close_activity
from quizbank.attempts.log import Slot
from quizbank.attempts.models import OPEN, Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.operations import (
    AttemptClosed,
    StartRefused,
    add_step,
    keep_answers,
    rebuild_cache,
    save_drafts,
    start_attempt,
    submit_attempt,
)
from quizbank.attempts.queries import responses_so_far, state_of
from tests.clock import Clock
from tests.factories import make_account, make_activity, make_attempt, responses

Db = scoped_session[Session]


def kinds(session: Db, attempt: Attempt) -> list[str]:
    query = select(AttemptStep.kind).where(AttemptStep.attempt_id == attempt.id).order_by(AttemptStep.sequence)
    return list(session.scalars(query))


def drafts(session: Db) -> int:
    return session.scalar(select(func.count()).select_from(AttemptDraft)) or 0


def first_slot(attempt: Attempt) -> Slot:
    return state_of(attempt.id).slots[0]


def test_start_lays_out_the_pinned_items_and_keeps_the_pass_mark(session: Db, now: datetime) -> None:
    activity = make_activity(items=3, pass_mark=65)
    attempt = start_attempt(activity, make_account().id, now)
    state = state_of(attempt.id)
    assert sorted(slot.version_id for slot in state.slots) == sorted(row.version_id for row in activity.items)
    assert (state.pass_mark, state.started_at, attempt.number) == (65, now, 1)
    assert kinds(session, attempt) == ["started"]


def test_activity_opens_at_midnight_here_and_expires_a_midnight_later(session: Db, auckland: ZoneInfo) -> None:
    activity = make_activity()
    released, expires = activity.released_on, activity.expires_on
    assert released is not None
    assert expires is not None
    opens = datetime.combine(released, time.min, auckland)
    ends = datetime.combine(expires + timedelta(days=1), time.min, auckland)
    with pytest.raises(StartRefused, match="opens on"):
        start_attempt(activity, make_account().id, opens - timedelta(seconds=1))
    with pytest.raises(StartRefused, match="expired on"):
        start_attempt(activity, make_account().id, ends)
    assert start_attempt(activity, make_account().id, opens).state == OPEN
    assert start_attempt(activity, make_account().id, ends - timedelta(seconds=1)).state == OPEN


def test_cooldown_is_told_in_local_time(session: Db, auckland: ZoneInfo, now: datetime) -> None:
    activity, learner = make_activity(cooldown_hours=6), make_account()
    make_attempt(activity, learner, right=0)
    with pytest.raises(StartRefused, match="opens on 7 May 2030 at 01:18 NZST"):
        start_attempt(activity, learner.id, now + timedelta(hours=1))


def test_second_start_resumes_the_open_attempt(session: Db, now: datetime) -> None:
    activity, learner = make_activity(), make_account()
    attempt = start_attempt(activity, learner.id, now)
    assert start_attempt(activity, learner.id, now + timedelta(hours=1)) is attempt
    assert attempt.started_at == now


def test_two_learners_have_attempts_of_their_own(session: Db, now: datetime) -> None:
    activity = make_activity()
    first, second = (start_attempt(activity, make_account().id, now) for _ in range(2))
    assert first.id != second.id


def test_open_attempt_is_resumed_even_after_the_activity_closed(session: Db, now: datetime) -> None:
    activity, learner = make_activity(), make_account()
    attempt = start_attempt(activity, learner.id, now)
    close_activity(activity, learner.id, now)
    assert start_attempt(activity, learner.id, now) is attempt


def test_limit_of_attempts_is_kept(session: Db, now: datetime) -> None:
    activity, learner = make_activity(max_attempts=2), make_account()
    numbers = [make_attempt(activity, learner, right=0, now=now + timedelta(days=day)).number for day in range(2)]
    assert numbers == [1, 2]
    with pytest.raises(StartRefused, match="all 2 attempts"):
        start_attempt(activity, learner.id, now + timedelta(days=2))


def test_cooldown_is_kept(session: Db, clock: Clock) -> None:
    activity, learner = make_activity(cooldown_hours=24), make_account()
    attempt = make_attempt(activity, learner, right=0, now=clock.now)
    submitted = attempt.submitted_at or clock.now
    with pytest.raises(StartRefused, match="next attempt opens"):
        start_attempt(activity, learner.id, submitted + timedelta(hours=23, minutes=59))
    assert start_attempt(activity, learner.id, submitted + timedelta(hours=24)).number == 2


def test_nothing_starts_after_a_pass(session: Db, now: datetime) -> None:
    activity, learner = make_activity(), make_account()
    make_attempt(activity, learner, right=3)
    with pytest.raises(StartRefused, match="passed this activity already"):
        start_attempt(activity, learner.id, now)


@pytest.mark.parametrize("days", [-1, 731])
def test_nothing_starts_before_release_or_after_expiry(session: Db, now: datetime, days: int) -> None:
    activity = make_activity()
    with pytest.raises(StartRefused, match=r"opens on|expired on"):
        start_attempt(activity, make_account().id, now + timedelta(days=days))


def test_database_itself_refuses_a_second_open_attempt(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    twin = Attempt(activity_id=attempt.activity_id, learner_id=attempt.learner_id, number=2, state=OPEN, started_at=now)
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()


def test_database_itself_refuses_two_steps_in_one_place(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    with pytest.raises(IntegrityError):
        add_step(attempt.id, 1, "answered", {"slot": 1, "response": {}}, now)


def test_autosave_is_a_draft_that_is_overwritten_and_no_step(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    first, second = first_slot(attempt).order[:2]
    save_drafts(attempt, {1: {"choice": [first]}}, now)
    save_drafts(attempt, {1: {"choice": [second]}}, now + timedelta(seconds=5))
    assert [draft.saved_at for draft in session.scalars(select(AttemptDraft))] == [now + timedelta(seconds=5)]
    assert kinds(session, attempt) == ["started"]
    assert responses_so_far(attempt, state_of(attempt.id)) == {1: {"choice": [second]}}


def test_answer_moved_on_from_is_a_step_and_its_draft_goes(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    option = first_slot(attempt).order[0]
    save_drafts(attempt, {1: {"choice": [option]}, 2: {}}, now)
    keep_answers(attempt, {1: {"choice": [option]}}, now)
    assert kinds(session, attempt) == ["started", "answered"]
    assert drafts(session) == 1
    assert state_of(attempt.id).responses == {1: {"choice": [option]}}


def test_unchanged_answer_adds_no_step(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    option = first_slot(attempt).order[0]
    for _ in range(3):
        keep_answers(attempt, {1: {"choice": [option]}, 2: {}}, now)
    assert kinds(session, attempt) == ["started", "answered"]


@pytest.mark.parametrize("sent", [[1], [1, 2], [2, 3], [1, 2, 3]])
@pytest.mark.parametrize("meanwhile", [[], [1], [2], [1, 2], [3]])
@pytest.mark.parametrize("is_same", [True, False])
def test_answers_follow_the_log_however_it_grew_since_it_was_read(
    session: Db, now: datetime, sent: list[int], meanwhile: list[int], is_same: bool
) -> None:
    attempt = make_attempt()
    read = state_of(attempt.id)
    given = {slot.number: {"choice": [slot.order[0]]} for slot in read.slots}
    other = given if is_same else {slot.number: {"choice": [slot.order[1]]} for slot in read.slots}
    if meanwhile:
        keep_answers(attempt, {slot: other[slot] for slot in meanwhile}, now)
    keep_answers(attempt, {slot: given[slot] for slot in sent}, now, None, read)
    session.refresh(attempt)
    state = state_of(attempt.id)
    unlike = [slot for slot in sent if slot not in meanwhile or not is_same]
    assert attempt.revision == state.sequence == 1 + len(meanwhile) + len(unlike)
    assert state.responses == {**{slot: other[slot] for slot in meanwhile}, **{slot: given[slot] for slot in sent}}


def test_answer_can_be_taken_back(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    keep_answers(attempt, {1: {"choice": [first_slot(attempt).order[0]]}}, now)
    keep_answers(attempt, {1: {}}, now)
    assert state_of(attempt.id).responses == {1: {}}


def test_submission_grades_the_answers_of_the_log(session: Db) -> None:
    activity = make_activity(items=4, pass_mark=75)
    passed = make_attempt(activity, right=3)
    failed = make_attempt(activity, right=2)
    assert (passed.score, passed.passed) == (75, True)
    assert (failed.score, failed.passed) == (50, False)


def test_submission_counts_what_was_only_autosaved(session: Db, now: datetime) -> None:
    attempt = make_attempt()
    save_drafts(attempt, responses(attempt, right=3), now)
    submit_attempt(attempt, now)
    assert attempt.score == 100
    assert drafts(session) == 0
    assert kinds(session, attempt) == ["started", *["answered"] * 3, "submitted", "graded"]


def test_blank_attempt_scores_nothing(session: Db, now: datetime) -> None:
    attempt = submit_attempt(make_attempt(), now)
    assert (attempt.score, attempt.passed) == (0, False)


def test_part_of_the_keys_earns_part_of_the_mark(session: Db, now: datetime) -> None:
    attempt = make_attempt(make_activity(items=1, type="multiple_response"))
    whole = responses(attempt, right=1)[1]["choice"]
    keep_answers(attempt, {1: {"choice": whole[:2]}}, now)
    submit_attempt(attempt, now)
    assert attempt.score == pytest.approx(200 / 3)


def test_second_submission_returns_the_first_result_and_writes_nothing(session: Db, now: datetime) -> None:
    attempt = make_attempt(right=2)
    steps, submitted = kinds(session, attempt), attempt.submitted_at
    again = submit_attempt(attempt, now + timedelta(days=1))
    assert (again.submitted_at, again.score) == (submitted, attempt.score)
    assert kinds(session, attempt) == steps
    assert session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == "attempt.submitted")) == 1


def test_nothing_is_stored_after_submission(session: Db, now: datetime) -> None:
    attempt = make_attempt(right=0)
    right, steps = responses(attempt, right=3), kinds(session, attempt)
    for write in (save_drafts, keep_answers):
        with pytest.raises(AttemptClosed):
            write(attempt, right, now)
    assert kinds(session, attempt) == steps
    assert drafts(session) == 0
    assert attempt.score == 0


@pytest.mark.parametrize("right", [0, 1, 2, 3])
def test_stored_result_is_what_the_replay_says(session: Db, right: int) -> None:
    attempt = make_attempt(right=right)
    session.commit()
    session.expire_all()
    state = state_of(attempt.id)
    assert (attempt.score, attempt.passed, attempt.submitted_at) == (state.score, state.passed, state.submitted_at)
    assert attempt.revision == len(kinds(session, attempt))


def test_rebuilding_sets_a_wrong_cache_right_once(session: Db) -> None:
    attempt = make_attempt(right=3)
    attempt.score, attempt.passed = 1, False
    session.flush()
    assert rebuild_cache(attempt)
    assert (attempt.score, attempt.passed) == (100, True)
    assert not rebuild_cache(attempt)


def test_later_pass_mark_does_not_touch_a_running_attempt(session: Db, now: datetime) -> None:
    activity = make_activity(items=4, pass_mark=50)
    attempt = make_attempt(activity)
    activity.pass_mark = 100
    keep_answers(attempt, responses(attempt, right=2), now)
    assert submit_attempt(attempt, now).passed


def test_options_stand_in_an_order_of_the_attempts_own(session: Db, now: datetime) -> None:
    activity = make_activity(items=3, type="multiple_response")
    layouts = {tuple(slot.order for slot in state_of(make_attempt(activity).id).slots) for _ in range(5)}
    assert len(layouts) == 5
