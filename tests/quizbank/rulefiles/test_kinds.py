"""A rule file that cannot be used tells every problem, together and one by one."""

from quizbank.rulefiles.kinds import DamagedFile


def test_damaged_file_tells_all_its_problems_in_one_sentence_after_the_other() -> None:
    damaged = DamagedFile("step of a takes an amount.", "label of b is missing.")
    assert damaged.problems == ("step of a takes an amount.", "label of b is missing.")
    assert str(damaged) == "step of a takes an amount. label of b is missing."
