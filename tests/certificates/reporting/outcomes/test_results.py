"""The results of an activity as one table."""

from decimal import Decimal

from certificates.reporting.outcomes.results import Answers, Change, CreditTotal, Group, ObjectiveResult, Results, lines

RESULTS = Results(
    "Heart failure",
    (Group("Physician", 5, 4, 3), Group("Nurse", 2, 1, 0)),
    (ObjectiveResult("Treat it", 3, 6, 66.666), ObjectiveResult("Know it", 1, 0, None)),
    (Change("Score", 2, 40.0, 80.04),),
    (Answers("It was balanced.", {"Agree": 3, "Disagree": 0}),),
    (CreditTotal("CPD points", 3, Decimal(4)),),
)


def test_total_takes_all_professions_together() -> None:
    assert RESULTS.total == Group("All", 7, 5, 3)
    assert RESULTS.evaluation[0].total == 3


def test_every_figure_of_the_page_is_a_line_of_the_table() -> None:
    found = list(lines(RESULTS))
    assert len(found) == 3 * 3 + 2 * 3 + 3 + 2 + 2
    assert ("Learners", "All", "Passed", "5") in found
    assert ("Objectives", "Treat it", "Right at the first attempt (%)", "66.7") in found
    assert ("Objectives", "Know it", "Right at the first attempt (%)", "") in found
    assert ("Before and after", "Score", "After (%)", "80.0") in found
    assert ("Evaluation", "It was balanced.", "Disagree", "0") in found
    assert ("Credit", "CPD points", "Claimed in all", "4.00") in found


def test_activity_without_anybody_has_a_table_of_nothing() -> None:
    assert list(lines(Results("Empty", (), (), (), (), ()))) == [
        ("Learners", "All", "Started", "0"),
        ("Learners", "All", "Passed", "0"),
        ("Learners", "All", "Claimed", "0"),
    ]
