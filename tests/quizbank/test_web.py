"""Lists that fall back, cells that do nothing, download names that stay names."""

import csv
import io
from urllib.parse import unquote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.web import PAGE_SIZE, Listing, attachment, contains, csv_response, read_listing, safe_cell, search_words
from tests.factories import make_account

SORTS = {"name": Account.name, "email": Account.email}
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_is_shown_instead_of_run(formula: str) -> None:
    assert safe_cell(formula) == "'" + formula


@pytest.mark.parametrize("text", ["", "Ada Lovelace", "O'Neill", "a=b", "1-2", "ada@example.org", "漢字"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_csv_neutralises_every_cell_and_keeps_the_rest() -> None:
    response = csv_response("people.csv", ("Name", "=Score"), [("=1+1", None), ('say "hi", twice', 5)])
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows == [["Name", "'=Score"], ["'=1+1", ""], ['say "hi", twice', "5"]]
    assert response.mimetype == "text/csv"


def test_download_name_of_another_script_is_kept_beside_a_plain_one() -> None:
    value = attachment("Zertifikat Müller 漢.pdf")
    assert value == (
        "attachment; filename=\"Zertifikat M_ller _.pdf\"; filename*=UTF-8''Zertifikat%20M%C3%BCller%20%E6%BC%A2.pdf"
    )


@pytest.mark.parametrize(
    "name", ['a"; filename="evil.html', "a\r\nSet-Cookie: x=1", "a\x00b", "a\u2028b", "\ud800", "../a"]
)
def test_download_name_cannot_break_out_of_its_header(name: str) -> None:
    value = attachment(name)
    assert value.isascii()
    assert value.isprintable()
    assert value.count('"') == 2
    assert "/" not in value.partition("filename*")[0]


@given(st.text(max_size=40))
def test_download_name_of_any_text_is_one_header_value(name: str) -> None:
    value = attachment(name)
    assert value.isascii()
    assert value.isprintable()
    assert value.count('"') == 2
    assert value.count(";") == 2
    assert unquote(value.partition("''")[2]) == "".join(filter(str.isprintable, name))


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
