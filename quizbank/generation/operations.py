"""The only writer of what the generator made: drafts and suggestions, and what people decide on suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.documents.models import REFUSED as UNREADABLE
from quizbank.documents.models import StoredDocument
from quizbank.documents.operations import add_document
from quizbank.documents.queries import tree_of
from quizbank.documents.tree import Document
from quizbank.generation.carrying import ReplacedAlready, find_again
from quizbank.generation.corrections import checked_correction
from quizbank.generation.edited import judge_edited
from quizbank.generation.models import FINISHED, OPEN, REJECTED, Correction, GenerationRun, Succession, Suggestion
from quizbank.generation.queries import (
    asked_about,
    corrections_of,
    ids_made_of,
    next_seed,
    replaced_by,
    replaces,
    run_of,
)
from quizbank.generation.renewal import TooEarly, new_among, renewed, section_name, span_of
from quizbank.generation.serialising import content_from_json, item_from_json
from quizbank.generation.suggestions import choices_to_json, options_of, traced
from quizbank.items.content import Citation, ItemContent
from quizbank.items.models import DRAFT, PUBLISHED, Item, ItemVersion
from quizbank.items.operations import (
    ReviewRefused,
    add_version,
    carry_approval,
    citation_of,
    draft_item,
    retire_living,
    revise_item,
    take_turns,
)
from quizbank.items.queries import content_of, newest_versions_of
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue

GENERATE = "generation.generate"
STALE = "The words it rests on changed in this version of the document."
GONE = "The words it rests on are gone from this version of the document."
UNFOUND = Citation(0, 0, "")
"""The citation of a stale item whose words are gone: nothing, until a person cites something."""


def keep_generation(document_id: int, report: Mapping[str, Any], seed: int, now: datetime) -> GenerationRun:
    """Store a generation report (serialising.generation_to_json) with its drafts; doing it twice adds nothing."""
    if run := run_of(document_id):
        return run
    if succession := replaces(document_id):
        carry_over(succession, now)
        report = {**report, **new_in(report, document_id)}
    run = GenerationRun(document_id=document_id, seed=seed, report=dict(report), made_at=now)
    keep_made(run)
    record_audit("items.generated", f"document:{document_id}", None, now, **counted_in(report), seed=seed)
    return run


def new_in(report: Mapping[str, Any], document_id: int) -> dict[str, Any]:
    """Return the items and suggestions of a report that nothing living of the document asks."""
    known = asked_about(document_id)
    return {kind: new_among(report[kind], (), known) for kind in ("items", "suggestions")}


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
    cited = item["citation"]
    draft_item(
        document_id,
        f"generated:{item['id']}",
        content_from_json(item),
        Citation(cited["start"], cited["end"], cited["quote"], tuple(cited["path"])),
        item["objective"],
        made_by(item, seed, now),
        item["checks"],
        now,
    )


def made_by(item: Mapping[str, Any], seed: int, now: datetime) -> dict[str, Any]:
    """Return how the generator made an item, as its versions keep it, and which language model worked on it, if any."""
    told = {name: item[name] for name in ("maker", "pattern", "version", "proof", "alternatives")}
    model = {"model": item["model"], "prompt_version": item["version"]} if item.get("model") else {}
    options = choices_to_json(options_of(item_from_json(item)))
    return {**told, **model, "options": options, "seed": seed, "made_at": now.isoformat()}


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
        **traced(started, content, (*options_of(made), *made.alternatives)),
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


def put_right(row: StoredDocument, original: str, corrected: str, account_id: int, now: datetime) -> Correction:
    """Keep how doubtful words of a document are written from now on; raises CorrectionRefused."""
    asked = checked_correction(tree_of(row), original, corrected)
    take_turns(row.id)
    kept = next((one for one in corrections_of(row.id) if one.original == asked.original), None)
    before = kept.corrected if kept else ""
    if kept is None:
        kept = Correction(document_id=row.id, original=asked.original)
        db.session.add(kept)
    kept.corrected, kept.account_id, kept.made_at = asked.corrected, account_id, now
    db.session.flush()
    facts = {"original": asked.original, "corrected": asked.corrected, "before": before}
    record_audit("document.corrected", f"document:{row.id}", account_id, now, **facts)
    return kept


def add_new_version(
    old: StoredDocument, name: str, content: bytes, account_id: int, now: datetime
) -> tuple[StoredDocument, Job]:
    """Keep a file as the new version of a document and queue its reading; raises ReplacedAlready.

    A new version that could not be read gives way to the next one.
    """
    take_turns(old.id)
    known = replaced_by(old.id)
    if known and known.document.state != UNREADABLE:
        raise ReplacedAlready("This document has a new version already. Add the next version to that one.")
    if known:
        db.session.delete(known)
        db.session.flush()
    row, job = add_document(name, content, account_id, now)
    db.session.add(Succession(document_id=row.id, replaces_id=old.id, account_id=account_id, added_at=now))
    db.session.flush()
    record_audit("document.replaced", f"document:{old.id}", account_id, now, by=row.id)
    return row, job


def carry_over(succession: Succession, now: datetime) -> None:
    """Copy the living items of a document to its new version and retire them in the old one. Twice changes nothing.

    An item whose words are the same keeps its state; one whose words changed or are gone becomes a stale draft.
    """
    old, new = tree_of(succession.replaces), tree_of(succession.document)
    take_turns(succession.replaces_id)
    carried = {"same": 0, "stale": 0}
    for newest in newest_versions_of(succession.replaces_id):
        living = [version for version in newest.item.versions if version.state in (DRAFT, PUBLISHED)]
        if living:
            places = Versions(old, new, succession.document_id, now)
            carried["same" if carry_item(living, places) else "stale"] += 1
        for version in living:
            retire_living(version, now)
    subject = f"document:{succession.document_id}"
    record_audit("items.carried", subject, succession.account_id, now, **carried, from_document=succession.replaces_id)


@dataclass(frozen=True)
class Versions:
    """A document before and after, and where its items are carried to."""

    old: Document
    new: Document
    document_id: int
    now: datetime


def carry_item(living: Sequence[ItemVersion], places: Versions) -> bool:
    """Copy an item's published version and its draft; return whether it still rests on the same words."""
    newest = living[-1]
    found = find_again(places.old, places.new, citation_of(newest))
    why = (newly_failed(newest, places, found.citation) if found.is_same else STALE) if found.citation else GONE
    if why or found.citation is None:
        copy_version(newest, places, found.citation or UNFOUND, why)
        return False
    first = copy_version(living[0], places, found.citation)
    if living[0].state == PUBLISHED:
        carry_approval(first, living[0].reviews[-1], places.now)
    for version in living[1:]:
        made = {**version.provenance, **carried_from(version)}
        content, by = content_of(version), version.created_by_id
        add_version(first.item, content, found.citation, version.objective, made, version.checks, places.now, by)
    return True


