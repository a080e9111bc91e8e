"""Daily work on wallets: noticing every license that expires, and telling of cycles that end with something missing."""

from collections.abc import Callable, Mapping

from certificates.wallet.licenses.operations import write_notices
from certificates.wallet.queries import reminded_followers
from certificates.wallet.requirements.operations import remind_of_cycles
from quizbank.jobs.context import JobContext
from quizbank.local_time import local_date

REMIND = "wallet.remind"


def remind(context: JobContext) -> None:
    """Write notices and messages; a second time on the same day finds nothing to do."""
    today, people = local_date(context.now()), reminded_followers()
    write_notices(today, context.now())
    for done, account_id in enumerate(people, start=1):
        context.checkpoint(done, len(people) + 1)
        remind_of_cycles(account_id, today, context.now())
    context.checkpoint(len(people) + 1, len(people) + 1)


wallet_handlers: Mapping[str, Callable[[JobContext], None]] = {REMIND: remind}
wallet_daily = (REMIND,)
