"""The command line of generation: a file and a seed in, its items out, without a database."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from quizbank.documents.confined import read_document_confined
from quizbank.documents.errors import UnreadableDocument
from quizbank.generation.confined_run import generate_confined
from quizbank.generation.language_model.assisting import assist
from quizbank.generation.language_model.client import ask, endpoint_from
from quizbank.generation.licences import AS_IF_LICENSED, licences_text
from quizbank.generation.reviewing import (
    AS_IS,
    FATAL,
    DamagedSheet,
    Made,
    kappa,
    licences_from,
    read_keys,
    read_sheet,
    sheets,
)
from quizbank.generation.serialising import content_from_json, generation_from_json, generation_to_json
from quizbank.generation.wording import counted

generation_commands = AppGroup("generation", help="Turn documents into quiz items.")


FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
SEED = click.option("--seed", type=int, required=True, help="The same document and seed give the same items.")
LIMIT = click.option("--limit", type=click.IntRange(min=0), default=None, help="At most this many items.")
FORM = click.option(
    "--format", "form", type=click.Choice(["json", "text"]), default="text", help="How to print the items."
)
NO_MODEL = "No language model is set up, and nothing was sent anywhere: set CME_LLM_URL and CME_LLM_MODEL to use one."


@generation_commands.command("run")
@FILE
@SEED
@LIMIT
@FORM
def run(file: Path, seed: int, limit: int | None, form: str) -> None:
    """Print the items that FILE yields. Too little to ask is said on stderr and is no error; an unreadable file is."""
    with told_in_words(file):
        document = read_document_confined(file.name, file.read_bytes())
        made = generate_confined(document, seed, limit, licences_at(current_app.config.get("LICENCES", "")))
    tell(made, form)


@generation_commands.command("finish")
@FILE
@SEED
@LIMIT
@click.option("--sentences", type=click.IntRange(min=0), default=0, help="Also ask about this many sentences of prose.")
@FORM
def finish(file: Path, seed: int, limit: int | None, sentences: int, form: str) -> None:
    """Print the items that FILE yields, the suggestions finished by the language model that the settings name."""
    endpoint = endpoint_from(current_app.config)
    if endpoint is None:
        click.echo(NO_MODEL, err=True)
        raise SystemExit(1)
    with told_in_words(file):
        document = read_document_confined(file.name, file.read_bytes())
        generation = generation_from_json(
            generate_confined(document, seed, limit, licences_at(current_app.config.get("LICENCES", "")))
        )
    click.echo(f"Asking {endpoint.model} at {endpoint.url}; parts of the document are sent there.", err=True)
    assisted = assist(document, generation, seed, endpoint.model, partial(ask, endpoint, seed=seed), sentences)
    for note in assisted.notes:
        click.echo(f"{note.about} {note.text}".strip(), err=True)
    notes = [{"about": note.about, "note": note.text} for note in assisted.notes]
    tell({**generation_to_json(document, assisted.generation), "notes": notes}, form)


@generation_commands.command("review-sheet")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@SEED
@click.option(
    "--pattern", "patterns", multiple=True, help="Only questions of this pattern; may be given several times."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the two sheets."
)
def review_sheet(files: tuple[Path, ...], seed: int, patterns: tuple[str, ...], out: Path) -> None:
    """Write sheets for blind readers of the items that FILES yield, licensed or not: sheet.csv, and keys.csv apart."""
    read = [one for one in AS_IF_LICENSED if not patterns or one.pattern in patterns]
    if unknown := sorted(set(patterns) - {one.pattern for one in read}):
        click.echo(f"There is no pattern named {', '.join(unknown)}.", err=True)
        raise SystemExit(1)
    made = []
    for file in files:
        with told_in_words(file):
            document = read_document_confined(file.name, file.read_bytes())
            report = generate_confined(document, seed, licences=licences_text(read))
        made += [Made(file.name, item) for item in generation_from_json(report).items]
    sheet, keys = sheets(made, seed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "sheet.csv").write_text(sheet, encoding="utf-8")
    (out / "keys.csv").write_text(keys, encoding="utf-8")
    click.echo(
        f"{counted(len(made), 'item')} from {counted(len(files), 'document')}: {out}/sheet.csv, keys in {out}/keys.csv"
    )


@generation_commands.command("license")
@click.argument("keys", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("read", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def license_patterns(keys: Path, read: tuple[Path, ...]) -> None:
    """Count the sheets that readers filled in and print the licences they support; LICENCES names a file of them."""
    try:
        readings = [read_sheet(sheet.read_text(encoding="utf-8")) for sheet in read]
        found = licences_from(read_keys(keys.read_text(encoding="utf-8")), readings)
    except (DamagedSheet, UnicodeDecodeError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    for one in found:
        click.echo(f"{one.pattern} {one.version}: {one.words}; {'licensed' if one.holds else 'not licensed'}", err=True)
    for first, second in pairwise(readings):
        fatal, as_is = kappa(first, second, FATAL), kappa(first, second, AS_IS)
        click.echo(f"agreement of two readers (kappa): false {fatal:.2f}, as it is {as_is:.2f}", err=True)
    click.echo(licences_text(one for one in found if one.holds))


@contextmanager
def told_in_words(file: Path) -> Iterator[None]:
    """End the command with a sentence when the file cannot be read."""
    try:
        yield
    except UnreadableDocument as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    except OSError as error:
        click.echo(f"{file.name} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(1) from error


def tell(made: Mapping[str, Any], form: str) -> None:
    """Print a generation; why there is little or nothing goes to stderr."""
    if made["document"]["note"]:
        click.echo(made["document"]["note"], err=True)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2) if form == "json" else "\n".join(as_text(made)))


def licences_at(path: str) -> str:
    """Return the text of a provider's own licences, "" when there are none; OSError when they cannot be read."""
    return Path(path).read_text(encoding="utf-8") if path else ""


def as_text(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines people read: items with their key starred, then suggestions and refusals."""
    counts = f"{counted(len(made['items']), 'item')}, {counted(len(made['suggestions']), 'suggestion')}"
    yield f"{made['document']['title']}: {counts}"
    for number, item in enumerate(made["items"], start=1):
        yield from ("", f"{number}. {item['stem']}", *option_lines(item))
        yield f"     {item['maker']}: “{' '.join(item['citation']['quote'].split())}”"
    for title, rows, detail in (("Suggestions", "suggestions", "missing"), ("Refused", "rejected", "detail")):
        if made[rows]:
            yield from ("", f"{title}:")
            for row in made[rows]:
                yield from (f"   {row['stem']} ({row[detail]})", *option_lines(row))


def option_lines(item: Mapping[str, Any]) -> list[str]:
    """Return the options of an item with the key starred, or what is right in it; none for a refusal or a key alone."""
    if parts := content_from_json(item).parts({}) if "type" in item else ():
        return [f"   * {part.asked}: {part.right}" for part in parts]
    options = item.get("options", [])
    return [
        f"   {'*' if one['id'] in item['key'] else ' '} {one['id']}) {one['text']}"
        for one in options
        if len(options) > 1
    ]
