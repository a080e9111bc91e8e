"""The only writer of follow-ups: one answer. Attempts, their logs and scores are never touched."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from quizbank.attempts.log import Slot
from quizbank.db import db
from quizbank.followups.models import FollowupAnswer
from quizbank.followups.portions import Card
from quizbank.followups.scheduling import remember
from quizbank.items.content import Response
from quizbank.items.queries import contents_by_version


class AnsweredAlready(ValueError):
    """The same question was answered elsewhere at the same moment; that answer stands."""


def answer_followup(
    card: Card, slot: Slot, response: Response, confidence: int | None, now: datetime
) -> FollowupAnswer:
    """Keep one answer and when the question comes back; raises AnsweredAlready. The unique number settles every race."""
    fraction = contents_by_version([slot.version_id])[slot.version_id].grade(response)
    answer = FollowupAnswer(
        attempt_id=card.attempt_id,
        item_id=card.item_id,
        version_id=slot.version_id,
        number=card.answers + 1,
        response=dict(response),
        fraction=fraction,
        confidence=confidence,
        memory=remember(card.memory, fraction, confidence, now).to_json(),
        answered_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(answer)
    except IntegrityError:
        raise AnsweredAlready("This question was answered just now in another window.") from None
    return answer
