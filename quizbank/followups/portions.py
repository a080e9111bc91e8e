"""What is due and what was answered lately in; what to ask now out: about five minutes a week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizbank.followups.scheduling import Memory

WEEK = timedelta(days=7)
A_WEEK = 10
"""Questions a week; with half a minute each, five minutes."""
SECONDS_EACH = 30


@dataclass(frozen=True)
class Card:
    """A question that comes back to a learner: from which attempt, which item, how often it was answered since."""

    attempt_id: int
    item_id: int
    answers: int
    memory: Memory


@dataclass(frozen=True)
class Portion:
    """What to ask now, the most overdue first; ``later`` is when the next question is due, None when none will be."""

    cards: tuple[Card, ...]
    later: datetime | None

    @property
    def minutes(self) -> int:
        """Return about how long the portion takes, at least a minute."""
        return max(1, round(len(self.cards) * SECONDS_EACH / 60))


def portion_of(cards: Iterable[Card], answered: Sequence[datetime], now: datetime) -> Portion:
    """Return the questions due, as many as the week still has room for; ``answered`` are the moments of all answers."""
    ordered = sorted(cards, key=lambda card: (card.memory.due, card.attempt_id, card.item_id))
    due = [card for card in ordered if card.memory.due <= now]
    recent = sorted(moment for moment in answered if moment > now - WEEK)
    asked = due[: max(0, A_WEEK - len(recent))]
    waiting = [card.memory.due for card in ordered if card not in asked]
    if not asked and len(recent) >= A_WEEK:  # room again once the oldest of the last ten is a week old
        waiting = [max(moment, recent[-A_WEEK] + WEEK) for moment in waiting]
    return Portion(tuple(asked), min(waiting, default=None))
