"""Attempt logs from the terminal."""

from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from tests.factories import make_attempt

Db = scoped_session[Session]


def test_replay_shows_the_log_step_by_step(app: Flask, session: Db) -> None:
    attempt = make_attempt(right=0)
    session.commit()
    lines = app.test_cli_runner().invoke(args=["attempts", "replay", str(attempt.id)]).output.splitlines()
    assert [line.split()[4] for line in lines] == ["started", *["answered"] * 3, "submitted", "graded"]
    assert lines[0].startswith("   1 2030-05-06 07:08:09 UTC started")


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
