"""Live evidence: what people decided last about each question, counted by the pattern that wrote it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.generation.evidence import Decisions
from quizbank.generation.operations import reject_suggestion
from quizbank.generation.queries import decisions_by_pattern
from quizbank.items.models import ItemVersion
from quizbank.items.operations import TOGETHER, approve_version, reject_version, revise_item
from quizbank.items.queries import content_of
from tests.factories import make_account, make_item, make_suggestion

Db = scoped_session[Session]


@pytest.fixture
def editor(session: Db) -> Account:
    return make_account("author")


def written(pattern: str = "numbers") -> ItemVersion:
    """Return a draft written by version 1 of a pattern."""
    version = make_item()
    version.provenance = {**version.provenance, "pattern": pattern, "version": 1}
    return version


def test_nothing_decided_is_no_evidence(session: Db) -> None:
    written()
    make_suggestion()
    assert decisions_by_pattern() == {}


def test_items_of_no_pattern_are_not_counted(editor: Account, now: datetime) -> None:
    approve_version(make_item(), editor.id, now)
    assert decisions_by_pattern() == {}


def test_approvals_are_counted_one_by_one_or_together(editor: Account, now: datetime) -> None:
    approve_version(written(), editor.id, now)
    approve_version(written(), editor.id, now, TOGETHER)
    assert decisions_by_pattern() == {("numbers", 1): Decisions(as_is=2, together=1)}


def test_last_decision_about_an_item_counts(editor: Account, now: datetime) -> None:
    version = written()
    reject_version(version, editor.id, "", now)
    assert decisions_by_pattern() == {("numbers", 1): Decisions(rejected=1)}
    approve_version(revise_item(version, content_of(version), [], editor.id, now, {"edited": True}), editor.id, now)
    assert decisions_by_pattern() == {("numbers", 1): Decisions(edited=1)}


def test_new_version_that_does_not_say_so_counts_as_edited(editor: Account, now: datetime) -> None:
    version = written()
    approve_version(revise_item(version, content_of(version), [], editor.id, now), editor.id, now)
    assert decisions_by_pattern() == {("numbers", 1): Decisions(edited=1)}


def test_rejected_suggestions_speak_against_their_pattern(editor: Account, now: datetime) -> None:
    reject_suggestion(make_suggestion(pattern="open"), "", editor.id, now)
    reject_version(written("lists"), editor.id, "", now)
    assert decisions_by_pattern() == {("open", 1): Decisions(rejected=1), ("lists", 1): Decisions(rejected=1)}
