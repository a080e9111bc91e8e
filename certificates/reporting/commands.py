"""Reports from the terminal: files of learners, activities, the year and xAPI statements; what is held back is told."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from certificates.reporting.checks import PLACES, Problem
from certificates.reporting.destinations import CE_BROKER, EVERYBODY, PARS, Destination
from certificates.reporting.files import file_parts, own_table
from certificates.reporting.operations import note_export
from certificates.reporting.outcomes.queries import records_of, summary_of
from certificates.reporting.outcomes.results import HEADER
from certificates.reporting.outcomes.year import lines
from certificates.reporting.pars_activities import WRITERS, activity_problems
from certificates.reporting.queries import Narrowing, own_participations, reportable, sittings
from certificates.reporting.records import SUBMIT
from certificates.reporting.xapi import json_array, statements_of
from quizbank.db import db, utc_now
from quizbank.spreadsheets import csv_lines

reporting_commands = AppGroup("reporting", help="Reports to accreditors and boards, and the year in figures.")

LEARNER_FORMATS = ("pars-json", "pars-xml", "pars-tab", "ce-broker", "csv")
year_option = click.option("--year", type=click.IntRange(1990, 2100), required=True, help="Year of completion.")
out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)


@reporting_commands.command("learners")
@year_option
@click.option("--format", "wanted", type=click.Choice(LEARNER_FORMATS), required=True)
@out_option
def learners(year: int, wanted: str, out: Path) -> None:
    """Write the learners of a year as they can be reported now; nothing is noted as sent."""
    narrowing = Narrowing(year)
    if wanted == "csv":
        write(out, own_table(own_participations(narrowing)), wanted, narrowing)
        return
    system, _, kind = wanted.partition("-") if wanted.startswith("pars-") else (wanted, "", "csv")
    destination = PARS if system == PARS.name else CE_BROKER
    told, held = reportable(destination, narrowing)
    file_kind = destination.kind(kind) or EVERYBODY.kinds[0]
    write(out, file_parts(destination, file_kind, SUBMIT, told, number_at(destination), utc_now()), wanted, narrowing)
    click.echo(f"{len(told):,} written, {len(held):,} held back.")
    for row in held:
        tell_held(f"{row.name}, {row.participation.title}", row.problems)


@reporting_commands.command("activities")
@year_option
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), default="json", show_default=True)
@out_option
def activities(year: int, kind: str, out: Path) -> None:
    """Write the activities that were open in a year as ACCME's PARS takes them."""
    found = [(one, activity_problems(one)) for one in records_of(year)]
    ready = [one for one, problems in found if not problems]
    write(out, [WRITERS[kind](ready, number_at(PARS), year)], f"pars activities {kind}", Narrowing(year))
    click.echo(f"{len(ready):,} written, {len(found) - len(ready):,} held back.")
    for one, problems in found:
        tell_held(f"Activity {one.reference}, {one.title}", problems)


@reporting_commands.command("summary")
@year_option
@out_option
def summary(year: int, out: Path) -> None:
    """Write the provider's year in figures as a table (CSV)."""
    write(out, csv_lines(HEADER, lines(summary_of(year))), "summary", Narrowing(year))


@reporting_commands.command("xapi")
@year_option
@out_option
def xapi(year: int, out: Path) -> None:
    """Write the attempts submitted in a year as xAPI statements (JSON)."""
    site = current_app.config["PUBLIC_URL"]
    found = (one for sitting in sittings(Narrowing(year)) for one in statements_of(sitting, site))
    write(out, json_array(found), "xapi", Narrowing(year))


def number_at(destination: Destination) -> str:
    """Return the number a destination knows the provider by, "" when the settings have none."""
    return str(current_app.config[destination.setting])


def write(out: Path, parts: Iterable[str], what: str, narrowing: Narrowing) -> None:
    """Write a file, and note in the audit trail that it was."""
    with out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)
    note_export(what, narrowing, None, utc_now())
    db.session.commit()
    click.echo(str(out))


def tell_held(what: str, problems: Iterable[Problem]) -> None:
    """Tell what keeps a row back, and where it is put right."""
    for problem in problems:
        click.echo(f"{what}: {problem.words} ({PLACES[problem.place]})", err=True)
