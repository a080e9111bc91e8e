"""The command line of documents: a file in, its tree out, without a database."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from quizbank.documents.confined import read_document_confined
from quizbank.documents.errors import UnreadableDocument
from quizbank.documents.outline import outline
from quizbank.documents.serialising import report

documents_commands = AppGroup("documents", help="Read documents and show what the platform sees in them.")


@documents_commands.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", help="How to print the tree.")
def read(file: Path, form: str) -> None:
    """Read FILE and print its tree, what was left out, and what to look at."""
    try:
        document = read_document_confined(file.name, file.read_bytes())
    except UnreadableDocument as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    except OSError as error:
        click.echo(f"{file.name} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(1) from error
    click.echo(json.dumps(report(document), ensure_ascii=False, indent=2) if form == "json" else outline(document))
