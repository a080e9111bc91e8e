"""The background work of sendings: writing the messages, some at a time, each lot committed together with the progress."""

from collections.abc import Callable, Mapping

from certificates.sending.operations import write_parcels
from certificates.sending.parcels import SEND_CERTIFICATES, Order
from quizbank.jobs.context import JobContext
from quizbank.post.rules import AT_ONCE


def write(context: JobContext) -> None:
    """Write what was ordered from where the last worker stopped; a kill at any moment leaves nobody out and nobody twice."""
    parcels = Order.of(context.args).parcels
    for start in range(context.done, len(parcels), AT_ONCE):
        lot = parcels[start : start + AT_ONCE]
        write_parcels(lot, context.job_id, context.now())
        context.checkpoint(start + len(lot), len(parcels))


sending_handlers: Mapping[str, Callable[[JobContext], None]] = {SEND_CERTIFICATES: write}
