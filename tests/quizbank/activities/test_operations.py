"""Activities on a real database: proposed from a document, refused with reasons, pinned at publication."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.activities.availability import CLOSED, DRAFT, PUBLISHED, closed_because
from quizbank.activities.credit_types import credit_types_at, type_from_json
from quizbank.activities.models import ActivityCredit, ActivityItem
from quizbank.activities.operations import (
    ActivityRefused,
    DraftChanged,
    NotReady,
    change_credits,
    change_objectives,
    close_activity,
    propose_activity,
    publish_activity,
    save_draft,
)
from quizbank.activities.queries import available_versions, expiring_activities, open_activities, plan_of
from quizbank.items.models import ItemVersion, Review
from quizbank.items.operations import approve_version, revise_item
from quizbank.items.queries import content_of
from tests.factories import OBJECTIVE, REFERENCE, make_account, make_activity, make_document, make_item

Db = scoped_session[Session]
ONE = [("ama_pra_1", Decimal("0.25"))]


@pytest.fixture
def author(session: Db) -> Account:
    return make_account("author")


def test_proposal_takes_title_references_and_objectives_from_the_document(
    session: Db, author: Account, now: datetime
) -> None:
    document = make_document(author)
    for objective in ("Recognise", "Treat", "Treat"):
        make_item(document, objective=objective, reviewer=author)
    activity = propose_activity(document, author.id, now)
    assert (activity.title, activity.state, activity.pass_mark) == ("Heart failure", DRAFT, 70)
    assert activity.references == [REFERENCE]
    assert sorted((row.text, row.item_count) for row in activity.objectives) == [("Recognise", 1), ("Treat", 2)]


def test_proposal_gives_time_dates_and_the_credit_that_fits_the_time(
    session: Db, author: Account, now: datetime
) -> None:
    activity = propose_activity(make_document(author), author.id, now)
    assert (activity.minutes, [(c.credit_type, c.maximum) for c in activity.credits]) == (
        15,
        [("ama_pra_1", Decimal("0.25"))],
    )
    assert activity.released_on == activity.reviewed_on == now.date()
    assert plan_of(activity).faculty == ()


def test_proposal_begins_on_the_day_it_is_here(session: Db, author: Account, auckland: ZoneInfo) -> None:
    activity = propose_activity(make_document(author), author.id, datetime(2030, 5, 6, 12, tzinfo=UTC))
    assert activity.released_on == activity.reviewed_on == date(2030, 5, 7)


def test_drafts_and_rejected_items_are_not_proposed(session: Db, author: Account, now: datetime) -> None:
    document = make_document(author)
    make_item(document)
    assert propose_activity(document, author.id, now).objectives == []


def test_publishing_is_refused_with_everything_that_is_missing(session: Db, author: Account, now: datetime) -> None:
    activity = propose_activity(make_document(author), author.id, now)
    activity.title = " "
    with pytest.raises(NotReady) as refused:
        publish_activity(activity, author.id, now)
    assert {missing.field for missing in refused.value.missing} == {"title", "objectives", "faculty"}
    assert (activity.state, activity.designated_at) == (DRAFT, None)


def test_publishing_pins_the_versions_and_designates_the_credit(session: Db, now: datetime) -> None:
    activity = make_activity(items=3)
    session.expire_all()
    assert (activity.state, activity.published_at, activity.designated_at) == (PUBLISHED, now, now)
    assert [pinned.position for pinned in activity.items] == [0, 1, 2]
    assert {pinned.objective.text for pinned in activity.items} == {OBJECTIVE}


def test_activity_asks_as_many_items_as_its_specification_says(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity(items=3, publish=False)
    change_objectives(activity, [(OBJECTIVE, "Recognise it early", 2)])
    publish_activity(activity, author.id, now)
    assert [pinned.objective.text for pinned in activity.items] == ["Recognise it early"] * 2


def test_edit_after_publication_does_not_change_what_is_asked(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity(items=1)
    pinned = activity.items[0].version
    changed = replace(content_of(pinned), stem="Another question?")  # type: ignore[type-var]
    approve_version(revise_item(pinned, changed, [], author.id, now), author.id, now)
    session.expire_all()
    assert [row.version_id for row in activity.items] == [pinned.id]
    assert "Another question?" not in content_of(activity.items[0].version).stem


def test_objectives_that_share_a_source_share_its_items(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity(items=3, publish=False)
    change_objectives(activity, [(OBJECTIVE, "First half", 2), (OBJECTIVE, "Second half", 1)])
    publish_activity(activity, author.id, now)
    assert [pinned.objective.text for pinned in activity.items] == ["First half", "First half", "Second half"]


def test_objectives_that_ask_for_the_same_items_twice_are_refused(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity(items=3, publish=False)
    change_objectives(activity, [(OBJECTIVE, "First half", 2), (OBJECTIVE, "Second half", 2)])
    with pytest.raises(NotReady, match="“Second half” asks for 2 items, but 1"):
        publish_activity(activity, author.id, now)


def test_save_stores_the_form_and_counts(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity(publish=False)
    save_draft(activity, 1, {"title": "Mine"}, [("", "Recognise it", 1)], ONE, author.id, now)
    session.commit()
    session.expire_all()
    assert (activity.title, activity.revision, [row.text for row in activity.objectives]) == (
        "Mine",
        2,
        ["Recognise it"],
    )
    save_draft(activity, 2, {"title": "Mine again"}, [], ONE, author.id, now)
    assert (activity.title, activity.revision, activity.objectives) == ("Mine again", 3, [])


@pytest.mark.parametrize("revision", [0, 1, 3])
def test_save_that_began_with_another_revision_changes_nothing(
    session: Db, author: Account, now: datetime, revision: int
) -> None:
    activity = make_activity(publish=False)
    save_draft(activity, 1, {"title": "Theirs"}, [(OBJECTIVE, "Theirs", 1)], ONE, author.id, now)
    session.commit()
    with pytest.raises(DraftChanged, match="Someone else saved this draft"):
        save_draft(activity, revision, {"title": "Mine"}, [(OBJECTIVE, "Mine", 1)], ONE, author.id, now)
    session.commit()
    session.expire_all()
    assert (activity.title, activity.revision, [row.text for row in activity.objectives]) == ("Theirs", 2, ["Theirs"])


def test_published_activity_is_not_saved_over(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity()
    with pytest.raises(ActivityRefused, match="does not change under its learners"):
        save_draft(activity, 1, {"title": "Mine"}, [], ONE, author.id, now)


def test_second_publication_is_refused(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity()
    session.commit()
    with pytest.raises(ActivityRefused, match="already"):
        publish_activity(activity, author.id, now + timedelta(days=1))
    session.rollback()
    assert session.scalar(select(func.count(ActivityItem.id))) == 3
    assert activity.designated_at == now


def test_published_activity_keeps_its_objectives(session: Db) -> None:
    activity = make_activity()
    with pytest.raises(ActivityRefused, match="Close it and propose a new one"):
        change_objectives(activity, [("", "Another objective", 1)])


def test_database_itself_refuses_publication_without_designation(session: Db) -> None:
    activity = make_activity()
    activity.designated_at = None
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("values", [{"pass_mark": 0}, {"pass_mark": 101}, {"max_attempts": 0}], ids=str)
def test_database_itself_refuses_impossible_numbers(session: Db, values: dict[str, int]) -> None:
    activity = make_activity(publish=False)
    for name, value in values.items():
        setattr(activity, name, value)
    with pytest.raises(IntegrityError):
        session.flush()


def test_closed_activity_leaves_the_catalogue(session: Db, author: Account, now: datetime) -> None:
    activity = make_activity()
    assert open_activities(now.date()) == [activity]
    close_activity(activity, author.id, now)
    assert (activity.state, list(open_activities(now.date())), closed_because(activity.term, now.date()) is None) == (
        CLOSED,
        [],
        False,
    )


def test_only_a_published_activity_can_be_closed(session: Db, author: Account, now: datetime) -> None:
    with pytest.raises(ActivityRefused):
        close_activity(make_activity(publish=False), author.id, now)


@pytest.mark.parametrize(("days", "open_"), [(-1, False), (0, True), (730, True), (731, False)])
def test_activity_is_open_from_release_to_expiry(session: Db, now: datetime, days: int, open_: bool) -> None:
    activity = make_activity()
    day = (now + timedelta(days=days)).date()
    assert (closed_because(activity.term, day) is None) is open_
    assert (activity in open_activities(day)) is open_


def test_publication_is_in_the_audit_trail_with_its_credit(session: Db) -> None:
    activity = make_activity()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "activity.published")).one()
    assert (entry.subject, entry.facts) == (f"activity:{activity.id}", {"credit": {"ama_pra_1": "0.25"}})


def test_items_without_a_persons_approval_or_without_their_making_keep_an_activity_back(
    session: Db, author: Account, now: datetime
) -> None:
    activity = make_activity(items=3, publish=False)
    first, second, _ = [session.get_one(ItemVersion, number) for number in available_versions(activity)[OBJECTIVE]]
    session.execute(delete(Review).where(Review.version_id == first.id))
    second.provenance, second.created_by_id = {}, None
    plan = plan_of(activity)
    assert (plan.unsigned, plan.unsourced) == ((first.stem,), (second.stem,))
    with pytest.raises(NotReady, match="No person has approved"):
        publish_activity(activity, author.id, now)


def test_references_are_judged_against_what_the_document_itself_says(
    session: Db, author: Account, now: datetime
) -> None:
    activity = make_activity(publish=False, references=["Fatigue is the commonest sign."])
    with pytest.raises(NotReady, match="only repeats the document"):
        publish_activity(activity, author.id, now)
    activity.references = [REFERENCE]
    assert REFERENCE not in plan_of(activity).body
    publish_activity(activity, author.id, now)


def test_activities_that_expire_within_90_days_are_listed_most_urgent_first(session: Db, now: datetime) -> None:
    day = now.date()
    soon, later, _far = [make_activity(expires_on=day + timedelta(days=days)) for days in (30, 90, 91)]
    make_activity(expires_on=day, publish=False)
    assert expiring_activities(day) == [soon, later]
    assert expiring_activities(day, most=1) == [soon]
    assert expiring_activities(day + timedelta(days=31)) == [later, _far]


def test_publishing_designates_and_freezes_every_type_of_credit(session: Db, now: datetime) -> None:
    activity = make_activity(minutes=60, credits={"ama_pra_1": "1", "cpd": "1"})
    session.commit()
    session.expire_all()
    assert [(c.credit_type, c.designated_at) for c in activity.credits] == [("ama_pra_1", now), ("cpd", now)]
    assert [type_from_json(c.terms or {}) for c in activity.credits] == [
        credit_types_at("").named("ama_pra_1"),
        credit_types_at("").named("cpd"),
    ]
    with pytest.raises(ActivityRefused, match="does not change under its learners"):
        change_credits(activity, [("ama_pra_1", Decimal(2))])


def test_draft_changes_what_it_offers(session: Db, author: Account) -> None:
    activity = make_activity(publish=False, credits={"ama_pra_1": "0.5", "cpd": "1"})
    change_credits(activity, [("cpd", Decimal(2)), ("acpe", Decimal(1))])
    session.expire_all()
    assert [(c.credit_type, c.maximum) for c in activity.credits] == [("cpd", 2), ("acpe", 1)]
    assert all(c.designated_at is None and c.terms is None for c in activity.credits)


def test_database_itself_refuses_credit_of_nothing_and_a_type_offered_twice(session: Db) -> None:
    activity = make_activity(publish=False)
    for credit_type, maximum in (("cpd", Decimal(0)), ("ama_pra_1", Decimal(1))):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(ActivityCredit(activity_id=activity.id, position=1, credit_type=credit_type, maximum=maximum))
