"""An author's story: a document in any format goes in, its items are read and decided, an activity is published."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import AUTHOR
from quizbank.activities.models import Activity
from quizbank.db import utc_now
from quizbank.documents.models import StoredDocument
from quizbank.documents.queries import tree_of
from quizbank.generation.gate import CHECKS
from quizbank.generation.licences import Licence, licences_text
from quizbank.generation.models import Suggestion
from quizbank.generation.patterns import OPEN
from quizbank.generation.renewal import section_choices
from quizbank.items.models import PUBLISHED, ItemVersion
from quizbank.items.queries import newest_versions_of
from tests.factories import make_account, make_activity, make_item, make_suggestion
from tests.journeys.conftest import Walk
from tests.journeys.documents import FORMATS, as_markdown

Db = scoped_session[Session]
Start = Callable[..., Walk]
Work = Callable[[], None]

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
REVISION = re.compile(r'name="revision"[^>]* value="(\d+)"')


@pytest.fixture
def author(walk: Start, session: Db) -> Walk:
    return walk(make_account(AUTHOR, "Grace Author"))


def bring(author: Walk, work: Work, name: str, content: bytes) -> str:
    """Upload a document, let it be read, and return the address of its workshop."""
    page = author.go("/documents/add", file=(BytesIO(content), name))
    assert "Reading the document" in author.see(page)
    work()
    return page.replace("/documents/", "/generation/")


def decide(author: Walk, workshop: str, session: Db) -> list[ItemVersion]:
    """Approve everything that passes its checks and return what is published."""
    author.send(f"{workshop}/approve")
    session.expire_all()
    return [v for v in newest_versions_of(int(workshop.rpartition("/")[2])) if v.state == PUBLISHED]


def plan_form(session: Db, place: str) -> dict[str, object]:
    """Return the plan of an activity as its page sends it."""
    session.expire_all()
    plan = session.get_one(Activity, int(place.rpartition("/")[2]))
    names = ("revision", "title", "format", "instructions", "pass_mark", "minutes")
    dates = ("released_on", "reviewed_on", "expires_on")
    fields = {name: str(getattr(plan, name)) for name in (*names, *dates)}
    fields["references"] = "\n".join(plan.references)
    for number, objective in enumerate(plan.objectives):
        fields |= {
            f"objectives-{number}-source": objective.source,
            f"objectives-{number}-text": objective.text,
            f"objectives-{number}-item_count": str(objective.item_count),
        }
    for number, credit in enumerate(plan.credits):
        kept = {"credit_type": credit.credit_type, "maximum": str(credit.maximum)}
        fields |= {f"credits-{number}-{name}": value for name, value in kept.items()}
    return {**fields}


def test_author_turns_a_document_into_an_activity_that_a_learner_finds(
    walk: Start, work: Work, session: Db, author: Walk
) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    page = author.see(workshop)
    assert "Read each item against the highlighted words" in page
    assert '<mark class="cited"' in page
    published = decide(author, workshop, session)
    assert len(published) >= 8
    place = author.go(f"/activities/propose/{workshop.rpartition('/')[2]}")
    assert "Name the faculty and planners" in author.send(f"{place}/publish")
    fields = plan_form(session, place)
    person = {"faculty-0-name": "Grace Author", "faculty-0-role": "Author", "faculty-0-asked": "y"}
    assert "Ready to publish" in author.send(place, **{**fields, **person, "title": "Cover for the back"})
    assert "Published. Learners find it in the catalogue." in author.send(f"{place}/publish")
    assert "Cover for the back" in walk(make_account()).see("/")
    assert "Expiring within 90 days" not in author.see("/activities/")
    session.get_one(Activity, int(place.rpartition("/")[2])).expires_on = utc_now().date() + timedelta(days=20)
    session.commit()
    page = author.see("/activities/")
    assert "Expiring within 90 days" in page
    assert "Expires in 20 days" in page


def test_publishing_says_everything_that_is_missing(work: Work, session: Db, author: Walk) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    decide(author, workshop, session)
    place = author.go(f"/activities/propose/{workshop.rpartition('/')[2]}")
    fields = plan_form(session, place)
    empty = {"references": "", "instructions": "", "expires_on": "2001-01-01", "objectives-0-item_count": "99"}
    author.send(place, **{**fields, **empty})
    page = author.send(f"{place}/publish")
    assert "Not published yet: see what is missing below." in page
    assert '<a href="#references">Name at least one bibliographic source.</a>' in page
    assert "rules are not met yet" in page
    assert "rules met" in page
    assert "Tell learners how to earn the credit." in page
    assert "The dates must follow: release, review, expiry." in page
    assert "asks for 99 items" in page
    assert session.get_one(Activity, int(place.rpartition("/")[2]), populate_existing=True).state == "draft"


def test_save_over_a_newer_one_is_refused_and_nothing_that_was_typed_is_lost(
    walk: Start, session: Db, author: Walk
) -> None:
    activity = make_activity(publish=False, now=utc_now())
    place = f"/activities/{activity.id}"
    mine = {**plan_form(session, place), "title": "My title", "commercial_support": "None known."}
    theirs = {**plan_form(session, place), "title": "Their title"}
    assert "Saved." in walk(make_account(AUTHOR, "Alan Author")).send(place, **theirs)
    page = author.send(place, 409, **mine)
    assert "someone else saved this draft after you opened it" in page
    assert "differs from yours in: Title, Commercial support." in page
    assert 'value="My title"' in page
    assert "None known.</textarea>" in page
    assert "Their title" in author.see(place)
    assert "Saved." in author.send(place, **{**mine, "revision": REVISION.search(page)[1]})  # type: ignore[index]
    assert "My title" in author.see(place)


def test_mistake_in_a_form_does_not_hide_that_someone_saved_meanwhile(walk: Start, session: Db, author: Walk) -> None:
    activity = make_activity(publish=False, now=utc_now())
    place = f"/activities/{activity.id}"
    mine = {**plan_form(session, place), "title": "My title"}
    walk(make_account(AUTHOR, "Alan Author")).send(place, **{**mine, "title": "Their title"})
    page = author.send(place, 400, **{**mine, "pass_mark": "170"})
    author.send(place, 409, **{**mine, "revision": REVISION.search(page)[1]})  # type: ignore[index]


def test_button_pressed_twice_saves_once_and_says_so(session: Db, author: Walk) -> None:
    activity = make_activity(publish=False, now=utc_now())
    place = f"/activities/{activity.id}"
    mine = {**plan_form(session, place), "title": "My title"}
    assert ["Saved." in author.send(place, **mine) for _ in range(2)] == [True, True]


@ON_SQLITE
@pytest.mark.parametrize("name", FORMATS)
def test_same_document_gives_items_in_every_format(work: Work, session: Db, author: Walk, name: str) -> None:
    content = FORMATS[name]()
    workshop = bring(author, work, name, content)
    stems = {version.stem for version in decide(author, workshop, session)}
    assert "In back reconstruction, why is debridement performed?" in stems
    assert len(stems) >= 8
    row = session.get_one(StoredDocument, int(workshop.rpartition("/")[2]))
    assert (row.title, row.content) == ("Back Reconstruction", content)


def test_edited_item_becomes_a_new_version_and_the_old_one_stays(work: Work, session: Db, author: Walk) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    version = decide(author, workshop, session)[0]
    place = f"/generation/items/{version.item_id}/edit"
    author.send(place, 400, **{**edit_form(version), "stem": ""})
    page = author.send(place, **{**edit_form(version), "stem": "Which of these is told in the document?"})
    assert "Saved as a new version, to be approved." in page
    assert "Which of these is told in the document?" in page
    numbers = select(ItemVersion.number, ItemVersion.state, ItemVersion.stem).where(
        ItemVersion.item_id == version.item_id
    )
    old, new = session.execute(numbers.order_by(ItemVersion.number)).all()
    assert (old.state, old.stem) == (PUBLISHED, version.stem)
    assert (new.number, new.state) == (2, "draft")


def edit_form(version: ItemVersion) -> dict[str, object]:
    """Return an item as its edit page sends it."""
    fields: dict[str, object] = {
        "version": version.number,
        "stem": version.stem,
        "rationale": version.content["rationale"],
        **{name: version.content[name] for name in ("rule", "value", "unit", "low", "high") if name in version.content},
    }
    for number, option in enumerate(version.content.get("options", ())):
        fields |= {f"options-{number}-{name}": option[name] for name in ("id", "text", "rationale")}
        if option["id"] in version.content["key"]:
            fields[f"options-{number}-is_key"] = "y"
    return fields


def test_section_is_written_again_beside_what_is_there(work: Work, session: Db, author: Walk) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    before = {v.id: v.state for v in decide(author, workshop, session)}
    assert "Write a section again" in author.see(workshop)
    author.send(f"{workshop}/section", 400, section="999")
    assert "Writing items" in author.send(f"{workshop}/section", section="1")
    work()
    page = author.see(workshop)
    assert re.search(r"was written again on .* with seed 2: \d+ new items?, \d+ new suggestions?; \d+ asked", page)
    after = {v.id: v.state for v in newest_versions_of(int(workshop.rpartition("/")[2]))}
    assert before.items() <= after.items()


def test_new_version_shows_what_is_stale_with_both_texts_until_it_is_confirmed(
    work: Work, session: Db, author: Walk
) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    published = decide(author, workshop, session)
    smoking = next(version for version in published if "4 weeks" in version.citation["quote"])
    changed = as_markdown().replace(b"for 4 weeks before", b"for at least 4 weeks before")
    page = author.go(f"{workshop}/new-version", file=(BytesIO(changed), "back-2.md"))
    work()
    newer = page.replace("/documents/", "/generation/")
    shown = author.see(newer)
    assert "A new version of an earlier document" in shown
    assert smoking.citation["quote"] in shown
    versions = newest_versions_of(int(newer.rpartition("/")[2]))
    stale = next(version for version in versions if version.is_stale)
    assert stale.stem == smoking.stem
    assert len([v for v in versions if v.state == PUBLISHED]) >= len(published) - 3
    author.send(f"/items/versions/{stale.id}/approve", 409)
    assert "Add a new version" not in author.see(workshop)
    author.send(f"{workshop}/new-version", 409, file=(BytesIO(changed), "back-3.md"))
    place = f"/generation/items/{stale.item_id}/edit"
    assert "do not stand in the document" in author.send(place, 400, **edit_form(stale), quote="No such words.")
    assert "Saved as item" in author.send(f"/generation/items/{stale.item_id}/confirm")
    session.expire_all()
    assert not stale.item.versions[-1].is_stale


def test_providers_own_licence_is_told_beside_the_items_it_covers(
    session: Db, author: Walk, app: Flask, tmp_path: Path
) -> None:
    own = tmp_path / "licences.toml"
    own.write_text(licences_text([Licence(OPEN.name, OPEN.version, 40, 12, 36, 0)]))
    suggestion = make_suggestion(pattern=OPEN.name, version=OPEN.version)
    page = f"/generation/{suggestion.document_id}"
    assert "no licence yet" in author.see(page)
    app.config["LICENCES"] = str(own)
    assert "40 read from 12 documents" in author.see(page)
    assert "40 read from 12 documents" in author.see("/generation/patterns")
    own.write_text("damaged [")
    assert "no licence yet" in author.see(page)


def finish_form(suggestion: Suggestion, **changes: object) -> dict[str, object]:
    """Return a suggestion as its page sends it when nothing but these fields is changed."""
    report = suggestion.report
    fields: dict[str, object] = {"stem": report["stem"], "rationale": report["rationale"]}
    for number, option in enumerate([*report["options"], *report["alternatives"]]):
        fields |= {f"options-{number}-{name}": option[name] for name in ("text", "rationale")}
        fields[f"options-{number}-id"] = option.get("id", f"more{number}")
        if option.get("id") in report["key"]:
            fields[f"options-{number}-is_key"] = "y"
    return {**fields, **changes}


def test_suggestion_is_shown_with_its_reasons_and_finished_into_a_draft(session: Db, author: Walk) -> None:
    suggestion = make_suggestion()
    page = author.see(f"/generation/{suggestion.document_id}")
    assert "other signs" in page
    assert "Nobody has proved it." in page
    assert "no licence yet" in page or "usable as they are" in page
    place = f"/generation/suggestions/{suggestion.id}"
    assert 'value="y"' in author.see(place)
    page = author.send(place, **finish_form(suggestion, **{"options-4-left_out": "y"}))
    made_for = sum("single_best_answer" not in check.skips for check in CHECKS)
    assert f"to be approved. 1 of {made_for} checks failed" in page
    assert f"Finished by a person from suggestion {suggestion.id}." in page
    version = newest_versions_of(suggestion.document_id)[0]
    assert [option["text"] for option in version.content["options"]] == ["Fatigue", "Oedema", "Cough", "Itch"]
    assert "1 suggestion decided" in author.see(place)
    author.send(f"{place}/reject", 409)


def test_option_is_swapped_with_one_press_and_can_be_taken_back(session: Db, author: Walk) -> None:
    version = make_item()
    spare = {"text": "Internal mammary artery", "rationale": "Not told.", "origin": "lexicon", "warning": "Doubtful."}
    version.provenance = {**version.provenance, "alternatives": [spare]}
    document_id, before = version.item.document_id, version.content
    wrong = next(option for option in before["options"] if option["id"] not in before["key"])
    place = f"/generation/items/{version.item_id}/swap"
    assert f"Use “Internal mammary artery” instead of A, “{wrong['text']}”" in author.see(f"/generation/{document_id}")
    page = author.send(place, version="1", alternative="0", option=wrong["id"])
    assert "“Internal mammary artery”: Doubtful." in page
    assert "was an option before" in page
    session.expire_all()
    new = newest_versions_of(document_id)[0]
    assert (new.number, new.state, new.all_checks_pass) == (2, "draft", False)
    assert new.content["options"][0]["text"] == "Internal mammary artery"
    assert new.provenance["changed"] == [f"Left out “{wrong['text']}”.", "Added “Internal mammary artery”."]
    author.send(place, 409, version="1", alternative="0", option=wrong["id"])
    author.send(place, 409, version="2", alternative="0", option=new.content["key"][0])
    for odd in ({"alternative": "1"}, {"alternative": "-1"}, {"version": "9"}, {"option": ""}):
        author.send(place, 400, **{"version": "2", "alternative": "0", "option": "x", **odd})


def test_question_can_be_checked_without_being_saved(session: Db, author: Walk) -> None:
    suggestion = make_suggestion()
    place = f"/generation/suggestions/{suggestion.id}"
    page = author.send(place, go="check", **finish_form(suggestion, stem="Fatigue is the commonest."))
    assert "checks failed." in page
    assert "Not complete yet." in author.send(place, go="check", **{"stem": "Which?", "options-0-text": "Fatigue"})
    assert "Not checked: something is missing" in author.send(place, go="check", stem="")
    assert newest_versions_of(suggestion.document_id) == []
    version = make_item()
    assert "Checks" in author.send(f"/generation/items/{version.item_id}/edit", go="check", **edit_form(version))
    assert len(newest_versions_of(version.item.document_id)) == 1


def test_rejected_suggestion_is_remembered_with_its_reason(session: Db, author: Walk) -> None:
    suggestion = make_suggestion()
    page = author.send(f"/generation/suggestions/{suggestion.id}/reject", note="Nobody would ask this.")
    assert "Rejected by Grace Author" in page
    assert "Nobody would ask this." in page


def test_doubtful_word_is_put_right_and_later_questions_say_it_so(work: Work, session: Db, author: Walk) -> None:
    text = as_markdown() + b"\n\n## Discharge\n\nThe final decission is made by the attending surgeon. Wait 5days.\n"
    workshop = bring(author, work, "back.md", text)
    page = author.see(workshop)
    assert "may be a misspelling of “decision”" in page
    assert 'value="5 days"' in page
    page = author.send(f"{workshop}/correction", original="decission", corrected="decision")
    assert "Questions written from now on say “decision” for “decission”." in page
    assert "Written “decision”, by Grace Author" in page
    document_id = int(workshop.rpartition("/")[2])
    last = max(value for value, _ in section_choices(tree_of(session.get_one(StoredDocument, document_id))))
    author.send(f"{workshop}/section", section=str(last))
    work()
    page = author.see(workshop)
    assert "decision made" in page or "final decision" in page
    assert "Corrected: “decission” is written “decision”." in page
    for odd in ({"original": "surgeon"}, {"corrected": ""}, {"corrected": "d" * 121}):
        author.send(f"{workshop}/correction", 400, **{"original": "decission", "corrected": "decision", **odd})


def test_rejected_item_is_never_asked(work: Work, session: Db, author: Walk) -> None:
    workshop = bring(author, work, "back.md", as_markdown())
    document_id = int(workshop.rpartition("/")[2])
    first = newest_versions_of(document_id)[0]
    author.send(f"/items/versions/{first.id}/reject", note="Not worth asking.")
    published = decide(author, workshop, session)
    assert first.item_id not in {version.item_id for version in published}
    assert "Not worth asking." in author.see(f"/items/{first.item_id}")
    author.send(f"/items/versions/{first.id}/approve", 409)
