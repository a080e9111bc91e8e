"""A section and a report of a new generation in; what is new there, and the section's span, out."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from quizbank.documents.tree import Document, Section


class TooEarly(ValueError):
    """A section is asked for before the whole document has been written once; the message says so."""


def asked(content: Mapping[str, Any]) -> str:
    """Return what a stored question asks: the same words with other options are the same question."""
    return str(content["stem"]).casefold()


def section_name(section: Section, document: Document) -> str:
    """Return a section's headings in one line, the title for the text before the first heading."""
    return " › ".join(section.path) or document.title


def section_choices(document: Document) -> list[tuple[int, str]]:
    """Return place and name of every section that questions can be made of."""
    return [
        (place, section_name(section, document))
        for place, section in enumerate(document.sections)
        if section.blocks and not section.references
    ]


def span_of(section: Section, document: Document) -> tuple[int, int]:
    """Return where a section and the sections below it begin and end."""
    depth = len(section.path)
    below = [one for one in document.sections if depth and one.path[:depth] == section.path] or [section]
    return min(one.start for one in below), max(one.end for one in below)


def renewed(
    report: Mapping[str, Any], span: tuple[int, int], ids: Collection[str], known: Collection[str]
) -> dict[str, Any]:
    """Return the report with only what is new in a span; ``asked_already`` counts what is asked there already."""
    start, end = span
    here = {
        kind: [item for item in report[kind] if start <= item["citation"]["start"] < end]
        for kind in ("items", "suggestions")
    }
    new = {kind: new_among(found, ids, known) for kind, found in here.items()}
    old = sum(map(len, here.values())) - sum(map(len, new.values()))
    return {**report, **new, "rejected": [], "asked_already": old}


def new_among(
    items: Sequence[Mapping[str, Any]], ids: Collection[str], known: Collection[str]
) -> list[Mapping[str, Any]]:
    """Return the items that were never made and that nothing living asks."""
    return [item for item in items if item["id"] not in ids and asked(item) not in known]
