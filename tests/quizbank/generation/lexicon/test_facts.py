"""The lexicon's facts: each has one right answer, rivals of which none could be right, and words by which texts say it."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.generation.lexicon.facts import Fact, about_in, answers_in, facts, holds, plain
from quizbank.generation.makers import MAKERS
from quizbank.generation.wording import roots, same_root

FEWEST, MOST = 4, 7
EVERY = pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.kind.name}: {fact.subject}")


def test_every_fact_has_a_maker() -> None:
    assert {fact.kind.pattern for fact in facts()} <= {maker.name for maker in MAKERS}


@EVERY
def test_rivals_are_enough_and_none_is_right(fact: Fact) -> None:
    right = {plain(one) for one in (fact.answer, *fact.also, *fact.said)}
    wrong = [plain(one) for one in fact.rivals]
    assert FEWEST <= len(set(wrong)) == len(wrong) <= MOST
    assert not right & set(wrong)
    assert not any(holds(one, fact.said) for one in wrong), "a rival holds the answer's name"


@EVERY
def test_answer_is_said_in_its_own_words(fact: Fact) -> None:
    said = roots(" ".join(fact.said))
    assert all(any(same_root(word, other) for other in said) for word in roots(fact.answer))


@EVERY
def test_question_is_whole_and_names_no_option(fact: Fact) -> None:
    assert fact.question.endswith("?")
    assert fact.question[0].isupper()
    assert "{" not in fact.question
    assert not any(holds(plain(fact.question), (one,)) for one in (fact.answer, *fact.rivals))


@EVERY
def test_wordings_are_long_enough_to_be_names(fact: Fact) -> None:
    assert all(len(one) > 2 for one in fact.names)
    assert all(len(one) > 1 for one in fact.said)


def test_no_question_has_two_answers() -> None:
    """Two facts with one question word one answer in two ways, and neither stands among the other's rivals."""
    asked = defaultdict(list)
    for fact in facts():
        asked[plain(fact.question)].append(fact)
    for same in asked.values():
        for one in same:
            for other in same:
                assert plain(one.answer) not in map(plain, other.rivals), one.question


def test_a_name_inside_a_longer_one_is_not_meant() -> None:
    [named] = list(answers_in("it is spread by ixodes ticks."))
    assert named.end == len("it is spread by ixodes ticks")
    assert not list(answers_in("ixodest"))


@given(st.text())
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in answers_in(plain(text)))
    assert isinstance(about_in(plain(text)), frozenset)
