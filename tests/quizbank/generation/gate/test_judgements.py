"""What the gate refuses beyond each check's own example."""

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.model import Context, context_of, read_context, variant


def refused_by(name: str, context: Context | None = None, **parts: object) -> str:
    """Return the problem a check finds in a variant of the example."""
    candidate = variant(**parts)  # type: ignore[arg-type]
    check = next(check for check in CHECKS if check.name == name)
    return check.find(candidate, context or context_of(candidate))


def test_number_of_the_key_must_stand_in_the_source() -> None:
    assert "12" in refused_by("grounded", key="Tissue after 12 weeks")


def test_distractor_another_sentence_supports_is_refused() -> None:
    text = (
        "Skin grafts repair superficial wounds and burns but are unpredictable in irradiated tissue. "
        "Skin grafts are unpredictable over burns."
    )
    context = read_context(read_document("wounds.md", f"# Wound repair\n\n{text}\n".encode()))
    assert "Burns" in refused_by("exclusive", context)


@pytest.mark.parametrize(("other", "refused"), [("6 to 12 months", False), ("3 months", True)])
def test_restated_unit_alone_supports_no_other_number(other: str, refused: bool) -> None:
    text = f"Plates can be removed after 9 months. Most plates that can be removed are removed after {other}."
    context = read_context(read_document("plates.md", f"# Wound repair\n\n{text}\n".encode()))
    stem = "In wound repair, after how long can plates be removed?"
    problem = refused_by(
        "exclusive", context, stem=stem, key="9 months", wrong=("3 months", "18 months"), quote=text[:37]
    )
    assert bool(problem) is refused


def test_lone_singular_among_plurals_is_a_cue() -> None:
    assert refused_by("homogeneous", key="Graft", wrong=("Burns", "Wounds", "Scars"))


def test_mass_noun_is_no_cue() -> None:
    assert refused_by("homogeneous", key="Irradiated tissue", wrong=("Burns", "Wounds")) == ""


@pytest.mark.parametrize("word", ["Always red", "All of the above", "Usually deep"])
def test_absolute_and_vague_terms_are_refused(word: str) -> None:
    assert refused_by("vague_terms", wrong=("Burns", word))


@pytest.mark.parametrize(
    "stem", ["In wound repair, what heals it?", "In wound repair, what does the table above show?"]
)
def test_pointers_outside_are_refused(stem: str) -> None:
    assert refused_by("alone", stem=stem)


def test_stem_must_name_the_topic() -> None:
    assert refused_by("question", stem="Which tissue takes a graft badly?")


def test_quoted_negative_description_is_allowed() -> None:
    assert refused_by("positive", stem="In wound repair, which class is described by “no limitation”?") == ""


def test_least_time_is_no_negation() -> None:
    assert refused_by("positive", stem="In wound repair, for at least how long should dressings stay?") == ""
    assert refused_by("positive", stem="In wound repair, which dressing is the least useful?")


def test_contestable_claims_are_refused() -> None:
    assert "contestable" in refused_by("worth", quote="The success rate of irradiated tissue is high.")


def test_key_conspicuously_short_is_refused() -> None:
    assert refused_by("length", key="Pus", wrong=("Redness around the wound edge", "Swelling of the whole limb"))
