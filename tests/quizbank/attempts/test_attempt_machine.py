"""An attempt against a pure model: whatever is pressed in whatever order, log, cache and model agree."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from quizbank.attempts.grading import has_passed
from quizbank.attempts.log import Marks
from quizbank.attempts.models import Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.operations import (
    AttemptClosed,
    keep_answers,
    note_marks,
    rebuild_cache,
    save_drafts,
    start_attempt,
    submit_attempt,
)
from quizbank.attempts.queries import contents_of, responses_so_far, state_of
from quizbank.db import db
from tests.factories import make_account, make_activity

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
SLOTS = st.integers(1, 3)
PLACES = st.integers(-1, 2)
"""Which of a slot's options is chosen; -1 = the answer is taken back."""


class AttemptMachine(RuleBasedStateMachine):
    """The model: a dictionary of answers, a set of drafts, whether it is submitted, and the marks."""

    app: Flask

    @initialize(pass_mark=st.integers(1, 100))
    def start(self, pass_mark: int) -> None:
        self.context = self.app.app_context()
        self.context.push()
        self.now = NOON
        activity = make_activity(pass_mark=pass_mark, now=NOON)
        self.attempt = start_attempt(activity, make_account().id, NOON)
        db.session.commit()
        self.orders = {slot.number: slot.order for slot in state_of(self.attempt.id).slots}
        self.answers: dict[int, dict[str, Any]] = {}
        self.marks: dict[int, Marks] = {}
        self.result: tuple[float, bool] | None = None
        self.pass_mark = pass_mark

    def given(self, slot: int, place: int) -> dict[int, dict[str, Any]]:
        self.now += timedelta(seconds=1)
        return {slot: {} if place < 0 else {"choice": [self.orders[slot][place]]}}

    @rule(slot=SLOTS, place=PLACES)
    def autosave(self, slot: int, place: int) -> None:
        self.write(save_drafts, self.given(slot, place))

    @rule(slot=SLOTS, place=PLACES)
    def move_on(self, slot: int, place: int) -> None:
        self.write(keep_answers, self.given(slot, place))

    def write(self, save: Any, given: dict[int, dict[str, Any]]) -> None:
        """Save; after the submission it must be refused and change nothing."""
        if self.result is None:
            save(self.attempt, given, self.now)
            self.answers.update(given)
        else:
            with pytest.raises(AttemptClosed):
                save(self.attempt, given, self.now)
        db.session.commit()

    @precondition(lambda self: self.result is None)
    @rule(slot=SLOTS, flagged=st.booleans(), sure=st.sampled_from([None, 1, 2, 3]))
    def mark(self, slot: int, flagged: bool, sure: int | None) -> None:
        self.marks[slot] = Marks(flagged, (), sure)
        note_marks(self.attempt, {slot: self.marks[slot]}, self.now)
        db.session.commit()

    @rule()
    def undo_what_was_not_committed(self) -> None:
        if self.result is None:
            keep_answers(self.attempt, self.given(1, 0), self.now)
            db.session.rollback()

    @rule()
    def submit(self) -> None:
        submit_attempt(self.attempt, self.now)
        db.session.commit()
        if self.result is None:
            slots = state_of(self.attempt.id).slots
            contents = contents_of(slots)
            right = sum(list(contents[s.version_id].key) == self.answers.get(s.number, {}).get("choice") for s in slots)
            self.result = (100 * right / 3, has_passed(100 * right / 3, self.pass_mark))

    @rule()
    def rebuild(self) -> None:
        if self.result is not None:
            assert not rebuild_cache(self.attempt)
            db.session.commit()

    @invariant()
    def log_cache_and_model_agree(self) -> None:
        db.session.expire_all()
        attempt = db.session.get_one(Attempt, self.attempt.id)
        state = state_of(attempt.id)
        there = {slot: dict(given) for slot, given in responses_so_far(attempt, state).items()}
        assert {s: g for s, g in there.items() if g} == {s: g for s, g in self.answers.items() if g}
        assert {s: m for s, m in state.marks.items() if m != Marks()} == {
            s: m for s, m in self.marks.items() if m != Marks()
        }
        kinds = list(db.session.scalars(select(AttemptStep.kind).filter_by(attempt_id=attempt.id)))
        assert (attempt.revision, state.sequence) == (len(kinds), len(kinds))
        assert (attempt.score, attempt.passed, attempt.submitted_at) == (state.score, state.passed, state.submitted_at)
        if self.result is None:
            assert (state.score, kinds.count("submitted")) == (None, 0)
            return
        assert (state.score, state.passed) == (pytest.approx(self.result[0]), self.result[1])
        assert (kinds.count("submitted"), kinds.count("graded")) == (1, 1)
        assert all(0 <= fraction <= 1 for fraction in (state.fractions or {}).values())
        assert list(db.session.scalars(select(AttemptDraft.slot).filter_by(attempt_id=attempt.id))) == []

    def teardown(self) -> None:
        if hasattr(self, "context"):
            db.session.remove()
            self.context.pop()


def test_attempt_behaves_like_its_model(app: Flask) -> None:
    AttemptMachine.app = app
    few = settings(max_examples=8, stateful_step_count=15, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(AttemptMachine, settings=few)
