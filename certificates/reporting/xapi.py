"""Attempts as xAPI statements (version 1.0.3): sittings go in, statements as plain JSON values come out.

Every submitted attempt is "passed" or "failed", and one whose credit was claimed is "completed" as well, at the moment of
the claim: this provider's activity ends with the evaluation and the claim. People are accounts of this site with an opaque
name, never an e-mail address. The same attempt always gives the same statements with the same ids (UUID 5), so that a
second delivery changes nothing. Source: the xAPI specification of ADL, part two, 2.4.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from certificates.reporting.records import Sitting

Statement = dict[str, Any]
VERSION = "1.0.3"
VERBS = {name: f"http://adlnet.gov/expapi/verbs/{name}" for name in ("passed", "failed", "completed")}
ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
LANGUAGE = "en"


def statements_of(one: Sitting, site: str) -> Iterator[Statement]:
    """Yield the statements about one attempt; ``site`` is the public address of this provider's site."""
    verb = "passed" if one.is_passed else "failed"
    result = {
        "score": {"scaled": round(one.score / 100, 4), "raw": round(one.score, 2), "min": 0, "max": 100},
        "success": one.is_passed,
        "completion": True,
        "duration": duration(one.took),
    }
    yield statement(one, site, verb, one.submitted_at, result)
    if one.is_passed and one.claimed_at is not None:
        yield statement(one, site, "completed", one.claimed_at, {"success": True, "completion": True})


def statement(one: Sitting, site: str, verb: str, at: datetime, result: Statement) -> Statement:
    """Return one statement."""
    root, space = site.rstrip("/"), namespace(site)
    return {
        "id": str(uuid5(space, f"attempt:{one.attempt_id}:{verb}")),
        "version": VERSION,
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": root, "name": str(uuid5(space, f"account:{one.account_id}"))},
        },
        "verb": {"id": VERBS[verb], "display": {LANGUAGE: verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{root}/attempts/activity/{one.activity_id}",
            "definition": {"type": ASSESSMENT, "name": {LANGUAGE: one.title}},
        },
        "result": result,
        "context": {"registration": str(uuid5(space, f"registration:{one.account_id}:{one.activity_id}"))},
    }


def json_array(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield statements as the text of one JSON array, a statement a line, as record stores take them."""
    yield "["
    for number, one in enumerate(statements):
        yield (",\n" if number else "\n") + json.dumps(one, ensure_ascii=False)
    yield "\n]\n"


def namespace(site: str) -> UUID:
    """Return the namespace of this site's ids."""
    return uuid5(NAMESPACE_URL, site.rstrip("/"))


def duration(took: timedelta) -> str:
    """Return a length of time as ISO 8601 writes it, to the hundredth of a second: PT1H2M3.5S."""
    hundredths = int(took / timedelta(milliseconds=10))
    seconds, rest = divmod(hundredths, 100)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    fraction = f".{rest:02d}".rstrip("0").rstrip(".") if rest else ""
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    last = f"{seconds % 60}{fraction}S"
    return "PT" + "".join(parts) + (last if last != "0S" or not any(parts) else "")
