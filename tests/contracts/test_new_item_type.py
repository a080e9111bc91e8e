"""Adding an item type touches one place: a type made up here goes the whole way once it has its row and its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import utc_now
from quizbank.items import types
from quizbank.items.choices import ChoiceContent, chosen, option_problems, parse_choices
from quizbank.items.content import Example, Option, Response
from tests.factories import make_account, make_activity, make_item, sign_in

TEMPLATE = """
{% macro answer(asked) %}<fieldset><legend>{{ asked.stem }}</legend><p>Rule out what does not fit.</p>
<input type="hidden" name="item" value="{{ asked.number }}">
{% for choice in asked.choices %}<label><input type="checkbox" name="choice-{{ asked.number }}" value="{{ choice.id }}"
{{- " checked" if choice.is_chosen }}>{{ choice.text }}</label>{% endfor %}</fieldset>{% endmacro %}
"""


@dataclass(frozen=True)
class RuledOut(ChoiceContent):
    """Everything that does not fit has to be ruled out; half of it earns nothing."""

    type: ClassVar[str] = "ruled_out"
    label: ClassVar[str] = "Ruled out"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        return parse_choices(fields, self.options, at_most=len(self.options))

    def grade(self, response: Response) -> float:
        return float(bool(response) and set(chosen(response)) == set(self.key))

    def problems(self) -> list[str]:
        return option_problems(self.stem, self.options, self.key)

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        options = (Option("a", "Heart", "Fits."), Option("b", "Spoon", "No organ."), Option("c", "Fork", "No organ."))
        right = Example("right", {"choice": ["b", "c"]}, 1.0)
        return cls("Which are no organs?", options, ("b", "c"), "Spoons and forks are cutlery."), (right,)


@pytest.fixture
def with_ruled_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the type's row to the registry and its template to the others: all that a new type needs."""
    monkeypatch.setattr(types, "ITEM_TYPES", (*types.ITEM_TYPES, RuledOut))
    own = DictLoader({"items/types/ruled_out.html": TEMPLATE})
    app.jinja_env.loader = ChoiceLoader([own, app.jinja_env.loader])  # type: ignore[list-item]


def answers(attempt: Attempt) -> dict[str, list[str] | str]:
    """Return what a browser posts for right answers on a page that shows everything."""
    slots = state_of(attempt.id).slots
    contents = contents_of(slots)
    choices = {f"choice-{slot.number}": list(contents[slot.version_id].key) for slot in slots}
    return {"item": [str(slot.number) for slot in slots], "go": "page", **choices}


@pytest.mark.usefixtures("with_ruled_out")
def test_new_type_is_asked_answered_graded_and_reviewed(client: FlaskClient, session: scoped_session[Session]) -> None:
    activity = make_activity(items=2, type="ruled_out", now=utc_now())
    browser = sign_in(client, make_account())
    browser.post(f"/attempts/start/{activity.id}")
    attempt = session.scalars(select(Attempt)).one()
    page = browser.get(f"/attempts/{attempt.id}?view=page").text
    assert page.count("Rule out what does not fit.") == 2
    assert "cutlery" not in page

    assert browser.post(f"/attempts/{attempt.id}/answers", data=answers(attempt)).status_code == 302
    assert browser.get(f"/attempts/{attempt.id}?view=page").text.count(" checked") == 4
    browser.post(f"/attempts/{attempt.id}/submit")
    session.refresh(attempt)
    assert (attempt.score, attempt.passed) == (100, True)
    assert "Spoons and forks are cutlery." in browser.get(f"/attempts/{attempt.id}/result").text


@pytest.mark.usefixtures("with_ruled_out")
def test_new_type_stands_in_the_item_bank(client: FlaskClient, session: scoped_session[Session]) -> None:
    version = make_item(type="ruled_out")
    browser = sign_in(client, make_account("author"))
    page = browser.get(f"/items/{version.item_id}")
    assert page.status_code == 200
    assert "Which are no organs?" in page.text
    assert "Which are no organs?" in browser.get(f"/generation/items/{version.item_id}/edit").text
