"""A line that names a case in its label is asked for that case."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "## Clinical picture by age\n\n**Newborn:** puffy hands and feet, loose skin at the neck.",
            "In gout, which features are seen in the newborn?",
            "Puffy hands and feet, loose skin at the neck",
        ),
        (
            "## Prevention\n\nNot recommended: vitamins C and E, magnesium, fish oil.",
            "In gout, what is NOT recommended for prevention?",
            "Vitamins C and E, magnesium, fish oil",
        ),
        (
            "## Treatment that is not recommended\n\n- **Warfarin** for the fibrosis itself: increased mortality.",
            "In gout, why is warfarin for the fibrosis itself NOT recommended?",
            "Increased mortality",
        ),
        (
            "## Forms\n\nPolyarticular disease: fewer than 3% of cases.",
            "In gout, what proportion of cases does polyarticular disease account for?",
            "Fewer than 3%",
        ),
        (
            "## Timing\n\nFrom 37 weeks: initiate birth.",
            "In gout, what should be done from 37 weeks?",
            "Initiate birth",
        ),
        (
            "## Management\n\n- Ventricular cysts: endoscopic removal where feasible",
            "In gout, how are ventricular cysts treated?",
            "Endoscopic removal where feasible",
        ),
    ],
)
def test_case_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


def test_lines_of_one_label_are_told_apart_by_their_headings() -> None:
    made = asked(
        "## Opioids\n\nSigns: small pupils, slow breathing.\n\n## Cocaine\n\nSigns: large pupils, fast pulse.",
        "Toxidromes",
    )
    assert len([question for question in made if "what are the signs" in question]) == 2


@pytest.mark.parametrize(
    ("table", "question", "answer"),
    [
        (
            "| | Nintedanib | Pirfenidone |\n|---|---|---|\n| Chief adverse effects | Diarrhea, bleeding | Nausea, rash |\n"
            "| Monitoring | Liver tests | Liver tests |",
            "In gout, what are the chief adverse effects of nintedanib?",
            "Diarrhea, bleeding",
        ),
        (
            "| | Mild | Moderate | Severe |\n|---|---|---|---|\n| Peak velocity | 2.0 to 2.9 | 3.0 to 3.9 | 4.0 or more |\n"
            "| Mean gradient | Below 20 | 20 to 39 | 40 or more |\n| Valve area | Above 1.5 | 1.0 to 1.5 | Below 1.0 |",
            "In gout, what peak velocity is graded severe?",
            "4.0 or more",
        ),
        (
            "| Previous cesareans | Risk of accreta |\n|---|---|\n| 1 | 11% |\n| 2 | 40% |\n| 3 | 61% |",
            "In gout, what is the risk of accreta with 2 previous cesareans?",
            "40%",
        ),
    ],
)
def test_table_is_asked_the_way_it_is_laid_out(table: str, question: str, answer: str) -> None:
    assert asked(f"## Values\n\n{table}")[question] == answer
