"""Faculty and planners as JSON: what an activity stores goes in, persons with their disclosures come out, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from quizbank.activities.readiness import Disclosure, Person


def persons_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    """Read what persons_to_json wrote."""
    return tuple(
        Person(
            row["name"],
            row["credentials"],
            row["role"],
            row["asked"],
            tuple(disclosure_from_json(disclosure) for disclosure in row["disclosures"]),
        )
        for row in stored
    )


def disclosure_from_json(stored: Mapping[str, Any]) -> Disclosure:
    """Read one relationship."""
    mitigated = stored.get("mitigated_on")
    return Disclosure(
        stored["company"], stored["nature"], stored["mitigation"], date.fromisoformat(mitigated) if mitigated else None
    )


def persons_to_json(persons: Iterable[Person]) -> list[dict[str, Any]]:
    """Return persons as plain JSON."""
    return [
        {
            "name": person.name,
            "credentials": person.credentials,
            "role": person.role,
            "asked": person.asked,
            "disclosures": [
                {
                    "company": d.company,
                    "nature": d.nature,
                    "mitigation": d.mitigation,
                    "mitigated_on": d.mitigated_on.isoformat() if d.mitigated_on else None,
                }
                for d in person.disclosures
            ],
        }
        for person in persons
    ]
