"""Editors and administrators who decide on the same thing at the same moment."""

from functools import partial

from sqlalchemy import func, select

from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, REVIEWER
from quizbank.activities.models import Activity, ActivityItem
from quizbank.db import db, utc_now
from quizbank.generation.models import Suggestion
from quizbank.items.models import Item, ItemVersion, Review
from tests.factories import REFERENCE, make_account, make_activity, make_document, make_item, make_suggestion
from tests.races.conftest import Platform, at_once

PERSON = [("email", "twice@example.org"), ("name", "Twice Added"), ("profession", "nurse"), ("roles", "learner")]


def chain_is_whole() -> bool:
    """Return whether the audit trail's hashes hold."""
    db.session.rollback()
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return (
        first_broken((Entry(r.at, r.actor_id, r.action, r.subject, r.facts), r.previous_hash, r.hash) for r in rows)
        is None
    )


def test_parallel_verdicts_count_once(platform: Platform) -> None:
    document = make_document()
    versions = [make_item(document).id for _ in range(6)]
    editors = [platform.browser(make_account(role)) for role in (REVIEWER, AUTHOR, ADMINISTRATOR)]
    document_id = document.id
    db.session.commit()
    calls = [partial(browser.post, f"/generation/{document_id}/approve") for browser in editors * 2]
    calls += [partial(editors[0].post, f"/items/versions/{version}/approve") for version in reversed(versions)]
    calls += [partial(editors[1].post, f"/items/versions/{version}/reject", [("note", "no")]) for version in versions]
    calls += [partial(editors[2].post, f"/items/versions/{version}/retire") for version in versions]
    assert set(at_once(calls)) <= {302, 409}
    reviews = select(Review.version_id, func.count()).where(Review.version_id.in_(versions)).group_by(Review.version_id)
    assert {tuple(row) for row in db.session.execute(reviews)} == {(version, 1) for version in versions}
    assert chain_is_whole()


def test_parallel_edits_of_an_item_make_one_new_version(platform: Platform) -> None:
    author = make_account(AUTHOR)
    version = make_item(make_document(author), reviewer=author)
    browser, item_id = platform.browser(author), version.item_id
    form = [("version", "1"), ("stem", "Which vessel supplies the anterior wall?"), ("rationale", "See the text.")]
    for number, option in enumerate(version.content["options"]):
        form += [(f"options-{number}-{name}", option[name]) for name in ("id", "text", "rationale")]
        form += [(f"options-{number}-is_key", "y")] if option["id"] in version.content["key"] else []
    db.session.commit()
    statuses = at_once([partial(browser.post, f"/generation/items/{item_id}/edit", form)] * 6)
    assert set(statuses) <= {302, 400}
    numbers = db.session.scalars(
        select(ItemVersion.number).filter_by(item_id=item_id).order_by(ItemVersion.number)
    ).all()
    assert len(numbers) == 1 + statuses.count(302)
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_suggestion_finished_by_many_at_once_becomes_one_item(platform: Platform) -> None:
    suggestion = make_suggestion()
    browsers = [platform.browser(make_account(AUTHOR)) for _ in range(4)]
    place, document_id = f"/generation/suggestions/{suggestion.id}", suggestion.document_id
    form = [("stem", "Which sign of heart failure is the commonest?"), ("options-0-is_key", "y")]
    for number, text in enumerate(("Fatigue", "Oedema", "Cough")):
        form += [(f"options-{number}-text", text), (f"options-{number}-rationale", "Told.")]
    db.session.commit()
    calls = [partial(browser.post, place, form) for browser in browsers]
    calls += [partial(browsers[0].post, f"{place}/reject", [("note", "no")])]
    assert set(at_once(calls)) <= {302, 400, 409}
    row = db.session.scalars(select(Suggestion).where(Suggestion.document_id == document_id)).one()
    made = db.session.scalars(select(Item.id).where(Item.document_id == document_id)).all()
    assert list(made) == ([row.item_id] if row.item_id else [])
    assert row.state in ("finished", "rejected")
    assert chain_is_whole()


def plan_of(activity: Activity, title: str) -> list[tuple[str, str]]:
    """Return the form of a draft as its page sends it, with a title of one's own."""
    objective = activity.objectives[0].source
    return [
        ("revision", "1"), ("title", title), ("format", "enduring"), ("instructions", "Read."), ("pass_mark", "60"),
        ("minutes", "30"), ("credits-0-credit_type", "ama_pra_1"), ("credits-0-maximum", "0.25"),
        ("objectives-0-source", objective),
        ("objectives-0-text", objective), ("objectives-0-item_count", "2"), ("references", REFERENCE),
        ("released_on", activity.released_on.isoformat()), ("reviewed_on", activity.reviewed_on.isoformat()),
        ("expires_on", activity.expires_on.isoformat()), ("faculty-0-name", "Ada"), ("faculty-0-asked", "y"),
    ]  # fmt: skip


def test_of_parallel_saves_of_one_draft_the_first_is_kept_and_the_others_are_told(platform: Platform) -> None:
    activity = make_activity(publish=False, now=utc_now())
    authors = [platform.browser(make_account(AUTHOR)) for _ in range(6)]
    forms = [plan_of(activity, f"Title {number}") for number in range(6)]
    activity_id = activity.id
    db.session.commit()
    calls = [
        partial(author.post, f"/activities/{activity_id}", form) for author, form in zip(authors, forms, strict=True)
    ]
    statuses = at_once(calls)
    assert sorted(statuses) == [302] + [409] * 5
    row = db.session.get_one(Activity, activity_id, populate_existing=True)
    assert (row.title, row.revision) == (f"Title {statuses.index(302)}", 2)
    assert [objective.item_count for objective in row.objectives] == [2]


def test_parallel_publishing_and_saving_leaves_one_published_activity(platform: Platform) -> None:
    activity = make_activity(publish=False, now=utc_now())
    browser = platform.browser(make_account(AUTHOR))
    changes = plan_of(activity, "Changed")
    here = f"/activities/{activity.id}"
    activity_id = activity.id
    db.session.commit()
    calls = [partial(browser.post, f"{here}/publish")] * 5 + [partial(browser.post, here, changes)] * 5
    assert set(at_once(calls)) <= {200, 302, 409}
    published = select(func.count()).where(
        AuditEntry.action == "activity.published", AuditEntry.subject == f"activity:{activity_id}"
    )
    assert db.session.scalar(published) == 1
    row = db.session.get_one(Activity, activity_id, populate_existing=True)
    pinned = db.session.scalar(select(func.count()).select_from(ActivityItem).filter_by(activity_id=activity_id))
    assert pinned == sum(objective.item_count for objective in row.objectives)
    assert {(row.title, row.pass_mark)} <= {("Heart failure", 70), ("Changed", 60)}


def test_person_added_many_times_at_once_has_one_account(platform: Platform) -> None:
    browser = platform.browser(make_account(ADMINISTRATOR))
    db.session.commit()
    statuses = at_once([partial(browser.post, "/accounts/add", PERSON)] * 8)
    assert sorted(statuses) == [200] + [400] * 7
    assert db.session.scalar(select(func.count()).where(Account.email == "twice@example.org")) == 1
    assert chain_is_whole()
