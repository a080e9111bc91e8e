"""The table of decisions covers the database: no table and no column can be added without saying whose it is."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

import app as application
from certificates.privacy.holdings import (
    BLANKED,
    DELETED,
    FATES,
    HOLDINGS,
    HOW_TO_DECIDE,
    IMPERSONAL,
    OF_PEOPLE,
    OF_STAFF,
    OF_WALLETS,
    REST,
    Holding,
)
from certificates.privacy.queries import Ways, table_of
from quizbank.db import db

TABLES = db.metadata
assert application.PAGES, "every table is known once the application is imported"


def undecided(tables: MetaData, holdings: tuple[Holding, ...], impersonal: dict[str, str]) -> list[str]:
    """Return a sentence for everything in the database that nobody has decided."""
    decided = {holding.table for holding in holdings}
    found = [
        f"Nobody has decided about the table {name}." for name in tables.tables if name not in {*decided, *impersonal}
    ]
    found += [f"There is no table {name}." for name in {*decided, *impersonal} if name not in tables.tables]
    ways = {(holding.table, holding.whose.partition(".")[0]) for holding in holdings}
    for table in tables.tables.values():
        for column in table.columns:
            refers = {key.column.table.name for key in column.foreign_keys}
            if "account" in refers and (table.name, column.name) not in ways:
                hidden = any(column.name in h.hides for h in holdings if h.table == table.name)
                found += (
                    []
                    if hidden
                    else [f"Nobody has decided whose the rows are that {table.name}.{column.name} refers to."]
                )
    for holding in holdings:
        if holding.table in tables.tables:
            told = {path.partition(".")[0] for path in holding.shows.values()} | {*holding.hides}
            own = holding.whose.partition(".")[0]
            columns = {column.name for column in tables.tables[holding.table].columns}
            found += [
                f"Nobody has decided whether {holding.table}.{name} is exported with {holding.name}."
                for name in sorted(columns - told - {own})
                if REST not in holding.hides
            ]
            found += [f"{holding.table} has no column {name}." for name in sorted(told - columns - {REST})]
    return found


def test_every_table_and_column_is_decided() -> None:
    found = undecided(TABLES, HOLDINGS, dict(IMPERSONAL))
    assert found == [], "\n".join([*found, HOW_TO_DECIDE])


NEW = MetaData()
Table("account", NEW, Column("id", Integer, primary_key=True), Column("shoe_size", Integer))
Table("wallet_card", NEW, Column("id", Integer, primary_key=True), Column("owner_id", ForeignKey("account.id")))
ACCOUNT = Holding("account", "account", "id", "The account", BLANKED, "Because.", {"id": "id"})
CARD = Holding("cards", "wallet_card", "id", "Cards", DELETED, "Because.", {"id": "id"}, {REST: "not theirs"})


@pytest.mark.parametrize(
    ("holdings", "impersonal", "words"),
    [
        ((ACCOUNT,), {}, "Nobody has decided about the table wallet_card."),
        ((ACCOUNT,), {"wallet_card": "cards"}, "whose the rows are that wallet_card.owner_id refers to"),
        ((ACCOUNT, CARD), {}, "whose the rows are that wallet_card.owner_id refers to"),
        ((ACCOUNT,), {"wallet_card": "cards"}, "whether account.shoe_size is exported"),
        ((ACCOUNT,), {"no_more": "gone"}, "There is no table no_more."),
    ],
)
def test_what_is_not_decided_is_named(holdings: tuple[Holding, ...], impersonal: dict[str, str], words: str) -> None:
    assert any(words in found for found in undecided(NEW, holdings, impersonal))


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.name)
def test_every_way_of_a_decision_leads_to_a_column(holding: Holding) -> None:
    ways = Ways(table_of(holding))
    assert all(ways.column(path).name == path.rpartition(".")[2] for path in holding.shows.values())
    end = ways.column(holding.whose)
    assert holding.table == "account" or {key.column.table.name for key in end.foreign_keys} == {"account"}


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.name)
def test_every_decision_has_its_reason(holding: Holding) -> None:
    assert holding.fate in FATES
    assert holding.because.endswith(".")
    assert all(why for why in holding.hides.values())


@pytest.mark.parametrize("holding", [h for h in HOLDINGS if h.blanks], ids=lambda holding: holding.name)
def test_what_is_blanked_is_a_column_that_can_be(holding: Holding) -> None:
    columns = {path.partition(".")[0] for path in holding.blanks}
    assert all(not table_of(holding).c[name].foreign_keys for name in columns)
    assert holding.fate == BLANKED


def test_only_the_providers_own_material_is_left_out_in_one_word() -> None:
    assert [holding.name for holding in OF_PEOPLE if REST in holding.hides] == []


def test_names_are_given_once() -> None:
    assert (
        len({holding.name for holding in HOLDINGS}) == len(HOLDINGS) == len(OF_PEOPLE) + len(OF_WALLETS) + len(OF_STAFF)
    )


def test_secrets_are_never_exported() -> None:
    shown = {path.rpartition(".")[2] for holding in HOLDINGS for path in holding.shows.values()}
    assert shown & {"password", "fs_uniquifier", "salt", "key", "content", "credential", "token"} == set()
    assert isinstance(table_of(HOLDINGS[0]).c.password.type, String)
