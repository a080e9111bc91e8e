"""The lexicon's facts: each has one right answer, rivals of which none could be right, and words by which texts say it."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.generation.distractors import choose_distractors
from quizbank.generation.gate import clang, convergence, distinct_options, homogeneous, length
from quizbank.generation.gate.model import EXAMPLE, context_of, variant
from quizbank.generation.lexicon.facts import Fact, about_in, answers_in, facts, holds, is_part, plain
from quizbank.generation.makers import MAKERS
from quizbank.generation.makers.fact import rivals_of
from quizbank.generation.sizes import size_of
from quizbank.generation.wording import roots, same_root

FEWEST, MOST = 3, 7
CHECKS = tuple(one.CHECK for one in (clang, convergence, distinct_options, homogeneous, length))


def _bad(is_good: Callable[[Fact], bool]) -> list[str]:
    """Return the facts that break a rule, by question and answer: all of them in one test, for there are thousands."""
    return [f"{fact.question} {fact.answer}" for fact in facts() if not is_good(fact)]


def test_every_fact_has_a_maker() -> None:
    assert {fact.kind.group for fact in facts()} <= {maker.name for maker in MAKERS}


def test_every_fact_has_words_that_tell_it() -> None:
    assert _bad(lambda fact: bool(fact.tells)) == []


def test_rivals_are_enough_and_each_another() -> None:
    assert _bad(lambda fact: FEWEST <= len({plain(one) for one in fact.rivals}) == len(fact.rivals) <= MOST) == []


def test_no_rival_is_right() -> None:
    def is_good(fact: Fact) -> bool:
        right = {plain(one) for one in (fact.answer, *fact.also, *fact.said)}
        wrong = [plain(one) for one in fact.rivals]
        return not right & set(wrong) and not any(holds(one, fact.said) for one in wrong)

    assert _bad(is_good) == []


def test_three_rivals_give_nothing_away() -> None:
    context = context_of(EXAMPLE)

    def is_good(fact: Fact) -> bool:
        asked = variant(stem=fact.question, key=fact.answer, wrong=fact.rivals, topic=fact.subject, maker="fact")
        chosen = choose_distractors(replace(asked, whole=True), context)
        return len(chosen.distractors) == 3 and not any(check.find(chosen, context) for check in CHECKS)

    assert _bad(is_good) == []


def test_answer_is_said_in_its_own_words() -> None:
    def is_good(fact: Fact) -> bool:
        said = roots(" ".join(fact.said))
        return all(any(same_root(word, other) for other in said) for word in roots(fact.answer))

    assert _bad(is_good) == []


def test_question_is_whole_and_names_no_option() -> None:
    def is_good(fact: Fact) -> bool:
        asked = fact.question
        whole = asked.endswith("?") and asked[0].isupper() and "{" not in asked
        return whole and not any(holds(plain(asked), (one,)) for one in (fact.answer, *fact.rivals))

    assert _bad(is_good) == []


def test_wordings_are_long_enough_to_be_names() -> None:
    assert _bad(lambda fact: all(len(one) > 2 for one in fact.names) and all(len(one) > 1 for one in fact.said)) == []


def test_no_answer_stands_among_the_rivals_of_its_question() -> None:
    """Two facts with one question word one answer in two ways."""
    asked = defaultdict(list)
    for fact in facts():
        asked[plain(fact.question)].append(fact)
    both = [pair for same in asked.values() for pair in combinations(same, 2)]
    assert [one.question for one, other in both if plain(one.answer) in map(plain, other.rivals)] == []


def test_a_name_inside_a_longer_one_is_not_meant() -> None:
    [named] = list(answers_in("it is spread by ixodes ticks."))
    assert named.end == len("it is spread by ixodes ticks")
    assert not list(answers_in("ixodest"))


@pytest.mark.parametrize(
    ("text", "number", "stands"),
    [
        ("It lasts 6 months in most.", "6 months", True),
        ("It lasts 6 months or more.", "6 months", True),
        ("A T-score of −2.5 or lower.", "-2.5", True),
        ("It lasts 2 to 6 months.", "6 months", False),
        ("It lasts 2–6 months.", "6 months", False),
        ("It lasts three to six months.", "six months", False),
        ("It lasts 3 weeks or 6 months.", "6 months", False),
        ("It lasts 6 months to 2 years.", "6 months", False),
        ("It lasts 1.6 months.", "6 months", False),
        ("The INR is kept at 2 to 3.", "2 to 3", True),
        ("The INR is measured every 2 to 3 days.", "2 to 3", False),
    ],
)
def test_a_number_is_no_part_of_a_range_or_a_longer_one(text: str, number: str, stands: bool) -> None:
    start = plain(text).index(number)
    assert is_part(plain(text), start, start + len(number)) is not stands


def test_numbers_of_one_unit_are_offered_in_no_place_of_their_own() -> None:
    """Over all questions for a number, about as many right answers are the smallest option as the largest."""
    ranks = Counter[int]()
    for fact in facts():
        rivals, is_scale = rivals_of(fact)
        if is_scale:
            shown = sorted((fact.answer, *rivals[:3]), key=lambda text: size.value if (size := size_of(text)) else 0)
            ranks[shown.index(fact.answer)] += 1
    total = sum(ranks.values())
    assert total > 100
    assert max(ranks.values()) < 0.33 * total


@given(st.text())
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in answers_in(plain(text)))
    assert isinstance(about_in(plain(text)), frozenset)
