"""Assembly: the specification decides how many items of each objective are asked, and which."""

from hypothesis import given
from hypothesis import strategies as st

from quizbank.activities.assembly import Need, assemble

BANK = {"diagnosis": [11, 12, 13], "treatment": [21, 22]}


def test_first_items_of_each_objective_are_taken_in_order() -> None:
    needs = [Need(1, "diagnosis", 2), Need(2, "treatment", 1)]
    assert assemble(needs, BANK) == [(1, 11), (1, 12), (2, 21)]


def test_objectives_come_in_the_order_of_the_specification() -> None:
    assert assemble([Need(2, "treatment", 1), Need(1, "diagnosis", 1)], BANK) == [(2, 21), (1, 11)]


def test_objective_with_too_few_items_gets_what_there_is() -> None:
    assert assemble([Need(2, "treatment", 5)], BANK) == [(2, 21), (2, 22)]


def test_objective_without_items_gets_none() -> None:
    assert assemble([Need(3, "prevention", 5), Need(2, "treatment", 0)], BANK) == []


def test_two_objectives_with_one_source_share_its_items() -> None:
    assert assemble([Need(1, "diagnosis", 2), Need(2, "diagnosis", 2)], BANK) == [(1, 11), (1, 12), (2, 13)]


@given(
    st.lists(st.builds(Need, st.integers(1, 5), st.sampled_from(["diagnosis", "treatment", "none"]), st.integers(0, 4)))
)
def test_no_version_is_asked_twice(needs: list[Need]) -> None:
    versions = [version for _, version in assemble(needs, BANK)]
    assert len(set(versions)) == len(versions)
