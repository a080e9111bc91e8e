"""What people are reminded of: days go in, letters come out.

They say that something ends and lead to the wallet; which license or rules it is stands there, behind the sign-in.
"""

from datetime import date

from certificates.wallet.licenses.reminders import EXPIRED, left_words
from quizbank.post.letters import Letter

CYCLE_DAYS = (30, 90)
"""Days before the end of a cycle at which people are reminded of what is missing, the most urgent first."""


def license_letter(license_id: int, expires_on: date, step: int, today: date, page: str) -> Letter:
    """Return the reminder that a license expires, or has expired."""
    left = (expires_on - today).days
    verb = "has expired" if step == EXPIRED else "expires soon"
    words = (
        f"A license in your wallet {left_words(left)}. Which one, and its documents:\n{page}",
        "Once it is renewed, enter its new days there; until then you are reminded 90, 30 and 7 days ahead and when it ends.",
    )
    key = f"license.expires:{license_id}:{expires_on}:{step}"
    return Letter("license.expires", key, f"license:{license_id}", f"A license in your wallet {verb}", words)


def cycle_step(ends_on: date, today: date) -> int | None:
    """Return the step of reminding that the end of a cycle is at, None while there is nothing to say."""
    left = (ends_on - today).days
    return next((days for days in CYCLE_DAYS if 0 <= left <= days), None)


def cycle_letter(followed_id: int, ends_on: date, step: int, today: date, page: str) -> Letter:
    """Return the reminder that something is still missing in a cycle that ends."""
    left = (ends_on - today).days
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    words = (
        f"A cycle that you follow in your wallet ends {when}, and something is still missing. What it is:\n{page}",
    )
    key = f"requirement.due:{followed_id}:{ends_on}:{step}"
    return Letter(
        "requirement.due", key, f"followed:{followed_id}", "Something is missing in a cycle that ends soon", words
    )
