"""What can be done to many certificates at once, and how it is told; a job's arguments go in and come out as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BATCH = "batches.run"


@dataclass(frozen=True)
class Act:
    """Something done to many: its name in addresses, and its words. ``tone`` is the kind of its button."""

    name: str
    verb: str
    doing: str
    past: str
    advice: str
    tone: str = "primary"
    needs_reason: bool = True


ISSUE = Act(
    "issue",
    "Issue",
    "Issuing",
    "issued",
    "Every claim without a certificate gets one. Nobody gets a second.",
    needs_reason=False,
)
REISSUE = Act(
    "reissue",
    "Replace",
    "Replacing",
    "replaced",
    "Each gets a new certificate that states things as they are now: name, profession, title, provider, signatory. "
    "The old one stays, marked as replaced, and its public page leads to the new one.",
)
REVOKE = Act(
    "revoke",
    "Revoke",
    "Revoking",
    "revoked",
    "Their public pages say so from then on, and so does the status list. This cannot be undone.",
    tone="danger",
)
ACTS: Mapping[str, Act] = {act.name: act for act in (ISSUE, REISSUE, REVOKE)}


@dataclass(frozen=True)
class Order:
    """A batch as it was asked for: the act, the ids (claims for issuing, else certificates), and why."""

    act: Act
    ids: tuple[int, ...]
    reason: str

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Order":
        """Return the order that a job's arguments hold."""
        return cls(ACTS[args["act"]], tuple(args["ids"]), args["reason"])

    def to_args(self) -> dict[str, Any]:
        """Return the order as a job's arguments."""
        return {"act": self.act.name, "ids": list(self.ids), "reason": self.reason}
