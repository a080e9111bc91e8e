"""What the database says about an activity: which attempts count, corrected keys, and reports that keep up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from quizbank.activities.models import Activity
from quizbank.analysis.queries import ALL, FIRST, activities_with_attempts, places_of, report_of, sittings_of
from quizbank.attempts.models import Attempt
from quizbank.attempts.operations import keep_answers, submit_attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.attempts.regrading.operations import regrade_item
from quizbank.items.operations import approve_version, revise_item
from quizbank.items.queries import content_of
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, wrong_response

Db = scoped_session[Session]
LATER = FIXED_NOW + timedelta(days=1)


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(items=2)


def attempt_that_gives(activity: Activity, first: bool, second: bool) -> Attempt:
    """Return a submitted attempt that is right or wrong on the activity's first and second item."""
    attempt = make_attempt(activity)
    wanted = dict(zip([pinned.version_id for pinned in activity.items], (first, second), strict=True))
    slots = state_of(attempt.id).slots
    for slot in slots:
        content = contents_of([slot])[slot.version_id]
        response = content.right_response() if wanted[slot.version_id] else wrong_response(content)
        moment = FIXED_NOW + timedelta(seconds=20 * slot.number)
        keep_answers(attempt, {slot.number: response}, moment)
    return submit_attempt(attempt, FIXED_NOW + timedelta(minutes=10))


def test_only_submitted_attempts_count_and_of_each_learner_the_first(activity: Activity) -> None:
    learner = make_account()
    first = make_attempt(activity, learner, right=1)
    again = make_attempt(activity, learner, right=2, now=LATER)
    make_attempt(activity)  # still open
    assert [one.attempt_id for one in sittings_of(activity.id, FIRST)] == [first.id]
    assert [one.attempt_id for one in sittings_of(activity.id, ALL)] == [first.id, again.id]


def test_report_follows_the_order_of_the_activity_whatever_the_attempts_order(activity: Activity) -> None:
    for _ in range(3):
        attempt_that_gives(activity, first=True, second=False)
    report = report_of(activity, FIRST)
    assert [one.statistics.facility for one in report.items] == [1, 0]
    assert [one.asked.version_id for one in report.items] == [pinned.version_id for pinned in activity.items]
    assert (report.items[0].timed, report.items[0].seconds) == (3, 20)


def test_report_is_made_anew_when_an_attempt_is_added(activity: Activity) -> None:
    attempt_that_gives(activity, first=True, second=False)
    assert report_of(activity, FIRST) is report_of(activity, FIRST)
    attempt_that_gives(activity, first=False, second=False)
    assert report_of(activity, FIRST).items[0].statistics.facility == 0.5


def test_corrected_key_counts_once_attempts_are_regraded(activity: Activity) -> None:
    attempt_that_gives(activity, first=False, second=True)
    assert report_of(activity, FIRST).items[0].statistics.facility == 0
    version = activity.items[0].version
    content = content_of(version)
    wrong = next(option.id for option in content.options if option.id not in content.key)
    revised = revise_item(version, replace(content, key=(wrong,)), [], activity.created_by_id, LATER)  # type: ignore[type-var]
    approve_version(revised, activity.created_by_id, LATER)
    regrade_item(version.item, "The key named the wrong vessel.", activity.created_by_id, LATER)
    one = report_of(activity, FIRST).items[0]
    assert (one.statistics.facility, one.asked.version, one.asked.judged_by) == (1, 1, 2)
    assert [pick.total for pick in one.picks.picks if pick.is_key] == [1]


def test_activity_nobody_took_has_an_empty_report(activity: Activity) -> None:
    assert report_of(activity, FIRST).score.n == 0


def test_list_counts_first_attempts_and_leaves_drafts_out(session: Db, activity: Activity) -> None:
    learner = make_account()
    make_attempt(activity, learner, right=1)
    make_attempt(activity, learner, right=2, now=LATER)
    make_attempt(activity, right=2)
    make_activity(publish=False)
    rows = session.execute(activities_with_attempts()).all()
    assert [(row[0].id, *row[1:]) for row in rows] == [(activity.id, 2, 75, 0.5)]


def test_item_knows_where_it_is_asked(activity: Activity) -> None:
    pinned = activity.items[0]
    assert [place.id for place in places_of(pinned.version.item_id)] == [pinned.id]
    assert list(places_of(0)) == []
