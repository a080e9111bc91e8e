"""The evaluation's statements and the scale they are answered on."""

from certificates.credits.evaluation import LIKERT, STATEMENTS


def test_statements_have_names_of_their_own() -> None:
    assert len({statement.name for statement in STATEMENTS}) == len(STATEMENTS)


def test_scale_runs_from_strong_agreement_to_strong_disagreement() -> None:
    assert list(LIKERT) == ["5", "4", "3", "2", "1"]
    assert (LIKERT["5"], LIKERT["1"]) == ("Strongly agree", "Strongly disagree")


def test_change_and_balance_are_asked_about() -> None:
    asked = " ".join(statement.text for statement in STATEMENTS)
    assert "learning objectives" in asked
    assert "practice" in asked
    assert "free of commercial bias" in asked
