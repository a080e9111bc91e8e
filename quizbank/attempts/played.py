"""An attempt as its player needs it: plain values of it and of its activity, read in one go on every page and save."""

from dataclasses import dataclass
from datetime import datetime

from quizbank.attempts.limits import PRE_TEST


@dataclass(frozen=True)
class PlayedActivity:
    """What an activity decides about the pages of an open attempt."""

    title: str
    mode: str
    layout: str
    ask_confidence: bool
    feedback_checked: str
    feedback_submitted: str
    feedback_final: str


@dataclass(frozen=True)
class PlayedAttempt:
    """An attempt and its activity as they were read; the fields are those of the rows."""

    id: int
    learner_id: int
    number: int
    state: str
    revision: int
    deadline: datetime | None
    saves: int
    saved_at: datetime | None
    activity: PlayedActivity

    @property
    def is_pre_test(self) -> bool:
        """Return whether it asks what is known before reading; its activity is then taken as an exam."""
        return self.number == PRE_TEST
