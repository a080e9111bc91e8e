"""Generated items in the bank: drafted once, with their source, their checks and how they were made."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.documents.models import StoredDocument
from quizbank.documents.reading import read_document
from quizbank.documents.serialising import document_to_json
from quizbank.generation.corrections import CorrectionRefused, WordCorrection
from quizbank.generation.models import FINISHED, OPEN, REJECTED, Suggestion
from quizbank.generation.operations import (
    ask_for_section,
    finish_suggestion,
    keep_generation,
    keep_section,
    put_right,
    reject_suggestion,
)
from quizbank.generation.queries import corrections_of, next_seed, section_runs_of, suggestions_of, words_put_right
from quizbank.generation.renewal import TooEarly
from quizbank.generation.serialising import item_from_json
from quizbank.generation.suggestions import prefilled
from quizbank.items.content import InvalidContent, ItemContent
from quizbank.items.models import Item, ItemVersion
from quizbank.items.operations import ReviewRefused, citation_of, reject_version
from quizbank.items.queries import content_of
from tests.clock import FIXED_NOW
from tests.factories import (
    HEADING,
    OBJECTIVE,
    SENTENCES,
    make_account,
    make_document,
    make_suggestion,
    reported_suggestion,
)

Db = scoped_session[Session]
WORDS = {"a": "Fatigue", "b": "Rash", "c": "Itch"}
OPTIONS = [{"id": letter, "text": word, "rationale": f"{word}."} for letter, word in WORDS.items()]


@pytest.fixture
def document(session: Db) -> StoredDocument:
    return make_document()


def report(
    document: StoredDocument, count: int = 2, type: str = "single_best_answer", suggestions: Sequence[object] = ()
) -> dict[str, Any]:
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
        "pattern": "contrast",
        "proof": "The document says most.",
        "alternatives": [],
        "status": "ready",
        "missing": "",
        "checks": [{"name": "x", "passed": True, "detail": ""}],
    }
    return {
        "items": [{"id": f"i{number}", **item, **more} for number in range(count)],
        "suggestions": list(suggestions),
    }


def test_generated_items_become_drafts_with_their_source(session: Db, document: StoredDocument, now: datetime) -> None:
    keep_generation(document.id, report(document), 4, now)
    first, second = session.scalars(select(ItemVersion).order_by(ItemVersion.id))
    assert (first.state, first.stem, first.objective) == ("draft", "Which sign is the commonest?", OBJECTIVE)
    assert citation_of(first).quote == SENTENCES[0]
    assert [option.text for option in content_of(second).options] == ["Fatigue", "Rash", "Itch"]


def test_every_item_tells_how_it_was_made(session: Db, document: StoredDocument, now: datetime) -> None:
    keep_generation(document.id, report(document, 1), 4, now)
    version = session.scalars(select(ItemVersion)).one()
    assert version.provenance == {
        "maker": "superlative",
        "pattern": "contrast",
        "version": 3,
        "proof": "The document says most.",
        "alternatives": [],
        "options": [
            {"text": text, "rationale": f"{text}.", "origin": "document", "warning": ""} for text in ("Rash", "Itch")
        ],
        "seed": 4,
        "made_at": now.isoformat(),
    }
    assert version.all_checks_pass


def test_an_item_with_a_language_models_options_says_so(session: Db, document: StoredDocument, now: datetime) -> None:
    made = report(document, 1)
    made["items"][0] |= {"model": "fake", "origins": {"a": "document", "b": "model", "c": "model"}}
    keep_generation(document.id, made, 4, now)
    provenance = session.scalars(select(ItemVersion)).one().provenance
    assert (provenance["model"], provenance["prompt_version"]) == ("fake", 3)
    assert [(one["text"], one["origin"]) for one in provenance["options"]] == [("Rash", "model"), ("Itch", "model")]


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
    assert (entry.action, entry.facts) == ("items.generated", {"items": 2, "suggestions": 0, "seed": 4})


@pytest.fixture
def author(session: Db) -> Account:
    return make_account("author")


def filled(suggestion: Suggestion) -> ItemContent:
    """Return what an author is shown first."""
    made = item_from_json(suggestion.report)
    return replace(made.content, options=prefilled(made.content, made.alternatives).kept)


def finished(suggestion: Suggestion, author: Account, now: datetime, **changes: object) -> ItemVersion:
    """Finish a suggestion as it is filled in, with changes."""
    started = filled(suggestion)
    content = replace(started, **changes)  # type: ignore[type-var]
    return finish_suggestion(suggestion, content, started, [], author.id, now)


def test_suggestions_are_stored_as_they_came_and_once(session: Db, document: StoredDocument, now: datetime) -> None:
    suggested = reported_suggestion(document)
    for _ in range(2):
        keep_generation(document.id, report(document, 1, suggestions=[suggested]), 4, now)
    (row,) = suggestions_of(document.id)
    assert (row.report, row.state, row.seed, row.made_at) == (suggested, OPEN, 4, now)
    assert session.scalar(select(func.count(Item.id))) == 1


def test_finished_suggestion_is_a_draft_by_its_author(session: Db, author: Account, now: datetime) -> None:
    suggestion = make_suggestion()
    version = finished(suggestion, author, now)
    assert (version.state, version.created_by, version.stem) == ("draft", author, suggestion.report["stem"])
    assert [option.text for option in content_of(version).options] == ["Fatigue", "Oedema", "Itch", "Cough"]
    assert (suggestion.state, suggestion.decided_by, suggestion.item_id) == (FINISHED, author, version.item_id)


def test_finished_suggestion_tells_who_made_what(session: Db, author: Account, now: datetime) -> None:
    suggestion = make_suggestion()
    version = finished(suggestion, author, now, stem="Which sign comes first?")
    made = version.provenance
    assert (made["maker"], made["pattern"], made["version"], made["seed"]) == ("superlative", "contrast", 1, 1)
    assert made["suggestion"] == suggestion.id
    assert made["changed"] == ["Question was “Which sign of heart failure is the commonest?”."]
    assert [(one["text"], one["origin"], one["warning"]) for one in made["options"]] == [
        ("Oedema", "document", ""),
        ("Cough", "lexicon", "Nobody has proved it."),
        ("Itch", "lexicon", ""),
    ]
    assert [one["text"] for one in made["alternatives"]] == ["Rash"]


def test_incomplete_suggestion_is_not_finished(session: Db, author: Account, now: datetime) -> None:
    suggestion = make_suggestion()
    with pytest.raises(ReviewRefused, match="at least 3 options"):
        finished(suggestion, author, now, options=filled(suggestion).options[:2])
    assert suggestion.state == OPEN


def test_suggestion_is_decided_once(session: Db, author: Account, now: datetime) -> None:
    suggestion = make_suggestion()
    reject_suggestion(suggestion, "Nobody would ask this.", author.id, now)
    assert (suggestion.state, suggestion.note, suggestion.decided_by) == (REJECTED, "Nobody would ask this.", author)
    for decide in (finished, lambda one, by, at: reject_suggestion(one, "", by.id, at)):
        with pytest.raises(ReviewRefused, match="decided already"):
            decide(suggestion, author, now)
    assert session.scalar(select(func.count(Item.id))) == 0


def test_decisions_on_suggestions_are_in_the_audit_trail(session: Db, author: Account, now: datetime) -> None:
    kept, dropped = make_suggestion(), make_suggestion()
    version = finished(kept, author, now)
    reject_suggestion(dropped, "Trivial.", author.id, now)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert [(entry.action, entry.actor_id, entry.told) for entry in entries] == [
        ("suggestion.finished", author.id, {"item": version.item_id}),
        ("suggestion.rejected", author.id, {"note": "Trivial."}),
    ]


def test_section_written_again_adds_what_is_new_and_touches_nothing(
    session: Db, document: StoredDocument, author: Account, now: datetime
) -> None:
    keep_generation(document.id, report(document, 1), 1, now)
    old = session.scalars(select(ItemVersion)).one()
    before = (old.state, old.stem, dict(old.content))
    again = report(document, 3, suggestions=[reported_suggestion(document)])
    again["items"][1]["stem"] = "Which sign is seen first?"
    keep_section(document.id, 0, again, 2, author.id, now)
    stems = [version.stem for version in session.scalars(select(ItemVersion).order_by(ItemVersion.id))]
    assert stems == ["Which sign is the commonest?", "Which sign is seen first?"]
    assert (old.state, old.stem, old.content) == before
    assert len(suggestions_of(document.id)) == 1
    (run,) = section_runs_of(document.id)
    assert (run.section, run.seed, run.report["asked_already"]) == (HEADING, 2, 2)


def test_question_whose_item_was_rejected_comes_back_only_with_other_options(
    session: Db, document: StoredDocument, author: Account, now: datetime
) -> None:
    keep_generation(document.id, report(document, 1), 1, now)
    reject_version(session.scalars(select(ItemVersion)).one(), author.id, "Poor options.", now)
    keep_section(document.id, 0, report(document, 1), 2, author.id, now)
    assert session.scalar(select(func.count(Item.id))) == 1
    keep_section(document.id, 0, report(document, 2), 3, author.id, now)
    assert session.scalar(select(func.count(Item.id))) == 2


def test_section_is_not_written_before_the_whole(document: StoredDocument, author: Account, now: datetime) -> None:
    with pytest.raises(TooEarly, match="still being written"):
        ask_for_section(document, 0, author.id, now)


def test_each_writing_of_a_section_has_a_seed_of_its_own_and_counts_once(
    session: Db, document: StoredDocument, author: Account, now: datetime
) -> None:
    keep_generation(document.id, report(document, 1), 1, now)
    job = ask_for_section(document, 0, author.id, now)
    assert job is ask_for_section(document, 0, author.id, now)
    assert job.args == {"document_id": document.id, "seed": 2, "section": 0, "account_id": author.id}
    for _ in range(2):
        keep_section(document.id, 0, report(document, 2), 2, author.id, now)
    assert (len(section_runs_of(document.id)), next_seed(document.id)) == (1, 3)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.actor_id) == ("section.generated", author.id)
    assert entry.facts == {"items": 0, "suggestions": 0, "seed": 2, "section": HEADING}


def test_words_are_put_right_once_and_every_change_is_in_the_trail(session: Db) -> None:
    text = b"# Dengue\n\nThe decission is made by the senior physician.\n"
    document, person = make_document(document=read_document("dengue.md", text)), make_account()
    put_right(document, "decission", "decisions", person.id, FIXED_NOW)
    put_right(document, "decission", "decision", person.id, FIXED_NOW)
    (kept,) = corrections_of(document.id)
    assert (kept.corrected, kept.account.name, kept.made_at) == ("decision", person.name, FIXED_NOW)
    assert words_put_right(document.id) == (WordCorrection("decission", "decision"),)
    assert document.tree == document_to_json(read_document("dengue.md", text))
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "document.corrected")).all()
    assert [entry.facts["before"] for entry in trail] == ["", "decisions"]
    with pytest.raises(CorrectionRefused):
        put_right(document, "physician", "doctor", person.id, FIXED_NOW)
