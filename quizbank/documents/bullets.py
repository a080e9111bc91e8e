"""One line of text in; the list items in it out: a bullet or number at its start, or a whole list run together."""

import re

from quizbank.documents.pieces import Piece

_BULLET = re.compile(r"(?:[-*+•◦▪‣●○■·–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+(?=\S)|[•◦▪‣●○■]")
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,4})[.)]")
# " - " between items that were lines once; the first may follow its lead with one blank only.
_INLINE = re.compile(r"(?<![ \t])[ \t]{2,}-[ \t]+(?=\S)")
_FIRST_INLINE = re.compile(r"(?<=\S)[ \t]+-[ \t]+(?=\S)")
_NEXT_LIST = re.compile(r"(?<=[.!?:])[ \t]-[ \t]+(?=\S)")
# Blanks in a row after a sentence are where a line ended once.
_LINE_ENDED = re.compile(r"(?<=[.!?:])[ \t]{2,}(?=[A-Z\"“(])")
_INDENT_STEP = 2


def item_of(line: str) -> Piece | None:
    """Return the line as a list item, or None if it has no bullet or number."""
    stripped = line.strip()
    match = _BULLET.match(stripped)
    if not match or len(stripped) == match.end():
        return None
    marker = match.group().strip()
    if marker[0].isalpha() and not _is_list_letter(marker):
        return None
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    marker = f"{marker} " if _NUMBER.fullmatch(marker) else "- "
    return Piece("item", stripped[match.end() :], level=indent // _INDENT_STEP, marker=marker, gap=False)


def _is_list_letter(marker: str) -> bool:
    """Lower-case letters count ("a)", "iv."); "A." and "E. coli" do not."""
    return marker.islower() and (
        marker.endswith(")") or marker[:-1] in {"a", "b", "c", "d", "i", "ii", "iii", "iv", "v"}
    )


def split_inline_list(line: str, gap: bool) -> list[Piece]:
    """Return the pieces of a line in which a list was run together ("include:  - fever  - cough"), else the line."""
    if len(_INLINE.findall(line)) < 1 or line.count("- ") < 2:
        return [Piece("text", part, gap=gap or index > 0) for index, part in enumerate(_LINE_ENDED.split(line))]
    pieces: list[Piece] = []
    items: list[str] = []
    for part in _LINE_ENDED.split(line):
        _add_part(part, pieces, items)
    _close_list(pieces, items)
    return [piece if index else _with_gap(piece, gap) for index, piece in enumerate(pieces)]


def _with_gap(piece: Piece, gap: bool) -> Piece:
    return Piece(piece.kind, piece.text, level=piece.level, marker=piece.marker, gap=gap)


def _add_part(part: str, pieces: list[Piece], items: list[str]) -> None:
    """Add one former line: more items, or the text after the list."""
    head, *rest = _INLINE.split(part)
    lone = item_of(head)
    if lone and (items or rest):
        items.append(lone.text)
    else:
        _close_list(pieces, items)
        before, first = _split_at_bullet(head, _FIRST_INLINE) if rest else (head, "")
        pieces.append(Piece("text", before))
        items.extend([first] if first else [])
    for index, chunk in enumerate(rest, start=1):
        # Inside an item, a bullet after a full stop and one blank opens another list, if that list goes on.
        before, first = _split_at_bullet(chunk, _NEXT_LIST) if index < len(rest) else (chunk, "")
        items.append(before)
        if first:
            _close_list(pieces, items)
            items.append(first)


def _split_at_bullet(chunk: str, bullet: re.Pattern[str]) -> tuple[str, str]:
    """Split at the last such bullet; nothing comes after it if there is none."""
    bullets = list(bullet.finditer(chunk))
    return (chunk[: bullets[-1].start()], chunk[bullets[-1].end() :]) if bullets else (chunk, "")


def _close_list(pieces: list[Piece], items: list[str]) -> None:
    """Move the collected items to the pieces, freeing the last one from a second, unmarked copy of the list."""
    if not items:
        return
    last, copy, rest = _without_copy(items)
    pieces.extend(Piece("item", item, gap=False) for item in [*items[:-1], last])
    if copy:
        pieces.append(Piece("left_out", copy, reason="repeats the list above without its bullets"))
    if rest:
        pieces.append(Piece("text", rest))
    items.clear()


def _without_copy(items: list[str]) -> tuple[str, str, str]:
    """Split the last item where all items follow once more, run together: its own text, the copy, what comes after."""
    words = [" ".join(item.split()) for item in items]
    last = words[-1]
    opening = " ".join(words[0].split()[:4])
    at = last.find(" " + opening) if len(words) > 1 else -1
    if at < 0:
        return last, "", ""
    whole = " ".join([*words[:-1], last[:at]])
    if last.startswith(whole, at + 1):
        return last[:at], whole, last[at + 1 + len(whole) :].strip()
    return last, "", ""
