"""A document and its generation in; the JSON that is printed and stored out, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizbank.documents.tree import Document, LeftOut
from quizbank.generation.candidates import Choice
from quizbank.generation.pipeline import CheckResult, GeneratedItem, Generation, Rejected
from quizbank.items.content import Citation, InvalidContent, ItemContent
from quizbank.items.options import options_to_json
from quizbank.items.types import item_type

Json = dict[str, Any]
SHARED = ("schema", "stem", "options", "key", "rationale")
"""What the content of every type holds; an item tells it in the same places for all."""


class DamagedGeneration(ValueError):
    """Stored JSON is not a generation that this version wrote."""


def generation_to_json(document: Document, generation: Generation) -> Json:
    """Return the report of a run: document, items, suggestions, refusals, what was left out, objectives."""
    return {
        "document": {
            "title": document.title,
            "language": document.language,
            "words": document.words,
            "note": generation.note,
        },
        "items": [item_to_json(item) for item in generation.items],
        "suggestions": [item_to_json(item) for item in generation.suggestions],
        "rejected": [{"stem": one.stem, "check": one.check, "detail": one.detail} for one in generation.rejected],
        "left_out": [_left_out(span) for span in document.left_out],
        "objectives": list(generation.objectives),
    }


def item_to_json(item: GeneratedItem) -> Json:
    """Return one item."""
    citation = item.citation
    return {
        "id": item.id,
        "type": item.type,
        "stem": item.content.stem,
        "options": options_to_json(item.content.options),
        "key": list(item.content.key),
        "rationale": item.content.rationale,
        **{name: value for name, value in item.content.to_json().items() if name not in SHARED},
        "citation": {
            "start": citation.start,
            "end": citation.end,
            "quote": citation.quote,
            "path": list(citation.path),
        },
        "objective": item.objective,
        "maker": item.maker,
        "checks": [{"name": one.name, "passed": one.passed, "detail": one.detail} for one in item.checks],
        "status": item.status,
        "missing": item.missing,
        "pattern": item.pattern,
        "version": item.version,
        "proof": item.proof,
        "alternatives": [_alternative(choice) for choice in item.alternatives],
        "origins": {one.id: item.origin_of(one.id) for one in item.content.options},
        "model": item.model,
    }


def _alternative(choice: Choice) -> Json:
    return {"text": choice.text, "rationale": choice.rationale, "origin": choice.origin, "warning": choice.warning}


def _left_out(span: LeftOut) -> Json:
    return {"start": span.start, "end": span.end, "quote": span.quote, "reason": span.reason}


def generation_from_json(stored: Mapping[str, Any]) -> Generation:
    """Read what generation_to_json wrote; raises DamagedGeneration."""
    try:
        return Generation(
            items=_items(stored["items"]),
            suggestions=_items(stored["suggestions"]),
            rejected=tuple(Rejected(row["stem"], row["check"], row["detail"]) for row in stored["rejected"]),
            objectives=tuple(stored["objectives"]),
            note=stored["document"]["note"],
        )
    except (KeyError, TypeError, AttributeError, InvalidContent) as error:
        raise DamagedGeneration("The stored items are damaged; generate them again.") from error


def _items(rows: Sequence[Mapping[str, Any]]) -> tuple[GeneratedItem, ...]:
    return tuple(item_from_json(row) for row in rows)


def item_from_json(row: Mapping[str, Any]) -> GeneratedItem:
    """Return the item that item_to_json wrote."""
    content = content_from_json(row)
    cited = row["citation"]
    return GeneratedItem(
        id=row["id"],
        type=row["type"],
        content=content,
        citation=Citation(cited["start"], cited["end"], cited["quote"], tuple(cited["path"])),
        objective=row["objective"],
        maker=row["maker"],
        checks=tuple(CheckResult(one["name"], one["passed"], one["detail"]) for one in row["checks"]),
        status=row["status"],
        missing=row["missing"],
        pattern=row["pattern"],
        version=row["version"],
        proof=row["proof"],
        alternatives=tuple(
            Choice(one["text"], one["rationale"], None, one["origin"], one["warning"]) for one in row["alternatives"]
        ),
        origins=tuple(row.get("origins", {}).get(option.id, "document") for option in content.options),
        model=row.get("model", ""),
    )


def content_from_json(row: Mapping[str, Any]) -> ItemContent:
    """Return what the item of a report asks; raises InvalidContent."""
    content_class = item_type(row["type"])
    return content_class.from_json({**row, "schema": content_class.schema})
