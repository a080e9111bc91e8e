"""Marked text: cutting the document loses no character, and each piece looks as its place says."""

from hypothesis import given
from hypothesis import strategies as st

from quizbank.documents.tree import Document, LeftOut, Section
from quizbank.generation.marking import Piece, first_places, marked_text

TEXT = "Title. Fatigue is common. Oedema is late. Buy our pump."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair)))


def document(*left_out: tuple[int, int], heading: tuple[int, int] | None = None) -> Document:
    gone = tuple(LeftOut(start, end, TEXT[start:end], "promotion") for start, end in left_out)
    return Document("Title", TEXT, "en", (Section((), 0, len(TEXT), (), heading),), gone)


def test_text_without_marks_is_one_piece() -> None:
    assert marked_text(document(), []) == (Piece(TEXT),)


def test_heading_citation_and_left_out_words_look_different() -> None:
    pieces = marked_text(document((42, 55), heading=(0, 6)), [(7, 25, "item-1")])
    assert pieces == (
        Piece("Title.", heading=True),
        Piece(" "),
        Piece("Fatigue is common.", anchors=("item-1",), ending=("item-1",)),
        Piece(" Oedema is late. "),
        Piece("Buy our pump.", reason="promotion"),
    )


def test_overlapping_citations_name_both_items_where_they_meet() -> None:
    pieces = marked_text(document(), [(7, 25, "item-1"), (18, 41, "item-2")])
    assert [piece.anchors for piece in pieces] == [(), ("item-1",), ("item-1", "item-2"), ("item-2",), ()]


def test_each_citation_ends_in_one_piece() -> None:
    pieces = marked_text(document(), [(7, 25, "item-1"), (18, 41, "suggestion-2"), (18, 25, "item-3")])
    assert [piece.ending for piece in pieces] == [(), (), ("item-1", "item-3"), ("suggestion-2",), ()]


def test_item_is_found_at_the_first_piece_it_cites() -> None:
    pieces = marked_text(document(), [(7, 25, "item-1"), (18, 41, "item-2")])
    assert first_places(pieces) == {"item-1": 1, "item-2": 2}


def test_empty_document_has_no_pieces() -> None:
    assert marked_text(Document("", "", "und", ()), []) == ()


@given(st.lists(SPANS, max_size=5), st.lists(SPANS, max_size=5), SPANS)
def test_pieces_join_to_the_whole_text(
    cited: list[tuple[int, int]], left_out: list[tuple[int, int]], heading: tuple[int, int]
) -> None:
    marks = [(start, end, f"item-{number}") for number, (start, end) in enumerate(cited)]
    pieces = marked_text(document(*left_out, heading=heading), marks)
    assert "".join(piece.text for piece in pieces) == TEXT
    assert all(piece.text for piece in pieces)


@given(st.lists(SPANS, max_size=5))
def test_every_cited_character_is_in_a_piece_of_its_item(cited: list[tuple[int, int]]) -> None:
    marks = [(start, end, f"item-{number}") for number, (start, end) in enumerate(cited)]
    pieces = marked_text(document(), marks)
    for start, end, anchor in marks:
        assert "".join(piece.text for piece in pieces if anchor in piece.anchors) == TEXT[start:end]
