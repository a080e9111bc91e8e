"""Kinds of licenses by the names that rows and files of rules use, with what people read; and what one license says."""

from dataclasses import dataclass
from datetime import date

KINDS = {
    "medical": "Medical license",
    "controlled": "DEA or controlled substances registration",
    "board": "Board certification",
    "other": "Other license or registration",
}


@dataclass(frozen=True)
class LicenseFacts:
    """What a license says, as its owner enters it."""

    kind: str
    body: str
    number: str
    issued_on: date | None = None
    expires_on: date | None = None
