"""Attempts from the terminal: replaying a log step by step, rebuilding cached scores."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import all_attempt_ids, rebuild_cache
from quizbank.db import db
from quizbank.local_time import local_time

attempts_commands = AppGroup("attempts", help="Attempt logs and their replay.")


@attempts_commands.command("replay")
@click.argument("attempt_id", type=int)
def show_steps(attempt_id: int) -> None:
    """Show an attempt's log, step by step."""
    steps = db.session.scalars(
        select(AttemptStep).where(AttemptStep.attempt_id == attempt_id).order_by(AttemptStep.sequence)
    ).all()
    if not steps:
        raise click.ClickException(f"There is no attempt {attempt_id}.")
    for step in steps:
        click.echo(f"{step.sequence:4} {local_time(step.at):%Y-%m-%d %H:%M:%S %Z} {step.kind:10} {step.payload}")


@attempts_commands.command("rebuild")
def rebuild() -> None:
    """Set every cached score from the replay of its log."""
    changed = sum(rebuild_cache(db.session.get_one(Attempt, attempt_id)) for attempt_id in all_attempt_ids())
    db.session.commit()
    click.echo(f"{changed} attempts differed from their log and were set right.")
