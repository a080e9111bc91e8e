"""Breaking lines: each word on the first line with room for it, after blanks and hyphens; the rest is left alone."""

from itertools import pairwise

import pytest

from certificates.issuing.breaking import line_ends
from certificates.issuing.shaping import Shaped


def monospaced(text: str) -> Shaped:
    """Return a text in letters of one em each."""
    return Shaped(tuple((ord(letter), letter, 1000, 0, 0) for letter in text), 1000)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 7, ["one two ", "three"]),
        ("one two three", 5, ["one ", "two ", "three"]),
        ("Ann Whitfield-Okonkwo", 14, ["Ann Whitfield-", "Okonkwo"]),
        ("one two", 7, ["one two"]),
    ],
)
def test_lines_end_where_there_is_no_more_room(text: str, room: float, lines: list[str]) -> None:
    ends = line_ends([text], [monospaced(text)], [1.0], room)
    assert ends is not None
    places = [0, *(end for _, end in ends), len(text)]
    assert [text[start:end] for start, end in pairwise(places)] == lines


def test_line_may_end_within_any_of_its_texts() -> None:
    texts = ["one ", "two three"]
    assert line_ends(texts, [monospaced(text) for text in texts], [1.0, 1.0], 8) == [(1, 4)]


@pytest.mark.parametrize("text", ["Incomprehensibilities", "one/two three", "one\u2013two three", "a soft\u00adhyphen"])
def test_what_may_be_broken_in_other_ways_is_left_to_the_engine(text: str) -> None:
    assert line_ends([text], [monospaced(text)], [1.0], 6) is None
