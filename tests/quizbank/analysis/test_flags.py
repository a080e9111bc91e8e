"""Flags: what the figures of a bad item look like, and that good or barely answered items are left in peace."""

from dataclasses import replace

import pytest

from quizbank.analysis.flags import (
    ACTIONS,
    AMBIGUOUS,
    DEAD_DISTRACTOR,
    FEWEST,
    LABELS,
    MISKEYED,
    TONES,
    TOO_EASY,
    flags_of,
    upper_limit,
)
from quizbank.analysis.item_statistics import ItemStatistics
from quizbank.analysis.picks import NO_ANSWER, Pick, Picks

SOUND = ItemStatistics("1", 90, 1, 0.6, 0.5, 0.7, 0.5, 0.4, 0.5, 0.6, 0.1, 0.1)


def picks(key: tuple[int, int, int], *wrong: tuple[int, int, int], options: bool = True) -> Picks:
    """Return picks of the key and of wrong options, by third."""
    rows = [Pick("A", "Fatigue", True, options, key)]
    rows += [Pick("BCDE"[place], f"Wrong {place}", False, options, counts) for place, counts in enumerate(wrong)]
    return Picks(tuple(rows), tuple(sum(counts) for counts in zip(key, *wrong, strict=True)))


GOOD = picks((10, 18, 26), (10, 6, 2), (10, 6, 2))


def kinds(statistics: ItemStatistics, given: Picks) -> list[str]:
    return [flag.kind for flag in flags_of(statistics, given)]


def test_sound_item_has_no_flag() -> None:
    assert kinds(SOUND, GOOD) == []


def test_key_that_the_best_leave_for_another_option_is_likely_wrong() -> None:
    (flag,) = flags_of(replace(SOUND, discrimination=0.05), picks((12, 10, 6), (8, 12, 22), (10, 8, 2)))
    assert flag.kind == MISKEYED
    assert flag.why == "Of the 30 in the upper third, 22 gave B, “Wrong 0” and 6 the key."


def test_discrimination_that_is_surely_below_nothing_is_likely_a_wrong_key() -> None:
    assert kinds(replace(SOUND, discrimination=-0.3), picks((20, 14, 14), (5, 8, 8), (5, 8, 8))) == [MISKEYED]


def test_option_that_many_of_the_best_defend_is_ambiguous() -> None:
    assert kinds(SOUND, picks((14, 14, 17), (8, 10, 11), (8, 6, 2))) == [AMBIGUOUS]


def test_option_that_many_of_all_defend_is_ambiguous_when_the_item_parts_nobody() -> None:
    given = picks((14, 14, 16), (14, 13, 13), (2, 3, 1))
    assert kinds(replace(SOUND, discrimination=0.08), given) == [AMBIGUOUS]


def test_discrimination_a_little_below_nothing_is_no_proof_of_a_wrong_key() -> None:
    assert kinds(replace(SOUND, discrimination=-0.05), GOOD) == [AMBIGUOUS]


def test_option_that_draws_the_weak_is_no_rival() -> None:
    assert kinds(SOUND, picks((2, 8, 18), (24, 16, 11), (4, 6, 1))) == []


def test_option_that_hardly_anyone_takes_is_dead() -> None:
    (flag,) = flags_of(SOUND, picks((10, 18, 28), (18, 11, 2), (2, 1, 0)))
    assert (flag.kind, flag.why) == (DEAD_DISTRACTOR, "Of 90 learners, so many chose: 3 C “Wrong 1”.")


def test_item_that_nearly_everybody_solves_is_too_easy_and_its_options_are_not_blamed_too() -> None:
    assert kinds(replace(SOUND, facility=0.97), picks((28, 29, 30), (2, 1, 0), (0, 0, 0))) == [TOO_EASY]


@pytest.mark.parametrize("n", [0, 1, FEWEST - 1])
def test_too_few_learners_give_no_verdict(n: int) -> None:
    assert flags_of(replace(SOUND, n=n, discrimination=-0.9, facility=1.0), GOOD) == ()


def test_written_answer_of_the_best_that_counts_as_wrong_points_to_the_key() -> None:
    given = picks((5, 5, 4), (5, 9, 20), options=False)
    assert kinds(SOUND, given) == [MISKEYED]


def test_no_answer_is_no_rival() -> None:
    blank = Pick("", NO_ANSWER, False, False, (0, 5, 20))
    given = Picks((*picks((10, 10, 10), (10, 10, 5)).picks, blank), (20, 25, 35))
    assert kinds(SOUND, given) == []


def test_item_nobody_failed_is_only_too_easy() -> None:
    statistics = replace(SOUND, facility=1.0, discrimination=None, sd=0.0)
    assert kinds(statistics, picks((30, 30, 30), (0, 0, 0))) == [TOO_EASY]


def test_every_flag_has_a_name_and_says_what_to_do() -> None:
    assert LABELS.keys() == ACTIONS.keys() == TONES.keys()


def test_upper_limit_of_a_correlation_is_fishers() -> None:
    # tanh(atanh(0.5) + 1.96 / sqrt(25)) by hand
    assert upper_limit(0.5, 28) == pytest.approx(0.7358, abs=1e-3)
    assert upper_limit(-1.0, 30) < 0
