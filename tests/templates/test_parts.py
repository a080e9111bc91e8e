"""The parts in templates/_parts.html: labels tied to controls, errors in words, figures that read well."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, get_template_attribute
from wtforms import BooleanField, Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tests.templates.test_markup import FOLDER


class Sample(Form):
    """One field of each shape that is drawn differently."""

    name = StringField("Name", [InputRequired("Enter your name.")], description="As on your license.")
    agreed = BooleanField("I agree", [InputRequired("Please agree.")])
    answer = RadioField("Answer", choices=[SelectChoice("y", "Yes"), SelectChoice("n", "No")])


@dataclass(frozen=True)
class Rows:
    """A listing of 60 rows, 25 on a page."""

    page: int
    rows: tuple[int, ...]
    total: int = 60
    pages: int = 3

    def link(self, page: int) -> str:
        return f"?page={page}"


@pytest.fixture
def parts() -> Any:
    """Return a function that draws a part with its arguments."""
    app = Flask(__name__, template_folder=str(FOLDER))
    app.jinja_env.globals["csrf_token"] = lambda: "token"

    def draw(part: str, *arguments: Any) -> str:
        with app.test_request_context():
            return str(get_template_attribute("_parts.html", part)(*arguments))

    return draw


def refused() -> Sample:
    form = Sample()
    form.validate()
    return form


def test_field_ties_help_and_errors_to_its_control(parts: Any) -> None:
    drawn = parts("field", refused().name)
    assert 'aria-describedby="name-help name-errors"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="name-help">As on your license.' in drawn
    assert "Enter your name." in drawn


def test_choices_share_one_legend(parts: Any) -> None:
    drawn = parts("field", Sample().answer)
    assert "<legend>Answer</legend>" in drawn
    assert drawn.count('type="radio"') == 2


def test_problems_lead_to_their_fields(parts: Any) -> None:
    drawn = parts("problems", refused())
    assert '<a href="#name">Name</a>: Enter your name.' in drawn
    assert '<a href="#agreed">I agree</a>: Please agree.' in drawn


def test_form_without_problems_shows_none(parts: Any) -> None:
    assert parts("problems", Sample()).strip() == ""


@pytest.mark.parametrize(
    ("page", "shown", "words"), [(1, 25, "1–25 of 60"), (2, 25, "26–50 of 60"), (3, 10, "51–60 of 60")]
)
def test_pager_says_which_rows_are_shown(parts: Any, page: int, shown: int, words: str) -> None:
    assert words in parts("pager", Rows(page, tuple(range(shown))))


def test_score_is_drawn_against_the_pass_mark_and_said_in_words(parts: Any) -> None:
    drawn = parts("score_bar", 66.6667, 70)
    assert 'aria-label="Score 66.7%, pass mark 70%"' in drawn
    assert "tone-bad" in drawn


@pytest.mark.parametrize("tone", ["neutral", "good", "caution", "bad", "accent"])
def test_badge_has_a_shape_beside_its_words(parts: Any, tone: str) -> None:
    assert "<svg" in parts("badge", "Passed", tone)


def test_progress_without_a_total_says_that_it_waits(parts: Any) -> None:
    drawn = parts("progress", 0, None, "Reading")
    assert "Waiting to start" in drawn
    assert "value=" not in drawn


def test_progress_says_what_is_being_done(parts: Any) -> None:
    drawn = parts("progress", 12, 60, "Reading", "/jobs/1", "Reading page 12 of 60")
    assert 'role="status">Reading page 12 of 60</p>' in drawn
    assert 'value="12" max="60"' in drawn


def test_done_steps_are_told_to_screen_readers(parts: Any) -> None:
    drawn = parts("steps", ["Read", "Quiz"], 2)
    assert "Read<span" in drawn
    assert "(done)" in drawn
    assert drawn.count('aria-current="step"') == 1


def test_phrase_of_the_ama_is_in_italics_and_the_rest_escaped(parts: Any) -> None:
    drawn = parts("wording", "A & B: 1 AMA PRA Category 1 Credit(s)™")
    assert drawn == "A &amp; B: 1 <em>AMA PRA Category 1 Credit(s)</em>™"


@pytest.mark.parametrize(("value", "is_long"), [(5, False), (9.75, False), (12.5, False), (113.25, True)])
def test_number_too_long_for_its_ring_is_set_smaller(parts: Any, value: float, is_long: bool) -> None:
    assert ("is-long" in parts("ring", value, 60, "In all")) is is_long
