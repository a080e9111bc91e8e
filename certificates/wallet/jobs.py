"""Daily work on wallets: writing the notice of every license that has come to a step of reminding."""

from collections.abc import Callable, Mapping

from certificates.wallet.licenses.operations import write_notices
from quizbank.jobs.context import JobContext
from quizbank.local_time import local_date

REMIND = "wallet.remind"


def remind(context: JobContext) -> None:
    """Write notices; a second time on the same day finds nothing to do."""
    write_notices(local_date(context.now()), context.now())
    context.checkpoint(1, 1)


wallet_handlers: Mapping[str, Callable[[JobContext], None]] = {REMIND: remind}
wallet_daily = (REMIND,)
