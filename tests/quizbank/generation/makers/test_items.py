"""What each maker's items look like when they leave the pipeline."""

import random

from quizbank.generation.makers.quantity import make
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import LISTS, document_of, made_by, made_of, options_of, prose

SYMPTOMS = """
## Symptoms

- Breathlessness
- Chest tightness
- Nausea

## Signs

- Ejection murmur
- Tachycardia
- Pallor
"""


def test_several_asks_for_contraindications_among_indications() -> None:
    assert made_by("several", document_of(LISTS)) == ["Which of the following are contraindications to valve surgery?"]


def test_symptoms_are_told_from_signs() -> None:
    assert (
        "symptoms, rather than clinical signs, of aortic stenosis"
        in made_by("several", document_of(SYMPTOMS, "Aortic Stenosis"))[0]
    )


def test_symptom_that_is_also_part_of_a_sign_is_no_key() -> None:
    body = SYMPTOMS.replace("Nausea", "Peripheral edema").replace("Pallor", "Pallor\n- Peripheral edema, ascites")
    for seed in range(10):
        for options in options_of(made_of(document_of(body, "Aortic Stenosis"), seed), "several"):
            assert "Peripheral edema" not in options


def test_key_of_a_number_takes_every_rank() -> None:
    document = prose("Heavy lifting should be avoided for 6 weeks after the operation.")
    statements = read_statements(document)
    ranks = set()
    for seed in range(20):
        [candidate] = make(document, statements, random.Random(seed))
        numbers = sorted(int(one.text.split()[0]) for one in candidate.options)
        ranks.add(numbers.index(6))
    assert ranks == {0, 1, 2}


def test_every_month_needs_no_number() -> None:
    for seed in range(6):
        options = options_of(made_of(prose("The graft should be checked every 3 months."), seed), "quantity")
        assert not any("Every 1 month" in one for one in options)
        assert all(option.startswith("Every") for one in options for option in one)


def test_purpose_offers_no_aim_the_measure_serves() -> None:
    [options] = options_of(made_of(prose("Tranexamic acid is given to reduce intraoperative bleeding."), 0), "purpose")
    assert "To prevent fluid from collecting" not in options
    assert "To reduce intraoperative bleeding" in options


def test_wrong_purposes_repeat_no_word_of_the_right_one() -> None:
    [options] = options_of(
        made_of(prose("Closed suction drains are placed to prevent seroma formation."), 0), "purpose"
    )
    assert "To prevent seroma formation" in options
    assert not any("fluid" in option for option in options)


def test_purpose_of_an_unknown_measure_is_left_to_the_author() -> None:
    generation = made_of(prose("Sternal wires are tightened to prevent instability of the chest."), 0)
    assert generation.items == ()
    assert [one.content.stem for one in generation.suggestions] == [
        "In valve surgery, why are sternal wires tightened?"
    ]


def test_who_does_a_task_is_left_to_the_author_with_persons_to_choose_from() -> None:
    generation = made_of(prose("A physiotherapist should guide walking exercises."), 0)
    assert generation.items == ()
    [suggestion] = [one for one in generation.suggestions if one.maker == "terms"]
    assert "others of the team may" in suggestion.missing
    options = [one.text for one in suggestion.content.options]
    assert all(option.startswith(("A ", "An ")) for option in options)
    assert len(options) >= 3


def test_word_of_degree_is_dropped_and_blamed_key_is_left_to_the_author() -> None:
    praised = "Early walking, graded exercise and pain education have improved recovery."
    [options] = options_of(made_of(prose(f"Prolonged bed rest is discouraged. {praised}"), 0), "contrast")
    assert options == {"Bed rest", "Walking", "Graded exercise", "Pain education"}
    generation = made_of(prose(f"Traditional plaster casting is discouraged. {praised}"), 0)
    assert [one.maker for one in (*generation.items, *generation.suggestions)] == ["contrast"]
    assert generation.items == ()


def test_half_life_in_a_table_is_asked_by_its_drug() -> None:
    table = "| Drug | Half-life |\n|---|---|\n| Heparin | 1 hour |\n| Enoxaparin | 5 hours |\n| Warfarin | 40 hours |\n"
    generation = made_of(document_of(f"## Half-lives of drugs given after surgery\n\n{table}"), 0)
    stems = {item.content.stem: item for item in generation.items if item.maker == "quantity"}
    asked = stems["In valve surgery, what is the half-life of enoxaparin?"]
    assert {one.text for one in asked.content.options if one.id in asked.content.key} == {"5 hours"}


def test_every_option_says_why_it_is_right_or_wrong() -> None:
    for item in made_of(document_of(LISTS), 0).items:
        for option in item.content.options:
            assert option.rationale
