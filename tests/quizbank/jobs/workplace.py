"""A workplace for real worker processes: jobs that write pieces, slowly enough to be killed in the middle."""

import time
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess

from flask import Flask
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, func, insert, select

from quizbank.db import db
from quizbank.jobs.context import JobContext, StopSwitch
from quizbank.jobs.rules import Pace
from quizbank.jobs.worker import stop_on_signals, work_forever

PIECE = Table(
    "piece",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("job_key", String(40)),
    Column("number", Integer),
)
"""What the jobs write. Nothing is unique here, so that work done twice would be seen."""

SHORT = Pace(lease=timedelta(seconds=0.6))
PIECE_SECONDS = 0.01
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def make_bulk(context: JobContext) -> None:
    """Write the job's pieces, three to a checkpoint, going on where the rows end."""
    total = context.args["pieces"]
    made = where_rows_end(context.args["key"])
    while made < total:
        time.sleep(PIECE_SECONDS)
        numbers = range(made, min(made + 3, total))
        db.session.execute(insert(PIECE), [{"job_key": context.args["key"], "number": n} for n in numbers])
        made = numbers.stop
        context.checkpoint(made, total)


def where_rows_end(key: str) -> int:
    found = db.session.scalar(select(func.count()).select_from(PIECE).where(PIECE.c.job_key == key)) or 0
    db.session.rollback()
    return found


def make_one(context: JobContext) -> None:
    """Write one piece in the commit that ends the job."""
    time.sleep(PIECE_SECONDS)
    db.session.execute(insert(PIECE), [{"job_key": context.args["key"], "number": 0}])


def hang(context: JobContext) -> None:
    """Never come back the first time; write one piece the second."""
    if where_rows_end("hung"):
        return
    db.session.execute(insert(PIECE), [{"job_key": "hung", "number": 0}])
    context.checkpoint(1, 2)
    time.sleep(3600)


HANDLERS = {"bulk": make_bulk, "one": make_one, "hang": hang}


def run_worker(url: str, pace: Pace) -> None:
    """Be a worker process until stopped."""
    app = Flask("workplace")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    stop = StopSwitch()
    stop_on_signals(stop)
    work_forever(app, HANDLERS, pace, stop)


def start_worker(url: str, pace: Pace = SHORT) -> ForkServerProcess:
    """Start a worker process."""
    process = PROCESSES.Process(target=run_worker, args=(url, pace), daemon=True)
    process.start()
    return process


def pieces(engine: Engine) -> list[tuple[str, int]]:
    """Return what was written so far."""
    with engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(select(PIECE.c.job_key, PIECE.c.number)))
