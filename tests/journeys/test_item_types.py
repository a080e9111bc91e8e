"""Items of every type on their whole way: written, edited, asked, answered without scripts, scored and explained."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import AUTHOR
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import utc_now
from quizbank.generation.contents import content_of_candidate, offered_options
from quizbank.generation.serialising import content_from_json
from quizbank.items.content import ItemContent
from quizbank.items.models import ItemVersion
from quizbank.items.queries import content_of
from quizbank.items.types import ITEM_TYPES
from tests.factories import make_account, make_activity, make_document, make_item, make_suggestion
from tests.journeys.conftest import Walk
from tests.journeys.page_forms import fields_of
from tests.quizbank.generation.unlettered import CANDIDATES

Db = scoped_session[Session]
Start = Callable[..., Walk]
STEMS = {"true_false": "Skin grafts take on muscle.", "cloze": "Skin grafts take on [gap 1] and [gap 2]."}
every_type = pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.type)


@pytest.fixture
def activity(session: Db) -> Activity:
    """Return an activity that asks one item of each type."""
    author = make_account(AUTHOR, "Grace Author")
    document = make_document(author)
    for kind in ITEM_TYPES:
        make_item(document, kind.type, reviewer=author)
    return make_activity(items=0, document=document, now=utc_now())


@pytest.fixture
def ada(walk: Start, session: Db) -> Walk:
    return walk(make_account(name="Dr. Ada Lovelace"))


def started(ada: Walk, session: Db, activity: Activity) -> tuple[str, dict[str, tuple[int, ItemContent]]]:
    """Start an attempt and return its address, and number and content of the item of each type."""
    page = ada.go(f"/attempts/start/{activity.id}")
    session.rollback()
    slots = state_of(int(page.rpartition("/")[2])).slots
    contents = contents_of(slots)
    asked = {contents[slot.version_id].type: (slot.number, contents[slot.version_id]) for slot in slots}
    return page, asked


def right_fields(asked: dict[str, tuple[int, ItemContent]]) -> dict[str, list[str]]:
    """Return what a page sends when everything is answered right."""
    fields = {f"{content.field}-{n}": list(content.values(content.right_response())) for n, content in asked.values()}
    return {"item": [str(number) for number, _ in asked.values()], **fields}


def test_every_type_is_answered_on_one_page_and_scored_right(ada: Walk, session: Db, activity: Activity) -> None:
    page, asked = started(ada, session, activity)
    assert len(asked) == len(ITEM_TYPES)
    assert "Every question is answered" in ada.send(f"{page}/answers", go="review", **right_fields(asked))
    shown = fields_of(ada.client.get(f"{page}?view=page").text)
    for number, content in asked.values():
        assert sorted(filter(None, shown[f"{content.field}-{number}"])) == sorted(
            content.values(content.right_response())
        )
    result = ada.send(f"{page}/submit")
    assert "You passed" in result
    attempt = session.get_one(Attempt, int(page.rpartition("/")[2]))
    assert attempt.score == 100
    for _, content in asked.values():
        assert all(part.right in result for part in content.parts({}))


def test_partly_right_answers_earn_their_part_and_are_explained(ada: Walk, session: Db, activity: Activity) -> None:
    page, asked = started(ada, session, activity)
    fields = right_fields(asked)
    number, matching = asked["matching"]
    fields[f"match-{number}"] = [*fields[f"match-{number}"][:2], ""]
    place, ordering = asked["ordering"]
    steps = list(ordering.key)
    fields[f"place-{place}"] = [f"{step}:{at}" for at, step in enumerate([steps[1], steps[0], *steps[2:]], start=1)]
    review = ada.send(f"{page}/answers", go="review", **fields)
    assert "1 question has no whole answer yet" in review
    assert "Partly answered" in review
    assert " → " in review
    ada.send(f"{page}/submit")
    session.rollback()
    state = state_of(int(page.rpartition("/")[2]))
    assert state.fractions is not None
    assert state.fractions[number] == pytest.approx(2 / 3)
    assert state.fractions[place] == pytest.approx(2 / 3)
    result = ada.see(f"{page}/result")
    assert "No answer" in result
    assert all(part.right in result for part in matching.parts({}))


def test_what_cannot_be_read_is_shown_again_and_the_rest_is_saved(ada: Walk, session: Db, activity: Activity) -> None:
    page, asked = started(ada, session, activity)
    number, _ = asked["numeric"]
    place, ordering = asked["ordering"]
    wrong = {
        f"number-{number}": ["1,000 <mg>"],
        f"place-{place}": [f"{ordering.key[0]}:2", f"{ordering.key[1]}:2"],
    }
    answer = ada.client.post(f"{page}/answers", data={**right_fields(asked), **wrong, "go": "review"})
    assert answer.status_code == 422
    assert "“1,000 &lt;mg&gt;” cannot be read. Write the number in mg" in answer.text
    assert "Two steps have place 2. Give each step a place of its own." in answer.text
    shown = fields_of(answer.text)
    assert shown[f"number-{number}"] == ["1,000 <mg>"]
    assert sorted(filter(None, shown[f"place-{place}"])) == sorted(wrong[f"place-{place}"])
    review = ada.see(f"{page}/review")
    assert "2 questions have no answer yet" in review


def test_autosave_keeps_every_type_and_says_what_it_cannot_read(ada: Walk, session: Db, activity: Activity) -> None:
    page, asked = started(ada, session, activity)
    for number, content in asked.values():
        values = list(content.values(content.right_response()))
        fields = {"item": str(number), f"{content.field}-{number}": values, "go": "autosave"}
        assert set(ada.client.post(f"{page}/answers", data=fields).json or {}) == {"saved_at"}
    number, _ = asked["numeric"]
    broken = {"item": str(number), f"number-{number}": "about 1", "go": "autosave"}
    answer = ada.client.post(f"{page}/answers", data=broken)
    assert answer.status_code == 422
    assert answer.json == {"problem": "“about 1” is no number. Write digits, such as 12 or 12.5."}
    ada.send(f"{page}/submit")
    assert session.get_one(Attempt, int(page.rpartition("/")[2])).score == 100


def test_steps_and_options_are_not_shown_in_their_right_order(ada: Walk, session: Db, activity: Activity) -> None:
    page, asked = started(ada, session, activity)
    _, ordering = asked["ordering"]
    text = ada.client.get(f"{page}?view=page").text
    texts = {option.id: option.text for option in ordering.options}
    shown = sorted(ordering.key, key=lambda step: text.index(f"<span data-step>{texts[step]}"))
    assert tuple(shown) != ordering.key
    assert all(len(option.id) == 6 for option in ordering.options)


@every_type
def test_edit_form_sends_back_what_it_shows(walk: Start, session: Db, kind: type[ItemContent]) -> None:
    version = make_item(type=kind.type)
    session.commit()
    author = walk(make_account(AUTHOR, "Grace Author"))
    address = f"/generation/items/{version.item_id}/edit"
    fields = fields_of(author.client.get(address).text)
    stem = STEMS.get(kind.type, "What is right about skin grafts?")
    page = author.send(address, **{**fields, "stem": stem})
    assert "Saved as a new version, to be approved." in page
    new = version.item.versions[-1]
    assert new.number == 2
    before, after = content_of(version), content_of(new)
    assert after.stem == stem
    assert after.right_response() == before.right_response()
    assert {*after.options} == {*before.options}
    assert (after.prompts, after.unit, after.parts({})) == (before.prompts, before.unit, before.parts({}))
    assert new.provenance["changed"] == [f"Question was “{before.stem}”."]
    author.send(f"/items/versions/{new.id}/approve")
    session.refresh(new)
    assert new.state == "published"
    assert stem in author.see(f"/items/{version.item_id}")


def edited(walk: Start, session: Db, type: str, **changes: object) -> tuple[str, ItemVersion]:
    """Return what the edit page of a new item says after changes, and the newest version."""
    version = make_item(type=type)
    session.commit()
    author = walk(make_account(AUTHOR, "Grace Author"))
    address = f"/generation/items/{version.item_id}/edit"
    fields = fields_of(author.client.get(address).text)
    answer = author.client.post(address, data={**fields, **changes}, follow_redirects=True)
    session.refresh(version.item)
    return answer.text, version.item.versions[-1]


def test_author_widens_the_range_of_a_number(walk: Start, session: Db) -> None:
    _, newest = edited(walk, session, "numeric", low="0,9", high="1.1 mg")
    content = content_of(newest)
    assert (newest.number, content.parts({})[0].right) == (2, "1 mg (from 0.9 to 1.1 mg is right)")
    assert newest.provenance["changed"] == ["Right was “Number: 1 mg”."]


def test_author_is_told_that_a_number_is_none(walk: Start, session: Db) -> None:
    page, newest = edited(walk, session, "numeric", value="a few")
    assert "Write the right number and the range as digits" in page
    assert 'value="a few"' in page
    assert newest.number == 1


def test_author_moves_a_step_and_chooses_the_rule(walk: Start, session: Db) -> None:
    changes = {"steps-0-place": "2", "steps-1-place": "1", "rule": "exact"}
    _, newest = edited(walk, session, "ordering", **changes)
    content = content_of(newest)
    assert newest.content["rule"] == "exact"
    assert content.summarise(content.right_response()).startswith("1. Chest compressions; 2. Recognition")


def test_author_is_told_that_two_steps_have_one_place(walk: Start, session: Db) -> None:
    page, newest = edited(walk, session, "ordering", **{"steps-0-place": "2"})
    assert "Two steps have place 2. Give each step a place of its own." in page
    assert newest.number == 1


def test_author_adds_a_pair_and_takes_away_what_was_left_over(walk: Start, session: Db) -> None:
    changes = {"pairs-3-prompt": "Musculocutaneous nerve", "pairs-0-text": "Extension of wrist and fingers"}
    _, newest = edited(walk, session, "matching", **changes)
    content = content_of(newest)
    assert len(content.prompts) == len(content.options) == 4
    assert "Radial nerve → Extension of wrist and fingers" in content.summarise(content.right_response())


def test_author_changes_the_accepted_answers(walk: Start, session: Db) -> None:
    _, newest = edited(walk, session, "short_answer", accepted="Protamine\r\n\r\n  Protamin  sulfate ")
    assert [row["text"] for row in newest.content["accepted"]] == ["Protamine", "Protamin sulfate"]
    assert newest.provenance["changed"] == [
        "Right was “Answer: Protamine (also right: Protamine sulfate; Protamine sulphate)”."
    ]


def test_author_is_told_that_two_accepted_answers_are_one(walk: Start, session: Db) -> None:
    page, newest = edited(walk, session, "short_answer", accepted="Protamine\nthe protamine")
    assert "Two right answers say the same" in page
    assert newest.number == 1


def test_author_marks_another_choice_of_a_gap_and_the_ids_stay(walk: Start, session: Db) -> None:
    changes = {"choices-1-is_key": "y", "choices-0-is_key": [], "rule": "exact"}
    _, newest = edited(walk, session, "cloze", **changes)
    first, content = content_of(newest.item.versions[0]), content_of(newest)
    assert content.parts({})[0].right == "an antihistamine"
    assert newest.content["rule"] == "exact"
    assert sorted(option.id for option in content.options) == sorted(option.id for option in first.options)


def test_author_is_told_that_a_gap_has_no_place_in_the_text(walk: Start, session: Db) -> None:
    page, newest = edited(walk, session, "cloze", stem="Anaphylaxis is treated with [gap 1].")
    assert "Write [gap 1], [gap 2] and so on where the gaps are" in page
    assert newest.number == 1


def test_author_chooses_how_several_right_options_are_graded(walk: Start, session: Db) -> None:
    _, newest = edited(walk, session, "multiple_response", rule="per_option")
    assert (newest.number, newest.content["rule"]) == (2, "per_option")


def test_author_turns_a_statement_round(walk: Start, session: Db) -> None:
    _, newest = edited(walk, session, "true_false", verdict="false")
    assert (newest.number, newest.content["key"]) == (2, ["false"])


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda candidate: candidate.type)
def test_suggestion_of_every_type_is_finished_into_a_draft(walk: Start, session: Db, candidate: object) -> None:
    content = content_of_candidate(candidate, offered_options(candidate, random.Random(1)))  # type: ignore[arg-type]
    told = {"options": [], "key": [], **content.to_json(), "type": content.type, "alternatives": []}
    suggestion = make_suggestion(**{name: value for name, value in told.items() if name != "schema"})
    session.commit()
    author = walk(make_account(AUTHOR, "Grace Author"))
    workshop = author.see(f"/generation/{suggestion.document_id}")
    assert all(part.right in workshop for part in content.parts({}))
    address = f"/generation/suggestions/{suggestion.id}"
    assert "Checks" in author.send(address, **{**fields_of(author.client.get(address).text), "go": "check"})
    page = author.send(address, **fields_of(author.client.get(address).text))
    assert "to be approved" in page
    session.refresh(suggestion)
    made = content_of(session.get_one(ItemVersion, suggestion.item_id))
    assert made.summarise(made.right_response()) == content.summarise(content.right_response())
    assert replace(content_from_json(suggestion.report), stem="") == replace(content, stem="")  # type: ignore[type-var]
