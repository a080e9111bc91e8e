"""Learners for PARS: the same record in JSON, XML and tab-delimited text."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.reporting.pars import COLUMNS, learners_json, learners_tab, learners_xml
from certificates.reporting.records import DELETE, SUBMIT, Participation
from tests.certificates.reporting.public_schemas import LEARNER_REPORTS, misfits
from tests.certificates.reporting.samples import NPI, PARTICIPATION, with_learner

MADE = datetime(2026, 11, 28, 1, 30, tzinfo=timezone(timedelta(hours=2)))
OTHER = replace(with_learner(npi="", given_name="Ada", family_name="Lovelace"), reference="9")


def reports_in(participations: Iterable[Participation], act: str = SUBMIT) -> dict[str, object]:
    """Return what stands below the root of the JSON."""
    return json.loads(learners_json(participations, act, "0001234", MADE))["ACCMELearnerReports"]["ActivityReports"]


def test_record_tells_who_where_when_and_how_much_and_nothing_else() -> None:
    found = reports_in([PARTICIPATION])
    assert found == {
        "DateTimeCreated": "2026-11-27T23:30:00Z",
        "AccreditedProviderID": "0001234",
        "Action": "Add",
        "ActivityReport": [
            {
                "ProviderActivityID": "12",
                "LearnerCompletion": [
                    {
                        "Member": {
                            "Name": {"GivenName": "Zoë", "FamilyName": "Núñez O'Neil"},
                            "BirthMonthDay": "02-29",
                            "NPI": NPI,
                            "License": {"StateOfLicensure": "TX", "LicenseNumber": "K1234"},
                        },
                        "CompletionDate": "2026-03-01",
                        "CreditsClaimed": "0.75",
                        "LearnerPermission": True,
                    }
                ],
            }
        ],
    }


def test_what_is_not_known_is_left_out() -> None:
    records = reports_in([with_learner(npi="", license_state="Bavaria")])["ActivityReport"]
    assert records[0]["LearnerCompletion"][0]["Member"].keys() == {"Name", "BirthMonthDay"}  # type: ignore[index]


def test_learners_stand_below_their_activity() -> None:
    found = reports_in([PARTICIPATION, OTHER, PARTICIPATION])["ActivityReport"]
    assert [(one["ProviderActivityID"], len(one["LearnerCompletion"])) for one in found] == [("12", 2), ("9", 1)]  # type: ignore[index, attr-defined]


def test_records_to_delete_say_so() -> None:
    assert reports_in([PARTICIPATION], DELETE)["Action"] == "Delete"
    assert next(iter(learners_tab([PARTICIPATION], DELETE))).startswith("Delete\t12\t")


def test_xml_says_the_same_as_the_json() -> None:
    root = ET.fromstring(learners_xml([PARTICIPATION, OTHER], SUBMIT, "0001234", MADE))
    assert root.tag == "ACCMELearnerReports"
    told = [[(element.tag, element.text) for element in one.iter() if not len(element)] for one in root.iter("License")]
    assert told == [[("StateOfLicensure", "TX"), ("LicenseNumber", "K1234")]] * 2
    assert [one.text for one in root.iter("FamilyName")] == ["Núñez O'Neil", "Lovelace"]
    assert [one.text for one in root.iter("LearnerPermission")] == ["true", "true"]
    assert [one.text for one in root.iter("ProviderActivityID")] == ["12", "9"]


def test_tab_delimited_line_has_a_cell_for_every_column_and_no_line_of_heads() -> None:
    text = "".join(learners_tab([PARTICIPATION], SUBMIT))
    cells = text.removesuffix("\r\n").split("\t")
    assert dict(zip(COLUMNS, cells, strict=True)) == {
        "Action": "Add",
        "ProviderActivityID": "12",
        "GivenName": "Zoë",
        "FamilyName": "Núñez O'Neil",
        "BirthMonthDay": "02-29",
        "NPI": NPI,
        "StateOfLicensure": "TX",
        "LicenseNumber": "K1234",
        "CompletionDate": "03/01/2026",
        "CreditsClaimed": "0.75",
        "LearnerPermission": "Y",
    }


@pytest.mark.parametrize("act", [SUBMIT, DELETE])
def test_json_fits_what_is_public_of_the_draft_schema(act: str) -> None:
    told = json.loads(learners_json([PARTICIPATION, OTHER, with_learner(license_state="Bavaria")], act, "1", MADE))
    assert list(misfits(told, LEARNER_REPORTS)) == []


@pytest.mark.parametrize(
    "broken", [with_learner(birthday="29.2."), with_learner(npi="12"), with_learner(given_name="")]
)
def test_record_that_the_checks_would_hold_back_does_not_fit_it(broken: Participation) -> None:
    assert list(misfits(json.loads(learners_json([broken], SUBMIT, "1", MADE)), LEARNER_REPORTS))


@given(st.text(min_size=1, max_size=30))
def test_no_name_breaks_a_file(name: str) -> None:
    one = with_learner(family_name=name)
    assert ET.fromstring(learners_xml([one], SUBMIT, "1", MADE)) is not None
    assert "".join(learners_tab([one], SUBMIT)).count("\n") == 1
    assert next(iter(learners_tab([one], SUBMIT))).count("\t") == len(COLUMNS) - 1


@pytest.mark.parametrize("text", ["<script>", "]]>", "&amp;", '"', "a\x0bb", "\ufffe"])
def test_markup_in_a_license_stays_text(text: str) -> None:
    root = ET.fromstring(learners_xml([with_learner(license_number=text)], SUBMIT, "1", MADE))
    assert (root.findtext(".//LicenseNumber") or "") == text.strip("\ufffe").replace("\x0b", "")


def test_dates_carry_no_time() -> None:
    text = learners_json([replace(PARTICIPATION, completed_on=date(2026, 12, 31))], SUBMIT, "1", MADE)
    assert '"CompletionDate": "2026-12-31"' in text


def test_report_of_nobody_is_still_a_report() -> None:
    assert reports_in([])["ActivityReport"] == []
    assert ET.fromstring(learners_xml([], SUBMIT, "1", MADE)).tag == "ACCMELearnerReports"
    assert list(learners_tab([], SUBMIT)) == []
