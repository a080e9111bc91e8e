"""What is public of ACCME's draft JSON schemas, with what its guides demand, as a schema of our own; and what fits it.

Public are the roots, the containers, ``DateTimeCreated`` and ``Member`` with ``Name``; formats follow the guides (date-only days,
month and day of birth, ten digits of an NPI, two letters of a state). Everything else is open here, on purpose.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
DAY, TEXT = {"pattern": r"\d{4}-\d{2}-\d{2}"}, {"pattern": r"(?s).+"}
MEMBER: Schema = {
    "required": {
        "Name": {"required": {"GivenName": TEXT, "FamilyName": TEXT}},
        "BirthMonthDay": {"pattern": r"\d{2}-\d{2}"},
    },
    "optional": {
        "NPI": {"pattern": r"\d{10}"},
        "License": {"required": {"StateOfLicensure": {"pattern": r"[A-Z]{2}"}, "LicenseNumber": TEXT}},
    },
}
COMPLETION: Schema = {
    "required": {
        "Member": MEMBER,
        "CompletionDate": DAY,
        "CreditsClaimed": {"pattern": r"\d+\.\d{2}"},
        "LearnerPermission": {"is": True},
    }
}
LEARNER_REPORTS: Schema = {
    "required": {
        "ACCMELearnerReports": {
            "required": {
                "ActivityReports": {
                    "required": {
                        "DateTimeCreated": {"pattern": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"},
                        "ActivityReport": {
                            "each": {
                                "required": {"ProviderActivityID": TEXT, "LearnerCompletion": {"each": COMPLETION}}
                            }
                        },
                    },
                    "optional": {"AccreditedProviderID": {}, "Action": {"pattern": "Add|Delete"}},
                }
            }
        }
    }
}
METRICS: Schema = {
    "required": {
        "ActivityDescription": {"required": {"LOM": {}, "HealthcareEducation": {}}},
        "ParticipationMetrics": {},
        "XtensibleInfo": {},
    }
}
ACTIVITIES: Schema = {"required": {"ACCMEActivities": {"required": {"MedicalEducationMetrics": {"each": METRICS}}}}}


def misfits(value: Any, schema: Schema, place: str = "") -> Iterator[str]:
    """Yield where a value does not fit a schema; a table may hold nothing that its schema does not name."""
    if "is" in schema and value is not schema["is"]:
        yield f"{place}: {value!r}"
    if "pattern" in schema and not (isinstance(value, str) and re.fullmatch(schema["pattern"], value)):
        yield f"{place}: {value!r}"
    if "each" in schema:
        if not isinstance(value, list):
            yield f"{place}: no list"
            return
        for number, one in enumerate(value):
            yield from misfits(one, schema["each"], f"{place}[{number}]")
    if "required" in schema:
        known = {**schema["required"], **schema.get("optional", {})}
        if not isinstance(value, dict):
            yield f"{place}: no table"
            return
        yield from (f"{place}.{name}: missing" for name in schema["required"] if name not in value)
        yield from (f"{place}.{name}: not named" for name in value if name not in known)
        for name, one in value.items():
            yield from misfits(one, known.get(name, {}), f"{place}.{name}")
