"""Lists of rows as the address asks for them: searched, filtered, sorted and paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Mapped

from quizbank.db import LARGEST_ID, db

PAGE_SIZE = 25
FAR = 1_000
"""Rows that may be skipped without more ado."""


@dataclass(frozen=True)
class Listing:
    """One page of a list: its rows, how many there are, and how it is filtered and sorted (all in the URL)."""

    rows: Sequence[Any]
    total: int
    page: int
    sort: str
    descending: bool
    q: str
    filters: Mapping[str, str]

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))

    def link(self, **changes: Any) -> str:
        """Return this list's address with some parameters changed; None removes one."""
        return address(request.endpoint or "", {**request.args, **changes}, **(request.view_args or {}))

    def sort_link(self, column: str) -> str:
        """Return the address that sorts by a column, the other way round when it is the present one."""
        turned = column == self.sort and not self.descending
        return self.link(sort=f"-{column}" if turned else column, page=None)


def address(endpoint: str, asked: Mapping[str, Any], **place: Any) -> str:
    """Return the address of a page with what it is asked for; nothing asked for can be taken for a part of its place."""
    given = urlencode({name: value for name, value in asked.items() if value})
    return url_for(endpoint, **place) + (f"?{given}" if given else "")


def same_search(endpoint: str, **place: Any) -> str:
    """Return the address of another page, asked for the same as the present one."""
    return address(endpoint, request.args, **place)


def read_listing(
    query: Select[*tuple[Any, ...]],
    sorts: Mapping[str, SQLColumnExpression[Any]],
    default: str,
    filters: Sequence[str] = (),
) -> Listing:
    """Run a query for one page of a list as the URL asks: ``page``, ``sort`` (a name, "-" before it = descending).

    An unknown sort or page falls back to the default, since addresses are typed and shared by people. Equal rows stand
    in the order of their ids, so that no row is on two pages.
    """
    asked = request.args.get("sort", default)
    if asked.removeprefix("-") not in sorts:
        asked = default
    column = sorts[asked.removeprefix("-")]
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-total // PAGE_SIZE)))
    identity = query.column_descriptions[0]["entity"].id
    rows = rows_of_page(query, (column, asked.startswith("-")), identity, page, total)
    chosen = {name: request.args.get(name, "")[:200] for name in filters}
    rows = [row[0] if len(row) == 1 else row for row in rows]
    return Listing(rows, total, page, asked.removeprefix("-"), asked.startswith("-"), search_words(), chosen)


def rows_of_page(
    query: Select[*tuple[Any, ...]],
    order: tuple[SQLColumnExpression[Any], bool],
    identity: SQLColumnExpression[Any],
    page: int,
    total: int,
) -> list[Any]:
    """Return the rows of one page, in the order of a column (True = descending) and of their ids.

    Skipping rows costs as much as reading them, so a page in the second half is counted off from the end.
    """
    column, descending = order
    skipped = (page - 1) * PAGE_SIZE
    size = min(PAGE_SIZE, max(0, total - skipped))
    if backwards := skipped > total // 2:
        skipped = total - skipped - size
    first = column.desc() if descending is not backwards else column.asc()
    second = identity.desc() if backwards else identity.asc()
    ordered = query.order_by(first, second)
    page_rows = ordered.limit(size).offset(skipped)
    if skipped > FAR:  # sorting ids alone takes a fraction of what sorting whole rows does
        ids = db.session.scalars(page_rows.with_only_columns(identity, maintain_column_froms=True)).all()
        page_rows = ordered.where(identity.in_(ids))
    rows = list(db.session.execute(page_rows).all())
    return rows[::-1] if backwards else rows


def asked_id(name: str) -> int | None:
    """Return an id from the address, None when there is none that a row can have."""
    value = request.args.get(name, type=int)
    return value if value and 0 < value <= LARGEST_ID else None


def asked_day(name: str) -> date | None:
    """Return a day from the address (2026-11-27), None when there is none, or none that has its hours in every time zone."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None


def search_words() -> str:
    """Return what the person searches for, capped."""
    return request.args.get("q", "").replace("\x00", "").strip()[:200]


def contains(column: Mapped[Any], words: str) -> ColumnElement[bool]:
    """Return a condition: the column contains the words, case ignored; % and _ stand for themselves."""
    return column.icontains(words, autoescape=True)
