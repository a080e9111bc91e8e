"""Generated items in the bank: drafted once, with their source, their checks and how they were made."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import AuditEntry
from quizbank.documents.models import StoredDocument
from quizbank.generation.operations import keep_generation
from quizbank.items.content import InvalidContent
from quizbank.items.models import Item, ItemVersion
from quizbank.items.operations import citation_of
from quizbank.items.queries import content_of
from tests.factories import HEADING, OBJECTIVE, SENTENCES, make_document

Db = scoped_session[Session]
WORDS = {"a": "Fatigue", "b": "Rash", "c": "Itch"}
OPTIONS = [{"id": letter, "text": word, "rationale": f"{word}."} for letter, word in WORDS.items()]


@pytest.fixture
def document(session: Db) -> StoredDocument:
    return make_document()


def report(document: StoredDocument, count: int = 2, type: str = "single_best_answer") -> dict[str, Any]:
    """Return a generation report with so many items about the first sentence."""
    start = document.tree["text"].index(SENTENCES[0])  # type: ignore[index]
    cited = {"start": start, "end": start + len(SENTENCES[0]), "quote": SENTENCES[0], "path": [HEADING]}
    item = {
        "type": type,
        "stem": "Which sign is the commonest?",
        "options": OPTIONS,
        "key": ["a"],
        "rationale": "Fatigue.",
    }
    more = {
        "citation": cited,
        "objective": OBJECTIVE,
        "maker": "superlative",
        "version": 3,
        "checks": [{"name": "x", "passed": True}],
    }
    return {"items": [{"id": f"i{number}", **item, **more} for number in range(count)]}


def test_generated_items_become_drafts_with_their_source(session: Db, document: StoredDocument, now: datetime) -> None:
    keep_generation(document.id, report(document), 4, now)
    first, second = session.scalars(select(ItemVersion).order_by(ItemVersion.id))
    assert (first.state, first.stem, first.objective) == ("draft", "Which sign is the commonest?", OBJECTIVE)
    assert citation_of(first).quote == SENTENCES[0]
    assert [option.text for option in content_of(second).options] == ["Fatigue", "Rash", "Itch"]


def test_every_item_tells_how_it_was_made(session: Db, document: StoredDocument, now: datetime) -> None:
    keep_generation(document.id, report(document, 1), 4, now)
    version = session.scalars(select(ItemVersion)).one()
    assert version.provenance == {"maker": "superlative", "version": 3, "seed": 4, "made_at": now.isoformat()}
    assert version.all_checks_pass


def test_an_item_with_a_language_models_options_says_so(session: Db, document: StoredDocument, now: datetime) -> None:
    made = report(document, 1)
    made["items"][0] |= {"model": "fake", "origins": {"a": "document", "b": "model", "c": "model"}}
    keep_generation(document.id, made, 4, now)
    provenance = session.scalars(select(ItemVersion)).one().provenance
    assert (provenance["model"], provenance["prompt_version"]) == ("fake", 3)
    assert provenance["origins"] == {"a": "document", "b": "model", "c": "model"}


def test_second_report_for_a_document_adds_nothing(session: Db, document: StoredDocument, now: datetime) -> None:
    run = keep_generation(document.id, report(document, 1), 4, now)
    assert keep_generation(document.id, report(document, 3), 5, now + timedelta(days=1)) is run
    assert session.scalar(select(func.count(Item.id))) == 1
    assert run.seed == 4


def test_report_is_kept_as_it_came(session: Db, document: StoredDocument, now: datetime) -> None:
    run = keep_generation(document.id, report(document), 4, now)
    session.commit()
    session.expire_all()
    assert run.report == report(document)


def test_item_of_an_unknown_type_is_refused(session: Db, document: StoredDocument, now: datetime) -> None:
    with pytest.raises(InvalidContent, match="essay"):
        keep_generation(document.id, report(document, 1, type="essay"), 4, now)


def test_generation_is_in_the_audit_trail(session: Db, document: StoredDocument, now: datetime) -> None:
    keep_generation(document.id, report(document), 4, now)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.facts) == ("items.generated", {"items": 2, "seed": 4})
