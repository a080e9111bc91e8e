"""Reads of share links: a person's own, and one by its token or its view."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from certificates.sharing.links import SHOWN, VIEW_LASTS, hashed, standing
from certificates.sharing.models import ShareAccess, ShareEntry, ShareLink, ShareView
from quizbank.accounts.models import Account
from quizbank.db import db


@dataclass(frozen=True)
class FoundLink:
    """A link as whoever has its token meets it: what decides whether it opens, and nothing of what it shows."""

    id: int
    passcode: str | None
    revoked_at: datetime | None
    expires_at: datetime
    views: int
    max_views: int
    wrong_tries: int
    is_owner_active: bool

    def standing(self, now: datetime) -> str:
        """Return how the link stands at a moment."""
        views = (self.views, self.max_views)
        return standing(self.revoked_at, self.expires_at, views, self.wrong_tries, self.is_owner_active, now)


def own_links(account_id: int) -> Select[ShareLink, int, datetime | None]:
    """Return a person's links, each with how many records it shows and when it was last looked at."""
    entries = select(func.count(ShareEntry.id)).where(ShareEntry.link_id == ShareLink.id)
    last = select(func.max(ShareAccess.at)).where(ShareAccess.link_id == ShareLink.id, ShareAccess.outcome == SHOWN)
    counted = (entries.scalar_subquery(), last.scalar_subquery())
    query = select(ShareLink, *counted).where(ShareLink.account_id == account_id)
    return query.options(joinedload(ShareLink.account))


def unread_openings(account_id: int) -> Sequence[ShareLink]:
    """Return a person's links that were opened for the first time and whose owner did not take notice yet."""
    query = select(ShareLink).where(
        ShareLink.account_id == account_id, ShareLink.first_opened_at.is_not(None), ShareLink.seen_at.is_(None)
    )
    return db.session.scalars(query.order_by(ShareLink.first_opened_at.desc())).all()


def accesses_of(link_id: int) -> Select[ShareAccess]:
    """Return what came of every try to look at a link."""
    return select(ShareAccess).where(ShareAccess.link_id == link_id)


def link_with_token(token: str) -> FoundLink | None:
    """Return the link of a token. One query for what there is and what there is not, so that both take as long."""
    return found_link(ShareLink.token_hash == hashed(token[:100]))


def link_numbered(link_id: int) -> FoundLink | None:
    """Return a link as it stands in the database now."""
    return found_link(ShareLink.id == link_id)


def found_link(condition: ColumnElement[bool]) -> FoundLink | None:
    """Return the link that fits a condition, as plain values."""
    columns = (ShareLink.id, ShareLink.passcode, ShareLink.revoked_at, ShareLink.expires_at, ShareLink.views)
    more = (ShareLink.max_views, ShareLink.wrong_tries, Account.active)
    row = db.session.execute(select(*columns, *more).join(ShareLink.account).where(condition)).one_or_none()
    return FoundLink(*row) if row else None


def view_by(link_id: int, viewer: str) -> ShareView | None:
    """Return the view that a browser session had of a link."""
    query = select(ShareView).where(ShareView.link_id == link_id, ShareView.viewer_hash == hashed(viewer))
    return db.session.scalar(query)


def view_at(handle: str, viewer: str, now: datetime) -> ShareView | None:
    """Return the view at an address if it is this browser session's and its time is not over."""
    query = select(ShareView).where(ShareView.handle == handle[:20])
    found = db.session.scalar(query.options(joinedload(ShareView.link).joinedload(ShareLink.account)))
    if found is None or not hmac.compare_digest(found.viewer_hash, hashed(viewer)):
        return None
    return found if is_fresh(found, now) else None


def is_fresh(view: ShareView, now: datetime) -> bool:
    """Return whether a view may still be reloaded."""
    return now < view.opened_at + VIEW_LASTS
