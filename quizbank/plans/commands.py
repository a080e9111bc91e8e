"""Plans from the terminal: granting one, and setting what is stored from the events."""

from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from quizbank.accounts.models import Account
from quizbank.db import db, utc_now
from quizbank.local_time import day_end
from quizbank.plans.models import Subscription
from quizbank.plans.operations import grant_plan, rebuild_standing
from quizbank.plans.subscription import ChangeRefused

plans_commands = AppGroup("plans", help="Subscriptions to plans.")


@plans_commands.command("grant")
@click.argument("email")
@click.argument("plan")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day, such as 2031-12-31.")
def grant(email: str, plan: str, until: datetime) -> None:
    """Give a person a plan, in place of one granted before."""
    account = db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    try:
        grant_plan(account.id, plan, day_end(until.date()), "", None, utc_now())
    except ChangeRefused as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{account.email}: {plan} until {until:%Y-%m-%d}")


@plans_commands.command("rebuild")
def rebuild() -> None:
    """Set what is stored of every subscription from the replay of its events; tells how many differed."""
    differed = [found.id for found in db.session.scalars(select(Subscription)) if rebuild_standing(found)]
    db.session.commit()
    click.echo(f"{len(differed)} differed.")
