"""A sentence about "it" or "its" is asked by name, where the sentence or heading before it leaves no doubt."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Amifampridine blocks potassium channels. Its main danger is seizures.",
            "In gout, what is the main danger of amifampridine?",
            "Seizures",
        ),
        (
            "Transcatheter implantation is favored in older people. Its drawbacks are heart block and a leak.",
            "In gout, what are the drawbacks of transcatheter implantation?",
            "Heart block and a leak",
        ),
        (
            "Vasopressin is made in the hypothalamus. In the collecting duct it binds the V2 receptor.",
            "In gout, what does vasopressin bind in the collecting duct?",
            "The V2 receptor",
        ),
        (
            "## Allopurinol\n\nIt inhibits xanthine oxidase.",
            "In gout, what does allopurinol inhibit?",
            "Xanthine oxidase",
        ),
    ],
)
def test_pronoun_is_asked_by_name(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


@pytest.mark.parametrize(
    "text",
    [
        "Sore throat starts suddenly. Redness and scaling, mostly of the neck. It feels like sandpaper.",
        "Amifampridine blocks potassium channels. Its use is limited by seizures.",
        "The drugs block potassium channels. Its main danger is seizures.",
    ],
)
def test_doubtful_pronoun_is_left_alone(text: str) -> None:
    assert not [question for question in asked(text) if "feel like" in question or " of " in question]


def test_number_of_a_section_is_no_part_of_its_sentence() -> None:
    made = asked("3.3 Joint fluid should be taken before treatment wherever infection is suspected.")
    assert made["In gout, when should joint fluid be taken?"] == "Before treatment wherever infection is suspected"
