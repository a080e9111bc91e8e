"""The command line of analysis: a file of responses in, all figures out, without a database."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from quizbank.analysis.reading import EITHER, FRACTIONS, MARKS, NOT_ASKED, ZERO, UnreadableResponses, read_responses
from quizbank.analysis.serialising import ITEM_COLUMNS, item_rows, report, table
from quizbank.spreadsheets import csv_lines

analysis_commands = AppGroup("analysis", help="Statistics of items and scores.")


@analysis_commands.command("items")
@click.option(
    "--responses", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The CSV file."
)
@click.option("--format", "form", type=click.Choice(["json", "csv", "table"]), default="table", help="How to print.")
@click.option(
    "--cells",
    type=click.Choice([EITHER, MARKS, FRACTIONS]),
    default=EITHER,
    help="What cells hold when there is a max row; auto reads marks as soon as a cell is above 1.",
)
@click.option(
    "--blank",
    type=click.Choice([ZERO, NOT_ASKED]),
    default=ZERO,
    help="What an empty cell is: an unanswered item, which earns 0 (as in Moodle), or one this learner was not asked.",
)
def items(file: Path, form: str, cells: str, blank: str) -> None:
    """Print the statistics of every item and of the score.

    The CSV file has a header row: a name for the column of learners, then one name per item. A row called "max" may
    follow with the marks each item can earn. Then one row per learner: fractions from 0 to 1, or marks from 0 to the
    maximum. Commas, semicolons or tabs separate cells. An empty cell earns 0 unless --blank says otherwise.

    What is not defined (fewer than two learners, nothing varies) is null, empty or "–", never 0.
    docs/item-statistics.md explains every figure.
    """
    try:
        responses = read_responses(file.read_bytes(), cells, blank)
    except UnreadableResponses as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    except OSError as error:
        click.echo(f"{file.name} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(1) from error
    if form == "json":
        click.echo(json.dumps(report(responses), ensure_ascii=False, indent=2, allow_nan=False))
        return
    for note in responses.notes:
        click.echo(note, err=True)
    if form == "csv":
        click.echo("".join(csv_lines(ITEM_COLUMNS, item_rows(responses.matrix))), nl=False)
    else:
        click.echo(table(responses.matrix))
