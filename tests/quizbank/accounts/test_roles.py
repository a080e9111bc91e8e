"""Roles and professions: what everybody else relies on."""

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, EDITORS, LEARNER, PROFESSIONS, REVIEWER, ROLES


def test_there_are_exactly_the_four_roles_of_the_design() -> None:
    assert list(ROLES) == [LEARNER, AUTHOR, REVIEWER, ADMINISTRATOR]


def test_learners_edit_nothing() -> None:
    assert set(EDITORS) == set(ROLES) - {LEARNER}


def test_every_role_says_what_it_does() -> None:
    assert all(words.endswith(".") for words in ROLES.values())


def test_physician_is_the_first_profession_offered() -> None:
    assert next(iter(PROFESSIONS)) == "physician"


def test_student_without_a_degree_is_no_physician() -> None:
    assert "without medical degree" in PROFESSIONS["student"]
