"""The only writer of what the generator made: drafts and suggestions, and what people decide on suggestions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.documents.models import StoredDocument
from quizbank.documents.queries import tree_of
from quizbank.generation.models import FINISHED, OPEN, REJECTED, GenerationRun, Suggestion
from quizbank.generation.queries import asked_about, ids_made_of, next_seed, run_of
from quizbank.generation.renewal import TooEarly, renewed, section_name, span_of
from quizbank.generation.serialising import item_from_json
from quizbank.generation.suggestions import traced
from quizbank.items.content import Citation, ItemContent
from quizbank.items.models import Item, ItemVersion
from quizbank.items.operations import ReviewRefused, draft_item, take_turns
from quizbank.items.types import item_type
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue

GENERATE = "generation.generate"


def keep_generation(document_id: int, report: Mapping[str, Any], seed: int, now: datetime) -> GenerationRun:
    """Store a generation report (serialising.generation_to_json) with its drafts; doing it twice adds nothing."""
    if run := run_of(document_id):
        return run
    run = GenerationRun(document_id=document_id, seed=seed, report=dict(report), made_at=now)
    keep_made(run)
    record_audit("items.generated", f"document:{document_id}", None, now, **counted_in(report), seed=seed)
    return run


def keep_made(run: GenerationRun) -> None:
    """Store a run, its items as drafts and its suggestions."""
    db.session.add(run)
    drafted = set(db.session.scalars(select(Item.origin).where(Item.document_id == run.document_id)))
    for item in run.report["items"]:
        if f"generated:{item['id']}" not in drafted:
            draft_generated(run.document_id, item, run.seed, run.made_at)
    for item in run.report["suggestions"]:
        keep_suggestion(run.document_id, item, run.seed, run.made_at)
    db.session.flush()


def counted_in(report: Mapping[str, Any]) -> dict[str, int]:
    """Return how many items and suggestions a report tells of."""
    return {"items": len(report["items"]), "suggestions": len(report["suggestions"])}


def ask_for_section(row: StoredDocument, place: int, account_id: int, now: datetime) -> Job:
    """Queue the writing of new candidates for one section, with a seed that was not used yet. Raises TooEarly."""
    if run_of(row.id) is None:
        raise TooEarly("The items of this document are still being written. Wait until they are there.")
    seed = next_seed(row.id)
    key = f"{GENERATE}:{seed}:{row.id}"
    args = {"document_id": row.id, "seed": seed, "section": place, "account_id": account_id}
    return enqueue(GENERATE, key, args, now, account_id=account_id)


def keep_section(
    document_id: int, section: int, report: Mapping[str, Any], seed: int, account_id: int, now: datetime
) -> None:
    """Add what a new generation brought for one section; what is there already stays as it is. Twice adds nothing."""
    if next_seed(document_id) > seed:
        return
    row = db.session.get_one(StoredDocument, document_id)
    take_turns(document_id)
    tree = tree_of(row)
    chosen = tree.sections[section]
    found = renewed(report, span_of(chosen, tree), ids_made_of(document_id), asked_about(document_id))
    name = section_name(chosen, tree)[:600]
    keep_made(GenerationRun(document_id=document_id, seed=seed, section=name, report=found, made_at=now))
    facts = {**counted_in(found), "seed": seed, "section": name}
    record_audit("section.generated", f"document:{document_id}", account_id, now, **facts)


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
        made_by(item, seed, now),
        item["checks"],
        now,
    )


def made_by(item: Mapping[str, Any], seed: int, now: datetime) -> dict[str, Any]:
    """Return how the generator made an item, as its versions keep it."""
    told = {name: item[name] for name in ("maker", "pattern", "version", "proof", "alternatives")}
    return {**told, "seed": seed, "made_at": now.isoformat()}


def keep_suggestion(document_id: int, item: Mapping[str, Any], seed: int, now: datetime) -> None:
    """Store one suggestion until a person decides on it."""
    db.session.add(Suggestion(document_id=document_id, origin=item["id"], seed=seed, report=dict(item), made_at=now))


def finish_suggestion(
    suggestion: Suggestion,
    content: ItemContent,
    started: ItemContent,
    checks: Sequence[Mapping[str, Any]],
    account_id: int,
    now: datetime,
) -> ItemVersion:
    """Draft the item that a person made of a suggestion; ``started`` is what they were shown. Raises ReviewRefused."""
    if problems := content.problems():
        raise ReviewRefused(" ".join(problems))
    take_turn_at(suggestion)
    made = item_from_json(suggestion.report)
    provenance = {
        **made_by(suggestion.report, suggestion.seed, suggestion.made_at),
        "suggestion": suggestion.id,
        **traced(started, content, made.alternatives),
    }
    origin = f"suggestion:{suggestion.id}"
    version = draft_item(
        suggestion.document_id, origin, content, made.citation, made.objective, provenance, checks, now, account_id
    )
    decide(suggestion, FINISHED, account_id, now, item_id=version.item_id)
    record_audit("suggestion.finished", f"suggestion:{suggestion.id}", account_id, now, item=version.item_id)
    return version


def reject_suggestion(suggestion: Suggestion, note: str, account_id: int, now: datetime) -> None:
    """Set a suggestion aside with a reason; raises ReviewRefused."""
    take_turn_at(suggestion)
    decide(suggestion, REJECTED, account_id, now, note=note)
    record_audit("suggestion.rejected", f"suggestion:{suggestion.id}", account_id, now, note=note)


def take_turn_at(suggestion: Suggestion) -> None:
    """Let one person at a time decide, until the commit; raises ReviewRefused when somebody has decided already."""
    take_turns(suggestion.document_id)
    db.session.refresh(suggestion)
    if suggestion.state != OPEN:
        raise ReviewRefused("This suggestion has been decided already. Reload the page to see how it stands.")


def decide(suggestion: Suggestion, state: str, account_id: int, now: datetime, **more: Any) -> None:
    """Move an open suggestion to another state."""
    for name, value in {"state": state, "decided_by_id": account_id, "decided_at": now, **more}.items():
        setattr(suggestion, name, value)
    db.session.flush()
