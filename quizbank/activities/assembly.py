"""Puts an activity together: a specification and the published items go in, the chosen ones come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True)
class Need:
    """One line of the specification: an objective and how many items are asked for it."""

    objective_id: int
    source: str
    item_count: int


def assemble(needs: Sequence[Need], available: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return (objective id, version id) pairs in order; ``available`` maps an objective's source to its versions.

    The first items of each objective are taken, in document order, so that the same bank gives the same activity.
    Objectives with the same source share its items, so none is asked twice. Fewer come out than asked for when there
    are not enough; readiness says so.
    """
    left = {source: iter(versions) for source, versions in available.items()}
    return [
        (need.objective_id, version_id)
        for need in needs
        for version_id in islice(left.get(need.source, ()), need.item_count)
    ]
