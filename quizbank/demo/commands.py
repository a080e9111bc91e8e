"""The demo from the terminal: loads what is missing and prints new passwords, once."""

import click
from flask.cli import AppGroup

from quizbank.activities.operations import NotReady
from quizbank.db import db, utc_now
from quizbank.demo.operations import create_people, load_sample, sample_files

demo_commands = AppGroup("demo", help="Sample activities and accounts.")


@demo_commands.command("load")
def load() -> None:
    """Load the sample activities and create the demo's people, if they are not there yet."""
    people = create_people(utc_now())
    db.session.commit()
    for email, password in people:
        click.echo(f"Sign in as {email}  password: {password}")
    if people:
        click.echo("These passwords are shown once; change them after signing in.")
    for path in sample_files():
        try:
            activity = load_sample(path, utc_now())
        except NotReady as error:
            db.session.rollback()
            click.echo(f"{path.name}: not published. {error}", err=True)
            continue
        db.session.commit()
        if activity is not None:
            click.echo(f"Published: {activity.title} ({len(activity.items)} questions)")
