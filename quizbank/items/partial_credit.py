"""Partial credit for responses that can be partly right: what was given and the key in, a fraction from 0 to 1 out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise


def balanced_fraction(chosen: Collection[str], key: Collection[str]) -> float:
    """Return (right choices - wrong choices) / number of keys, never below 0.

    The +1/-1 rule floored at 0, so that ticking everything does not pay. ``key`` must not be empty.
    """
    right = sum(1 for option_id in chosen if option_id in key)
    wrong = len(chosen) - right
    return max(0.0, (right - wrong) / len(key))


def decided_fraction(chosen: Collection[str], key: Collection[str], options: int) -> float:
    """Return the part of the ``options`` that were decided right, chosen or left; a blank earns 0.

    Each option counts as a true-or-false question of its own. Ticking everything earns the part that are keys.
    """
    right = sum(option_id in key for option_id in chosen)
    left_wrong = options - len(key) - (len(chosen) - right)
    return (right + left_wrong) / options if chosen else 0.0


def exact_choice(chosen: Collection[str], key: Collection[str]) -> float:
    """Return 1 for the keys and nothing else, 0 for anything less or more."""
    return 1.0 if set(chosen) == set(key) else 0.0


def matched_fraction(given: Mapping[str, str], right: Mapping[str, str]) -> float:
    """Return right pairs / number of prompts; ``right`` maps every prompt to its option and must not be empty."""
    return sum(given.get(prompt) == option for prompt, option in right.items()) / len(right)


def exact_match(given: Mapping[str, str], right: Mapping[str, str]) -> float:
    """Return 1 when everything is matched right, 0 for anything less."""
    return 1.0 if given == right else 0.0


def exact_order(given: Sequence[str], key: Sequence[str]) -> float:
    """Return 1 for the whole right order, 0 for anything else."""
    return 1.0 if list(given) == list(key) else 0.0


def neighbor_order(given: Sequence[str], key: Sequence[str]) -> float:
    """Return how many of the pairs that follow each other in the key stand in right order, over all such pairs.

    One step in a wrong place costs two pairs at most, a full reversal costs all. ``key`` holds two steps at least.
    """
    place = {step: number for number, step in enumerate(given)}
    right = sum(a in place and b in place and place[a] < place[b] for a, b in pairwise(key))
    return right / (len(key) - 1)


def longest_order(given: Sequence[str], key: Sequence[str]) -> float:
    """Return how long the longest run of steps in right order is, scaled so that one step alone earns 0.

    The run may leave steps out between its own: the longest common subsequence of what was given and the key.
    """
    rank = {step: number for number, step in enumerate(key)}
    longest: list[int] = []
    for place, step in enumerate(given):
        before = [longest[i] for i in range(place) if rank[given[i]] < rank[step]]
        longest.append(1 + max(before, default=0))
    return max(0, max(longest, default=0) - 1) / (len(key) - 1)


ORDER_RULES: Mapping[str, Callable[[Sequence[str], Sequence[str]], float]] = {
    "pairs": neighbor_order,
    "longest": longest_order,
    "exact": exact_order,
}
"""How a partly right order earns, by the name that an item keeps."""

CHOICE_RULES: Mapping[str, Callable[[Collection[str], Collection[str], int], float]] = {
    "balanced": lambda chosen, key, _options: balanced_fraction(chosen, key),
    "per_option": decided_fraction,
    "exact": lambda chosen, key, _options: exact_choice(chosen, key),
}
"""How a partly right choice of several options earns; the number is that of all options."""

GAP_RULES: Mapping[str, Callable[[Mapping[str, str], Mapping[str, str]], float]] = {
    "per_gap": matched_fraction,
    "exact": exact_match,
}
"""How partly right gaps earn."""
