"""The frame around every page: its navigation and the provider's name."""

from typing import Any

from flask import current_app, request, url_for
from flask_security import current_user

from quizbank.web.entrance import SIGNED_IN
from quizbank.web.templates import drawn_once

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
ROLES = frozenset(role for _, _, roles in (*NAVIGATION, *ADMINISTRATION) for role in roles) - {SIGNED_IN}
"""Roles that the navigation asks about."""


def add_page_words() -> dict[str, Any]:
    """Give every template the navigation that this person may use and the provider's name."""
    person = current_user._get_current_object()  # once: the proxy, asked for every role, would cost more than the list
    roles = frozenset(filter(person.has_role, ROLES)) | {SIGNED_IN} if person.is_authenticated else frozenset()
    return {
        "navigation": drawn_once(links_of, NAVIGATION, request.endpoint, roles),
        "administration": drawn_once(links_of, ADMINISTRATION, request.endpoint, roles),
        "provider_name": current_app.config["PROVIDER_NAME"],
    }


def links_of(entries: Links, here: str | None, roles: frozenset[str]) -> tuple[tuple[str, str, bool], ...]:
    """Return the entries these roles may use: label, address, and whether it leads to the page shown (``here``)."""
    return tuple(
        (label, url_for(endpoint), is_current(endpoint, here))
        for label, endpoint, allowed in entries
        if not roles.isdisjoint(allowed) and (current_app.config["PLANS"] or not endpoint.startswith("plans."))
    )


def is_current(endpoint: str, here: str | None) -> bool:
    """Return whether a link of the navigation leads to the page shown, or to the list it belongs to."""
    if here is None or endpoint == here:
        return endpoint == here
    feature = here.rpartition(".")[0]
    belongs_to = PARTS.get(here) or PARTS.get(feature)
    if belongs_to:
        return endpoint == belongs_to
    is_list = endpoint.endswith(".index")
    return (
        is_list and feature == endpoint.partition(".")[0] and feature not in ("attempts", "credits", "issuing", "post")
    )
