"""Partial credit for responses that can be partly right: chosen ids and key ids in, a fraction from 0 to 1 out."""

from collections.abc import Collection


def balanced_fraction(chosen: Collection[str], key: Collection[str]) -> float:
    """Return (right choices - wrong choices) / number of keys, never below 0.

    The +1/-1 rule floored at 0, so that ticking everything does not pay. ``key`` must not be empty.
    """
    right = sum(1 for option_id in chosen if option_id in key)
    wrong = len(chosen) - right
    return max(0.0, (right - wrong) / len(key))
