"""Logs as statistics see them: what was earned, by which version it is judged, how long it took."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from quizbank.analysis.sittings import answering_seconds, matrix_from, sitting_of
from quizbank.attempts.log import ANSWERED, CHECKED, GRADED, MARKED, REGRADED, STARTED, SUBMITTED, Step
from tests.clock import FIXED_NOW

ROWS = [{"number": n, "version_id": 10 + n, "objective_id": 1, "weight": float(n), "order": []} for n in (1, 2)]


def steps(*lines: tuple[float, str, Mapping[str, Any]]) -> list[Step]:
    """Return a log that starts at second 0 and goes on with (second, kind, payload)."""
    begun = (0.0, STARTED, {"pass_mark": 70, "slots": ROWS})
    return [
        Step(sequence, kind, payload, FIXED_NOW + timedelta(seconds=second))
        for sequence, (second, kind, payload) in enumerate((begun, *lines), start=1)
    ]


def answered(second: float, slot: int, kind: str = ANSWERED) -> tuple[float, str, Mapping[str, Any]]:
    return second, kind, {"slot": slot, "response": {"choice": ["a"]}, "fraction": 1.0}


def graded(second: float) -> tuple[tuple[float, str, Mapping[str, Any]], ...]:
    return (second, SUBMITTED, {}), (second, GRADED, {"fractions": {"1": 1.0, "2": 0.0}, "score": 33, "passed": False})


def test_sitting_holds_fraction_weight_response_and_confidence() -> None:
    marked = (5.0, MARKED, {"slot": 1, "flagged": False, "struck": [], "confidence": 3})
    given = sitting_of(7, steps(answered(40, 1), marked, *graded(60))).given
    assert (given[11].fraction, given[11].weight, given[11].confidence) == (1, 1, 3)
    assert given[11].response == {"choice": ["a"]}
    assert (given[12].fraction, given[12].response, given[12].confidence, given[12].seconds) == (0, {}, None, None)


def test_corrected_key_is_what_counts_and_the_judging_version_is_told() -> None:
    row = {"from": 12, "to": 99, "before": 0.0, "after": 1.0}
    again = (90.0, REGRADED, {"reason": "key", "slots": {"2": row}, "score": 100, "passed": True})
    given = sitting_of(7, steps(*graded(60), again)).given
    assert (given[12].fraction, given[12].judged_by, given[12].is_corrected) == (1, 99, True)
    assert not given[11].is_corrected


def test_time_counts_from_the_answer_before_whatever_was_marked_meanwhile() -> None:
    marked = (50.0, MARKED, {"slot": 2, "flagged": True, "struck": [], "confidence": None})
    assert answering_seconds(steps(answered(40, 1), marked, answered(100, 2, CHECKED))) == {1: 40, 2: 60}


def test_changed_answer_keeps_the_time_of_the_first() -> None:
    assert answering_seconds(steps(answered(40, 1), answered(60, 2), answered(90, 1))) == {1: 40, 2: 20}


def test_answers_written_at_one_moment_have_no_time_of_their_own() -> None:
    assert answering_seconds(steps(answered(40, 1), answered(40, 2))) == {}


def test_pause_is_no_answering_time() -> None:
    assert answering_seconds(steps(answered(31 * 60, 1), answered(31 * 60 + 20, 2))) == {2: 20}


def test_matrix_has_a_column_per_version_and_a_gap_where_one_was_not_asked() -> None:
    sitting = sitting_of(7, steps(*graded(60)))
    matrix = matrix_from([sitting], [12, 11, 50])
    assert (matrix.items, matrix.maxima, matrix.fractions) == (("12", "11", "50"), (2, 1, 1), ((0, 1, None),))
