"""A Markdown file in; its headings, paragraphs, list items and table rows out as pieces, without the markup."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizbank.documents.bullets import item_of
from quizbank.documents.decoding import decode
from quizbank.documents.normalising import normalise
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.progress import Told, quiet
from quizbank.documents.readers import html

NAME = "Markdown"
IS_BINARY = False
SUFFIXES = (".md", ".markdown", ".mdown")
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
# A file without any of these is text whose lines mean what they are, whatever its name.
_ANY_MARK = re.compile(r"^#{1,6} |^ {0,9}[-*+] |^ {0,9}\d{1,3}\. |\*\*|\]\(|^\||^> |^===|^---|`|^<", re.MULTILINE)
_SAMPLE = 20_000
_FRONT_MATTER = re.compile(r"\A---\n(?:[^\n]{0,500}\n){0,60}?---\n")


def recognises(name: str, content: bytes) -> bool:
    """Markdown by name if it has any marks, or text with at least two headings marked the Markdown way."""
    sample = content[:_SAMPLE].decode("utf-8", errors="ignore")
    if name.lower().endswith(SUFFIXES):
        return bool(_ANY_MARK.search(sample))
    return len(_HEADING.findall(sample)) >= 2


def read(content: bytes, _told: Told = quiet) -> Extract:
    """Return the file's pieces in order."""
    source = _FRONT_MATTER.sub("", normalise(decode(content)))
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    # Every link is taken for one, "javascript:" too: its target goes the way of all targets.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    tokens = parser.parse(source)
    return Extract(tuple(_Walk().pieces(tokens)))


def examples() -> tuple[tuple[str, bytes], ...]:
    """Name and content of small files that this reader reads."""
    return (("note.md", b"# Fever\n\nFever is a rise in body temperature.\n"),)


class _Walk:
    """Goes through the tokens once, remembering how deep in lists it is and what the item at hand says."""

    def __init__(self) -> None:
        self._found: list[Piece] = []
        self._item: list[str] | None = None
        self._markers: list[str] = []
        self._cells: list[str] | None = None
        self._heading = 0
        self._first_in_list = True

    def pieces(self, tokens: Sequence[Token]) -> list[Piece]:
        for token in tokens:
            if token.type in {"fence", "code_block"}:
                self._add_text([token.content])
            elif token.type == "html_block":
                self._found.extend(html.fragment_pieces(token.content))
            elif token.type == "inline":
                self._inline(token)
            else:
                self._structure(token)
        return self._found

    def _structure(self, token: Token) -> None:
        if token.type == "heading_open":
            self._heading = int(token.tag[1])
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            self._close_item()
            self._markers.append("1. " if token.type == "ordered_list_open" else "- ")
            self._first_in_list = len(self._markers) == 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._markers.pop()
        elif token.type == "list_item_open":
            self._item = []
            if token.info:
                self._markers[-1] = f"{token.info}. "
        elif token.type == "list_item_close":
            self._close_item()
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close" and self._cells is not None:
            self._found.append(Piece("row", " | ".join(self._cells), cells=tuple(self._cells), gap=self._opens_table()))
            self._cells = None

    def _opens_table(self) -> bool:
        return not self._found or self._found[-1].kind != "row"

    def _inline(self, token: Token) -> None:
        lines = _lines(token.children or [])
        if self._cells is not None:
            self._cells.append(" ".join(lines))
        elif self._heading:
            self._found.append(Piece("heading", " ".join(lines), level=self._heading))
            self._heading = 0
        elif self._item is not None:
            self._item.extend(lines)
        else:
            self._add_text(lines)

    def _add_text(self, lines: Sequence[str]) -> None:
        for index, line in enumerate(lines):
            item = item_of(line)
            self._found.append(replace(item, gap=False) if item else Piece("text", line, gap=index == 0))

    def _close_item(self) -> None:
        if self._item:
            level = len(self._markers) - 1
            text = " ".join(self._item)
            self._found.append(Piece("item", text, level, marker=self._markers[-1], gap=self._first_in_list))
            self._first_in_list = False
        self._item = None


def _lines(children: Sequence[Token]) -> list[str]:
    """Return the words of a paragraph; a line of its own where the author forced one or opened it in bold."""
    lines = [""]
    for index, child in enumerate(children):
        if child.type == "hardbreak" or (child.type == "softbreak" and _opens_bold(children, index + 1)):
            lines.append("")
        elif child.type == "softbreak":
            lines[-1] += " "
        elif child.type in {"text", "code_inline"}:
            lines[-1] += child.content
    return [line for line in lines if line.strip()]


def _opens_bold(children: Sequence[Token], index: int) -> bool:
    """Tell whether the line starts with bold text, past the empty text that the parser puts before it."""
    following = [child.type for child in children[index : index + 2] if child.type != "text" or child.content.strip()]
    return following[:1] == ["strong_open"]
