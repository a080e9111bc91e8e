"""Files of responses: what is read, and a sentence for everything that cannot be."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.analysis.reading import (
    FRACTIONS,
    MARKS,
    NOT_ASKED,
    SHOWN_PROBLEMS,
    Responses,
    UnreadableResponses,
    number_of,
    read_responses,
)


def read(text: str, **options: str) -> Responses:
    return read_responses(text.encode(), **options)


def problems(content: str | bytes, **options: str) -> tuple[str, ...]:
    with pytest.raises(UnreadableResponses) as refused:
        read_responses(content.encode() if isinstance(content, str) else content, **options)
    return refused.value.problems


def test_plain_file() -> None:
    found = read("learner,q1,q2\nAda,1,0.5\nBob,0,1\n")
    assert found.matrix.items == ("q1", "q2")
    assert found.matrix.maxima == (1, 1)
    assert found.matrix.fractions == ((1, 0.5), (0, 1))
    assert (found.cells, found.blank, found.notes) == (FRACTIONS, 0, ())


@pytest.mark.parametrize(
    "content",
    [
        b"learner;q1;q2\nAda;1;0,5\nBob;0;1\n",
        b"learner\tq1\tq2\nAda\t1\t0.5\nBob\t0\t1",
        "\ufefflearner,q1,q2\r\nAda,1,.5\r\n\r\nBob,0,1\r\n".encode(),
        b'"learner","q1","q2"\n"Ada","1","0,5"\n"Bob","0","1,0"\n',
        "learner,q1,q2\nAda,1,0.5\nBob,0,1\n".encode("utf-16"),
        "learner,q1,q2\nAda,1,0.5\nBob,0,1\n".encode("utf-16-le"),
        b"learner,q1,q2\nAda, 1 ,5e-1\nBob,0,1\n,,\n",
    ],
    ids=["semicolons", "tabs", "byte-order mark", "quoted", "UTF-16", "UTF-16 unmarked", "spaces"],
)
def test_file_as_programs_write_it_says_the_same(content: bytes) -> None:
    assert read_responses(content).matrix.fractions == ((1, 0.5), (0, 1))


def test_max_row_makes_cells_marks() -> None:
    found = read("learner,q1,q2\nmax,1,4\nAda,1,3\nBob,0,1\n")
    assert (found.matrix.maxima, found.matrix.fractions, found.cells) == ((1, 4), ((1, 0.75), (0, 0.25)), MARKS)


def test_fractions_beside_a_max_row_are_read_as_such_and_it_is_said() -> None:
    found = read("learner,q1,q2\nmax,1,4\nAda,1,0.75\nBob,0,0.25\n")
    assert (found.matrix.fractions, found.cells) == (((1, 0.75), (0, 0.25)), FRACTIONS)
    assert "--cells marks" in found.notes[0]
    assert read("learner,q1\nmax,4\nAda,1\n", cells=MARKS).matrix.fractions == ((0.25,),)


def test_empty_cell_earns_nothing_and_it_is_said() -> None:
    found = read("learner,q1,q2\nAda,1,\nBob,,1\n")
    assert (found.matrix.fractions, found.blank) == (((1, 0), (0, 1)), 2)
    assert "earns 0" in found.notes[0]


def test_empty_cell_can_mean_that_the_item_was_not_asked() -> None:
    found = read("learner,q1,q2\nAda,1,\nBob,0,1\nEve,,\n", blank=NOT_ASKED)
    assert found.matrix.fractions == ((1, None), (0, 1))
    assert "not asked" in found.notes[0]


def test_learner_with_several_rows_is_named() -> None:
    assert "“Ada”" in read("learner,q1\nAda,1\nAda,0\nBob,1\n").notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "The file is empty"),
        ("\ufeff\n\n", "The file is empty"),
        (",,,\n", "The file is empty"),
        ('""\n', "The file is empty"),
        ("learner\nAda\n", "names no item"),
        ("learner,q1\n", "There is no learner"),
        ("learner,q1\nmax,1\n", "There is no learner"),
        ("learner,q1,q1\nAda,1,0\n", "Column 3 repeats the name “q1” of column 2"),
        ("learner,q1,\nAda,1,0\n", "Column 3 has no name"),
        ("learner,q1,q2\nAda,1\n", "Row 2 has 2 cells, but row 1 names 3 columns"),
        ("learner,q1\nAda,1,0\n", "Row 2 has 3 cells"),
        ("learner,q1\nAda,1.5\n", "Row 2, column 2 (“q1”): “1.5” is not between 0 and 1, where a fraction"),
        ("learner,q1\nmax,2\nAda,1.5\nBob,2.5\n", "Row 4, column 2 (“q1”): “2.5” is not between 0 and 2, where marks"),
        ("learner,q1\nAda,-0.1\n", "“-0.1” is not between 0 and 1"),
        ("learner,q1\nAda,nan\n", "“nan” is no number. Leave the cell empty"),
        ("learner,q1\nAda,inf\n", "“inf” is no number. Leave the cell empty"),
        ("learner,q1\nAda,yes\n", "“yes” is no number. Write digits"),
        ("learner,q1\nAda,1_0\n", "“1_0” is no number"),
        ("learner,q1\nAda,1e308\n", "“1e308” is not between 0 and 1"),
        ("learner,q1\nAda,1e9999\n", "“1e9999” is not between 0 and 1"),
        ("learner,q1\nmax,1e308\nAda,1\n", "“1e308” is no maximum"),
        ("learner,q1\nmax,0\nAda,0\n", "“0” is no maximum"),
        ("learner,q1\nmax,\nAda,0\n", "“” is no maximum"),
        ("learner,q1\nAda,1\nmax,1\n", "Row 3 is called max"),
        ("learner,q1\nMax,1\nAda,1\n", "Row 2 is called Max: write max in small letters"),
        ("learner,q1\nA\x00da,1\n", "Line 2 has a character that no table has (NUL)"),
        ('learner,q1\n"Ada,1\nBob,1\n', "cannot be read"),
        (f'learner,q1\n"{"a" * 200_000}",1\n', "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 40, "no text file"),
        (b"PK\x03\x04" + bytes(range(20)) * 40, "no text file"),
        (b"\xff\xfea", "no text file"),
    ],
)
def test_file_that_cannot_be_read_says_where_and_why(content: str | bytes, says: str) -> None:
    assert says in problems(content)[0]


def test_every_problem_is_told_until_it_is_enough() -> None:
    found = problems("learner,q1\n" + "Ada,2\n" * 50)
    assert len(found) == SHOWN_PROBLEMS + 1
    assert found[-1] == "And 30 more of this kind."


def test_words_and_values_out_of_range_are_told_together() -> None:
    found = problems("learner,q1,q2\nAda,nan,1\nBob,1,7\n")
    assert [told.split(":")[0] for told in found] == ["Row 2, column 2 (“q1”)", "Row 3, column 3 (“q2”)"]


def test_message_repeats_no_character_that_moves_the_cursor() -> None:
    told = problems("learner,q\x1b[2J\nAda,\x1b]0;x\x07" + "y" * 1000 + "\n")[0]
    assert told.isprintable()
    assert len(told) < 200


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(UnreadableResponses):
        found = read_responses(content)
        assert all(0 <= cell <= 1 for row in found.matrix.fractions for cell in row if cell is not None)


@given(st.text(alphabet='ax01.,;\t"\r\n-eE', max_size=80))
def test_any_table_is_read_or_refused_in_words(table: str) -> None:
    with suppress(UnreadableResponses):
        assert read(table).matrix.items


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", 1),
        (" 0.5 ", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        ("−1", -1),
        ("1e-1", 0.1),
        ("", None),
        ("١", None),
        ("0x1", None),
    ],
)
def test_number_in_a_cell(cell: str, number: float | None) -> None:
    assert number_of(cell) == number
