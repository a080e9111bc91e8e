"""Wallets from the terminal: checking a file of rules before it is used."""

from pathlib import Path

import click
from flask.cli import AppGroup

from certificates.wallet.queries import LABELS
from certificates.wallet.requirements.rules import DamagedRules, read_rules

wallet_commands = AppGroup("wallet", help="Wallets, and the rules that boards have.")


@wallet_commands.command("check-rules")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_rules(file: Path) -> None:
    """Say whether FILE can be named in REQUIREMENTS_FILE, and what is wrong with it if not."""
    try:
        found = read_rules(file.read_text(encoding="utf-8"), frozenset(LABELS))
    except (DamagedRules, UnicodeDecodeError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for rules in found:
        click.echo(f"{rules.name}: {rules.title}, {rules.total} in {rules.cycle.months} months, as of {rules.as_of}")
