"""Documents in, JSON values out, and back: for storing a tree, and for the report people and programs read."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from quizbank.documents.tree import (
    SCHEMA,
    Block,
    BlockKind,
    Document,
    Entry,
    LeftOut,
    Section,
    Sentence,
    Warning,
)

Json = dict[str, Any]


class DamagedTree(ValueError):
    """A stored tree is not one that this version wrote or can upgrade."""


def document_to_json(document: Document) -> Json:
    """Return the whole document; ``document_from_json`` gives an equal one back."""
    return {"schema": SCHEMA, **report(document)}


def document_from_json(stored: object) -> Document:
    """Return the document that ``document_to_json`` wrote."""
    if not isinstance(stored, dict) or stored.get("schema") != SCHEMA:
        raise DamagedTree("This stored document was written by another version and must be read again from its file.")
    try:
        return Document(
            title=str(stored["title"]),
            text=str(stored["text"]),
            language=str(stored["language"]),
            sections=tuple(_section(section) for section in stored["sections"]),
            left_out=tuple(LeftOut(**span) for span in stored["left_out"]),
            warnings=tuple(Warning(**warning) for warning in stored["warnings"]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise DamagedTree("This stored document is damaged and must be read again from its file.") from error


def report(document: Document) -> Json:
    """Return what the command line prints: every node with its start and end."""
    return {
        "title": document.title,
        "text": document.text,
        "language": document.language,
        "words": document.words,
        "sections": [_section_json(section) for section in document.sections],
        "left_out": [
            {"start": span.start, "end": span.end, "quote": span.quote, "reason": span.reason}
            for span in document.left_out
        ],
        "warnings": [
            {
                "kind": each.kind,
                "start": each.start,
                "end": each.end,
                "quote": each.quote,
                "detail": each.detail,
                "proposal": each.proposal,
            }
            for each in document.warnings
        ],
    }


def _section_json(section: Section) -> Json:
    return {
        "path": list(section.path),
        "start": section.start,
        "end": section.end,
        "heading": _span_json(section.heading),
        "references": section.references,
        "blocks": [_block_json(block) for block in section.blocks],
    }


def _block_json(block: Block) -> Json:
    return {
        "kind": block.kind,
        "start": block.start,
        "end": block.end,
        "lead": _span_json(block.lead),
        "sentences": _sentences_json(block.sentences),
        "entries": [_entry_json(entry) for entry in block.entries],
    }


def _entry_json(entry: Entry) -> Json:
    return {
        "start": entry.start,
        "end": entry.end,
        "level": entry.level,
        "cells": [_span_json(cell) for cell in entry.cells],
        "sentences": _sentences_json(entry.sentences),
    }


def _sentences_json(sentences: Sequence[Sentence]) -> list[Json]:
    return [{"start": sentence.start, "end": sentence.end} for sentence in sentences]


def _span_json(span: tuple[int, int] | None) -> Json | None:
    return {"start": span[0], "end": span[1]} if span else None


def _section(stored: Mapping[str, Any]) -> Section:
    return Section(
        path=tuple(stored["path"]),
        start=stored["start"],
        end=stored["end"],
        blocks=tuple(_block(block) for block in stored["blocks"]),
        heading=_span(stored["heading"]),
        references=stored["references"],
    )


def _block(stored: Mapping[str, Any]) -> Block:
    return Block(
        kind=cast(BlockKind, stored["kind"]),
        start=stored["start"],
        end=stored["end"],
        sentences=_sentences(stored["sentences"]),
        entries=tuple(_entry(entry) for entry in stored["entries"]),
        lead=_span(stored["lead"]),
    )


def _entry(stored: Mapping[str, Any]) -> Entry:
    cells = tuple((cell["start"], cell["end"]) for cell in stored["cells"])
    return Entry(stored["start"], stored["end"], _sentences(stored["sentences"]), stored["level"], cells)


def _sentences(stored: Sequence[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(span["start"], span["end"]) for span in stored)


def _span(stored: Mapping[str, Any] | None) -> tuple[int, int] | None:
    return (stored["start"], stored["end"]) if stored else None
