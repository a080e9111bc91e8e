"""Faculty and planners as JSON: what an activity stores goes in, persons with their disclosures come out, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from quizbank.activities.readiness import Disclosure, Person


def day_or_none(stored: str | None) -> date | None:
    """Read a day as JSON holds it."""
    return date.fromisoformat(stored) if stored else None


def persons_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    """Read what persons_to_json wrote; rows from before the dates of asking were noted have none."""
    return tuple(
        Person(
            row["name"],
            row["credentials"],
            row["role"],
            row["asked"],
            tuple(disclosure_from_json(disclosure) for disclosure in row["disclosures"]),
            day_or_none(row.get("asked_on")),
            day_or_none(row.get("began_on")),
        )
        for row in stored
    )


def disclosure_from_json(stored: Mapping[str, Any]) -> Disclosure:
    """Read one relationship."""
    mitigated_on = day_or_none(stored.get("mitigated_on"))
    return Disclosure(stored["company"], stored["nature"], stored["mitigation"], mitigated_on)


def persons_to_json(persons: Iterable[Person]) -> list[dict[str, Any]]:
    """Return persons as plain JSON."""
    return [
        {
            "name": person.name,
            "credentials": person.credentials,
            "role": person.role,
            "asked": person.asked,
            "asked_on": person.asked_on.isoformat() if person.asked_on else None,
            "began_on": person.began_on.isoformat() if person.began_on else None,
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
