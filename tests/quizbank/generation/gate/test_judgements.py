"""What the gate refuses beyond each check's own example."""

from dataclasses import replace

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.gate import CHECKS, second_reading
from quizbank.generation.gate.model import Context, context_of, read_context, variant
from quizbank.items.content import Citation


def refused_by(name: str, context: Context | None = None, **parts: object) -> str:
    """Return the problem a check finds in a variant of the example."""
    candidate = variant(**parts)  # type: ignore[arg-type]
    check = next(check for check in CHECKS if check.name == name)
    return check.find(candidate, context or context_of(candidate))


def test_number_of_the_key_must_stand_in_the_source() -> None:
    assert "12" in refused_by("grounded", key="Tissue after 12 weeks")


def wounds_saying(other: str) -> Context:
    """Return the context of a document that says what the example cites, and something else."""
    text = f"Skin grafts repair superficial wounds and burns but are unpredictable in irradiated tissue.\n\n{other}"
    return read_context(read_document("wounds.md", f"# Wound repair\n\n{text}\n".encode()))


@pytest.mark.parametrize(
    ("option", "other"),
    [
        ("Burns", "Skin grafts are unpredictable over burns."),
        ("Burns", "Skin grafts are unpredictable in:\n\n- deep burns\n- scars"),
        ("Chronic kidney disease", "In CKD, skin grafts are unpredictable."),
        ("Gynecologist", "Skin grafts are unpredictable in the hands of a gynaecologist."),
    ],
)
def test_distractor_that_the_document_supports_elsewhere_is_shown_with_its_words(option: str, other: str) -> None:
    problem = refused_by("second_reading", wounds_saying(other), wrong=(option, "Superficial wounds"))
    assert problem.startswith(f"The document also says this of “{option}”: “")


@pytest.mark.parametrize(
    "other",
    [
        "Skin grafts are not unpredictable over burns.",
        "Skin grafts are fixed over burns.",
        "Skin grafts are used for wounds, whereas flaps are unpredictable over burns.",
    ],
)
def test_sentence_that_denies_it_or_speaks_of_something_else_supports_no_distractor(other: str) -> None:
    assert refused_by("second_reading", wounds_saying(other)) == ""


def test_rows_beside_the_cited_one_support_no_distractor() -> None:
    table = "# Wound repair\n\n| Tissue | Skin grafts |\n|---|---|\n| Burns | Take well |\n| Scars | Take badly |\n"
    document = read_document("wounds.md", table.encode())
    cited = document.sections[0].blocks[0].entries[2]
    asked = variant("In wound repair, in which tissue do skin grafts take badly?", "Scars", ("Burns", "Fat"))
    quote = document.quote(cited.start, cited.end)
    candidate = replace(asked, citation=Citation(cited.start, cited.end, quote))
    assert second_reading.find(candidate, read_context(document)) == ""


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ("Sutures of the face are removed after 10 to 14 days.", True),
        ("Sutures of the face are removed after about 5 days.", False),
        ("Sutures of the face are removed after at most 10 days.", False),
        ("Sutures of the leg are removed after 10 to 14 days.", False),
    ],
)
def test_another_value_for_the_very_same_quantity_is_shown(other: str, refused: bool) -> None:
    text = "Sutures of the face are removed after 5 days."
    context = read_context(read_document("sutures.md", f"# Wound repair\n\n{text} {other}\n".encode()))
    stem = "In wound repair, after how long are sutures of the face removed?"
    asked = variant(stem, "5 days", ("1 day", "20 days"), text)
    problem = second_reading.find(replace(asked, ordered=True), context)
    assert problem.startswith("The document also gives 10 to 14 days: “") is refused


def test_cited_words_must_name_what_is_asked_about() -> None:
    context = read_context(
        read_document("wounds.md", b"# Wound repair\n\nSeroma follows tumor resection.\n\nIt heals.")
    )
    quote = "It heals."
    cited = Citation(context.document.text.index(quote), len(context.document.text), quote)
    candidate = replace(variant("In wound repair, what happens after tumor resection?", "It heals"), citation=cited)
    assert "do not name what the question asks about" in second_reading.find(candidate, context)


@pytest.mark.parametrize(("other", "refused"), [("6 to 12 months", False), ("3 months", True)])
def test_restated_unit_alone_supports_no_other_number(other: str, refused: bool) -> None:
    text = f"Plates can be removed after 9 months. Most plates that can be removed are removed after {other}."
    context = read_context(read_document("plates.md", f"# Wound repair\n\n{text}\n".encode()))
    stem = "In wound repair, after how long can plates be removed?"
    problem = refused_by(
        "second_reading", context, stem=stem, key="9 months", wrong=("3 months", "18 months"), quote=text[:37]
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


@pytest.mark.parametrize(
    "asked",
    ["needs NO change of dose", "is used without biopsy", "is lowered by no more than 25%", "is false-negative"],
)
def test_open_question_for_an_author_may_narrow_by_a_negation_that_nobody_overlooks(asked: str) -> None:
    stem = f"In wound repair, what {asked}?"
    assert refused_by("positive", stem=stem, maker="open_question") == ""
    assert refused_by("positive", stem=stem)


def test_least_time_is_no_negation() -> None:
    assert refused_by("positive", stem="In wound repair, for at least how long should dressings stay?") == ""
    assert refused_by("positive", stem="In wound repair, which dressing is the least useful?")


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("The success rate of irradiated tissue is high.", "who found it"),
        ("Back surgery has a very good success rate around 95%.", "who found it"),
        ("Flaps are better than grafts in irradiated tissue.", "who found it"),
        ("Minimal access gains more popularity and is less damaging to irradiated tissue.", "who found it"),
        ("Biopsy is the gold standard in irradiated tissue.", "who found it"),
        ("A newer method repairs irradiated tissue.", "when it was written"),
        ("Flaps are currently preferred in irradiated tissue.", "when it was written"),
        ("The dressing for irradiated tissue costs $40.", "prices"),
        ("Grafts give excellent results in irradiated tissue.", "praises"),
    ],
)
def test_contestable_claims_wait_for_an_author_with_a_reason(quote: str, why: str) -> None:
    problem = refused_by("contestable", quote=quote)
    assert why in problem
    assert problem.endswith("ask this only if you stand by it.")


@pytest.mark.parametrize(
    "quote",
    [
        "In the trial of 2019 flaps were better than grafts in irradiated tissue.",
        "Grafts of irradiated tissue had a success rate of 80% (Smith et al, 2019).",
        "Irradiated tissue is dangerous in patients currently taking steroids.",
        "The superior facet and irradiated tissue lie superior to the rib.",
        "Irradiated tissue of a new patient heals better.",
        "Irradiated tissue is still at risk in advanced disease.",
    ],
)
def test_clinical_comparisons_and_sourced_claims_are_asked(quote: str) -> None:
    assert refused_by("contestable", quote=quote) == ""


def test_key_conspicuously_short_is_refused() -> None:
    assert refused_by("length", key="Pus", wrong=("Redness around the wound edge", "Swelling of the whole limb"))
