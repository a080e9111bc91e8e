"""Jobs from the terminal."""

import socket
from datetime import datetime

from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.jobs.operations import claim_job, enqueue, fail_job
from quizbank.jobs.rules import Fence
from tests.quizbank.jobs.conftest import read_job

Database = scoped_session[Session]


def make_failed(now: datetime) -> int:
    job_id = enqueue("reading", "reading:1", {}, now, total=8).id
    claim_job("a", ["reading"], now)
    fail_job(Fence(job_id, "a"), now, error="OSError: disk full")
    return job_id


def test_list_names_state_progress_and_error(app: Flask, session: Database, now: datetime) -> None:
    job_id = make_failed(now)
    result = app.test_cli_runner().invoke(args=["jobs", "list", "--state", "failed"])
    assert result.output == f"{job_id}\treading\tfailed\t0/8\ttries 1\t-\tOSError: disk full\n"


def test_list_of_another_state_is_empty(app: Flask, session: Database, now: datetime) -> None:
    make_failed(now)
    assert app.test_cli_runner().invoke(args=["jobs", "list", "--state", "done"]).output == ""


def test_retry_starts_a_failed_job_again(app: Flask, session: Database, now: datetime) -> None:
    job_id = make_failed(now)
    result = app.test_cli_runner().invoke(args=["jobs", "retry", str(job_id)])
    assert (result.exit_code, result.output) == (0, f"Job {job_id} starts again.\n")
    assert read_job(job_id).state == "new"


def test_retry_of_another_job_is_refused_in_words(app: Flask, session: Database, now: datetime) -> None:
    job_id = enqueue("reading", "reading:1", {}, now).id
    result = app.test_cli_runner().invoke(args=["jobs", "retry", str(job_id)])
    assert result.exit_code == 1
    assert "Only a failed or cancelled job" in result.output


def test_serve_refuses_a_port_in_use(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = app.test_cli_runner().invoke(args=["jobs", "serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert "is in use" in result.output


def test_serve_refuses_a_weak_secret_key(app: Flask) -> None:
    app.config["SECRET_KEY"] = "secret"
    result = app.test_cli_runner().invoke(args=["jobs", "serve", "--port", "9"])
    assert result.exit_code == 1
    assert "SECRET_KEY is too weak" in result.output
