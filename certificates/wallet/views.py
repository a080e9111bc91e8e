"""The pages of a person's wallet; everything in it is shown to its owner only."""

from flask import Blueprint
from flask_security import current_user

from certificates.wallet.queries import identity_of
from quizbank.web.entrance import SIGNED_IN, open_to

wallet_pages = Blueprint("wallet", __name__, url_prefix="/wallet")


@wallet_pages.get("/identity.json")
@open_to(SIGNED_IN)
def identity_values() -> dict[str, str]:
    """Give the owner what is kept of their identity."""
    found = identity_of(current_user.id)
    return {name: getattr(found, name, "") for name in ("given_name", "family_name", "npi", "birthday")}
