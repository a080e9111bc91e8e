"""Every check of the gate passes its good example and refuses its bad one, in words."""

import pytest

from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.model import Check, context_of


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_good_example_passes(check: Check) -> None:
    assert check.find(check.good, context_of(check.good)) == ""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_bad_example_is_refused_with_a_sentence(check: Check) -> None:
    problem = check.find(check.bad, context_of(check.bad, check.besides))
    assert problem.endswith(".")
    assert problem[0].isupper() or problem[0] == "“"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_pass_is_told_in_words(check: Check) -> None:
    assert check.says


def test_check_names_are_unique() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
