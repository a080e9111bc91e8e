"""An author looks at what learners' answers say: from the list to the report, a wrong key, its source and its correction."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER, REVIEWER
from quizbank.activities.models import Activity
from quizbank.analysis.commands import analysis_commands
from quizbank.attempts.operations import keep_answers, submit_attempt
from quizbank.attempts.queries import contents_of, state_of
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, sign_in, wrong_response
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
LEARNERS = 30


@pytest.fixture
def activity(session: Db) -> Activity:
    """Return an activity that 30 learners took: the abler ones leave the key of its first item for another option."""
    activity = make_activity(items=4)
    places = [pinned.version_id for pinned in activity.items]
    for able in range(LEARNERS):
        attempt = make_attempt(activity)
        given = {}
        for slot in state_of(attempt.id).slots:
            content = contents_of([slot])[slot.version_id]
            knows = able > 6 * (1 + places.index(slot.version_id))
            right = not knows if slot.version_id == places[0] else knows
            given[slot.number] = content.right_response() if right else wrong_response(content)
        keep_answers(attempt, given, FIXED_NOW)
        submit_attempt(attempt, FIXED_NOW)
    return activity


def walk_as(app: Flask, role: str) -> Walk:
    return Walk(sign_in(app.test_client(), make_account(role)))


def test_wrong_key_is_found_and_leads_to_its_source_and_correction(app: Flask, activity: Activity) -> None:
    walk = walk_as(app, ADMINISTRATOR)
    pinned = activity.items[0]
    here = f"/analysis/activity/{activity.id}"
    assert f'href="{here}"' in walk.see("/analysis/")
    page = walk.see(here)
    assert "Likely miskeyed" in page
    assert f'href="{here}/item/{pinned.version_id}"' in page
    shown = walk.see(f"{here}/item/{pinned.version_id}")
    assert "in the upper third" in shown
    assert pinned.version.citation["quote"] in shown
    assert "Correct it as a new version" in shown
    assert f'href="/regrading/{pinned.version.item_id}"' in shown
    assert f'href="{here}/item/{pinned.version_id}"' in walk.see(f"/analysis/item/{pinned.version.item_id}")


def test_items_are_filtered_and_sorted_by_the_address(app: Flask, activity: Activity) -> None:
    walk = walk_as(app, REVIEWER)
    here = f"/analysis/activity/{activity.id}"
    stems = [pinned.version.stem for pinned in activity.items]
    flagged = walk.see(f"{here}?flag=miskeyed").partition("Items of this activity")[2].partition("</table>")[0]
    assert [stem in flagged for stem in stems] == [True, False, False, False]
    assert "Nothing matches" in walk.see(f"{here}?q=no+such+words&sort=-time&attempts=all")
    walk.see(f"{here}?sort=%00&flag=x&objective=x&attempts=x", status=400)
    walk.see(f"{here}?sort=nothing&flag=x&objective=x&attempts=x")


def test_downloaded_responses_give_the_same_figures_on_the_command_line(
    app: Flask, activity: Activity, tmp_path: Path
) -> None:
    walk = walk_as(app, AUTHOR)
    figures = walk.download(f"/analysis/activity/{activity.id}/items.csv").decode().splitlines()
    file = tmp_path / "responses.csv"
    file.write_bytes(walk.download(f"/analysis/activity/{activity.id}/responses.csv"))
    told = CliRunner().invoke(analysis_commands, ["items", "--responses", str(file), "--format", "json"])
    items = json.loads(told.stdout)["items"]
    assert len(items) == len(figures) - 1 == 4
    place = figures[0].removeprefix("\ufeff").split(",").index("discrimination")
    assert [row.split(",")[place] for row in figures[1:]] == [str(one["discrimination"]) for one in items]
    assert "@" not in file.read_text(encoding="utf-8")


def test_activity_without_attempts_says_when_figures_come(app: Flask, session: Db) -> None:
    activity = make_activity()
    walk = walk_as(app, AUTHOR)
    assert "No attempts yet" in walk.see(f"/analysis/activity/{activity.id}")
    version = activity.items[0].version
    assert "No verdict yet" in walk.see(f"/analysis/activity/{activity.id}/item/{version.id}")
    walk.download(f"/analysis/activity/{activity.id}/responses.csv")
    walk.see(f"/analysis/item/{version.item_id}")


def test_few_attempts_give_figures_and_no_verdict(app: Flask, session: Db) -> None:
    activity = make_activity()
    for right in (1, 2, 3):
        make_attempt(activity, right=right)
    assert "3 of 30 learners so far" in walk_as(app, AUTHOR).see(f"/analysis/activity/{activity.id}")


def test_drafts_items_of_other_activities_and_learners_find_nothing(app: Flask, session: Db) -> None:
    activity, other, draft = make_activity(), make_activity(), make_activity(publish=False)
    walk = walk_as(app, AUTHOR)
    walk.see(f"/analysis/activity/{draft.id}", status=404)
    walk.see(f"/analysis/activity/{activity.id}/item/{other.items[0].version_id}", status=404)
    walk.see("/analysis/item/999", status=404)
    walk_as(app, LEARNER).see(f"/analysis/activity/{activity.id}", status=403)


def test_pre_test_is_compared_and_counted_nowhere_else(app: Flask, session: Db) -> None:
    activity, learner = make_activity(pre_test=True), make_account()
    for right in (1, 3):
        make_attempt(activity, learner, right=right)
    make_attempt(activity, make_account(), right=0)  # the pre-test of somebody who has not come back
    walk = walk_as(app, AUTHOR)
    for counted in ("", "?attempts=all"):
        page = walk.see(f"/analysis/activity/{activity.id}{counted}")
        assert "1 learner took the pre-test and then the test" in page
        assert "66.7" in page
        assert "<strong>1</strong>" in page
