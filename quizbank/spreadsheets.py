"""Cells go in; text that every spreadsheet shows and none runs comes out."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms, which some spreadsheets run too."""


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet shows instead of running: formulas get a leading apostrophe (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain_cell(cell: Any) -> str:
    """Return a cell as text: None is empty, a number stays one (it runs nothing, even below 0), text is made safe."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, int | float) else safe_cell(str(cell))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Yield CSV lines; the byte-order mark makes spreadsheets read UTF-8."""
    yield "\ufeff"
    for row in chain([header], rows):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([plain_cell(cell) for cell in row])
        yield buffer.getvalue()


WORKBOOK_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/>'
        '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}
"""What an Office Open XML workbook of one sheet holds besides the sheet (ECMA-376). Styles: plain, bold, a day."""
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets, as all days from March 1900 count."""
LONGEST_CELL = 32_767


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an XLSX file of one sheet. Numbers and days are such; text is made safe, and is never a formula."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in WORKBOOK_PARTS.items():
            archive.writestr(name, PROLOGUE + content)
        archive.writestr("xl/workbook.xml", PROLOGUE + workbook_part(title))
        lines = [sheet_row(header, bold=True), *(sheet_row(row) for row in rows)]
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        sheet = f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", PROLOGUE + sheet)
    return buffer.getvalue()


def workbook_part(title: str) -> str:
    """Return the part that names the sheet."""
    name = escape("".join(c for c in title if c.isalnum() or c in " -")[:31], {'"': "&quot;"})
    return (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def sheet_row(cells: Sequence[Any], bold: bool = False) -> str:
    """Return one row of a sheet."""
    return f"<row>{''.join(sheet_cell(cell, bold) for cell in cells)}</row>"


def sheet_cell(cell: Any, bold: bool) -> str:
    """Return one cell: a number, a day, or text that is shown as it is."""
    style = ' s="1"' if bold else ""
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1901:
        return f'<c s="2"><v>{(cell - FIRST_DAY).days}</v></c>'
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return f"<c{style}><v>{cell}</v></c>"
    shown = "".join(letter for letter in str("" if cell is None else cell) if letter.isprintable() or letter == "\n")
    text = safe_cell(shown)[:LONGEST_CELL]  # made safe last: without a control before it, text may begin as a formula
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(text)}</t></is></c>'
