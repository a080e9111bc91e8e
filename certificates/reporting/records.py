"""What reports tell of: who took part in what with which credit, and what the activity was."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

SUBMIT, DELETE = "submit", "delete"
"""What a line of a report asks the other side to do."""


@dataclass(frozen=True)
class Learner:
    """Who took part, as boards know the person; what is not known is empty.

    ``birthday`` is MM-DD, never with a year. ``license_state`` is what the license names as its state or body.
    """

    given_name: str = ""
    family_name: str = ""
    birthday: str = ""
    npi: str = ""
    license_state: str = ""
    license_number: str = ""
    profession: str = "physician"
    is_consenting: bool = False


@dataclass(frozen=True)
class Participation:
    """One claim of credit, as it counts now. ``reference`` is the provider's id of the activity.

    ``completed_on`` is the day it was passed; ``step`` the smallest part of its credit type that can be claimed, None for a
    type nobody knows.
    """

    learner: Learner
    reference: str
    title: str
    completed_on: date
    credit_type: str
    amount: Decimal
    maximum: Decimal
    step: Decimal | None = Decimal("0.25")


@dataclass(frozen=True)
class Support:
    """A commercial supporter of an activity, and what was given: "money" or what in kind."""

    company: str
    given: str


@dataclass(frozen=True)
class ActivityRecord:
    """An activity and what it came to in a period.

    ``credit_type`` and ``maximum`` are its AMA credit, or what it offers first; ``physicians`` and ``others`` are those who
    completed it.
    """

    reference: str
    title: str
    format: str
    released_on: date | None
    expires_on: date | None
    minutes: int
    credit_type: str
    maximum: Decimal
    objectives: tuple[str, ...]
    support: tuple[Support, ...]
    faculty: int = 0
    disclosing: int = 0
    physicians: int = 0
    others: int = 0

    @property
    def hours(self) -> Decimal:
        """Return the hours of instruction: the maximum of AMA credit, which goes by the hour; else the stated minutes."""
        return self.maximum if self.credit_type == "ama_pra_1" else round(Decimal(self.minutes) / 60, 2)


@dataclass(frozen=True)
class Sitting:
    """One submitted attempt, as learning record stores are told of it. ``claim_id`` None = no credit was claimed for it."""

    attempt_id: int
    account_id: int
    activity_id: int
    title: str
    started_at: datetime
    submitted_at: datetime
    score: float
    is_passed: bool
    claim_id: int | None = None
    claimed_at: datetime | None = None

    @property
    def took(self) -> timedelta:
        """Return the time from start to submission."""
        return max(self.submitted_at - self.started_at, timedelta(0))
