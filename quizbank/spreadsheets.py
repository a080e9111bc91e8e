"""Cells go in; text that every spreadsheet shows and none runs comes out."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

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
