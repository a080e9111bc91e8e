"""Rows that nothing may ever change: raw SQL that tries to is refused in words, on both databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.surveys.operations import create_survey
from quizbank.accounts.models import Account
from quizbank.accounts.operations import erase_words, record_audit
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.credit_types import EXAMPLE
from quizbank.activities.queries import CREDIT_TYPES
from quizbank.db import db, utc_now
from quizbank.plans.models import LedgerEntry
from quizbank.rulefiles.operations import activate_rule_file
from tests.factories import make_account, make_certificate, make_subscription

Db = scoped_session[Session]
CHANGES = {
    "audit_entry": "subject = 'account:9'",
    "audit_words": "text = 'other words'",
    "attempt_step": "kind = 'submitted'",
    "ledger_entry": "price = 0",
    "rule_file_version": "content = ''",
    "survey_version": "number = 7",
    "log_entry": "leaf = 'x'",
}
OTHER_THAN_ERASED = ["text = NULL", "text = NULL, erased_in_id = 1, salt = 'x'", "erased_in_id = 1", "name = 'note'"]


@pytest.fixture
def filled(session: Db) -> Account:
    """Write at least one row into each of these tables, and return who did."""
    certificate, alex, now = make_certificate(), make_account(ADMINISTRATOR), utc_now()
    record_audit("certificate.revoked", "certificate:1", alex.id, now, reason="a reason")
    activate_rule_file(CREDIT_TYPES, EXAMPLE.read_text(encoding="utf-8"), "", 0, alex.id, now)
    create_survey("Ours", alex.id, now)
    account = certificate.learner_id
    use = {"benefit": "activities", "subject": "activity:1", "title": "One", "number": 1, "plan": "great"}
    paid = {"price": 3, "currency": "USD", "used_at": now}
    person = session.get_one(Account, account)
    db.session.add(LedgerEntry(account_id=account, subscription_id=make_subscription(person).id, **use, **paid))
    session.commit()
    return alex


@pytest.mark.parametrize("table", CHANGES)
def test_row_that_is_only_added_is_neither_changed_nor_deleted(session: Db, filled: Account, table: str) -> None:
    count = text(f"SELECT count(*) FROM {table}")
    rows = session.execute(count).scalar()
    assert rows
    for statement in (f"UPDATE {table} SET {CHANGES[table]}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match=f"Rows of {table} are only ever added"):
            session.execute(text(statement))
        session.rollback()
    assert session.execute(count).scalar() == rows


@pytest.mark.parametrize("table", CHANGES)
def test_table_of_such_rows_is_not_emptied(session: Db, filled: Account, table: str) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="are only ever added"):
        session.execute(text(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("change", OTHER_THAN_ERASED)
def test_of_words_in_the_trail_nothing_but_the_text_can_go(session: Db, filled: Account, change: str) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE audit_words SET {change}"))


def test_words_are_erased_once_and_never_put_back(session: Db, filled: Account) -> None:
    erase_words({"certificate:1"}, record_audit("account.deleted", "account:1", None, utc_now()))
    session.commit()
    erased = text("SELECT count(*) FROM audit_words WHERE text IS NULL")
    assert session.execute(erased).scalar() == 1
    with pytest.raises(IntegrityError, match="only ever added"):
        session.execute(text("UPDATE audit_words SET text = 'again', erased_in_id = NULL WHERE text IS NULL"))
