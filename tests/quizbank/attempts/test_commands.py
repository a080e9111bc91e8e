"""Attempt logs from the terminal."""

from datetime import datetime

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session, scoped_session

from quizbank.attempts.models import AttemptStep
from tests.factories import make_activity, make_attempt, make_certificate, make_claim
from tests.fences import lift_fences
from tests.quizbank.attempts.regrading.test_operations import answered, correct

Db = scoped_session[Session]


def call(app: Flask, *words: object, answers: str = "") -> tuple[int, str]:
    """Return exit code and output of an attempts command."""
    result = app.test_cli_runner().invoke(args=["attempts", *map(str, words)], input=answers)
    return result.exit_code, result.output


def test_replay_shows_what_each_step_changed(app: Flask, session: Db) -> None:
    attempt = make_attempt(right=0)
    session.commit()
    code, output = call(app, "replay", attempt.id)
    heads = [line for line in output.splitlines() if line[:4].strip().isdigit()]
    assert [line.split()[4] for line in heads] == ["started", *["answered"] * 3, "submitted", "graded"]
    assert heads[0].startswith("   1 2030-05-06 07:08:09 UTC started")
    assert "       answer 2: – → " in output
    assert "       score: – → 0" in output
    assert (code, output.splitlines()[-1]) == (0, "The stored result is what the log says.")


def test_replay_says_when_the_stored_result_is_another_one(app: Flask, session: Db) -> None:
    attempt = make_attempt(right=0)
    attempt.score, attempt.passed = 100, True
    session.commit()
    code, output = call(app, "replay", attempt.id)
    assert code == 1
    assert "The stored result is not what the log says." in output


def test_replay_of_a_damaged_log_says_where(app: Flask, session: Db) -> None:
    attempt = make_attempt(right=0)
    lift_fences(session)
    session.execute(delete(AttemptStep).where(AttemptStep.attempt_id == attempt.id, AttemptStep.sequence == 3))
    session.commit()
    code, output = call(app, "replay", attempt.id)
    assert code == 1
    assert "stands where step 3 belongs" in output


def test_regrade_shows_asks_and_writes_once(app: Flask, session: Db, now: datetime) -> None:
    activity = make_activity(items=2, pass_mark=50)
    attempt = answered(activity, now, first_key=False)
    item = correct(activity, now)
    session.commit()
    told = f"attempt {attempt.id}: question"
    code, output = call(app, "regrade", item.id, "--dry-run")
    assert (code, told in output, "0 % → 50 %; not passed → passed" in output) == (0, True, True)
    assert call(app, "regrade", item.id, answers="wrong key\nn\n")[0] == 1
    session.expire_all()
    assert attempt.score == 0
    code, output = call(app, "regrade", item.id, answers="wrong key\ny\n")
    assert (code, output.splitlines()[-1]) == (0, "Regraded.")
    code, output = call(app, "regrade", item.id, "--yes", "--reason", "wrong key")
    assert (code, output.splitlines()[0]) == (0, "0 attempts: 0 higher, 0 lower, 0 pass now,")
    session.expire_all()
    assert (attempt.score, attempt.passed) == (50, True)


def test_regrade_says_what_is_kept_and_what_is_not_touched(app: Flask, session: Db, now: datetime) -> None:
    activity = make_activity(items=2, pass_mark=50)
    make_certificate(make_claim(answered(activity, now, first_key=True)))
    make_attempt(activity, now=now)
    item = correct(activity, now)
    session.commit()
    _, output = call(app, "regrade", item.id, "--yes", "--reason", "wrong key")
    assert "passed → passed (pass kept)" in output
    assert "not touched: 0.25 AMA PRA Category 1 Credits™ claimed, certificate" in output
    assert "1 keep a pass the new score would not give, 0 lose a pass." in output
    assert "1 attempts are still open" in output
    _, output = call(app, "regrade", item.id, "--yes", "--reason", "wrong key", "--allow-lowering")
    assert "no new version; 0 % → 0 %; passed → not passed" in output


def test_regrade_that_is_refused_says_why(app: Flask, session: Db, now: datetime) -> None:
    item_id = make_activity().items[0].version.item_id
    session.commit()
    assert call(app, "regrade", item_id)[1].startswith("Error: No activity asks an earlier version")
    assert call(app, "regrade", 99)[1] == "Error: There is no item 99.\n"


def test_attempt_that_does_not_exist_is_said_so(app: Flask, session: Db) -> None:
    result = app.test_cli_runner().invoke(args=["attempts", "replay", "7"])
    assert (result.exit_code, result.output) == (1, "Error: There is no attempt 7.\n")


def test_rebuild_counts_and_corrects_what_differed(app: Flask, session: Db) -> None:
    wrong, right = make_attempt(right=3), make_attempt(right=3)
    wrong.score, wrong.passed = 10, False
    session.commit()
    call = ["attempts", "rebuild"]
    assert app.test_cli_runner().invoke(args=call).output.startswith("1 attempts differed")
    assert app.test_cli_runner().invoke(args=call).output.startswith("0 attempts differed")
    session.expire_all()
    assert (wrong.score, wrong.passed, right.score) == (100, True, 100)
