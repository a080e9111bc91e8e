"""Reads of follow-ups: what comes back to a learner and when, the question as it is asked, and how much stayed known."""

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from quizbank.activities.models import Activity, ActivityItem
from quizbank.attempts.log import AttemptState, Marks, Slot
from quizbank.attempts.models import OPEN, Attempt
from quizbank.attempts.queries import states_of
from quizbank.db import db
from quizbank.followups.models import FollowupAnswer
from quizbank.followups.portions import Card, Portion, portion_of
from quizbank.followups.retention import Answer, Retention, retention_of
from quizbank.followups.scheduling import Memory, remember
from quizbank.items.models import PUBLISHED, ItemVersion
from quizbank.items.queries import contents_by_version

DAY = 86_400


def portion_for(learner_id: int, now: datetime) -> Portion:
    """Return what a learner is asked now."""
    attempts = followed_attempts(learner_id)
    if not attempts:
        return Portion((), None)
    query = select(FollowupAnswer).where(FollowupAnswer.attempt_id.in_([attempt.id for attempt in attempts]))
    answers = db.session.scalars(query.order_by(FollowupAnswer.number)).all()
    latest = {(answer.attempt_id, answer.item_id): answer for answer in answers}
    hidden = items_asked_now(learner_id)
    cards = [card for card in cards_of([attempt.id for attempt in attempts], latest) if card.item_id not in hidden]
    return portion_of(cards, [answer.answered_at for answer in answers], now)


def followed_attempts(learner_id: int) -> Sequence[Attempt]:
    """Return the first passed attempt at each activity that has follow-ups."""
    query = (
        select(Attempt)
        .join(Activity, Activity.id == Attempt.activity_id)
        .where(Attempt.learner_id == learner_id, Attempt.passed.is_(True), Activity.follow_up.is_(True))
        .order_by(Attempt.id.desc())
    )
    return list({attempt.activity_id: attempt for attempt in db.session.scalars(query)}.values())


def items_asked_now(learner_id: int) -> Collection[int]:
    """Return the items that an open attempt of the learner asks: nothing may be told about them meanwhile."""
    query = (
        select(ItemVersion.item_id)
        .join(ActivityItem, ActivityItem.version_id == ItemVersion.id)
        .join(Attempt, Attempt.activity_id == ActivityItem.activity_id)
        .where(Attempt.learner_id == learner_id, Attempt.state == OPEN)
    )
    return set(db.session.scalars(query))


def cards_of(attempt_ids: Collection[int], latest: Mapping[tuple[int, int], FollowupAnswer]) -> list[Card]:
    """Return what comes back from submitted attempts; an item that is retired does not."""
    states = states_of(attempt_ids)
    items = item_ids({slot.version_id for state in states.values() for slot in state.slots})
    alive = published_versions(set(items.values()))
    cards = []
    for attempt_id in attempt_ids:
        for slot in states[attempt_id].slots:
            item_id = items[slot.version_id]
            if item_id in alive:
                cards.append(card_of(attempt_id, states[attempt_id], slot, item_id, latest.get((attempt_id, item_id))))
    return cards


def card_of(attempt_id: int, state: AttemptState, slot: Slot, item_id: int, last: FollowupAnswer | None) -> Card:
    """Return one item as it comes back: remembered since its last answer, or since the attempt itself."""
    if last:
        return Card(attempt_id, item_id, last.number, Memory.from_json(last.memory))
    if state.fractions is None or state.submitted_at is None:
        raise ValueError(f"Attempt {attempt_id} is not submitted.")
    sure = state.marks.get(slot.number, Marks()).confidence
    return Card(attempt_id, item_id, 0, remember(None, state.fractions[slot.number], sure, state.submitted_at))


def item_ids(version_ids: Collection[int]) -> Mapping[int, int]:
    """Return the item of each version."""
    query = select(ItemVersion.id, ItemVersion.item_id).where(ItemVersion.id.in_(version_ids))
    return {row.id: row.item_id for row in db.session.execute(query)}


def published_versions(ids: Collection[int]) -> Mapping[int, int]:
    """Return the published version of each of these items that has one."""
    query = select(ItemVersion.item_id, ItemVersion.id)
    found = db.session.execute(query.where(ItemVersion.item_id.in_(list(ids)), ItemVersion.state == PUBLISHED))
    return {row.item_id: row.id for row in found}


def slot_of(card: Card) -> Slot:
    """Return the place in which a card is asked: the published version, options in an order of this answer's own."""
    version_id = published_versions([card.item_id])[card.item_id]
    return slot_for(version_id, card.attempt_id, card.item_id, card.answers + 1)


def slot_for(version_id: int, attempt_id: int, item_id: int, number: int) -> Slot:
    """Return the place in which a version is asked for the ``number``-th time; the same every time it is drawn."""
    rng = random.Random(f"{attempt_id}:{item_id}:{number}")  # noqa: S311 - an order to be drawn again, not a secret
    content = contents_by_version([version_id])[version_id]
    return Slot(1, version_id, 0, 1.0, content.shuffled_options(rng))


def retention_after(activity_id: int) -> tuple[Retention, ...]:
    """Return how much learners still knew 30 and 90 days after they passed an activity."""
    query = (
        select(FollowupAnswer, Attempt.submitted_at)
        .join(Attempt, Attempt.id == FollowupAnswer.attempt_id)
        .where(Attempt.activity_id == activity_id)
    )
    return retention_of(
        Answer(row.attempt_id, row.item_id, (row.answered_at - submitted).total_seconds() / DAY, row.fraction)
        for row, submitted in db.session.execute(query)
        if submitted
    )
