"""From bytes to the tree: spans hold whatever the text, and what cannot be read says why."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.documents.errors import EmptyDocument, TooLarge, UnreadableDocument
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.reading import MAX_BYTES, build_document, read_document
from tests.quizbank.documents.trees import paths, read_text, sentences_of, spans

SHAPES = [
    "",
    "Complications:",
    "- Fever",
    "1. Rest",
    "Indications",
    "References",
    "Fever is common.",
    "What is fever?",
    "Contact us today!",
    "  - x  - y",
    "Figure 1. Heart",
    "The signs are:",
    "Pain",
    "=====",
    "a\tb",
]
LINES = st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*SHAPES, "a | b | c"])), max_size=25)
KINDS = st.sampled_from(["title", "heading", "text", "item", "row", "left_out"])
PIECES = st.builds(
    Piece,
    KINDS,
    st.text(max_size=40),
    level=st.integers(1, 6),
    cells=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    gap=st.booleans(),
    reason=st.just("because"),
)


def assert_spans_hold(document_spans: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert all(outer[0] <= inner[0] <= inner[1] <= outer[1] for outer, inner in document_spans)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_every_span_lies_within_its_parent_for_any_text(lines: list[str]) -> None:
    try:
        document = read_text("\n".join(lines).encode("utf-8", "ignore").decode())
    except UnreadableDocument:
        return
    assert_spans_hold(list(spans(document)))
    assert all(document.text[span.start : span.end] == span.quote for span in document.left_out)
    assert all(document.text[warning.start : warning.end] == warning.quote for warning in document.warnings)


@given(st.lists(PIECES, min_size=1, max_size=15))
@settings(max_examples=150, deadline=None)
def test_sentences_stand_in_order_and_never_hold_what_is_left_out(pieces: list[Piece]) -> None:
    try:
        document = build_document(Extract(tuple(pieces)))
    except EmptyDocument:
        return
    assert_spans_hold(list(spans(document)))
    sentences = [(sentence.start, sentence.end) for _, _, sentence in document.sentences()]
    taken = sorted([*sentences, *((span.start, span.end) for span in document.left_out)])
    assert sentences == sorted(sentences)
    assert all(first[1] <= second[0] for first, second in pairwise(taken))


def test_text_is_composed_before_offsets_are_counted() -> None:
    document = read_text("Fie\u0300vre is the French word for fever.")
    assert document.text.startswith("Fi\u00e8vre")
    assert sentences_of(document) == ["Fièvre is the French word for fever."]


def test_direction_and_invisible_characters_never_reach_the_tree() -> None:
    document = read_text("Fever \u202eis\u202c a\u200b rise\x00 in temperature.")
    assert document.text == "Fever is a rise in temperature."


@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\x00\x00", "\u00a0\u200b\u202e".encode(), b"--- ... !!!"])
def test_a_file_without_words_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(EmptyDocument, match="Upload a document that holds text"):
        read_document("note.txt", content)


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match="20 MB"):
        read_document("note.txt", b"a" * (MAX_BYTES + 1))


def test_text_before_the_first_heading_has_an_empty_path() -> None:
    document = read_text("Fever is a rise in body temperature.\n\nCauses\nInfection is the usual cause.")
    assert paths(document) == [(), ("Causes",)]
