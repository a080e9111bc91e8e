"""xAPI statements: what each says, and that every one keeps the rules of the specification (1.0.3, part two)."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.reporting.records import Sitting
from certificates.reporting.xapi import duration, json_array, statements_of
from tests.certificates.reporting.samples import SITTING

SITE = "https://cme.example.org"
CLAIMED = replace(SITTING, claim_id=3, claimed_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
IRI = re.compile(r"https?://[^\s<>\"]+")
DURATION = re.compile(r"PT(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
KNOWN = {"id", "version", "timestamp", "actor", "verb", "object", "result", "context"}


def told(one: Sitting, site: str = SITE) -> dict[str, dict[str, Any]]:
    """Return the statements about a sitting by their verbs, as they come out of a file."""
    found = json.loads("".join(json_array(statements_of(one, site))))
    return {statement["verb"]["display"]["en"]: statement for statement in found}


def assert_valid(statement: dict[str, Any]) -> None:
    """Check a statement against the rules: 2.4.1 id, 2.4.2.4 account, 2.4.3 verb, 2.4.4 object, 2.4.5 result, 2.4.7 time."""
    assert set(statement) <= KNOWN
    assert UUID(statement["id"]).version == 5
    assert TIMESTAMP.fullmatch(statement["timestamp"])
    assert set(statement["actor"]) == {"objectType", "account"}
    assert set(statement["actor"]["account"]) == {"homePage", "name"}
    assert IRI.fullmatch(statement["actor"]["account"]["homePage"])
    assert IRI.fullmatch(statement["verb"]["id"])
    assert IRI.fullmatch(statement["object"]["id"])
    assert IRI.fullmatch(statement["object"]["definition"]["type"])
    assert UUID(statement["context"]["registration"])
    score = statement["result"].get("score", {"scaled": 0, "raw": 0, "min": 0, "max": 100})
    assert -1 <= score["scaled"] <= 1
    assert score["min"] <= score["raw"] <= score["max"]
    assert all(isinstance(statement["result"][name], bool) for name in ("success", "completion"))
    assert DURATION.fullmatch(statement["result"].get("duration", "PT0S"))


def test_passed_attempt_says_score_success_and_how_long_it_took() -> None:
    assert told(SITTING).keys() == {"passed"}
    assert told(SITTING)["passed"]["result"] == {
        "score": {"scaled": 0.8333, "raw": 83.33, "min": 0, "max": 100},
        "success": True,
        "completion": True,
        "duration": "PT1H2M3.45S",
    }


def test_failed_attempt_is_no_success() -> None:
    found = told(replace(SITTING, is_passed=False, score=20.0))
    assert found.keys() == {"failed"}
    assert found["failed"]["result"]["success"] is False


def test_claim_completes_the_activity_at_its_own_moment() -> None:
    found = told(CLAIMED)
    assert found.keys() == {"passed", "completed"}
    assert found["completed"]["timestamp"] == "2026-03-02T08:00:00.000Z"
    assert found["completed"]["context"] == found["passed"]["context"]


def test_person_is_an_account_of_this_site_without_name_or_address() -> None:
    actor = told(SITTING)["passed"]["actor"]
    assert actor["account"]["homePage"] == SITE
    assert UUID(actor["account"]["name"])
    assert "@" not in json.dumps(told(CLAIMED))


def test_same_attempt_gives_the_same_statements_whenever_it_is_told() -> None:
    assert told(CLAIMED) == told(CLAIMED)
    assert told(SITTING)["passed"] == told(CLAIMED)["passed"]
    assert told(SITTING, SITE + "/") == told(SITTING)


def test_no_two_statements_share_an_id_and_no_two_sites_a_person() -> None:
    sittings = [replace(CLAIMED, attempt_id=number) for number in range(50)]
    ids = [statement["id"] for one in sittings for statement in told(one).values()]
    assert len(set(ids)) == 100
    elsewhere = told(SITTING, "https://other.example.org")["passed"]
    assert elsewhere["actor"]["account"]["name"] != told(SITTING)["passed"]["actor"]["account"]["name"]


@given(
    score=st.floats(0, 100),
    is_passed=st.booleans(),
    seconds=st.integers(-10, 10**6),
    title=st.text(max_size=40),
    account_id=st.integers(1, 2**31 - 1),
)
def test_every_statement_keeps_the_rules(
    score: float, is_passed: bool, seconds: int, title: str, account_id: int
) -> None:
    submitted_at = SITTING.started_at + timedelta(seconds=seconds)
    one = replace(
        CLAIMED, score=score, is_passed=is_passed, submitted_at=submitted_at, title=title, account_id=account_id
    )
    for statement in told(one).values():
        assert_valid(statement)


@pytest.mark.parametrize(
    ("took", "written"),
    [
        (timedelta(0), "PT0S"),
        (timedelta(seconds=9.5), "PT9.5S"),
        (timedelta(minutes=3), "PT3M"),
        (timedelta(hours=30, seconds=1), "PT30H1S"),
        (timedelta(microseconds=9_999), "PT0S"),
        (timedelta(seconds=1, milliseconds=20), "PT1.02S"),
    ],
)
def test_time_is_written_as_iso_8601_does(took: timedelta, written: str) -> None:
    assert duration(took) == written


def test_nobody_makes_an_empty_array() -> None:
    assert json.loads("".join(json_array([]))) == []
