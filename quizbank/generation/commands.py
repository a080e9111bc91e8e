"""The command line of generation: a file and a seed in, its items out, without a database."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from quizbank.documents.confined import read_document_confined
from quizbank.documents.errors import UnreadableDocument
from quizbank.generation.confined_run import generate_confined
from quizbank.generation.wording import counted

generation_commands = AppGroup("generation", help="Turn documents into quiz items.")


@generation_commands.command("run")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", type=int, required=True, help="The same document and seed give the same items.")
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most this many items.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", help="How to print the items.")
def run(file: Path, seed: int, limit: int | None, form: str) -> None:
    """Print the items that FILE yields. Too little to ask is said on stderr and is no error; an unreadable file is."""
    try:
        made = generate_confined(read_document_confined(file.name, file.read_bytes()), seed, limit)
    except UnreadableDocument as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    except OSError as error:
        click.echo(f"{file.name} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(1) from error
    if made["document"]["note"]:
        click.echo(made["document"]["note"], err=True)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2) if form == "json" else "\n".join(as_text(made)))


def as_text(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines people read: items with their key starred, then suggestions and refusals."""
    counts = f"{counted(len(made['items']), 'item')}, {counted(len(made['suggestions']), 'suggestion')}"
    yield f"{made['document']['title']}: {counts}"
    for number, item in enumerate(made["items"], start=1):
        yield from ("", f"{number}. {item['stem']}")
        yield from (
            f"   {'*' if one['id'] in item['key'] else ' '} {one['id']}) {one['text']}" for one in item["options"]
        )
        yield f"     {item['maker']}: “{' '.join(item['citation']['quote'].split())}”"
    for title, rows, detail in (("Suggestions", "suggestions", "missing"), ("Refused", "rejected", "detail")):
        if made[rows]:
            yield from ("", f"{title}:")
            yield from (f"   {row['stem']} ({row[detail]})" for row in made[rows])
