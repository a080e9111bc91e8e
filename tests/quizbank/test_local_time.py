"""Local time: the day it is here decides, in pages as in rules, whatever day it is in Greenwich."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, render_template_string

from quizbank.local_time import local_date, local_time, time_filters

LATE = datetime(2030, 5, 6, 13, 30, tzinfo=UTC)
"""Already the 7th in Auckland."""


@pytest.fixture
def place() -> Iterator[Flask]:
    """Return an application of a place where the day begins long before it does in Greenwich."""
    app = Flask("place")
    app.config["TIME_ZONE"] = ZoneInfo("Pacific/Auckland")
    app.jinja_env.filters.update(time_filters)
    with app.app_context():
        yield app


def test_moment_stays_the_same_moment(place: Flask) -> None:
    assert local_time(LATE) == LATE
    assert local_time(LATE).isoformat() == "2030-05-07T01:30:00+12:00"


def test_day_begins_at_midnight_here(place: Flask) -> None:
    midnight = datetime(2030, 5, 6, 12, tzinfo=UTC)
    assert local_date(midnight) == date(2030, 5, 7)
    assert local_date(midnight - timedelta(seconds=1)) == date(2030, 5, 6)


def test_templates_show_moments_in_local_time_and_days_as_they_are(place: Flask) -> None:
    shown = "{{ at|day }}, {{ at|long_day }}, {{ at|moment }}, {{ at|clock }}, {{ on|day }}"
    assert render_template_string(shown, at=LATE, on=date(2030, 5, 6)) == (
        "7 May 2030, 7 May 2030, 7 May 2030 01:30 NZST, 01:30 NZST, 6 May 2030"
    )
