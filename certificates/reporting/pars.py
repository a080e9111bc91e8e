"""Learners for ACCME's PARS: participations go in, JSON, XML, tab-delimited text or rows of a spreadsheet come out.

What is public, and followed here (all read on 28 November 2026):

* the beginnings of ACCME's draft JSON schemas (github.com/elliottACCME/tempSchema; the whole files could not be read).
  Learner reports: the root ``ACCMELearnerReports``, below it ``ActivityReports`` with ``DateTimeCreated`` (date-time). Learner
  transcripts, which follow the same conventions: ``Member`` holds what identifies the learner, in it ``Name``;
* accme.org/data-reporting, "Submit Data via Batch Upload or Web Services" (2026): batches are Excel files, web services
  take XML or JSON; "Excel Template Instructions for Submitting Learner Completion Data" (19 November 2025): a batch adds
  or deletes records. The older guides: "Participant Tab Delimited File Upload Instructions, Learner Template B" (23 April
  2020), "PARS Web Services" (April 2016), "Reporting Learner Data in PARS": a text file (.txt) without a line of heads; the
  learner's permission; given and family name, birth month and day, state and number of a license or NPI; dates without a
  time; a record that is wrong is deleted and submitted anew.

Names of elements below ``ActivityReports`` and inside ``Member``, the order of the columns and the words for adding and
deleting are our reading, kept in this one file: compare it with the template PARS offers before a first upload.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from certificates.reporting.jurisdictions import state_code
from certificates.reporting.records import DELETE, Learner, Participation

Element = dict[str, Any]
NOT_IN_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ACTIONS = {"submit": "Add", DELETE: "Delete"}
COLUMNS = (
    "Action",
    "ProviderActivityID",
    "GivenName",
    "FamilyName",
    "BirthMonthDay",
    "NPI",
    "StateOfLicensure",
    "LicenseNumber",
    "CompletionDate",
    "CreditsClaimed",
    "LearnerPermission",
)
"""The columns of the tab-delimited file; the file itself has no line of heads."""


def learners_json(participations: Iterable[Participation], act: str, provider: str, made_at: datetime) -> str:
    """Return learner records as JSON."""
    root = {"ACCMELearnerReports": {"ActivityReports": reports(participations, act, provider, made_at)}}
    return json.dumps(root, ensure_ascii=False, indent=1)


def learners_xml(participations: Iterable[Participation], act: str, provider: str, made_at: datetime) -> str:
    """Return learner records as XML."""
    root = ET.Element("ACCMELearnerReports")
    add_element(root, "ActivityReports", reports(participations, act, provider, made_at))
    return written(root)


def learners_tab(participations: Iterable[Participation], act: str) -> Iterator[str]:
    """Yield learner records as tab-delimited text, line by line."""
    return (tabbed(tab_row(one, act)) for one in participations)


def reports(participations: Iterable[Participation], act: str, provider: str, made_at: datetime) -> Element:
    """Return what stands below the root: when it was made, whose activities they are, and each with its learners."""
    ordered = sorted(participations, key=lambda one: one.reference)
    return {
        "DateTimeCreated": made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "AccreditedProviderID": provider,
        "Action": ACTIONS[act],
        "ActivityReport": [
            {"ProviderActivityID": reference, "LearnerCompletion": [completion(one) for one in group]}
            for reference, group in groupby(ordered, key=lambda one: one.reference)
        ],
    }


def completion(one: Participation) -> Element:
    """Return one learner's record; what is not known is left out."""
    learner = one.learner
    member: Element = {
        "Name": {"GivenName": learner.given_name, "FamilyName": learner.family_name},
        "BirthMonthDay": learner.birthday,
        "NPI": learner.npi,
        "License": licensed(learner),
    }
    return {
        "Member": {name: value for name, value in member.items() if value},
        "CompletionDate": one.completed_on.isoformat(),
        "CreditsClaimed": f"{one.amount:.2f}",
        "LearnerPermission": True,
    }


def licensed(learner: Learner) -> Element:
    """Return the license by state and number, nothing when either is missing."""
    state = state_code(learner.license_state)
    if not state or not learner.license_number:
        return {}
    return {"StateOfLicensure": state, "LicenseNumber": learner.license_number}


def tab_row(one: Participation, act: str) -> tuple[str, ...]:
    """Return one learner's line, in the order of COLUMNS."""
    learner, license_found = one.learner, licensed(one.learner)
    return (
        ACTIONS[act],
        one.reference,
        learner.given_name,
        learner.family_name,
        learner.birthday,
        learner.npi,
        license_found.get("StateOfLicensure", ""),
        license_found.get("LicenseNumber", ""),
        f"{one.completed_on:%m/%d/%Y}",
        f"{one.amount:.2f}",
        "Y",
    )


def tabbed(row: Sequence[str]) -> str:
    """Return a line of cells with tabs between them; blanks of any kind inside a cell become single ones."""
    return "\t".join(" ".join(cell.split()) for cell in row) + "\r\n"


def written(root: ET.Element) -> str:
    """Return an XML document as text."""
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def add_element(parent: ET.Element, name: str, value: Any) -> None:
    """Add a value below a parent: a table as an element with others inside, a list as one element for each entry."""
    if isinstance(value, list):
        for entry in value:
            add_element(parent, name, entry)
    elif isinstance(value, dict):
        child = ET.SubElement(parent, name)
        for inner, inner_value in value.items():
            add_element(child, inner, inner_value)
    else:
        ET.SubElement(parent, name).text = (
            ("true" if value else "false") if isinstance(value, bool) else xml_text(value)
        )


def xml_text(value: Any) -> str:
    """Return text that XML can hold: controls, halves of surrogate pairs and the two non-characters have no place in it."""
    return NOT_IN_XML.sub("", str(value))
