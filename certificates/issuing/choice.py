"""What is chosen for certificates: design, sheet, logo and signatories, as JSON and back, with what is wrong with it."""

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any

from certificates.issuing.designs import DESIGNS, read_design
from certificates.issuing.facts import MAX_SIGNATORIES, SIGNATORY_LIMITS, Signatory
from certificates.issuing.fonts import without_font
from certificates.issuing.sheets import FIRST_SHEET

SCHEMA = 1


@dataclass(frozen=True)
class DesignChoice:
    """How certificates look: a design on a sheet, the SHA-256 of a logo, up to three signatories."""

    design: str = "classic"
    sheet: str = FIRST_SHEET
    logo: str | None = None
    signatories: tuple[Signatory, ...] = ()


def choice_to_json(choice: DesignChoice) -> dict[str, Any]:
    """Return a choice as plain JSON values."""
    return {"schema": SCHEMA, **asdict(choice), "signatories": [asdict(one) for one in choice.signatories]}


def choice_from_json(stored: Mapping[str, Any]) -> DesignChoice:
    """Return a choice from its stored form; raises ValueError for a schema that this program does not know."""
    values = dict(stored)
    if values.pop("schema", None) != SCHEMA:
        raise ValueError("This choice of a design was stored by another version of the program.")
    signatories = tuple(Signatory(**one) for one in values.pop("signatories"))
    return DesignChoice(**values, signatories=signatories)


def problems_of(choice: DesignChoice, logos: Set[str], signatures: Set[str]) -> list[str]:
    """Return a sentence for everything that keeps certificates from being made this way.

    ``logos`` and ``signatures`` are the SHA-256 of the pictures that may be chosen.
    """
    if choice.design not in DESIGNS:
        return [f"There is no design {choice.design}."]
    found = []
    if choice.sheet not in read_design(choice.design).sheets:
        found.append("This design is not made for this sheet of paper.")
    if choice.logo and choice.logo not in logos:
        found.append("The logo is not among the pictures any more. Choose another.")
    if len(choice.signatories) > MAX_SIGNATORIES:
        found.append(f"At most {MAX_SIGNATORIES} people can sign.")
    return found + [line for one in choice.signatories for line in problems_of_signatory(one, signatures)]


def problems_of_signatory(signatory: Signatory, signatures: Set[str]) -> list[str]:
    """Return a sentence for everything wrong with one signatory."""
    found = []
    if not signatory.name.strip():
        found.append("Name the person whose title or signature is given.")
    for name, limit in SIGNATORY_LIMITS.items():
        text = getattr(signatory, name)
        if len(text) > limit:
            found.append(f"The {name} of {signatory.name[:40]} is longer than {limit} characters.")
        if strange := without_font(text):
            found.append(f"Certificates cannot print these characters: {' '.join(strange[:5])}")
    if signatory.picture and signatory.picture not in signatures:
        found.append(f"The signature of {signatory.name} is not among the pictures any more. Choose another.")
    return found
