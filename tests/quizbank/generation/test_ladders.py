"""Alternatives to a number are values people use, and never touch it or each other."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizbank.generation.ladders import alternatives

UNITS = st.sampled_from(["minutes", "hours", "days", "weeks", "months", "years", "mg", "mg/min"])


@given(st.integers(1, 200), st.integers(0, 30), UNITS, st.integers(0, 50))
def test_spans_never_touch(low: int, width: int, unit: str, seed: int) -> None:
    spans = sorted([(low, low + width), *alternatives(low, low + width, unit, random.Random(seed))])
    assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_values_are_the_ones_people_use() -> None:
    weeks = {value for seed in range(30) for span in alternatives(6, 6, "weeks", random.Random(seed)) for value in span}
    assert weeks == {2, 3, 12, 16, 24}


def test_every_rank_that_both_sides_fill_is_drawn() -> None:
    ranks = {sum(span < (6, 6) for span in alternatives(6, 6, "weeks", random.Random(seed))) for seed in range(40)}
    assert ranks == {0, 1, 2}


def test_ranges_are_about_as_wide() -> None:
    weeks = {span for seed in range(20) for span in alternatives(6, 10, "weeks", random.Random(seed))}
    assert {(2, 4), (12, 16)} <= weeks
    assert all(1.2 <= high / low <= 2.5 for low, high in weeks)


def test_nothing_is_offered_beyond_what_people_use() -> None:
    assert alternatives(4, 30, "days", random.Random(1)) == ()
