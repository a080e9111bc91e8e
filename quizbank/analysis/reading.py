"""The bytes of a CSV file of responses in; a response matrix out, or everything that is wrong with the file.

First row: a name for the learners' column, then one name per item. A row called ``max`` may follow with the marks that
each item can earn (1 when there is none). Then one row per learner. docs/item-statistics.md says what cells mean.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizbank.analysis.matrix import Matrix, matrix_of
from quizbank.documents.decoding import decode
from quizbank.documents.errors import UnknownFormat

MAX_CELLS = 5_000_000
SMALLEST, LARGEST = 1e-6, 1e6
"""What a maximum may be: sums and squares of marks then stay numbers."""
SHOWN_PROBLEMS = 20
SEPARATORS = (",", ";", "\t")
MAX_ROW = ("max", "MAX", "maximum", "MAXIMUM")
LONGEST_SHOWN = 40
EMPTY = "The file is empty. The first row names the items, one row per learner follows."

MARKS, FRACTIONS, EITHER = "marks", "fractions", "auto"
ZERO, NOT_ASKED = "zero", "not-asked"

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")


class UnreadableResponses(ValueError):
    """The file cannot be read as responses; ``problems`` are sentences that say where and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Responses:
    """What a file holds: the matrix, whether its cells were ``marks`` or ``fractions``, and what to know about it."""

    matrix: Matrix
    cells: str
    blank: int
    notes: tuple[str, ...]


@dataclass
class _Problems:
    """Sentences about what is wrong, the first ones in full and the others counted."""

    told: list[str] = field(default_factory=list)
    more: int = 0

    def add(self, sentence: str) -> None:
        if len(self.told) < SHOWN_PROBLEMS:
            self.told.append(sentence)
        else:
            self.more += 1

    def stop_if_any(self) -> None:
        if self.told:
            rest = [f"And {self.more:,} more of this kind."] if self.more else []
            raise UnreadableResponses([*self.told, *rest])


@dataclass(frozen=True)
class _Row:
    """A row of the file; ``number`` counts from 1, as spreadsheets do."""

    number: int
    cells: tuple[str, ...]


def read_responses(content: bytes, cells: str = EITHER, blank: str = ZERO) -> Responses:
    """Read a CSV file; raises UnreadableResponses.

    ``cells`` says whether cells are marks (0 to max) or fractions (0-1) of the maximum; "auto" decides: without a max
    row both are the same, with one they are marks as soon as a cell is above 1. ``blank`` says what an empty cell is:
    an item without an answer, which earns 0, or one that this learner was not asked.
    """
    rows = _rows(_text(content))
    header, rows = rows[0], rows[1:]
    items = _items(header)
    maxima = _maxima(rows[0], header) if rows and rows[0].cells[0].strip() in MAX_ROW else None
    learners = rows[1:] if maxima else rows
    _check_shape(learners, header, maxima is not None)
    problems = _Problems()
    values = _values(learners, header, problems)
    kind = _kind(cells, values, maxima or ())
    most = maxima or (1.0,) * len(items)
    limits = most if kind == MARKS else (1.0,) * len(items)
    _check_limits(values, limits, learners, header, kind, problems)
    problems.stop_if_any()
    empty = 0.0 if blank == ZERO else None
    fractions = [
        [empty if v is None else min(1.0, v / limit) for v, limit in zip(row, limits, strict=True)] for row in values
    ]
    blanks = sum(row.count(None) for row in values)
    return Responses(
        matrix_of(items, most, fractions), kind, blanks, _notes(learners, maxima, kind, cells, blanks, blank)
    )


def _text(content: bytes) -> str:
    try:
        text = decode(content)
    except UnknownFormat as error:
        raise UnreadableResponses(["This is no text file. Save the table as CSV (UTF-8) and try again."]) from error
    if not text.strip("\ufeff\x00 \t\r\n,;"):
        raise UnreadableResponses([EMPTY])
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableResponses([f"Line {line} has a character that no table has (NUL). Save the file again as CSV."])
    return text.removeprefix("\ufeff")


def _rows(text: str) -> list[_Row]:
    """Return the rows that are not empty."""
    rows, size = [], 0
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        for number, cells in enumerate(table, start=1):
            size += len(cells)
            if size > MAX_CELLS:
                raise UnreadableResponses([f"The table has more than {MAX_CELLS:,} cells. Split it by items."])
            if any(cell.strip() for cell in cells):
                rows.append(_Row(number, tuple(cells)))
    except csv.Error as error:
        place = len(rows) + 1
        raise UnreadableResponses([f"Row {place} cannot be read ({error}). Check its quotation marks."]) from error
    if not rows:
        raise UnreadableResponses([EMPTY])
    return rows


def _separator(text: str) -> str:
    """Return what parts the first line into most cells."""
    first = re.split(r"[\r\n]+", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(SEPARATORS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))


def _items(header: _Row) -> list[str]:
    """Return the names of the items."""
    problems = _Problems()
    names = [cell.strip() for cell in header.cells]
    if len(names) < 2:
        problems.add("The first row names no item. It needs a column for learners and one column per item.")
    seen: dict[str, int] = {}
    for column, name in enumerate(names[1:], start=2):
        if not name:
            problems.add(f"Column {column} has no name. Name the item in row {header.number}, or delete the column.")
        elif name in seen:
            problems.add(f"Column {column} repeats the name {_shown(name)} of column {seen[name]}. Rename one of them.")
        else:
            seen[name] = column
    problems.stop_if_any()
    return names[1:]


