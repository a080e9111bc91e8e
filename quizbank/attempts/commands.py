"""Attempts from the terminal: replaying a log step by step, rebuilding cached scores."""

from datetime import datetime

import click
from flask.cli import AppGroup

from quizbank.attempts.log import BrokenLog
from quizbank.attempts.models import Attempt
from quizbank.attempts.operations import all_attempt_ids, rebuild_cache
from quizbank.attempts.queries import contents_of, state_of, steps_of
from quizbank.attempts.regrading.operations import RegradeRefused, Report, look_at_regrade, regrade_item
from quizbank.attempts.story import told
from quizbank.db import db, utc_now
from quizbank.items.models import Item
from quizbank.local_time import local_time

attempts_commands = AppGroup("attempts", help="Attempt logs and their replay.")


@attempts_commands.command("replay")
@click.argument("attempt_id", type=int)
def show_steps(attempt_id: int) -> None:
    """Show an attempt's log, step by step: what each step changed, and whether the stored result is what they say."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        raise click.ClickException(f"There is no attempt {attempt_id}.")
    steps = steps_of(attempt_id)
    try:
        state = state_of(attempt_id)
        for step, lines in told(steps, contents_of(state.slots), clock):
            click.echo(f"{step.sequence:4} {clock(step.at)} {step.kind}")
            for line in lines:
                click.echo(f"       {line}")
    except BrokenLog as error:
        raise click.ClickException(f"The log of attempt {attempt_id} is damaged: {error}.") from error
    stored = (attempt.submitted_at, attempt.score, attempt.passed)
    if stored != (state.submitted_at, state.score, state.passed):
        raise click.ClickException("The stored result is not what the log says. `attempts rebuild` sets it right.")
    click.echo("The stored result is what the log says.")


def clock(moment: datetime) -> str:
    """Return a moment as the terminal shows it, in local time."""
    return f"{local_time(moment):%Y-%m-%d %H:%M:%S %Z}"


@attempts_commands.command("rebuild")
def rebuild() -> None:
    """Set every cached score from the replay of its log."""
    changed = sum(rebuild_cache(db.session.get_one(Attempt, attempt_id)) for attempt_id in all_attempt_ids())
    db.session.commit()
    click.echo(f"{changed} attempts differed from their log and were set right.")


@attempts_commands.command("regrade")
@click.argument("item_id", type=int)
@click.option("--reason", default="", help="Why; learners see it beside the corrected question.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before it is written.")
@click.option(
    "--allow-lowering", is_flag=True, help="Take a pass away where the new score no longer reaches the pass mark."
)
def regrade(item_id: int, reason: str, dry_run: bool, yes: bool, allow_lowering: bool) -> None:
    """Grade submitted attempts again after the key of an item was corrected in a new published version."""
    item = db.session.get(Item, item_id)
    if item is None:
        raise click.ClickException(f"There is no item {item_id}.")
    try:
        report = look_at_regrade(item, allow_lowering)
        show_report(report)
        shown = report.seal
        db.session.rollback()  # nobody waits for the database while a person thinks
        if dry_run or not report.changes:
            return
        reason = reason or click.prompt("Reason")
        if not yes:
            click.confirm(f"Regrade {len(report.changes)} attempts?", abort=True)
        regrade_item(item, reason, None, utc_now(), allow_lowering, shown)
    except RegradeRefused as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo("Regraded.")


def show_report(report: Report) -> None:
    """Print what a regrade changes: each attempt, the sums, what rests on attempts that come out lower, what is open."""
    for attempt, found in report.changes:
        slots = ", ".join(f"question {n}: {one.before:g} → {one.after:g}" for n, one in found.slots.items())
        result = (
            f"{words_of(found.passed_before)} → {words_of(found.passed)}{' (pass kept)' if found.pass_kept else ''}"
        )
        click.echo(
            f"attempt {attempt.id}: {slots or 'no new version'}; {found.score_before:g} % → {found.score:g} %; {result}"
        )
        if attempt.id in report.resting:
            click.echo(f"       not touched: {report.resting[attempt.id]}")
    sums = report.counts
    click.echo(f"{sums.all} attempts: {sums.higher} higher, {sums.lower} lower, {sums.newly_passed} pass now,")
    click.echo(f"{sums.passes_kept} keep a pass the new score would not give, {sums.passes_lost} lose a pass.")
    if report.open:
        click.echo(f"{report.open} attempts are still open: regrade again once they are submitted.")


def words_of(passed: bool) -> str:
    """Return a result in words."""
    return "passed" if passed else "not passed"
