"""An HTML page in; its visible text out as pieces, page furniture as left out; no markup survives."""

import re

from lxml import etree

from quizbank.documents.decoding import decode
from quizbank.documents.errors import DamagedFile
from quizbank.documents.normalising import normalise
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.progress import Told, quiet
from quizbank.documents.word_sets import word_set

NAME = "HTML"
IS_BINARY = False
SUFFIXES = (".html", ".htm", ".xhtml")
_SIGN = re.compile(rb"<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_SAMPLE = 4096
# Stands for <br> among the collected words; normalised text has no NUL of its own.
_BREAK = "\0"
_UNSEEN = word_set(
    "script|style|svg|math|iframe|object|embed|noscript|template|head|canvas|audio|video|select|button|input|textarea|map|"
    "frameset|applet|dialog"
)
_BLOCKS = word_set(
    "p|div|section|article|main|blockquote|pre|address|figure|figcaption|dl|dt|dd|ul|ol|li|table|tr|td|th|form|header|footer|nav|"
    "aside|h1|h2|h3|h4|h5|h6|hr|body|fieldset|details|summary|caption|center"
)
_FURNITURE = {"nav": "navigation", "footer": "page footer", "aside": "sidebar", "header": "page header"}
_ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "banner": "header"}
_COOKIE_BOX = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr)(?:$|[\s_-])", re.IGNORECASE)
_MENU_BOX = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|menu|navbar|pagination|social|share|sharing|advert|ads?|promo|newsletter|skip-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def recognises(name: str, content: bytes) -> bool:
    """HTML by name, or by its first tags."""
    return name.lower().endswith(SUFFIXES) or bool(_SIGN.search(content[:_SAMPLE].replace(b"\x00", b"")))


def read(content: bytes, _told: Told = quiet) -> Extract:
    """Return the page's pieces in order."""
    source = _decoded(content)
    root = _parsed(source)
    if root is None:
        return Extract(())
    title = root.findtext(".//title") or ""
    return Extract(tuple(_Walk().pieces(root)), " ".join(title.split()))


def fragment_pieces(source: str) -> list[Piece]:
    """Return the pieces of a bit of HTML inside another format."""
    root = _parsed(normalise(source))
    return [] if root is None else _Walk().pieces(root)


def examples() -> tuple[tuple[str, bytes], ...]:
    """Name and content of small files that this reader reads."""
    return (("note.html", b"<html><body><h1>Fever</h1><p>Fever is a rise in body temperature.</p></body></html>"),)


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:_SAMPLE])
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        try:
            return normalise(content.decode(declared[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            pass  # the page does not keep what it declares: guess as for any text
    return normalise(decode(content))


def _parsed(source: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    if not source.strip():
        return None
    try:
        return etree.fromstring(source.encode("utf-8", errors="ignore"), parser)
    except etree.LxmlError as error:
        raise DamagedFile("This HTML file is damaged and cannot be read. Save it again or paste its text.") from error


class _Walk:
    """Goes through the elements once, collecting words until a block ends."""

    def __init__(self) -> None:
        self._found: list[Piece] = []
        self._words: list[str] = []
        self._lists: list[str] = []
        self._in_item = 0
        self._heading = 0
        self._reasons: list[tuple[etree._Element, str]] = []
        self._in_article = 0

    def pieces(self, root: etree._Element) -> list[Piece]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    walk.skip_subtree()
            else:
                self._end(element)
        self._flush()
        return self._found

    def _start(self, element: etree._Element) -> bool:
        """Open an element; return True if what is inside it is done with."""
        tag = _tag(element)
        if tag in _UNSEEN or _is_hidden(element):
            return True
        if tag in _BLOCKS:
            self._flush()
        if tag == "table" and _is_real_table(element):
            self._add_rows(element)
            return True
        reason = _furniture(element, tag, self._in_article > 0)
        if reason:
            self._reasons.append((element, reason))
        self._open(tag)
        self._words.append(element.text or "")
        return False

    def _open(self, tag: str) -> None:
        if tag in {"main", "article"}:
            self._in_article += 1
        elif tag in {"ul", "ol"}:
            self._lists.append("1. " if tag == "ol" else "- ")
        elif tag == "li":
            self._in_item += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = int(tag[1])
        elif tag == "br":
            self._words.append(_BREAK)

    def _end(self, element: etree._Element) -> None:
        tag = _tag(element)
        seen = tag not in _UNSEEN and not _is_hidden(element) and not (tag == "table" and _is_real_table(element))
        if seen:
            self._close(element, tag)
        self._words.append(element.tail or "")

    def _close(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in {"main", "article"}:
            self._in_article -= 1
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._in_item -= 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = 0
        if self._reasons and self._reasons[-1][0] is element:
            self._reasons.pop()

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self._words).split(_BREAK)]
        self._words = []
        for index, line in enumerate(line for line in lines if line):
            self._found.append(self._piece(line, index == 0))

    def _piece(self, line: str, first: bool) -> Piece:
        if self._reasons:
            return Piece("left_out", line, reason=self._reasons[-1][1])
        if self._heading:
            return Piece("heading", line, level=self._heading)
        if self._in_item and self._lists:
            return Piece("item", line, len(self._lists) - 1, marker=self._lists[-1], gap=self._opens_list())
        return Piece("text", line, gap=first)

    def _opens_list(self) -> bool:
        return not self._found or self._found[-1].kind != "item"

    def _add_rows(self, table: etree._Element) -> None:
        for row in table.iter("tr"):
            cells = tuple(" ".join(_visible(cell).split()) for cell in row if _tag(cell) in {"td", "th"})
            if not any(cells):
                continue
            first = not self._found or self._found[-1].kind != "row"
            if self._reasons:
                self._found.append(Piece("left_out", " | ".join(cells), reason=self._reasons[-1][1]))
            else:
                self._found.append(Piece("row", " | ".join(cells), cells=cells, gap=first))


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_hidden(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(element.get("style", "")[:500]))


def _is_real_table(table: etree._Element) -> bool:
    """A table with another table or headings inside lays out the page; one column is a list of lines."""
    if (
        any(True for _ in table.iter("h1", "h2", "h3", "ul", "ol"))
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    return any(sum(1 for cell in row if _tag(cell) in {"td", "th"}) >= 2 for row in table.iter("tr"))


def _visible(cell: etree._Element) -> str:
    words: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            words.append(element.tail or "" if element is not cell else "")
        elif _tag(element) in _UNSEEN or _is_hidden(element):
            walk.skip_subtree()
        else:
            words.append(" " if _tag(element) in _BLOCKS or _tag(element) == "br" else "")
            words.append(element.text or "")
    return "".join(words)


def _furniture(element: etree._Element, tag: str, in_article: bool) -> str:
    """Return why what stands in this element is not the page's content, "" if it may be."""
    part = _ROLES.get(element.get("role", ""), tag)
    if part == "header" and (in_article or next(element.iter("h1"), None) is not None):
        return ""
    if part in _FURNITURE:
        return _FURNITURE[part]
    names = f"{element.get('class', '')} {element.get('id', '')}"[:500]
    if tag in {"body", "html", "main", "article"}:
        return ""
    if _COOKIE_BOX.search(names):
        return "cookie notice"
    return "navigation" if _MENU_BOX.search(names) else ""
