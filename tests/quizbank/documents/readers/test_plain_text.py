"""Lines of a text file become the paragraphs, items and rows their author meant."""

from quizbank.documents.pieces import Piece
from quizbank.documents.readers import plain_text

WRAPPED = """Burns of the hand are common and threaten its function. Deep
burns are excised early, and the wound is covered with a skin
graft. Splints hold the joints in a safe position while the
graft takes. Exercises begin on the fifth day under the eye of
a therapist.
"""


def pieces(text: str) -> list[Piece]:
    return list(plain_text.read(text.encode()).pieces)


def test_lines_broken_by_an_editor_are_joined() -> None:
    assert len(pieces(WRAPPED)) == 1


def test_lines_that_are_sentences_stay_apart() -> None:
    lines = [
        "Cool the burn at once with water.",
        "Cover it with a clean cloth at home.",
        "Raise the hand above the heart.",
    ]
    assert [piece.text for piece in pieces("\n".join(lines * 2))] == lines * 2


def test_a_bullet_may_go_on_in_the_next_line() -> None:
    found = pieces("- Positive: This\nmeans infection.\n- Negative: This means none.")
    assert [piece.text for piece in found] == ["Positive: This means infection.", "Negative: This means none."]


def test_underlined_lines_are_headings() -> None:
    found = pieces("Burns\n=====\n\nCare\n----\n\nCool the burn.")
    assert [(piece.kind, piece.level) for piece in found] == [("heading", 1), ("heading", 2), ("text", 0)]


def test_bars_tabs_and_wide_columns_make_rows() -> None:
    for separator in (" | ", "\t", "      "):
        found = pieces("\n".join(separator.join(row) for row in (("Depth", "Days"), ("Thin", "7"), ("Deep", "21"))))
        assert [piece.cells for piece in found] == [("Depth", "Days"), ("Thin", "7"), ("Deep", "21")]


def test_the_line_below_a_tables_header_is_no_row() -> None:
    assert len(pieces("| Depth | Days |\n|-------|------|\n| Deep | 21 |")) == 2


def test_a_page_break_is_a_gap() -> None:
    assert [piece.gap for piece in pieces("Cool the burn.\x0cCover it.")] == [True, True]
