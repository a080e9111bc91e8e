"""A report's file: participations and a kind of file go in, the file's text comes out, part by part."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from certificates.reporting.destinations import CE_BROKER, JSON, TAB, XML, Destination, FileKind
from certificates.reporting.pars import COLUMNS, learners_json, learners_tab, learners_xml, tab_row
from certificates.reporting.records import Participation
from certificates.reporting.tables import CE_BROKER_COLUMNS, OWN_COLUMNS, ce_broker_row, own_row
from quizbank.spreadsheets import csv_lines, workbook


def file_parts(
    destination: Destination,
    kind: FileKind,
    act: str,
    participations: Iterable[Participation],
    provider: str,
    made_at: datetime,
) -> Iterator[str]:
    """Yield the text of one file for a destination; ``act`` is what it asks for, ``provider`` its number for the provider."""
    if destination is CE_BROKER:
        yield from csv_lines(CE_BROKER_COLUMNS, (ce_broker_row(one, provider) for one in participations))
    elif kind is JSON:
        yield learners_json(participations, act, provider, made_at)
    elif kind is XML:
        yield learners_xml(participations, act, provider, made_at)
    elif kind is TAB:
        yield from learners_tab(participations, act)


def file_workbook(destination: Destination, act: str, participations: Iterable[Participation], provider: str) -> bytes:
    """Return the file for a destination as a workbook (XLSX) of one sheet, with a line of heads."""
    if destination is CE_BROKER:
        return workbook("Roster", CE_BROKER_COLUMNS, (ce_broker_row(one, provider) for one in participations))
    return workbook("Learners", COLUMNS, (tab_row(one, act) for one in participations))


def own_table(participations: Iterable[Participation]) -> Iterator[str]:
    """Yield the text of a table (CSV) for the provider's own use."""
    yield from csv_lines(OWN_COLUMNS, (own_row(one) for one in participations))
