"""What those who keep activities are told before one expires: its title and days go in, a letter comes out."""

from datetime import date

from quizbank.post.letters import Letter, quoted
from quizbank.time_words import long_day_words


def expiry_letter(activity_id: int, title: str, expires_on: date, step: int, account_id: int, page: str) -> Letter:
    """Return the warning that an activity expires, to one of those who may do something about it."""
    words = (
        f"The activity {quoted(title)} expires on {long_day_words(expires_on)}. After that day nobody can start it or claim its "
        f"credit.\n{page}",
        "To keep it on offer, review its content and publish it anew with new dates.",
    )
    key = f"activity.expires:{activity_id}:{expires_on}:{step}:{account_id}"
    subject = f"{quoted(title)} expires on {long_day_words(expires_on)}"
    return Letter("activity.expires", key, f"activity:{activity_id}", subject, words)
