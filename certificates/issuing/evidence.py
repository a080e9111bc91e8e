"""What a certificate rests on and does not print, frozen beside its facts: values in, JSON with a schema number and back.

It names the learner for machines by a salted hash of the e-mail address only, so that a credential that is passed on
gives no address away.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from certificates.issuing.facts import FactsUnreadable

SCHEMA = 1


@dataclass(frozen=True)
class Evidence:
    """Which activity in which version was passed, what it was designated for, and whose it is.

    ``designated`` is the most that could be claimed; ``is_awarded`` whether the profession is awarded the credit or has
    participated; ``identity`` the hash that ``hashed_identity`` makes with ``salt``.
    """

    activity: int
    revision: int
    pass_mark: int
    designated: Decimal
    is_awarded: bool
    identity: str
    salt: str


def hashed_identity(email: str, salt: str) -> str:
    """Return the hash of an address as Open Badges 3.0 writes it (IdentityHash: algorithm, "$", hash of both)."""
    return "sha256$" + hashlib.sha256(f"{email}{salt}".encode()).hexdigest()


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """Return the evidence as plain JSON values, the credit as text so that no digit is lost."""
    return {"schema": SCHEMA, **asdict(evidence), "designated": str(evidence.designated)}


def evidence_from_json(stored: Mapping[str, Any]) -> Evidence:
    """Return the evidence from its stored form; raises FactsUnreadable."""
    values = dict(stored)
    if values.pop("schema", None) != SCHEMA:
        raise FactsUnreadable("The evidence of this certificate has a schema this program does not know.")
    try:
        return Evidence(**{**values, "designated": Decimal(values["designated"])})
    except (KeyError, TypeError, ArithmeticError) as error:
        raise FactsUnreadable(f"The evidence of this certificate cannot be read: {error!r}") from error
