"""The background work of batches: one certificate after the other, each committed together with the progress."""

from collections.abc import Callable, Mapping

from certificates.batches.acts import BATCH, Order
from certificates.batches.operations import act_on
from quizbank.db import db
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job


def run_batch(context: JobContext) -> None:
    """Do what was ordered from where the last worker stopped; a kill at any moment leaves nothing half done or twice."""
    order = Order.of(context.args)
    actor_id = db.session.get_one(Job, context.job_id).account_id
    for place in range(context.done, len(order.ids)):
        act_on(order, order.ids[place], actor_id, context.now())
        context.checkpoint(place + 1, len(order.ids))


batches_handlers: Mapping[str, Callable[[JobContext], None]] = {BATCH: run_batch}
