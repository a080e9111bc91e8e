"""No fact twice, no key given away, makers and sections take turns, key positions balanced."""

import random
from collections import Counter
from dataclasses import replace

from quizbank.generation.gate.model import EXAMPLE, variant
from quizbank.generation.selection import clashes, gives_away, key_positions, select, spread, unlike, varied


def test_one_fact_is_asked_once() -> None:
    assert (
        len(select([EXAMPLE, replace(EXAMPLE, stem="In wound repair, which tissue is unreliable for grafts?")], None))
        == 1
    )


def test_stem_that_tells_another_key_clashes() -> None:
    teller = variant(
        stem="In wound repair, why are skin grafts unpredictable in irradiated tissue?", key="Poor supply", fact="other"
    )
    assert gives_away(teller, EXAMPLE)
    assert clashes(EXAMPLE, teller)


def test_items_on_other_facts_stay() -> None:
    other = variant(stem="In wound repair, who removes sutures?", key="A nurse", fact="other")
    assert len(select([EXAMPLE, other], None)) == 2


def test_what_is_and_what_is_not_recommended_are_two_suggestions() -> None:
    one = variant(stem="In wound repair, what is recommended?", key="Grafts", fact="one")
    other = variant(stem="In wound repair, what is NOT recommended?", key="Bed rest", fact="other")
    assert unlike([one, other], []) == [one, other]


def test_list_with_a_better_question_is_not_suggested_again() -> None:
    better = replace(EXAMPLE, maker="membership", fact="lists:a/b", stem="In wound repair, which is a hazard?")
    plain = variant(stem="In wound repair, which of the following are hazards?", key="Fever", fact="list:hazard")
    assert unlike([better, plain], []) == [better]
    assert unlike([plain], [better]) == []
    assert unlike([plain], []) == [plain]


def test_limit_is_kept() -> None:
    steps = ("washing", "probing", "draining", "suturing", "dressing", "weighing")
    many = [variant(stem=f"In wound repair, who does the {step}?", key=f"{step} nurse", fact=step) for step in steps]
    assert len(select(many, 4)) == 4
    assert select(many, 0) == []


def test_no_maker_takes_over_a_long_quiz() -> None:
    many = [replace(EXAMPLE, maker="one" if number % 10 else "two", fact=str(number)) for number in range(50)]
    makers = Counter(candidate.maker for candidate in varied(many))
    assert makers["two"] == 5
    assert makers["one"] <= 0.6 * makers.total() + 1


def test_maker_of_a_third_of_the_quiz_may_stay() -> None:
    many = [replace(EXAMPLE, maker="abc"[number % 3], fact=str(number)) for number in range(30)]
    assert varied(many) == many


def test_makers_take_turns() -> None:
    many = [replace(EXAMPLE, maker="one" if number < 8 else "two", fact=str(number)) for number in range(10)]
    assert Counter(candidate.maker for candidate in spread(many, 4)) == {"one": 2, "two": 2}


def test_key_positions_are_used_about_equally_often() -> None:
    four = EXAMPLE.with_distractors((*EXAMPLE.distractors, EXAMPLE.distractors[0]))
    places = Counter(key_positions([four] * 40, random.Random(1)))
    assert set(places.values()) == {10}
