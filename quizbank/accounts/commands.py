"""People from the terminal: adding one with a first password, checking the audit trail."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from quizbank.accounts.models import Account
from quizbank.accounts.operations import AccountRefused, create_account, give_new_password
from quizbank.accounts.queries import NOTHING_CHECKED, check_parts, is_continued
from quizbank.accounts.roles import PROFESSIONS, ROLES
from quizbank.db import db, utc_now

accounts_commands = AppGroup("accounts", help="People and the audit trail.")


@accounts_commands.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Full name as printed on certificates.")
@click.option("--profession", type=click.Choice(list(PROFESSIONS)), default="physician", show_default=True)
@click.option("--role", "roles", type=click.Choice(list(ROLES)), multiple=True, default=["learner"])
def add(email: str, name: str, profession: str, roles: tuple[str, ...]) -> None:
    """Add a person and print the first password, once."""
    try:
        account, password = create_account(email, name, profession, roles, utc_now())
    except (AccountRefused, ValueError) as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{account.email}  password: {password}")


@accounts_commands.command("new-password")
@click.argument("email")
def new_password(email: str) -> None:
    """Replace a lost password and print the new one, once."""
    account = db.session.scalar(select(Account).where(Account.email == email.strip().casefold()))
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    try:
        password = give_new_password(account, None, utc_now())
    except AccountRefused as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{account.email}  password: {password}")


@accounts_commands.command("check-audit")
@click.option(
    "--after", default="", help="A last hash that an earlier check printed: is the trail still its continuation?"
)
def check_audit(after: str) -> None:
    """Check the hash chain of the audit trail, and the words sealed in it."""
    found = NOTHING_CHECKED
    for part in check_parts():
        found = part
        db.session.rollback()  # nobody who writes waits for the whole check
    if found.broken is not None:
        raise click.ClickException(f"The audit trail was changed at entry {found.broken}.")
    if after and not is_continued(after):
        raise click.ClickException("The audit trail is not a continuation of the one with that last hash: it was cut.")
    click.echo(f"{found.entries} entries, chain whole. Last hash: {found.last_hash or 'none yet'}")
