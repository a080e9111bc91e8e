"""How much was still known: the first answer of each learner and item in each window."""

from quizbank.followups.retention import Answer, retention_of


def told(*answers: Answer) -> list[tuple[int, int, float | None]]:
    return [(one.days, one.n, one.mean) for one in retention_of(answers)]


def test_first_answer_in_each_window_counts() -> None:
    answers = [Answer(1, 1, 5, 0), Answer(1, 1, 40, 0.0), Answer(1, 1, 80, 1.0), Answer(1, 1, 95, 1.0)]
    assert told(*answers) == [(30, 1, 0.0), (90, 1, 1.0)]


def test_learners_and_items_count_apart_whatever_their_order() -> None:
    answers = [Answer(2, 1, 30, 1.0), Answer(1, 2, 89.9, 0.0), Answer(1, 1, 31, 0.5)]
    assert told(*answers) == [(30, 3, 0.5), (90, 0, None)]


def test_nobody_asked_yet_is_no_figure() -> None:
    assert told() == [(30, 0, None), (90, 0, None)]