def newly_failed(version: ItemVersion, places: Versions, citation: Citation) -> str:
    """Return what a check says in the new document that it did not say in the old one, "" when nothing."""
    content, maker = content_of(version), version.provenance.get("maker", "edited")
    before = judge_edited(places.old, content, citation_of(version), version.objective, maker)
    after = judge_edited(places.new, content, citation, version.objective, maker)
    failed = {one["name"] for one in before if not one["passed"]}
    return next((one["detail"] for one in after if not one["passed"] and one["name"] not in failed), "")


def copy_version(version: ItemVersion, places: Versions, citation: Citation, why: str = "") -> ItemVersion:
    """Draft a copy of a version in the new document; a stale one tells why, and the words it rested on."""
    made, checks = {**version.provenance, **carried_from(version)}, version.checks
    if why:
        made["stale"] = {"quote": version.citation["quote"], "is_gone": citation == UNFOUND, "why": why}
        checks = [*checks, {"name": "current", "passed": False, "detail": why}]
    origin, by = f"carried:{version.item_id}", version.created_by_id
    content = content_of(version)
    return draft_item(places.document_id, origin, content, citation, version.objective, made, checks, places.now, by)


def carried_from(version: ItemVersion) -> dict[str, Any]:
    """Return what provenance keeps of the version that was copied."""
    return {"carried_from": {"item": version.item_id, "version": version.number}}


def confirm_stale(version: ItemVersion, checks: Sequence[Mapping[str, Any]], account_id: int, now: datetime) -> None:
    """Make a version that rests on the new words, the question unchanged; raises ReviewRefused."""
    if not version.is_stale or version.provenance["stale"]["is_gone"]:
        raise ReviewRefused("There are no new words to confirm. Edit the item and cite the words it rests on.")
    made = {"stale": None, "confirmed": version.provenance["stale"]["quote"]}
    revise_item(version, content_of(version), checks, account_id, now, made)
    record_audit("item.confirmed", f"item:{version.item_id}", account_id, now, version=version.number)
