"""Activities for ACCME's PARS: records go in, JSON, XML or tab-delimited text comes out.

What is public, and followed here (all read on 28 November 2026): the table of contents of "PARS Activity XML File
Specification" and the beginning of the draft ``accme-pars-activity.schema.json`` (github.com/elliottACCME/tempSchema) name the
root ``ACCMEActivities``, below it a list of ``MedicalEducationMetrics``, one for each activity, in it ``ActivityDescription``
(``LOM``, ``HealthcareEducation``), ``ParticipationMetrics`` and ``XtensibleInfo``, after MedBiquitous' Medical Education
Metrics. Names below those are our reading, kept in this one file.

A tab-delimited line of PARS has at least 43 fields in the order of its template, the last eight of which repeat for each
source of support, and needs the provider's own id of the activity (accme.org, "Tips about using the tab-delimited batch
upload"). That order is not public: our lines have fewer fields, so that PARS refuses them rather than reads them wrongly;
they are for pasting into the template.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from certificates.reporting.checks import ACTIVITY, Problem
from certificates.reporting.pars import Element, add_element, tabbed, written
from certificates.reporting.records import ActivityRecord

TYPES: Mapping[str, str] = {
    "enduring": "EM",
    "journal": "JN",
    "internet_live": "IL",
    "point_of_care": "IPOC",
    "other": "O",
}
"""Kinds of activities as PARS shortens them; those of formats that are not listed are reported as other (O)."""


def activity_problems(one: ActivityRecord) -> list[Problem]:
    """Return what keeps an activity from being reported; [] when it may be."""
    found = [
        ("title", "The title is missing.", not one.title.strip()),
        ("reference", "The activity has no id.", not one.reference),
        ("dates", "The release date is missing.", one.released_on is None),
        ("objectives", "There is no objective.", not one.objectives),
        ("credit", "No credit was designated.", one.maximum <= 0),
    ]
    return [Problem(name, words, ACTIVITY) for name, words, is_wrong in found if is_wrong]


def activities_json(records: Iterable[ActivityRecord], provider: str, year: int) -> str:
    """Return activities as JSON."""
    metrics = [metrics_of(one, provider, year) for one in records]
    return json.dumps({"ACCMEActivities": {"MedicalEducationMetrics": metrics}}, ensure_ascii=False, indent=1)


def activities_xml(records: Iterable[ActivityRecord], provider: str, year: int) -> str:
    """Return activities as XML."""
    root = ET.Element("ACCMEActivities")
    for one in records:
        add_element(root, "MedicalEducationMetrics", metrics_of(one, provider, year))
    return written(root)


def activities_tab(records: Iterable[ActivityRecord], provider: str, year: int) -> str:
    """Return activities as tab-delimited text, a line each, without a line of heads."""
    return "".join(tabbed(tab_row(one, provider, year)) for one in records)


def metrics_of(one: ActivityRecord, provider: str, year: int) -> Element:
    """Return one activity."""
    lom: Element = {
        "General": {"Identifier": one.reference, "Title": one.title},
        "Educational": {"Objective": list(one.objectives)},
    }
    education: Element = {
        "ActivityType": type_of(one),
        "ReleaseDate": one.released_on.isoformat() if one.released_on else "",
        "ExpirationDate": one.expires_on.isoformat() if one.expires_on else "",
        "Credits": {"CreditType": one.credit_type, "Amount": f"{one.maximum:.2f}"},
    }
    return {
        "ActivityDescription": {"LOM": lom, "HealthcareEducation": education},
        "ParticipationMetrics": {"PhysicianCount": one.physicians, "OtherLearnerCount": one.others},
        "XtensibleInfo": {
            "ProviderID": provider,
            "ReportingYear": year,
            "HoursOfInstruction": f"{one.hours:.2f}",
            "CommercialSupport": [{"Source": s.company, "Given": s.given} for s in one.support],
        },
    }


def type_of(one: ActivityRecord) -> str:
    """Return the kind of an activity as PARS shortens it."""
    return TYPES.get(one.format, TYPES["other"])


def tab_row(one: ActivityRecord, provider: str, year: int) -> tuple[str, ...]:
    """Return one activity's line; two more cells for each source of support."""
    support: list[Any] = [text for source in one.support for text in (source.company, source.given)]
    return (
        provider,
        str(year),
        one.reference,
        type_of(one),
        one.title,
        f"{one.released_on:%m/%d/%Y}" if one.released_on else "",
        f"{one.expires_on:%m/%d/%Y}" if one.expires_on else "",
        f"{one.hours:.2f}",
        f"{one.maximum:.2f}",
        str(one.physicians),
        str(one.others),
        "Y" if one.support else "N",
        *support,
    )


WRITERS: Mapping[str, Callable[[Iterable[ActivityRecord], str, int], str]] = {
    "json": activities_json,
    "xml": activities_xml,
    "tab": activities_tab,
}
