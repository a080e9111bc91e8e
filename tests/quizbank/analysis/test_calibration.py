"""Confidence against what was earned."""

from quizbank.analysis.calibration import calibration_of


def test_levels_tell_how_often_they_were_right() -> None:
    found = calibration_of([(3, 1.0), (3, 1.0), (3, 0.0), (2, 0.5), (1, 0.0)])
    assert [(level.label, level.n, level.facility) for level in found.levels] == [
        ("Guessing", 1, 0),
        ("Fairly sure", 1, 0.5),
        ("Certain", 3, 2 / 3),
    ]
    assert (found.certain_but_wrong, found.n) == (1, 5)


def test_level_nobody_chose_is_not_defined() -> None:
    found = calibration_of([(3, 1.0)])
    assert (found.levels[0].facility, found.levels[0].low) == (None, None)


def test_no_confidence_at_all_is_an_empty_calibration() -> None:
    assert calibration_of([]).n == 0
