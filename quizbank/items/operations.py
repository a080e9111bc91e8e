"""The only writers of the item bank: drafting, revising, approving and rejecting versions."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.documents.models import StoredDocument
from quizbank.items.content import Citation, ItemContent
from quizbank.items.models import DRAFT, PUBLISHED, REJECTED, RETIRED, Item, ItemVersion, Review

TOGETHER = "Together with others."
CARRIED = "Approved for the earlier version of the document, which says the same."
"""Notes of reviews that no person wrote; they are counted apart."""


class ReviewRefused(ValueError):
    """A version cannot be approved or rejected as it stands; the message says why."""


def draft_item(
    document_id: int,
    origin: str,
    content: ItemContent,
    citation: Citation,
    objective: str,
    provenance: Mapping[str, Any],
    checks: Sequence[Mapping[str, Any]],
    now: datetime,
    account_id: int | None = None,
) -> ItemVersion:
    """Put a new item into the bank as a draft. ``origin`` is unique in its document: nothing is drafted twice."""
    item = Item(document_id=document_id, origin=origin, created_at=now)
    db.session.add(item)
    db.session.flush()
    return add_version(item, content_with_fresh_ids(content), citation, objective, provenance, checks, now, account_id)


def add_version(
    item: Item,
    content: ItemContent,
    citation: Citation,
    objective: str,
    provenance: Mapping[str, Any],
    checks: Sequence[Mapping[str, Any]],
    now: datetime,
    account_id: int | None,
) -> ItemVersion:
    """Append a draft version to an item; the unique number settles two edits at once."""
    version = ItemVersion(
        item_id=item.id,
        number=number_of_newest(item.id) + 1,
        type=content.type,
        stem=content.stem,
        content=content.to_json(),
        citation={**asdict(citation), "path": list(citation.path)},
        objective=objective[:300],
        provenance=dict(provenance),
        checks=[dict(check) for check in checks],
        created_at=now,
        created_by_id=account_id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def number_of_newest(item_id: int) -> int:
    """Return the number of an item's newest version, 0 before the first."""
    return db.session.scalar(select(func.max(ItemVersion.number)).where(ItemVersion.item_id == item_id)) or 0


def content_with_fresh_ids(content: ItemContent) -> ItemContent:
    """Return the content with random ids, so that an id tells nothing about which option is right or belongs where."""
    return content.with_ids({option.id: secrets.token_hex(3) for option in (*content.prompts, *content.options)})


def revise_item(
    version: ItemVersion,
    content: ItemContent,
    checks: Sequence[Mapping[str, Any]],
    account_id: int,
    now: datetime,
    provenance: Mapping[str, Any] | None = None,
    citation: Citation | None = None,
) -> ItemVersion:
    """Make a new draft version from an edited content; the edited version stays as it was.

    A draft that is replaced is retired; a published one goes on being asked until the new one is approved.
    ``provenance`` is what is new about how the item was made, ``citation`` other words it rests on.
    Raises ReviewRefused with what is missing.
    """
    if problems := content.problems():
        raise ReviewRefused(" ".join(problems))
    take_turns(version.item.document_id)
    if number_of_newest(version.item_id) != version.number:
        raise ReviewRefused("Someone else saved a newer version meanwhile. Reload the page to see it.")
    if version.state == DRAFT:
        decide(version, RETIRED, now)
    revised = add_version(
        version.item,
        content,
        citation or citation_of(version),
        version.objective,
        {**version.provenance, **(provenance or {}), "edited_from": version.number},
        checks,
        now,
        account_id,
    )
    record_audit("item.revised", f"item:{version.item_id}", account_id, now, version=revised.number)
    return revised


def take_turns(document_id: int) -> None:
    """Let one person at a time decide on a document's items, until the commit (SQLite has one writer anyway)."""
    one = select(StoredDocument.id).where(StoredDocument.id == document_id)
    db.session.execute(one.with_for_update(key_share=True))


def approve_version(version: ItemVersion, reviewer_id: int, now: datetime, note: str = "") -> None:
    """Publish a draft version under the reviewer's name; the version published before is retired.

    ``note`` is TOGETHER when it was approved with others at one press.
    """
    take_turns(version.item.document_id)
    if version.is_stale:
        raise ReviewRefused("The words it rests on changed in this version of the document. Confirm or edit it first.")
    db.session.execute(
        update(ItemVersion)
        .where(ItemVersion.item_id == version.item_id, ItemVersion.state == PUBLISHED)
        .values(state=RETIRED, decided_at=now)
    )
    decide(version, PUBLISHED, now)
    db.session.add(Review(version_id=version.id, reviewer_id=reviewer_id, verdict="approved", note=note, at=now))
    db.session.flush()
    record_audit("item.approved", f"item:{version.item_id}", reviewer_id, now, version=version.number)


def carry_approval(version: ItemVersion, review: Review, now: datetime) -> None:
    """Publish a draft under the name of whoever approved the same question about the same words, on that day."""
    decide(version, PUBLISHED, now)
    db.session.add(
        Review(version_id=version.id, reviewer_id=review.reviewer_id, verdict="approved", note=CARRIED, at=review.at)
    )
    db.session.flush()


def reject_version(version: ItemVersion, reviewer_id: int, note: str, now: datetime) -> None:
    """Set a draft version aside with a reason; it is never asked."""
    take_turns(version.item.document_id)
    decide(version, REJECTED, now)
    db.session.add(Review(version_id=version.id, reviewer_id=reviewer_id, verdict="rejected", note=note, at=now))
    db.session.flush()
    record_audit("item.rejected", f"item:{version.item_id}", reviewer_id, now, version=version.number)


def retire_version(version: ItemVersion, actor_id: int, now: datetime) -> None:
    """Take a published version out of use; activities that pinned it go on asking it. Raises ReviewRefused."""
    take_turns(version.item.document_id)
    moved = db.session.execute(
        update(ItemVersion)
        .where(ItemVersion.id == version.id, ItemVersion.state == PUBLISHED)
        .values(state=RETIRED, decided_at=now)
        .returning(ItemVersion.id)
    ).scalar_one_or_none()
    if moved is None:
        raise ReviewRefused("Only a published version can be retired.")
    record_audit("item.retired", f"item:{version.item_id}", actor_id, now, version=version.number)


def retire_living(version: ItemVersion, now: datetime) -> None:
    """Take a draft or a published version out of use, because its document has a new version."""
    living = update(ItemVersion).where(ItemVersion.id == version.id, ItemVersion.state.in_((DRAFT, PUBLISHED)))
    db.session.execute(living.values(state=RETIRED, decided_at=now))


def decide(version: ItemVersion, state: str, now: datetime) -> None:
    """Move a draft to another state, once; raises ReviewRefused when someone else was faster."""
    moved = db.session.execute(
        update(ItemVersion)
        .where(ItemVersion.id == version.id, ItemVersion.state == DRAFT)
        .values(state=state, decided_at=now)
        .returning(ItemVersion.id)
    ).scalar_one_or_none()
    if moved is None:
        raise ReviewRefused("This version has been decided already. Reload the page to see how it stands.")
    db.session.refresh(version)


def citation_of(version: ItemVersion) -> Citation:
    """Return the stored citation of a version."""
    stored = version.citation
    return Citation(stored["start"], stored["end"], stored["quote"], tuple(stored["path"]))
