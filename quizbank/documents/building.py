"""Named parts in; the sections and blocks of the tree out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizbank.documents.parts import Part
from quizbank.documents.section_names import is_bibliography, without_number
from quizbank.documents.tree import Block, Entry, LeftOut, Section


@dataclass
class _OpenSection:
    """A section while its blocks are being collected."""

    path: tuple[str, ...] = ()
    heading: tuple[int, int] | None = None
    references: bool = False
    blocks: list[Block] = field(default_factory=list)

    def closed(self) -> Section:
        start = self.heading[0] if self.heading else self.blocks[0].start
        end = self.blocks[-1].end if self.blocks else (self.heading or (0, 0))[1]
        return Section(self.path, start, end, tuple(self.blocks), self.heading, self.references)


def build_sections(text: str, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return the sections in reading order."""
    sections = [_OpenSection()]
    trail: list[tuple[int, str]] = []
    group: list[Part] = []
    for part in parts:
        if part.kind == "heading":
            sections[-1].blocks.extend(_blocks(group))
            group = []
            sections.append(_opened(text, part, trail))
        else:
            group.append(part)
    sections[-1].blocks.extend(_blocks(group))
    return tuple(section.closed() for section in sections if section.blocks or section.heading)


def without_emptied(
    text: str, sections: Sequence[Section], left_out: Sequence[LeftOut]
) -> tuple[tuple[Section, ...], list[LeftOut]]:
    """Leave out the headings whose whole text was left out; a heading above other headings stays."""
    kept: list[Section] = []
    more = list(left_out)
    for index, section in enumerate(sections):
        following = sections[index + 1] if index + 1 < len(sections) else None
        end = following.start if following else len(text)
        has_parts = following is not None and following.path[: len(section.path)] == section.path
        emptied = not section.blocks and any(section.end <= span.start < end for span in left_out)
        if emptied and not has_parts and section.heading:
            start, last = section.heading
            more.append(LeftOut(start, last, text[start:last], "heading of a text that is left out"))
        else:
            kept.append(section)
    return tuple(kept), sorted(more, key=lambda span: (span.start, span.end))


def _opened(text: str, part: Part, trail: list[tuple[int, str]]) -> _OpenSection:
    numbering = len(text[part.start : part.end]) - len(without_number(text[part.start : part.end]))
    start = part.start + numbering
    words = text[start : part.end].rstrip(" :")
    while trail and trail[-1][0] >= part.level:
        trail.pop()
    trail.append((part.level, words))
    path = tuple(heading for _, heading in trail)
    span = (start, start + len(words))
    return _OpenSection(path, span, references=any(is_bibliography(heading) for heading in path))


def _blocks(parts: Sequence[Part]) -> list[Block]:
    blocks: list[Block] = []
    lead: Part | None = None
    entries: list[Part] = []
    for part in parts:
        if entries and (part.kind != entries[0].kind or _opens_another(entries, part)):
            blocks.append(_listing(entries, lead))
            entries, lead = [], None
        if part.kind in {"item", "row"}:
            entries.append(part)
        elif part.kind == "lead":
            lead = part
        else:
            blocks.append(Block("paragraph", part.start, part.end, part.sentences))
    if entries:
        blocks.append(_listing(entries, lead))
    return blocks


def _opens_another(entries: Sequence[Part], part: Part) -> bool:
    """A gap after items or rows that stood close together ends their list."""
    return part.gap and part.level == 0 and len(entries) > 1 and not any(entry.gap for entry in entries[1:])


def _listing(parts: Sequence[Part], lead: Part | None) -> Block:
    entries = tuple(Entry(part.start, part.end, part.sentences, part.level, part.cells) for part in parts)
    start = lead.start if lead else parts[0].start
    span = (lead.start, lead.end) if lead else None
    return Block("table" if parts[0].kind == "row" else "list", start, parts[-1].end, entries=entries, lead=span)
