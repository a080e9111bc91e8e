"""The post from the terminal: trying the mail server, how messages stand, sending again what was refused."""

import click
from email_validator import EmailNotValidError
from flask.cli import AppGroup
from sqlalchemy import select

from quizbank.db import db, utc_now
from quizbank.post.envelope import Unaddressable, message_id, sealed_envelope, wire_address
from quizbank.post.letters import RULE
from quizbank.post.models import Message
from quizbank.post.operations import retry_messages
from quizbank.post.queries import counts, sender_of, server_here
from quizbank.post.rules import NO_SERVER, REFUSED, STATES, NotRetried
from quizbank.post.smtp import ACCEPTED, LineLost, MailServer, ServerTrouble, opened

post_commands = AppGroup("post", help="Messages to people.")


def required_server() -> MailServer:
    """Return the mail server of the settings."""
    server = server_here()
    if server is None:
        raise click.ClickException(NO_SERVER)
    return server


@post_commands.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Hand a test message to the mail server at once and tell what it answers."""
    server, now = required_server(), utc_now()
    try:
        to = wire_address(address)
        name = message_id(f"test:{address}:{now.isoformat()}", server.sender)
        body = f"This is a test of the mail server.\n\n{RULE}\nSent from the terminal.\n"
        content = sealed_envelope(sender_of(server), server.reply_to, to, "Test of the mail server", body, name, now)
        with opened(server) as line:
            reply = line.hand_over(to, content)
    except (Unaddressable, EmailNotValidError, ServerTrouble, LineLost) as error:
        raise click.ClickException(str(error)) from error
    if reply.verdict != ACCEPTED:
        raise click.ClickException(f"The server does not take it: {reply.words}")
    click.echo(f"The server took it: {reply.words}")


@post_commands.command("status")
def status() -> None:
    """Tell how many messages wait, were sent and were refused."""
    if server_here() is None:
        click.echo(NO_SERVER)
    for state, number in counts().items():
        click.echo(f"{STATES[state]}: {number:,}")


@post_commands.command("retry")
def retry() -> None:
    """Send again everything that was refused."""
    ids = db.session.scalars(select(Message.id).where(Message.state == REFUSED)).all()
    if not ids:
        click.echo("Nothing was refused.")
        return
    try:
        number = retry_messages(ids, None, utc_now())
    except NotRetried as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{number:,} go to the mail server again.")
