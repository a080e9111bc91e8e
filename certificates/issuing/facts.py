"""What a certificate states, frozen at issue: values in, JSON with a schema number and back, and what is missing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from certificates.issuing.sheets import FIRST_SHEET

SCHEMA = 2
MAX_SIGNATORIES = 3
ERASED = "Erased"
"""Stands where something personal was, once that is erased."""
LIMITS: Mapping[str, int] = {
    "heading": 60,
    "recipient": 200,
    "credentials": 60,
    "profession": 100,
    "title": 300,
    "format": 60,
    "location": 100,
    "provider": 160,
    "accreditation": 400,
    "credit_name": 80,
    "unit": 40,
    "wording": 300,
    "serial": 60,
    "verify_url": 200,
    "design": 40,
    "sheet": 40,
}
"""The longest text of each field that every design has room for."""
SIGNATORY_LIMITS: Mapping[str, int] = {"name": 80, "title": 120}


class FactsUnreadable(ValueError):
    """The stored facts are not of a shape this program knows."""


@dataclass(frozen=True)
class Signatory:
    """Who signs: name and title as printed, and the SHA-256 (hex) of the picture of the signature, if there is one."""

    name: str
    title: str = ""
    picture: str | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """Everything printed on one certificate, exactly as printed.

    ``wording`` is the clause about credit as certificates.credits.wording makes it ("and is awarded 1.25 …"): it goes on
    from "has completed the <format> <title>". ``verify_url`` is the address of this certificate's public page. ``logo`` is
    the SHA-256 (hex) of the provider's logo.
    """

    heading: str
    recipient: str
    profession: str
    title: str
    format: str
    provider: str
    completed_on: date
    issued_on: date
    credit_name: str
    credits: Decimal
    unit: str
    wording: str
    serial: str
    verify_url: str
    design: str
    credentials: str | None = None
    location: str | None = None
    accreditation: str | None = None
    sheet: str = FIRST_SHEET
    logo: str | None = None
    signatories: tuple[Signatory, ...] = ()


REQUIRED: Mapping[str, str] = {
    "recipient": "The learner's name is missing.",
    "provider": "The accredited provider is missing.",
    "title": "The activity's title is missing.",
    "format": "The learning format is missing.",
    "completed_on": "The completion date is missing.",
    "credits": "The credit claimed is missing.",
    "wording": "The sentence about credit is missing.",
    "heading": "The certificate's heading is missing.",
    "serial": "The serial number is missing.",
    "verify_url": "The address of the public page is missing.",
}
"""What documentation of credit shows at least (AMA, responsibilities of accredited providers), and what we add."""


def missing(facts: CertificateFacts) -> list[str]:
    """Return a sentence for everything a certificate must state and this one would not; empty when it may be issued."""
    return [sentence for name, sentence in REQUIRED.items() if is_blank(getattr(facts, name))]


def too_long(facts: CertificateFacts) -> list[str]:
    """Return a sentence for every text that no design has room for."""
    long = [
        f"The {name.replace('_', ' ')} has {len(getattr(facts, name))} characters; a certificate has room for {limit}."
        for name, limit in LIMITS.items()
        if len(getattr(facts, name) or "") > limit
    ]
    many = (
        [f"A certificate has room for {MAX_SIGNATORIES} signatories."]
        if len(facts.signatories) > MAX_SIGNATORIES
        else []
    )
    return (
        long
        + many
        + [
            f"A signatory's {name} has {len(getattr(signatory, name))} characters; a certificate has room for {limit}."
            for signatory in facts.signatories[:MAX_SIGNATORIES]
            for name, limit in SIGNATORY_LIMITS.items()
            if len(getattr(signatory, name)) > limit
        ]
    )


def without_person(facts: CertificateFacts) -> CertificateFacts:
    """Return the facts with nothing in them that tells whose they were."""
    return replace(facts, recipient=ERASED, profession=ERASED, credentials=None, wording=ERASED)


def is_blank(value: object) -> bool:
    """Return whether a fact says nothing: none, no text, or no credit above zero."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Decimal) and not value > 0)


def to_json(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as plain JSON values: dates in ISO form, the credit as text so that no digit is lost."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    plain = {name: str(value) if isinstance(value, date | Decimal) else value for name, value in values.items()}
    return {"schema": SCHEMA, **plain, "signatories": [asdict(signatory) for signatory in facts.signatories]}


def from_json(stored: Mapping[str, Any]) -> CertificateFacts:
    """Return the facts from their stored form; raises FactsUnreadable. Older schemas are upgraded here."""
    values = dict(stored)
    schema = values.pop("schema", None)
    if schema == 1:
        values, schema = with_signatories(values), SCHEMA
    if schema != SCHEMA:
        raise FactsUnreadable(f"These facts have schema {schema!r}; this program reads schemas 1 to {SCHEMA}.")
    try:
        for name in ("completed_on", "issued_on"):
            values[name] = date.fromisoformat(values[name])
        values["credits"] = Decimal(values["credits"])
        values["signatories"] = tuple(Signatory(**signatory) for signatory in values["signatories"])
        return CertificateFacts(**values)
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise FactsUnreadable(f"The stored facts cannot be read: {error}") from error


def with_signatories(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts of schema 1, which knew one signatory and one sheet, as facts of schema 2."""
    kept = {name: value for name, value in values.items() if name not in ("signatory", "signatory_title")}
    name, title = values.get("signatory"), values.get("signatory_title")
    return {**kept, "signatories": [{"name": name, "title": title or ""}] if name else []}
