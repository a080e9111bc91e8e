"""Classifications, superlatives and lines of treatment become statements with a proof."""

import pytest

from quizbank.generation.statements.labels import interval
from quizbank.generation.statements.model import LabelList, OrderedLine, Superlative
from tests.quizbank.generation.sources import document_of, said

RANGES = "## By Ejection Fraction\n\n- **Low**: EF <=40%\n- **Middle**: EF 41-49%\n- **High**: EF >=50%\n"
LINES = "## Treatment of pain\n\n### First-line: Rest\n\nA.\n\n### Second-line: Ice\n\nB.\n\n### Third-line: Splints\n\nC.\n"
CLASSES = """
## NYHA classes

- **Class I**: no limitation at all
- **Class II**: slight limitation
- **Class III**: marked limitation
"""


def test_classes_of_one_scale_are_a_label_list() -> None:
    [found] = said(document_of(CLASSES), LabelList)
    assert found.noun == "class"
    assert [row.label.text for row in found.labels] == ["Class I", "Class II", "Class III"]


def test_ranges_that_do_not_overlap_are_a_label_list() -> None:
    assert [found.noun for found in said(document_of(RANGES), LabelList)] == ["range"]


def test_overlapping_doses_are_not() -> None:
    body = "## Doses\n\n- **One**: 25-200 mg daily\n- **Two**: 25-100 mg daily\n- **Three**: 20-40 mg daily\n"
    assert said(document_of(body), LabelList) == []


def test_interval_of_a_bound() -> None:
    assert interval("EF <=40%") == (float("-inf"), 40.0)
    assert interval("EF 41-49% (mild)") == (41.0, 49.0)
    assert interval("no number here") is None


def test_most_common_member_is_a_superlative() -> None:
    body = "## Causes\n\n- Calcification (most common cause in older adults)\n- Rheumatic fever\n- Bicuspid valve\n"
    [found] = said(document_of(body, "Aortic Stenosis"), Superlative)
    assert found.question == "Which is the most common cause of aortic stenosis in older adults?"
    assert [one.text for one in found.siblings] == ["Rheumatic fever", "Bicuspid valve"]


def test_two_most_common_members_prove_nothing() -> None:
    body = "## Causes\n\n- Calcification (most common)\n- Rheumatic fever (most common in children)\n- Bicuspid valve\n"
    assert said(document_of(body), Superlative) == []


def test_lines_of_treatment_are_ordered() -> None:
    found = said(document_of(LINES), OrderedLine)
    assert [(one.rank, one.treatment.text, one.treated) for one in found] == [
        ("first", "Rest", "pain"),
        ("second", "Ice", "pain"),
        ("third", "Splints", "pain"),
    ]


def test_lines_of_an_operation_without_a_named_complaint_are_not_asked() -> None:
    assert said(document_of(LINES.replace("Treatment of pain", "Steps")), OrderedLine) == []


@pytest.mark.parametrize(
    "body",
    [
        "Type I. Split of the lateral plateau.\n\nType II. Split with depression.\n\nType III. Depression of the centre.",
        "- **Type I** Split of the lateral plateau\n- **Type II** Split with depression\n- **Type III** Depression of the centre",
        "### Type I\n\nSplit of the lateral plateau.\n\n### Type II\n\nSplit with depression.\n\n"
        "### Type III\n\nDepression of the centre.",
        "1. Type I: Split of the lateral plateau\n2. Type II: Split with depression\n3. Type III: Depression of the centre",
    ],
)
def test_classes_are_read_in_every_form(body: str) -> None:
    [found] = said(document_of(f"## Schatzker types\n\n{body}", "Tibial plateau fracture"), LabelList)
    assert [row.label.text for row in found.labels] == ["Type I", "Type II", "Type III"]
    assert [row.description.text for row in found.labels] == [
        "Split of the lateral plateau",
        "Split with depression",
        "Depression of the centre",
    ]


def test_a_table_headed_by_a_class_is_a_scale() -> None:
    table = "| Grade | Finding |\n|---|---|\n| I | Clear cornea |\n| II | Hazy cornea |\n| III | Iris hidden |\n"
    [found] = said(document_of(table, "Chemical burn of the eye"), LabelList)
    assert found.noun == "grade"
    assert [row.label.text for row in found.labels] == ["I", "II", "III"]
