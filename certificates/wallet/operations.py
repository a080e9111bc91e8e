"""What every change of a wallet does first: wait for the person's other changes, so that each sees what the last one left."""

from flask import request
from flask_security import current_user

from quizbank.accounts.operations import lock_person
from quizbank.db import SAFE_METHODS


def wait_for_turn() -> None:
    """Let one request at a time change a person's own wallet; it runs before the pages that do."""
    if request.method not in SAFE_METHODS:
        lock_person(current_user.id)
