"""The frame around every page: its navigation and the provider's name."""

from typing import Any

from flask import current_app, request, url_for
from flask_security import current_user

from quizbank.web.entrance import SIGNED_IN

NAVIGATION = (
    ("Home", "attempts.home", (SIGNED_IN,)),
    ("Wallet", "wallet.index", (SIGNED_IN,)),
    ("Documents", "documents.index", ("author", "reviewer", "administrator")),
    ("Items", "items.index", ("author", "reviewer", "administrator")),
    ("Activities", "activities.index", ("author", "administrator")),
    ("Analysis", "analysis.index", ("author", "reviewer", "administrator")),
)
ADMINISTRATION = (
    ("People", "accounts.people", ("administrator",)),
    ("Attempts", "attempts.index", ("administrator",)),
    ("Surveys", "surveys.index", ("administrator",)),
    ("Claims", "credits.index", ("administrator",)),
    ("Certificates", "issuing.index", ("administrator",)),
    ("Reports", "reporting.index", ("administrator",)),
    ("Designs", "designing.index", ("administrator",)),
    ("Rule files", "rulefiles.index", ("administrator",)),
    ("Plans", "plans.index", ("administrator",)),
    ("Deletions", "privacy.deletions", ("administrator",)),
    ("Messages", "post.index", ("administrator",)),
    ("Jobs", "jobs.index", ("administrator",)),
    ("Audit trail", "accounts.trail", ("administrator",)),
)
PARTS = {
    "outcomes": "reporting.index",
    "batches": "issuing.index",
    "external": "wallet.index",
    "identity": "wallet.index",
    "licenses": "wallet.index",
    "requirements": "wallet.index",
    "sharing": "wallet.index",
    "issuing.mine": "wallet.index",
    "credits.show": "credits.index",
    "credits.correct": "credits.index",
    "privacy.person": "privacy.deletions",
    "post.show": "post.index",
    "sending": "issuing.index",
    "trail": "accounts.trail",
}
"""Pages, and whole features, that belong to a link of another name."""
Links = tuple[tuple[str, str, tuple[str, ...]], ...]


def add_page_words() -> dict[str, Any]:
    """Give every template the navigation that this person may use and the provider's name."""
    return {
        "navigation": links_of(NAVIGATION),
        "administration": links_of(ADMINISTRATION),
        "provider_name": current_app.config["PROVIDER_NAME"],
    }


def links_of(entries: Links) -> list[tuple[str, str, bool]]:
    """Return the entries this person may use: label, address, and whether it leads to the page shown."""
    person = current_user._get_current_object()  # once: the proxy, asked for every entry, would cost more than the list
    if not person.is_authenticated:
        return []
    return [
        (label, url_for(endpoint), is_current(endpoint))
        for label, endpoint, roles in entries
        if (SIGNED_IN in roles or any(map(person.has_role, roles)))
        and (current_app.config["PLANS"] or not endpoint.startswith("plans."))
    ]


def is_current(endpoint: str) -> bool:
    """Return whether a link of the navigation leads to the page shown, or to the list it belongs to."""
    if request.endpoint is None or endpoint == request.endpoint:
        return endpoint == request.endpoint
    belongs_to = PARTS.get(request.endpoint) or PARTS.get(request.blueprint or "")
    if belongs_to:
        return endpoint == belongs_to
    is_list = endpoint.endswith(".index")
    return (
        is_list
        and request.blueprint == endpoint.partition(".")[0]
        and request.blueprint not in ("attempts", "credits", "issuing", "post")
    )
