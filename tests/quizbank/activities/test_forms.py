"""The plan of an activity as a form: what two people's forms say differently, and which save the next one replaces."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from quizbank.activities.credit_types import credit_types_at
from quizbank.activities.forms import ActivityForm, differences

PLAN = {
    "revision": "4",
    "title": "Heart failure",
    "format": "enduring",
    "instructions": "Read,\r\nthen answer.",
    "pass_mark": "70",
    "cooldown_hours": "0",
    "minutes": "60",
    "credits-0-credit_type": "ama_pra_1",
    "credits-0-maximum": "0.50",
    "references": "Smith 2029.",
    "objectives-0-text": "Recognise it",
    "objectives-0-item_count": "2",
    "faculty-0-name": "Ada Lovelace",
    "faculty-0-asked": "y",
}


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask("forms")
    app.config.update(SECRET_KEY="only-for-tests", WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        yield


def sent(**changes: str) -> ActivityForm:
    """Return the form as a browser sends it."""
    return ActivityForm(MultiDict({**PLAN, **changes})).know({kind.name: kind for kind in credit_types_at("").types})


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("title", "Heart disease", "Title"),
        ("pass_mark", "80", "Pass mark (percent)"),
        ("max_attempts", "2", "Attempts allowed"),
        ("credits-0-maximum", "0.75", "Credit"),
        ("expires_on", "2031-01-01", "Expiry date"),
        ("references", "Smith 2030.", "References"),
        ("objectives-0-item_count", "3", "Objectives and items"),
        ("faculty-0-company", "Acme", "Faculty and planners"),
    ],
)
def test_field_that_differs_is_named(field: str, value: str, label: str) -> None:
    assert differences(sent(**{field: value}), sent()) == [label]


@pytest.mark.parametrize(
    "same",
    [{"credits-0-maximum": "0.5"}, {"instructions": "Read,\nthen answer. "}, {"cooldown_hours": ""}, {"revision": "9"}],
    ids=str,
)
def test_other_spelling_of_the_same_makes_no_difference(same: dict[str, str]) -> None:
    assert differences(sent(**same), sent()) == []


def test_empty_rows_for_people_and_objectives_make_no_difference() -> None:
    stored: dict[str, Any] = sent().data
    stored["objectives"] = [*stored["objectives"], {"source": "Not used yet"}]
    stored["faculty"] = [*stored["faculty"], {}, {}]
    assert differences(sent(), ActivityForm(formdata=None, data=stored)) == []


def test_form_goes_on_from_the_save_it_is_told_of() -> None:
    form = sent()
    form.replaces(7)
    assert 'value="7"' in form.revision()


def test_form_without_its_revision_is_refused() -> None:
    form = sent(revision="")
    assert not form.validate()
    assert form.revision.errors == ["Open the draft again."]


@pytest.mark.parametrize(
    ("kind", "amount", "problems"),
    [
        ("ama_pra_1", "0.25", []),
        ("ama_pra_1", "0.30", ["AMA PRA Category 1 Credit(s)™: use steps of 0.25, more than 0."]),
        ("ama_pra_1", "0", ["AMA PRA Category 1 Credit(s)™: use steps of 0.25, more than 0."]),
        ("contact_hours", "1.75", []),
        ("cpd", "2", []),
        ("cpd", "0.50", ["CPD points: use whole numbers, more than 0."]),
        ("cpd", "1.25", ["CPD points: use whole numbers, more than 0."]),
    ],
)
def test_credit_moves_in_the_steps_of_its_type(kind: str, amount: str, problems: list[str]) -> None:
    form = sent(**{"credits-0-credit_type": kind, "credits-0-maximum": amount})
    form.validate()
    assert list(form.credits[0].form.maximum.errors) == problems


def test_unknown_credit_type_is_refused_without_stumbling_over_its_step() -> None:
    form = sent(**{"credits-0-credit_type": "points"})
    assert not form.validate()
    assert list(form.credits[0].form.maximum.errors) == ["This type of credit is not known here. Leave it empty."]


def test_types_left_empty_are_not_offered() -> None:
    form = sent(**{"credits-1-credit_type": "cpd", "credits-1-maximum": "", "credits-2-credit_type": "acpe"})
    assert form.validate(), form.errors
    assert form.credit_rows() == [("ama_pra_1", Decimal("0.50"))]


def test_type_offered_twice_is_refused() -> None:
    form = sent(**{"credits-1-credit_type": "ama_pra_1", "credits-1-maximum": "0.25"})
    assert not form.validate()
    assert list(form.credits.errors) == ["Each type of credit is offered once."]


def test_draft_that_offers_no_credit_can_be_kept() -> None:
    form = sent(**{"credits-0-maximum": ""})
    assert form.validate(), form.errors
    assert form.credit_rows() == []


def test_how_it_is_taken_has_sane_defaults_and_becomes_columns() -> None:
    columns = sent().columns()
    assert (columns["mode"], columns["layout"], columns["time_limit"]) == ("exam", "either", None)
    assert (columns["shuffle_items"], columns["shuffle_options"], columns["ask_confidence"]) == (True, True, True)
    columns = sent(mode="study", shuffle_items="no", time_limit="45").columns()
    assert (columns["mode"], columns["shuffle_items"], columns["time_limit"]) == ("study", False, 45)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "race"}, {"layout": "scroll"}, {"time_limit": "0"}, {"time_limit": "1441"}, {"time_limit": "NaN"},
        {"shuffle_items": "perhaps"}, {"feedback_checked": "score"}, {"feedback_submitted": "nothing"},
        {"feedback_submitted": "key", "feedback_final": "marks"},
    ],
)  # fmt: skip
def test_what_no_attempt_can_follow_is_refused(wrong: dict[str, str]) -> None:
    form = sent(**wrong)
    assert not form.validate()
    assert set(form.errors) <= {
        "time_limit",
        "mode",
        "layout",
        "shuffle_items",
        *(f"feedback_{n}" for n in ("checked", "submitted", "final")),
    }
