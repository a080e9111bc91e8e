"""Activities for PARS, and what keeps one back."""

import json
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from certificates.reporting.pars_activities import (
    activities_json,
    activities_tab,
    activities_xml,
    activity_problems,
)
from certificates.reporting.records import ActivityRecord
from tests.certificates.reporting.public_schemas import ACTIVITIES, misfits
from tests.certificates.reporting.samples import ACTIVITY


def test_json_fits_what_is_public_of_the_draft_schema() -> None:
    told = json.loads(activities_json([ACTIVITY, replace(ACTIVITY, reference="13")], "0001234", 2026))
    assert list(misfits(told, ACTIVITIES)) == []


def test_tab_delimited_line_is_too_short_to_be_read_wrongly() -> None:
    """PARS reads lines of at least 43 fields, in an order that is not public."""
    (line,) = activities_tab([ACTIVITY], "0001234", 2026).splitlines()
    assert len(line.split("\t")) < 43


def test_activity_is_told_in_json() -> None:
    root = json.loads(activities_json([ACTIVITY], "0001234", 2026))
    (one,) = root["ACCMEActivities"]["MedicalEducationMetrics"]
    assert one["ActivityDescription"]["LOM"]["General"] == {"Identifier": "12", "Title": ACTIVITY.title}
    assert one["ActivityDescription"]["LOM"]["Educational"]["Objective"] == list(ACTIVITY.objectives)
    assert one["ActivityDescription"]["HealthcareEducation"] == {
        "ActivityType": "EM",
        "ReleaseDate": "2025-01-02",
        "ExpirationDate": "2028-01-01",
        "Credits": {"CreditType": "ama_pra_1", "Amount": "1.50"},
    }
    assert one["ParticipationMetrics"] == {"PhysicianCount": 7, "OtherLearnerCount": 2}
    assert one["XtensibleInfo"]["ReportingYear"] == 2026
    assert one["XtensibleInfo"]["CommercialSupport"][1] == {"Source": "Bolt Ltd", "Given": "in kind, a room"}


def test_activity_is_told_in_xml_with_an_element_for_each_objective_and_supporter() -> None:
    root = ET.fromstring(activities_xml([ACTIVITY, ACTIVITY], "0001234", 2026))
    assert [len(root.findall("MedicalEducationMetrics")), len(root.findall(".//Objective"))] == [2, 4]
    assert root.findtext(".//Title") == ACTIVITY.title
    assert [one.text for one in root.iter("Source")] == ["Acme", "Bolt Ltd"] * 2


def test_tab_delimited_line_repeats_its_cells_for_each_supporter() -> None:
    line = activities_tab([ACTIVITY, replace(ACTIVITY, support=())], "0001234", 2026).split("\r\n")
    assert line[0].split("\t") == [
        "0001234", "2026", "12", "EM", ACTIVITY.title, "01/02/2025", "01/01/2028", "1.50", "1.50", "7", "2", "Y",
        "Acme", "money", "Bolt Ltd", "in kind, a room",
    ]  # fmt: skip
    assert line[1].endswith("\t7\t2\tN")


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        (replace(ACTIVITY, title=" "), "title"),
        (replace(ACTIVITY, reference=""), "reference"),
        (replace(ACTIVITY, released_on=None), "dates"),
        (replace(ACTIVITY, objectives=()), "objectives"),
        (replace(ACTIVITY, maximum=Decimal(0)), "credit"),
    ],
)
def test_activity_that_lacks_one_thing_is_held_for_that_alone(changed: ActivityRecord, check: str) -> None:
    assert activity_problems(ACTIVITY) == []
    assert [problem.check for problem in activity_problems(changed)] == [check]


def test_format_that_pars_does_not_know_is_another_activity() -> None:
    assert "\tO\t" in activities_tab([replace(ACTIVITY, format="podcast", expires_on=None)], "1", 2026)
