"""Terms of the lexicon are found by every name, the longest at each place, acronyms only as written."""

import pytest

from quizbank.generation.lexicon.finding import terms_in


def found(text: str) -> list[tuple[str, str]]:
    """Return what each found place says and the term it names."""
    return [(text[one.start : one.end], one.term.lower()) for one in terms_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "written", "term"),
    [
        ("The patient took warfarin daily.", "warfarin", "warfarin"),
        ("The Axillary Nerve was spared.", "Axillary Nerve", "axillary nerve"),
        ("Give low molecular weight heparin tonight.", "low molecular weight heparin", "low-molecular-weight heparin"),
    ],
)
def test_term_is_found_in_any_case_and_spelling(text: str, written: str, term: str) -> None:
    assert (written, term) in found(text)


def test_longest_name_wins() -> None:
    assert "artery" not in [written for written, _ in found("The left anterior descending artery was open.")]
    assert [written for written, _ in found("The left anterior descending artery was open.")] == [
        "left anterior descending artery"
    ]


def test_acronym_must_be_written_as_one() -> None:
    assert [written for written, _ in found("CT was normal.")] == ["CT"]
    assert found("He ct it.") == []


def test_only_the_asked_span_is_read() -> None:
    text = "Warfarin and heparin"
    assert [text[one.start : one.end] for one in terms_in(text, 9, len(text))] == ["heparin"]
