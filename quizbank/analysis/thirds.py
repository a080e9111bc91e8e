"""Scores in; the lower, middle and upper third of learners out.

For one item's answers the scores are those of the *other* items: a wrong key would otherwise lift those who happen to
agree with it, and hide itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

LOWER, MIDDLE, UPPER = 0, 1, 2
THIRDS = ("lower", "middle", "upper")


def thirds(totals: Sequence[float]) -> list[int]:
    """Return for each total whether it belongs to the lower (0), middle (1) or upper (2) third.

    What decides is the middle rank of all equal totals, so equals are never parted and the order of learners changes
    nothing; where many are equal the thirds are of unequal size.
    """
    rounded = [round(total, 9) for total in totals]
    ordered, n = sorted(rounded), len(totals)
    ranks = [(bisect_left(ordered, total) + bisect_right(ordered, total)) / 2 / n for total in rounded]
    return [LOWER if rank < 1 / 3 else UPPER if rank > 2 / 3 else MIDDLE for rank in ranks]
