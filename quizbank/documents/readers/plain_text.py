"""A text file in; its lines, bullets and simple tables out as pieces."""

import re
from dataclasses import replace
from itertools import pairwise

from quizbank.documents.bullets import item_of, split_inline_list
from quizbank.documents.decoding import decode
from quizbank.documents.normalising import normalise
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.progress import Told, quiet

NAME = "plain text"
IS_BINARY = False
SUFFIXES = (".txt", ".text", "")
_RULE_CHARACTERS = frozenset("-=_*~#+|: ")
_SENTENCE_END = (".", "!", "?", ":", ";")
_WIDEST_WRAP = 110
_COLUMN_GAP = re.compile(r"\t+| {3,}")


def recognises(name: str, content: bytes) -> bool:
    """Any text is plain text when no other reader wants it."""
    return True


def read(content: bytes, _told: Told = quiet) -> Extract:
    """Return the text's pieces in order."""
    lines = normalise(decode(content)).replace("\x0c", "\n\n").split("\n")
    width = _wrap_width(lines)
    pieces: list[Piece] = []
    for block in _blocks(lines):
        pieces.extend(_block_pieces(block, width))
    return Extract(tuple(pieces))


def examples() -> tuple[tuple[str, bytes], ...]:
    """Name and content of small files that this reader reads."""
    return (("note.txt", b"Fever\n\nFever is a rise in body temperature.\n"),)


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(lines: list[str]) -> int:
    """Return the column at which the author's editor broke the lines, 0 if lines are whole paragraphs."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    longest = max(lengths, default=0)
    full = [line.rstrip() for line in lines if len(line.rstrip()) > longest * 0.8]
    # An editor breaks lines in the middle of sentences; lines that mostly end with one were meant.
    open_ended = sum(1 for line in full if not line.endswith(_SENTENCE_END))
    wrapped = 40 <= longest <= _WIDEST_WRAP and len(full) >= max(4, len(lengths) / 4)
    return longest if wrapped and open_ended > len(full) / 2 else 0


def _block_pieces(block: list[str], width: int) -> list[Piece]:
    rows = _table(block)
    if rows:
        return rows
    pieces: list[Piece] = []
    for line in _unwrapped(block, width):
        if _is_rule(line):
            pieces = _underlined(line, pieces)
            continue
        gap = not pieces
        item = item_of(line)
        parts = [replace(item, gap=gap)] if item and not _is_inline(line) else split_inline_list(line.strip(), gap)
        pieces.extend(parts)
    return pieces


def _is_rule(line: str) -> bool:
    """A line of dashes or the like: decoration, an underline, or the line below a table's header."""
    marks = line.strip()
    return len(marks) >= 3 and _RULE_CHARACTERS.issuperset(marks)


def _is_inline(line: str) -> bool:
    return "  - " in line.strip()


def _underlined(rule: str, pieces: list[Piece]) -> list[Piece]:
    """A line of dashes below a single short line makes it a heading; anywhere else it is decoration."""
    if len(pieces) == 1 and pieces[0].kind == "text" and len(pieces[0].text) <= 100 and len(rule.strip()) >= 3:
        return [Piece("heading", pieces[0].text, level=1 if "=" in rule else 2)]
    return pieces


def _unwrapped(block: list[str], width: int) -> list[str]:
    lines = [block[0]]
    for previous, line in pairwise(block):
        if _goes_on(lines[-1], previous, line, width):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return lines


def _goes_on(before: str, previous: str, line: str, width: int) -> bool:
    """Tell whether ``line`` continues ``before``, whose last physical line is ``previous``."""
    if item_of(line) or _is_rule(line) or _is_rule(before):
        return False
    last = before.rstrip()
    open_sentence = not last.endswith(_SENTENCE_END)
    if line.strip()[0].islower() and open_sentence and (len(last) >= 40 or item_of(before)):
        return True
    if item_of(before) and line[:1].isspace() and not before[:1].isspace():
        return True
    return bool(width) and len(previous.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width


def _table(block: list[str]) -> list[Piece]:
    """Return the block as rows if its lines are cells between bars, tabs or wide blanks, else nothing."""
    lines = [line for line in block if not _is_rule(line)]
    for split, fewest in ((_bar_cells, 2), (_tab_cells, 2), (_column_cells, 3)):
        rows = [split(line) for line in lines]
        counts = {len(row) for row in rows}
        if len(rows) >= fewest and min(counts) >= 2 and len(counts) == 1:
            return [Piece("row", " | ".join(row), cells=tuple(row), gap=index == 0) for index, row in enumerate(rows)]
    return []


def _bar_cells(line: str) -> list[str]:
    if line.count("|") < 1:
        return []
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _tab_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().split("\t")]


def _column_cells(line: str) -> list[str]:
    cells = _COLUMN_GAP.split(line.strip())
    return [] if item_of(line) or any(len(cell) > 60 for cell in cells) else cells
