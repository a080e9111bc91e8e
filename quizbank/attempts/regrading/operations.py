"""The only writer of regrades: looks what a corrected key changes, and writes it into the logs and the audit trail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import insert, select, update

from quizbank.accounts.operations import record_audit
from quizbank.attempts.log import REGRADED
from quizbank.attempts.models import SUBMITTED, Attempt, AttemptStep
from quizbank.attempts.regrading.outcomes import (
    Correction,
    Counts,
    Outcome,
    as_payload,
    count,
    decides_alike,
    incomparable_because,
    outcome,
    seal,
)
from quizbank.attempts.regrading.queries import asked_versions, correction_of, graded_attempts, open_count
from quizbank.db import db
from quizbank.items.models import Item
from quizbank.items.queries import content_of

Resting = Callable[[Sequence[int]], Mapping[int, str]]
MIN_REASON = 5
AT_ONCE = 1_000


class RegradeRefused(ValueError):
    """Nothing can be regraded; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True)
class Report:
    """What regrading an item does: the attempts it changes, and for each what rests on it, in words.

    ``open`` attempts are still being answered by an earlier version; ``seal`` tells this report from any other.
    """

    item_id: int
    correction: Correction
    changes: Sequence[tuple[Attempt, Outcome]]
    resting: Mapping[int, str]
    open: int

    @property
    def seal(self) -> str:
        return seal((attempt.id, found) for attempt, found in self.changes)

    @property
    def counts(self) -> Counts:
        return count([found for _, found in self.changes])


def look_at_regrade(item: Item, allow_lowering: bool = False) -> Report:
    """Return what regrading an item by its published version would change; writes nothing. Raises RegradeRefused."""
    correction = correction_of(item)
    if correction is None:
        raise RegradeRefused("No version of this item is published. Approve the corrected version first.")
    asked = asked_versions(correction)
    if not asked:
        raise RegradeRefused("No activity asks an earlier version of this item, so no attempt was judged by one.")
    for version in asked:
        if because := incomparable_because(content_of(version), correction.content):
            raise RegradeRefused(
                f"Answers to version {version.number} cannot be judged by the published version: {because}."
            )
    if all(decides_alike(content_of(version), correction.content) for version in asked):
        raise RegradeRefused("The published version judges every answer as the earlier ones did: only words changed.")
    found = [(attempt, outcome(state, correction, allow_lowering)) for attempt, state in graded_attempts(correction)]
    changes = [(attempt, change) for attempt, change in found if change is not None]
    return Report(item.id, correction, changes, resting_on([one.id for one, _ in changes]), open_count(correction))


def resting_on(attempt_ids: Sequence[int]) -> Mapping[int, str]:
    """Return what later features say rests on attempts (credit, certificates), by attempt; they are not touched."""
    told: dict[int, list[str]] = {}
    asked: Sequence[Resting] = current_app.extensions.get("resting_on_attempts", ())
    for ask in asked:
        for attempt_id, words in ask(attempt_ids).items():
            told.setdefault(attempt_id, []).append(words)
    return {attempt_id: "; ".join(words) for attempt_id, words in told.items()}


def regrade_item(
    item: Item, reason: str, account_id: int | None, now: datetime, allow_lowering: bool = False, shown: str = ""
) -> Report:
    """Grade the attempts that were judged by earlier versions of an item by its published one, and return what changed.

    Each gets a ``regraded`` step and, where its result changes, a line in the audit trail; a second time changes nothing.
    ``shown`` is the seal of the report that was confirmed. Raises RegradeRefused.
    """
    if len(reason.strip()) < MIN_REASON:
        raise RegradeRefused("Say why the item is regraded: the reason stands in every log it changes.")
    report = look_at_regrade(item, allow_lowering)
    if shown and shown != report.seal:
        raise RegradeRefused("Attempts changed since this was shown. Look at it again, then confirm.")
    hold_attempts([attempt.id for attempt, _ in report.changes])
    for attempt, found in report.changes:
        write_outcome(attempt, found, reason.strip(), account_id, now)
    if report.changes:
        facts = {"version": report.correction.version_id, "reason": reason.strip(), **asdict(report.counts)}
        record_audit("item.regraded", f"item:{item.id}", account_id, now, **facts)
    return report


def hold_attempts(attempt_ids: Sequence[int]) -> None:
    """Keep others from changing or claiming credit for these attempts until the commit: all of them before the first

    line of the audit trail, as everybody locks in this order."""
    ordered = sorted(attempt_ids)
    for start in range(0, len(ordered), AT_ONCE):
        query = select(Attempt.id).where(Attempt.id.in_(ordered[start : start + AT_ONCE])).order_by(Attempt.id)
        db.session.execute(query.with_for_update(key_share=True))


def write_outcome(attempt: Attempt, found: Outcome, reason: str, account_id: int | None, now: datetime) -> None:
    """Append the step and move the cached result along, unless someone else changed the attempt meanwhile."""
    revision = attempt.revision
    moved = db.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == SUBMITTED, Attempt.revision == revision)
        .values(revision=revision + 1, score=found.score, passed=found.passed)
        .returning(Attempt.id)
    ).scalar_one_or_none()
    if moved is None:
        raise RegradeRefused("Attempts are being regraded elsewhere right now. Try again in a minute.")
    payload = as_payload(found, reason, account_id)
    step = {"attempt_id": attempt.id, "sequence": revision + 1, "kind": REGRADED, "payload": payload, "at": now}
    db.session.execute(insert(AttemptStep).values(step))
    if (found.score, found.passed) != (found.score_before, found.passed_before):
        facts = {name: payload[name] for name in ("score_before", "score", "passed_before", "passed", "reason")}
        record_audit("attempt.regraded", f"attempt:{attempt.id}", account_id, now, **facts)
