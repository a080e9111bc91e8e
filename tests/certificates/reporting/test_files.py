"""Every destination writes every kind of file it names."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from certificates.reporting.destinations import DESTINATIONS, Destination, FileKind
from certificates.reporting.files import file_parts, file_workbook, own_table
from certificates.reporting.records import SUBMIT
from tests.certificates.reporting.samples import PARTICIPATION, with_learner

MADE = datetime(2026, 11, 28, tzinfo=UTC)
KINDS = [(destination, kind) for destination in DESTINATIONS.values() for kind in destination.kinds]


def sheet_of(workbook: bytes) -> str:
    """Return the sheet of a workbook as it is written."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(("destination", "kind"), KINDS, ids=lambda one: one.name)
def test_file_tells_whose_license_and_how_much(destination: Destination, kind: FileKind) -> None:
    if kind.is_text:
        text = "".join(file_parts(destination, kind, SUBMIT, [PARTICIPATION], "1234", MADE))
    else:
        text = sheet_of(file_workbook(destination, SUBMIT, [PARTICIPATION], "1234"))
    assert all(part in text for part in ("K1234", "0.75", "TX"))


def test_no_cell_runs_as_a_formula() -> None:
    lines = "".join(own_table([with_learner(given_name="=cmd|' /C calc'!A0", license_number="@1")])).splitlines()
    assert "'=cmd|" in lines[1]
    assert ",'@1," in lines[1]
