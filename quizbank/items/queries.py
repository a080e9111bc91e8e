"""Reads of the item bank: content of a version, the newest versions of a document's items, what may be asked."""

from collections.abc import Iterable, Mapping, Sequence

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from quizbank.db import db
from quizbank.items.content import ItemContent
from quizbank.items.models import PUBLISHED, Item, ItemVersion
from quizbank.items.types import item_type


def content_of(version: ItemVersion) -> ItemContent:
    """Return what a version says."""
    return item_type(version.type).from_json(version.content)


MOST_KEPT = 5_000
"""So many contents a process keeps; then it begins anew."""


def contents_by_version(version_ids: Iterable[int]) -> Mapping[int, ItemContent]:
    """Return what versions say, by version id. A version never changes, so each process reads it once."""
    kept: dict[int, ItemContent] = current_app.extensions.setdefault("item_contents", {})
    wanted = set(version_ids)
    missing = [version_id for version_id in wanted if version_id not in kept]
    found = {version_id: kept[version_id] for version_id in wanted if version_id in kept}
    if missing:
        rows = db.session.execute(
            select(ItemVersion.id, ItemVersion.type, ItemVersion.content).where(ItemVersion.id.in_(missing))
        )
        read = {row.id: item_type(row.type).from_json(row.content) for row in rows}
        if len(kept) + len(read) > MOST_KEPT:
            kept.clear()
        kept.update(read)
        found.update(read)
    return found


def newest_versions() -> Select[ItemVersion]:
    """Return a query for the newest version of every item."""
    newest = select(func.max(ItemVersion.id)).group_by(ItemVersion.item_id)
    return select(ItemVersion).where(ItemVersion.id.in_(newest))


def newest_versions_of(document_id: int) -> Sequence[ItemVersion]:
    """Return the newest version of each of a document's items, in the order the document brings them up."""
    query = (
        newest_versions().join(Item).where(Item.document_id == document_id).options(selectinload(ItemVersion.reviews))
    )
    versions = db.session.scalars(query).all()
    return sorted(versions, key=lambda version: (version.citation["start"], version.item_id))


def published_versions_of(document_id: int) -> Sequence[ItemVersion]:
    """Return the versions of a document's items that may be asked, in document order."""
    query = select(ItemVersion).join(Item).where(Item.document_id == document_id, ItemVersion.state == PUBLISHED)
    return sorted(db.session.scalars(query).all(), key=lambda version: (version.citation["start"], version.item_id))
