"""The item bank on a real database: drafts, versions, verdicts; what was published never changes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.items.models import DRAFT, PUBLISHED, REJECTED, RETIRED, ItemVersion
from quizbank.items.operations import (
    ReviewRefused,
    approve_version,
    citation_of,
    draft_item,
    reject_version,
    retire_version,
    revise_item,
)
from quizbank.items.queries import content_of, newest_versions_of, published_versions_of
from tests.factories import make_account, make_document, make_item

Db = scoped_session[Session]


@pytest.fixture
def reviewer(session: Db) -> Account:
    return make_account("reviewer")


def revised(version: ItemVersion, reviewer: Account, now: datetime, stem: str = "Which vessel is it?") -> ItemVersion:
    return revise_item(version, replace(content_of(version), stem=stem), [], reviewer.id, now)  # type: ignore[type-var]


def states(session: Db, version: ItemVersion) -> list[str]:
    session.expire_all()
    return [other.state for other in version.item.versions]


def test_new_item_is_a_draft_and_not_asked(session: Db) -> None:
    version = make_item()
    assert (version.number, version.state, version.decided_at) == (1, DRAFT, None)
    assert published_versions_of(version.item.document_id) == []


def test_option_ids_of_a_draft_tell_nothing(session: Db) -> None:
    first, second = content_of(make_item()), content_of(make_item())
    ids = {option.id for content in (first, second) for option in content.options}
    assert len(ids) == 6
    assert not ids & {"a", "b", "c"}
    assert [option.text for option in first.options] == [option.text for option in second.options]
    assert first.key == (first.options[1].id,)


def test_nothing_is_drafted_twice_from_one_origin(session: Db, now: datetime) -> None:
    version = make_item()
    with pytest.raises(IntegrityError):
        draft_item(
            version.item.document_id, version.item.origin, content_of(version), citation_of(version), "", {}, [], now
        )


def test_citation_reads_back_as_it_was_given(session: Db) -> None:
    version = make_item()
    session.commit()
    session.expire_all()
    found = citation_of(version)
    assert version.item.document.tree["text"][found.start : found.end] == found.quote  # type: ignore[index]
    assert found.path == ("Signs of heart failure",)


def test_approved_version_is_asked_under_the_reviewers_name(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    approve_version(version, reviewer.id, now)
    assert (version.state, version.decided_at) == (PUBLISHED, now)
    assert [(review.verdict, review.reviewer) for review in version.reviews] == [("approved", reviewer)]
    assert published_versions_of(version.item.document_id) == [version]


def test_rejected_version_keeps_its_reason_and_is_not_asked(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    reject_version(version, reviewer.id, "Two options are right.", now)
    assert (version.state, version.reviews[0].note) == (REJECTED, "Two options are right.")
    assert published_versions_of(version.item.document_id) == []


def test_second_decision_is_refused_and_changes_nothing(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item(reviewer=reviewer)
    session.commit()
    with pytest.raises(ReviewRefused, match="decided already"):
        reject_version(version, reviewer.id, "", now)
    session.rollback()
    with pytest.raises(ReviewRefused, match="decided already"):
        approve_version(version, reviewer.id, now)
    session.rollback()
    assert states(session, version) == [PUBLISHED]
    assert len(version.reviews) == 1


def test_edit_is_a_new_draft_and_the_published_version_goes_on_being_asked(
    session: Db, reviewer: Account, now: datetime
) -> None:
    version = make_item(reviewer=reviewer)
    before = dict(version.content)
    new = revised(version, reviewer, now)
    assert (new.number, new.state, new.stem) == (2, DRAFT, "Which vessel is it?")
    assert states(session, version) == [PUBLISHED, DRAFT]
    assert version.content == before
    assert published_versions_of(version.item.document_id) == [version]


def test_edit_keeps_citation_objective_and_where_it_came_from(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item(reviewer=reviewer)
    new = revised(version, reviewer, now)
    assert (new.citation, new.objective, new.created_by) == (version.citation, version.objective, reviewer)
    assert new.provenance == {"maker": "test", "seed": 1, "edited_from": 1}


def test_new_wording_carries_its_own_checks(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    assert version.all_checks_pass
    assert not revised(version, reviewer, now).all_checks_pass


def test_edit_of_a_draft_retires_it(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    revised(version, reviewer, now)
    assert states(session, version) == [RETIRED, DRAFT]


def test_incomplete_edit_is_refused_with_what_is_missing(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    with pytest.raises(ReviewRefused, match="Write the question"):
        revised(version, reviewer, now, stem=" ")
    assert states(session, version) == [DRAFT]


def test_edit_of_an_older_version_is_refused(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    revised(version, reviewer, now)
    with pytest.raises(ReviewRefused, match="newer version"):
        revised(version, reviewer, now, stem="Which vessel is the second?")


def test_edit_of_a_draft_that_was_decided_meanwhile_is_refused(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    elsewhere = update(ItemVersion).values(state=REJECTED, decided_at=now)
    session.execute(elsewhere, execution_options={"synchronize_session": False})
    with pytest.raises(ReviewRefused, match="decided already"):
        revised(version, reviewer, now)


def test_only_one_version_is_published_at_a_time(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item(reviewer=reviewer)
    new = revised(version, reviewer, now)
    approve_version(new, reviewer.id, now + timedelta(days=1))
    assert states(session, version) == [RETIRED, PUBLISHED]
    assert published_versions_of(version.item.document_id) == [new]


def test_database_itself_refuses_two_published_versions(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item(reviewer=reviewer)
    new = revised(version, reviewer, now)
    new.state, new.decided_at = PUBLISHED, now
    with pytest.raises(IntegrityError):
        session.flush()


def test_retired_version_is_not_asked_any_more(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item(reviewer=reviewer)
    retire_version(version, reviewer.id, now)
    assert published_versions_of(version.item.document_id) == []
    with pytest.raises(ReviewRefused, match="Only a published version"):
        retire_version(version, reviewer.id, now)


def test_newest_versions_stand_in_document_order(session: Db) -> None:
    document = make_document()
    for _ in range(6):
        make_item(document)
    starts = [version.citation["start"] for version in newest_versions_of(document.id)]
    assert len(starts) == 6
    assert starts == sorted(starts)


def test_every_verdict_is_in_the_audit_trail(session: Db, reviewer: Account, now: datetime) -> None:
    version = make_item()
    reject_version(revised(version, reviewer, now), reviewer.id, "", now)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id == reviewer.id)).all()
    assert actions == ["item.revised", "item.rejected"]