def _maxima(row: _Row, header: _Row) -> tuple[float, ...]:
    """Return the marks that each item can earn."""
    problems = _Problems()
    _check_length(row, header, problems)
    problems.stop_if_any()
    found = []
    for column, cell in enumerate(row.cells[1:], start=1):
        value = number_of(cell)
        if value is None or not SMALLEST <= value <= LARGEST:
            where = _place(row, column, header)
            problems.add(f"{where}: {_shown(cell)} is no maximum. Write marks from {SMALLEST:f} to {LARGEST:,.0f}.")
        found.append(value or 0.0)
    problems.stop_if_any()
    return tuple(found)


def _check_shape(learners: Sequence[_Row], header: _Row, has_maxima: bool) -> None:
    """Refuse a table without learners, rows of another length, and a row whose meaning is open."""
    problems = _Problems()
    if not learners:
        problems.add("There is no learner. Below the names of the items comes one row per learner.")
    for place, row in enumerate(learners):
        name = row.cells[0].strip()
        if name in MAX_ROW:
            problems.add(f"Row {row.number} is called {name}. The maxima stand once, directly below the first row.")
        elif place == 0 and not has_maxima and name.casefold() in MAX_ROW:
            problems.add(
                f"Row {row.number} is called {name}: write max in small letters if it gives the maxima; if this is"
                " a learner, move the row further down."
            )
        _check_length(row, header, problems)
    problems.stop_if_any()


def _check_length(row: _Row, header: _Row, problems: _Problems) -> None:
    if len(row.cells) != len(header.cells):
        problems.add(
            f"Row {row.number} has {len(row.cells)} cells, but row {header.number} names {len(header.cells)} columns."
            " Give every row one cell per column; a cell may be empty."
        )


def _values(learners: Sequence[_Row], header: _Row, problems: _Problems) -> list[list[float | None]]:
    """Return the numbers of all learners, None for an empty cell."""
    known: dict[str, float | None] = {}
    found = []
    for row in learners:
        values: list[float | None] = []
        for column, cell in enumerate(row.cells[1:], start=1):
            if cell not in known:
                known[cell] = number_of(cell)
            value = known[cell]
            if value is None and cell.strip():
                problems.add(f"{_place(row, column, header)}: {_shown(cell)} is no number. {_advice(cell)}")
            values.append(value)
        found.append(values)
    return found


def number_of(cell: str) -> float | None:
    """Return the number in a cell, None when it is none. A comma may stand for the decimal point: "0,5"."""
    text = cell.strip().replace("−", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def _advice(cell: str) -> str:
    if cell.strip().casefold() in ("nan", "na", "n/a", "null", "none", "-", "inf", "-inf", "infinity"):
        return "Leave the cell empty when there was no answer."
    return "Write digits, such as 1 or 0.5."


def _kind(cells: str, values: Sequence[Sequence[float | None]], maxima: Sequence[float]) -> str:
    """Return whether cells are marks or fractions."""
    if cells != EITHER:
        return cells
    if not maxima:
        return FRACTIONS
    above = any(value is not None and value > 1 for row in values for value in row)
    return MARKS if above or all(most == 1 for most in maxima) else FRACTIONS


def _check_limits(
    values: Sequence[Sequence[float | None]],
    limits: Sequence[float],
    learners: Sequence[_Row],
    header: _Row,
    kind: str,
    problems: _Problems,
) -> None:
    """Refuse what is below 0 or above what can be earned, rounding apart."""
    tops = [limit * (1 + 1e-9) for limit in limits]
    for row, cells in zip(learners, values, strict=True):
        for column, (value, top) in enumerate(zip(cells, tops, strict=True), start=1):
            if value is not None and not 0 <= value <= top:
                what = "marks" if kind == MARKS else "a fraction"
                problems.add(
                    f"{_place(row, column, header)}: {_shown(row.cells[column])} is not between 0 and"
                    f" {limits[column - 1]:g}, where {what} of this item must lie."
                )


def _notes(
    learners: Sequence[_Row], maxima: Sequence[float] | None, kind: str, cells: str, blanks: int, blank: str
) -> tuple[str, ...]:
    """Return what a reader of the figures should know about how the file was read."""
    return tuple(_each_note(learners, maxima, kind, cells, blanks, blank))


def _each_note(
    learners: Sequence[_Row], maxima: Sequence[float] | None, kind: str, cells: str, blanks: int, blank: str
) -> Iterator[str]:
    if blanks:
        meaning = "an item without an answer, which earns 0" if blank == ZERO else "an item that was not asked"
        yield f"Empty cells were read as {meaning} (--blank changes this). There are {blanks:,}."
    if cells == EITHER and maxima and any(most > 1 for most in maxima) and kind == FRACTIONS:
        yield (
            "No cell is above 1 though maxima are, so cells were read as fractions of the maximum."
            " If they are marks, add --cells marks."
        )
    counts: Mapping[str, int] = _counts(learners)
    if repeated := [name for name, count in counts.items() if count > 1]:
        yield f"Some learners have several rows ({len(repeated):,}, first {_shown(repeated[0])}). Every row was counted."


def _counts(learners: Sequence[_Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in learners:
        if name := row.cells[0].strip():
            counts[name] = counts.get(name, 0) + 1
    return counts


def _place(row: _Row, column: int, header: _Row) -> str:
    return f"Row {row.number}, column {column + 1} ({_shown(header.cells[column].strip())})"


def _shown(text: str) -> str:
    """Return a text as a message repeats it: short, and without characters that would move the cursor."""
    plain = "".join(character if character.isprintable() else "�" for character in text.strip()[:LONGEST_SHOWN])
    return f"“{plain}{'…' if len(text.strip()) > LONGEST_SHOWN else ''}”"
