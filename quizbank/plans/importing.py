"""A list of people and their plans (CSV) goes in; its rows, or what is wrong with each line, come out."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quizbank.spreadsheets import FORMULA_STARTS

MAX_ROWS = 10_000
MAX_CELL = 254
MAX_PROBLEMS = 200
COLUMNS = {"e-mail": "email", "email": "email", "plan": "plan", "until": "until"}
"""Headings that are read, however they are capitalised; other columns are left alone."""
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line of the file, counted from 1; 0 = with the file as a whole."""

    line: int
    words: str


@dataclass(frozen=True)
class PlanRow:
    """One person's plan. ``until`` is the first moment at which it is not in force any more."""

    line: int
    email: str
    plan: str
    until: datetime


class ListRefused(ValueError):
    """Nothing of the file was taken; ``problems`` tell why, line by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("Nothing was imported.")
        self.problems = list(problems)


def read_plan_rows(content: bytes, end_of_day: Callable[[date], datetime]) -> list[PlanRow]:
    """Return the rows of a file; raises ListRefused with everything that is wrong with it.

    ``end_of_day`` turns the last day of a plan into the moment it ends.
    """
    lines = numbered_lines(decode(content))
    places = columns_of(next(lines, (1, []))[1])
    rows: list[PlanRow] = []
    problems: list[Problem] = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(problems) >= MAX_ROWS:
            raise ListRefused([Problem(line, f"A list may have {MAX_ROWS:,} people. Split it and import the parts.")])
        try:
            rows.append(read_row(line, cells, places, end_of_day))
        except ValueError as error:
            problems.append(Problem(line, str(error)))
    problems += repeated(rows)
    if problems or not rows:
        raise ListRefused(sorted(problems, key=lambda one: one.line) or [Problem(0, "The list has no people in it.")])
    return rows


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8 or, with its mark, UTF-16; raises ListRefused."""
    encoding = next((name for mark, name in BOMS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ListRefused([Problem(0, "The file is not text in UTF-8 or UTF-16. Save it as “CSV UTF-8”.")]) from error
    if "\x00" in text:
        raise ListRefused([Problem(0, "The file has a character that cannot be stored (NUL). Save it as “CSV UTF-8”.")])
    return text


def numbered_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line with its number; raises ListRefused for quotes that never end and the like."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise ListRefused([Problem(reader.line_num, f"This line cannot be read as CSV: {error}.")]) from error


def delimiter_of(text: str) -> str:
    """Return what separates the cells: a comma, or the semicolon or tab that some spreadsheets write."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Return the places of the columns; raises ListRefused when one is missing or there twice."""
    names = [COLUMNS.get(cell.strip().casefold(), "") for cell in heading]
    twice = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    missing = [name for name in dict.fromkeys(COLUMNS.values()) if name not in names]
    if twice:
        raise ListRefused([Problem(1, f"The column {twice[0]} is there twice. Keep one of them.")])
    if missing:
        raise ListRefused([Problem(1, f"The column {name} is missing from the first line.") for name in missing])
    return {name: place for place, name in enumerate(names) if name}


def read_row(
    line: int, cells: Sequence[str], places: dict[str, int], end_of_day: Callable[[date], datetime]
) -> PlanRow:
    """Return one line's row; raises ValueError in words for the report."""
    if len(cells) <= max(places.values()):
        raise ValueError("This line has fewer cells than the first one.")
    given = {name: cells[place].strip() for name, place in places.items()}
    for name, text in given.items():
        if not text:
            raise ValueError(f"{name} is empty.")
        if text.startswith(FORMULA_STARTS):
            raise ValueError(f"{name} begins like a formula. Remove the first character.")
        if len(text) > MAX_CELL or not text.isprintable():
            raise ValueError(f"{name} is too long, or has characters that cannot be printed.")
    return PlanRow(line, given["email"].casefold(), given["plan"].casefold(), end_of_day(last_day(given["until"])))


def last_day(text: str) -> date:
    """Return a day written as 2031-12-31; raises ValueError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"until takes a day such as 2031-12-31, not {text[:40]!r}.") from None
    if not 2000 <= found.year <= 9990:
        raise ValueError(f"until takes a day between the years 2000 and 9990, not {text}.")
    return found


def repeated(rows: Sequence[PlanRow]) -> list[Problem]:
    """Return a problem for every line whose person stands on an earlier line."""
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        if row.email in first:
            problems.append(Problem(row.line, f"{row.email} stands on line {first[row.email]} already."))
        first.setdefault(row.email, row.line)
    return problems
