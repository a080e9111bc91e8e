"""A title falls into parts, and a part becomes the name of a topic or nothing."""

import pytest

from quizbank.generation.title_names import named_by, title_parts

NONE: frozenset[str] = frozenset()


def test_what_stands_between_dashes_and_colons_is_a_part() -> None:
    assert title_parts("Revision Spine Surgery - Having Another Go!")[0] == "Revision Spine Surgery"
    assert title_parts("AFTER MASTECTOMY: A GUIDE") == ["AFTER MASTECTOMY", "A GUIDE"]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Recovering after total hip replacement", "total hip replacement"),
        ("Lumbar microdiscectomy and the months after it", "lumbar microdiscectomy"),
        ("Preparation and aftercare of tonsillectomy", "tonsillectomy"),
        ("Living with a new ileostomy", "ileostomy"),
        ("Overview of Heart Failure", "heart failure"),
    ],
)
def test_words_around_a_name_are_left_out(part: str, name: str) -> None:
    assert named_by(part, NONE) == (name, False)


def test_dose_form_is_left_out_and_told() -> None:
    assert named_by("Metoprolol Tablets", NONE) == ("metoprolol", True)


@pytest.mark.parametrize("part", ["The operation", "Relevant anatomy", "Choosing the vein", "Nursing guide", "Steps"])
def test_name_of_a_section_names_no_topic(part: str) -> None:
    assert named_by(part, NONE)[0] in ("", "steps")
