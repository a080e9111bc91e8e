"""Lists that fall back to what exists, and searches that mean what was typed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.web.lists import PAGE_SIZE, Listing, asked_day, contains, read_listing, same_search, search_words
from tests.factories import make_account

SORTS = {"name": Account.name, "email": Account.email, "kind": Account.profession}


def listing_at(app: Flask, address: str) -> Listing:
    """Return the list of people as an address asks for it."""
    with app.test_request_context(address):
        return read_listing(select(Account), SORTS, "name", filters=["role"])


@pytest.fixture
def crowd(bare_app: Flask, bare_session: scoped_session[Session]) -> Flask:
    """Return an application with one person more than two pages show, named in the order of their numbers."""
    for number in range(2 * PAGE_SIZE + 1):
        make_account(name=f"Person {number:03}", email=f"{999 - number}@example.org")
    bare_session.commit()
    return bare_app


def test_list_shows_one_page_in_its_usual_order(crowd: Flask) -> None:
    listing = listing_at(crowd, "/people")
    assert [row.name for row in listing.rows] == [f"Person {number:03}" for number in range(PAGE_SIZE)]
    assert (listing.total, listing.pages, listing.page) == (2 * PAGE_SIZE + 1, 3, 1)


def test_last_page_holds_the_rest(crowd: Flask) -> None:
    assert [row.name for row in listing_at(crowd, "/people?page=3").rows] == ["Person 050"]


@pytest.mark.parametrize("sort", ["name", "-name", "kind", "-kind"])
def test_pages_counted_from_either_end_hold_every_row_once_and_in_order(crowd: Flask, sort: str) -> None:
    found = [row for page in (1, 2, 3) for row in listing_at(crowd, f"/people?sort={sort}&page={page}").rows]
    names = [f"Person {number:03}" for number in range(2 * PAGE_SIZE + 1)]
    assert [row.name for row in found] == (names[::-1] if sort == "-name" else names)


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 1), ("-5", 1), ("99", 3), ("x", 1), ("", 1), ("1e3", 1), ("9" * 40, 3)]
)
def test_page_that_does_not_exist_falls_back(crowd: Flask, page: str, shown: int) -> None:
    assert listing_at(crowd, f"/people?page={page}").page == shown


def test_list_sorts_by_a_column_and_the_other_way_round(crowd: Flask) -> None:
    assert listing_at(crowd, "/people?sort=email").rows[0].name == "Person 050"
    assert listing_at(crowd, "/people?sort=-email").rows[0].name == "Person 000"


@pytest.mark.parametrize("sort", ["password", "--name", "name;DROP TABLE account", "", "Name", "-"])
def test_unknown_column_falls_back_to_the_usual_order(crowd: Flask, sort: str) -> None:
    listing = listing_at(crowd, f"/people?sort={sort}")
    assert (listing.sort, listing.descending) == ("name", False)
    assert listing.rows[0].name == "Person 000"


def test_equal_rows_are_each_on_one_page(bare_app: Flask, bare_session: scoped_session[Session]) -> None:
    people = [make_account(name="Ada Lovelace").id for _ in range(2 * PAGE_SIZE)]
    bare_session.commit()
    pages = [listing_at(bare_app, f"/people?page={page}").rows for page in (1, 2)]
    assert [row.id for rows in pages for row in rows] == people


def test_empty_list_has_one_page(bare_app: Flask) -> None:
    listing = listing_at(bare_app, "/people?page=7")
    assert (listing.rows, listing.pages, listing.page) == ([], 1, 1)


def test_search_takes_percent_and_underscore_as_themselves(bare_session: scoped_session[Session]) -> None:
    make_account(name="100% sure")
    make_account(name="1000 sure")
    found = bare_session.scalars(select(Account.name).where(contains(Account.name, "0% S"))).all()
    assert found == ["100% sure"]


def test_search_words_are_capped_and_clean(bare_app: Flask) -> None:
    with bare_app.test_request_context("/people?q=%20a%00b%20" + "w" * 300):
        assert search_words() == "ab " + "w" * 197


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_day_is_asked_only_where_every_time_zone_has_it(bare_app: Flask, given: str, day: date | None) -> None:
    with bare_app.test_request_context(f"/?from={given}"):
        assert asked_day("from") == day


@pytest.mark.parametrize("asked", ["endpoint=x", "_method=DELETE", "_scheme=javascript&_external=1", "filename=x"])
def test_nothing_asked_for_is_taken_for_a_part_of_a_link(bare_app: Flask, asked: str) -> None:
    with bare_app.test_request_context(f"/static/a?{asked}"):
        assert same_search("static", filename="b") == f"/static/b?{asked}"
        assert Listing([], 0, 1, "name", False, "", {}).link() == f"/static/a?{asked}"
