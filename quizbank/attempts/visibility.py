"""What a learner may see of an item at a moment: the activity's rule and the moment go in, one level comes out.

This is the only place that decides; pages are built from the level and hold nothing above it.
"""

from dataclasses import dataclass

from quizbank.activities.modes import Level


@dataclass(frozen=True)
class FeedbackRule:
    """What an activity shows in each phase. ``checked`` is NOTHING where questions cannot be checked (exam mode)."""

    checked: Level
    submitted: Level
    final: Level


@dataclass(frozen=True)
class Moment:
    """How things stand. ``is_over``: no attempt is left, because of a pass, the limit or the activity's end.

    ``is_retaking``: another attempt at the same activity is open, so its questions are being asked right now.
    """

    is_submitted: bool
    is_over: bool = False
    is_retaking: bool = False


OPEN = Moment(is_submitted=False)


def visible(rule: FeedbackRule, moment: Moment, is_checked: bool = False) -> Level:
    """Return how much of an item may be seen; ``is_checked`` tells that the learner has checked this very item."""
    if not moment.is_submitted:
        return rule.checked if is_checked else Level.NOTHING
    if moment.is_retaking:
        return Level.SCORE
    return max(rule.submitted, rule.final) if moment.is_over else rule.submitted
