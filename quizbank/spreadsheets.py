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


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Yield CSV lines; the byte-order mark makes spreadsheets read UTF-8."""
    yield "\ufeff"
    for row in chain([header], rows):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([safe_cell("" if cell is None else str(cell)) for cell in row])
        yield buffer.getvalue()
