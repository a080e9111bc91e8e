"""How a claim stands with a reporting system: what was last reported and what is true now go in, what is due comes out.

Records there cannot be edited: a wrong one is deleted and submitted anew (ACCME, "Updating Learner Records" and
"Deleting Learner Records" in its guide to reporting learner data).
"""

from collections.abc import Mapping

from certificates.reporting.records import DELETE, SUBMIT

NEW = "new"
SUBMITTED = "submitted"
CHANGED = "changed"
WITHDRAWN = "withdrawn"
HELD = "held"
NOTHING = "nothing"
STANDINGS: Mapping[str, tuple[str, str]] = {
    NEW: ("To submit", "accent"),
    CHANGED: ("To delete and submit anew", "caution"),
    WITHDRAWN: ("To delete", "bad"),
    HELD: ("Held back", "caution"),
    SUBMITTED: ("Submitted", "good"),
}
"""Words and tone of what is shown; a claim that is NOTHING to report is not."""
ACTS: Mapping[str, tuple[str, ...]] = {NEW: (SUBMIT,), CHANGED: (DELETE, SUBMIT), WITHDRAWN: (DELETE,)}
"""What a report does about claims that stand so, in this order; about others nothing."""


def standing(is_on_record: bool, differs: bool, is_valid: bool, is_consenting: bool, is_complete: bool) -> str:
    """Return how a claim stands.

    ``is_on_record``: the last submitted report left a record there. ``differs``: that record says something else than is
    true now. ``is_valid``: the claim's certificate was not revoked. ``is_complete``: no check finds a problem.
    What is on record and now lacks something is held, not deleted: a forgotten field unsays nothing.
    """
    if is_on_record:
        if not is_valid or not is_consenting:
            return WITHDRAWN
        if not differs:
            return SUBMITTED
        return CHANGED if is_complete else HELD
    if not is_valid:
        return NOTHING
    return NEW if is_complete else HELD
