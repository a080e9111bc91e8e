"""The only writer of generated items: what the generator made of a document becomes drafts in the bank, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.generation.models import GenerationRun
from quizbank.items.content import Citation
from quizbank.items.models import Item
from quizbank.items.operations import draft_item
from quizbank.items.types import item_type


def keep_generation(document_id: int, report: Mapping[str, Any], seed: int, now: datetime) -> GenerationRun:
    """Store a generation report (serialising.generation_to_json) and draft its items; doing it twice adds nothing."""
    run = db.session.scalar(select(GenerationRun).where(GenerationRun.document_id == document_id))
    if run is not None:
        return run
    run = GenerationRun(document_id=document_id, seed=seed, report=dict(report), made_at=now)
    db.session.add(run)
    drafted = set(db.session.scalars(select(Item.origin).where(Item.document_id == document_id)))
    for item in report["items"]:
        if f"generated:{item['id']}" not in drafted:
            draft_generated(document_id, item, seed, now)
    db.session.flush()
    record_audit("items.generated", f"document:{document_id}", None, now, items=len(report["items"]), seed=seed)
    return run


def draft_generated(document_id: int, item: Mapping[str, Any], seed: int, now: datetime) -> None:
    """Draft one generated item with its provenance (ACCME on responsible use of AI: maker, version, seed, when)."""
    content_class = item_type(item["type"])
    stored = {"schema": content_class.schema, **{name: item[name] for name in ("stem", "options", "key", "rationale")}}
    cited = item["citation"]
    draft_item(
        document_id,
        f"generated:{item['id']}",
        content_class.from_json(stored),
        Citation(cited["start"], cited["end"], cited["quote"], tuple(cited["path"])),
        item["objective"],
        {"maker": item["maker"], "version": item["version"], "seed": seed, "made_at": now.isoformat(), **_model(item)},
        item["checks"],
        now,
    )


def _model(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an item keeps of the language model that worked on it, nothing when none did."""
    if not item.get("model"):
        return {}
    return {"model": item["model"], "prompt_version": item["version"], "origins": item["origins"]}
