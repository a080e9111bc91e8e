"""A new version of a document: items go with their words, stale ones are not asked, and nothing is carried twice."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.documents.models import REFUSED, StoredDocument
from quizbank.documents.reading import read_document
from quizbank.generation.carrying import ReplacedAlready
from quizbank.generation.models import Succession
from quizbank.generation.operations import STALE, add_new_version, confirm_stale, keep_generation
from quizbank.generation.queries import decisions_by_pattern, replaced_by
from quizbank.items.models import DRAFT, PUBLISHED, RETIRED, ItemVersion
from quizbank.items.operations import CARRIED, ReviewRefused, approve_version, citation_of, revise_item
from quizbank.items.queries import content_of, newest_versions_of, published_versions_of
from tests.factories import HEADING, SENTENCES, make_account, make_document, make_item, reported_suggestion

Db = scoped_session[Session]
Carry = Callable[[str], list[ItemVersion]]
EMPTY = {"items": [], "suggestions": [], "rejected": [], "objectives": []}
TEXT = f"# Heart failure\n\n## {HEADING}\n\n{' '.join(SENTENCES)}\n"


@pytest.fixture
def author(session: Db) -> Account:
    return make_account("author")


@pytest.fixture
def old(author: Account) -> StoredDocument:
    return stored(TEXT, author)


def stored(text: str, author: Account) -> StoredDocument:
    return make_document(author, read_document("heart-failure.md", text.encode()))


@pytest.fixture
def carry(session: Db, old: StoredDocument, author: Account, now: datetime) -> Carry:
    """Return a function that makes a text the next version of the document and gives its items."""

    def replace(text: str) -> list[ItemVersion]:
        new = stored(text, author)
        session.add(Succession(document_id=new.id, replaces_id=old.id, account_id=author.id, added_at=now))
        for _ in range(2):
            keep_generation(new.id, EMPTY, 1, now)
        session.expire_all()
        return list(newest_versions_of(new.id))

    return replace


def item_about(sentence: str, old: StoredDocument, reviewer: Account | None = None) -> ItemVersion:
    """Return an item that cites a sentence."""
    found = make_item(old)
    while found.citation["quote"] != sentence:
        found = make_item(old)
    others = [v for v in newest_versions_of(old.id) if v.id != found.id]
    for other in others:
        other.state, other.decided_at = "rejected", other.created_at
    if reviewer:
        approve_version(found, reviewer.id, found.created_at)
    return found


def test_approved_item_goes_with_its_words_and_its_reviewer(old: StoredDocument, author: Account, carry: Carry) -> None:
    version = item_about(SENTENCES[1], old, author)
    (new,) = carry(TEXT.replace(SENTENCES[0], f"{SENTENCES[0]} It is told by many."))
    assert (new.state, new.stem) == (PUBLISHED, version.stem)
    assert citation_of(new).start > citation_of(version).start
    assert new.item.document.tree["text"][new.citation["start"] : new.citation["end"]] == SENTENCES[1]  # type: ignore[index]
    (review,) = new.reviews
    assert (review.reviewer, review.note, review.at) == (author, CARRIED, version.reviews[0].at)
    assert new.provenance["carried_from"] == {"item": version.item_id, "version": 1}
    assert decisions_by_pattern() == {}


def test_old_items_are_not_asked_any_more(old: StoredDocument, author: Account, carry: Carry) -> None:
    version = item_about(SENTENCES[1], old, author)
    carry(TEXT)
    assert (version.state, published_versions_of(old.id)) == (RETIRED, [])


def test_draft_stays_a_draft_beside_the_version_that_is_asked(
    old: StoredDocument, author: Account, carry: Carry, now: datetime
) -> None:
    version = item_about(SENTENCES[1], old, author)
    revise_item(version, content_of(version), [], author.id, now, {"edited": True})
    (new,) = carry(TEXT)
    assert [(one.number, one.state) for one in new.item.versions] == [(1, PUBLISHED), (2, DRAFT)]


def test_item_whose_words_changed_is_stale_and_cannot_be_approved(
    old: StoredDocument, author: Account, carry: Carry, now: datetime
) -> None:
    item_about(SENTENCES[1], old, author)
    (new,) = carry(TEXT.replace("comes late", "comes early"))
    assert (new.state, new.is_stale, new.all_checks_pass) == (DRAFT, True, False)
    assert new.provenance["stale"] == {"quote": SENTENCES[1], "is_gone": False, "why": STALE}
    assert new.checks[-1] == {"name": "current", "passed": False, "detail": STALE}
    assert citation_of(new).quote == "Oedema of the legs comes early."
    with pytest.raises(ReviewRefused, match="Confirm or edit it first"):
        approve_version(new, author.id, now)
    assert published_versions_of(new.item.document_id) == []


def test_confirmed_item_can_be_approved(
    session: Db, old: StoredDocument, author: Account, carry: Carry, now: datetime
) -> None:
    item_about(SENTENCES[1], old, author)
    (new,) = carry(TEXT.replace("comes late", "comes early"))
    confirm_stale(new, [], author.id, now)
    session.expire_all()
    confirmed = new.item.versions[-1]
    assert (confirmed.is_stale, confirmed.provenance["confirmed"]) == (False, SENTENCES[1])
    approve_version(confirmed, author.id, now)
    assert published_versions_of(new.item.document_id) == [confirmed]
    with pytest.raises(ReviewRefused, match="no new words"):
        confirm_stale(confirmed, [], author.id, now)


def test_item_that_another_new_sentence_contradicts_is_stale(
    old: StoredDocument, author: Account, carry: Carry
) -> None:
    version = item_about(SENTENCES[1], old, author)
    asked = version.stem.partition(" (")[0].rstrip("?")
    wrong = next(one["text"] for one in version.content["options"] if one["id"] not in version.content["key"])
    (new,) = carry(TEXT + f"\n{wrong} {asked.lower().removeprefix('which ')} as well.\n")
    assert new.is_stale
    assert new.provenance["stale"]["why"].startswith(f"The document also says this of “{wrong}”: “")


def test_item_whose_words_are_gone_needs_other_words(
    old: StoredDocument, author: Account, carry: Carry, now: datetime
) -> None:
    item_about(SENTENCES[1], old, author)
    (new,) = carry(TEXT.replace(SENTENCES[1], ""))
    assert (new.provenance["stale"]["is_gone"], citation_of(new).quote) == (True, "")
    with pytest.raises(ReviewRefused, match="cite the words"):
        confirm_stale(new, [], author.id, now)


def test_rejected_items_stay_behind(old: StoredDocument, author: Account, carry: Carry) -> None:
    version = item_about(SENTENCES[1], old)
    version.state, version.decided_at = "rejected", version.created_at
    assert carry(TEXT) == []
    assert version.state == "rejected"


def test_question_that_was_carried_is_not_written_again(
    session: Db, old: StoredDocument, author: Account, now: datetime
) -> None:
    version = item_about(SENTENCES[1], old, author)
    new = stored(TEXT, author)
    session.add(Succession(document_id=new.id, replaces_id=old.id, account_id=author.id, added_at=now))
    again = [reported_suggestion(new, stem=version.stem), reported_suggestion(new)]
    run = keep_generation(new.id, {**EMPTY, "suggestions": again}, 1, now)
    assert [one["stem"] for one in run.report["suggestions"]] == [again[1]["stem"]]


def test_carrying_is_in_the_audit_trail(session: Db, old: StoredDocument, author: Account, carry: Carry) -> None:
    item_about(SENTENCES[1], old, author)
    carry(TEXT)
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "items.carried"))
    assert (entry.actor_id, entry.facts) == (author.id, {"same": 1, "stale": 0, "from_document": old.id})


def test_document_has_one_next_version(session: Db, old: StoredDocument, author: Account, now: datetime) -> None:
    row, _job = add_new_version(old, "second.md", b"# Heart failure", author.id, now)
    with pytest.raises(ReplacedAlready, match="Add the next version to that one"):
        add_new_version(old, "third.md", b"# Heart failure", author.id, now)
    row.state, row.problem, row.read_at = REFUSED, "It cannot be read.", now
    third, _job = add_new_version(old, "third.md", b"# Heart failure", author.id, now)
    found = replaced_by(old.id)
    assert found is not None
    assert found.document_id == third.id
