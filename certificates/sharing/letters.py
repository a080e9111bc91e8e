"""What an owner is told when a shared link is opened for the first time: the link's number goes in, a letter comes out."""

from quizbank.post.letters import Letter


def opened_letter(link_id: int, page: str) -> Letter:
    """Return the first-access notice of a link; whom it was for, and who looked, stand on its page."""
    words = (
        f"A link to your records was opened for the first time. Whom it was made for, and what was looked at:\n{page}",
        "If you did not expect that, revoke the link there: it stops at once.",
    )
    return Letter(
        "share.opened", f"share.opened:{link_id}", f"share:{link_id}", "A link to your records was opened", words
    )
