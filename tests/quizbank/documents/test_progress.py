"""Progress crosses from one process to another as a line; a line that does not fit is dropped, whatever it holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.documents.progress import Progress, from_line, page_of, to_line


def test_page_is_told_with_how_many_there_are() -> None:
    assert page_of(12, 200) == Progress("Reading page 12 of 200", 12, 200)


@given(st.integers(0, 500), st.integers(0, 500))
def test_progress_is_the_same_on_the_other_side(part: int, more: int) -> None:
    progress = Progress("Reading page 12 of 200", part, part + more)
    assert b"\n" not in to_line(progress)
    assert from_line(to_line(progress)) == progress


@pytest.mark.parametrize(
    "told",
    [
        {"words": "w" * 81},
        {"words": "two\nlines"},
        {"words": 5},
        {"words": None},
        {"words": "Reading", "part": 2, "parts": 1},
        {"words": "Reading", "part": -1, "parts": 1},
        {"words": "Reading", "part": 1, "parts": 10**9},
        {"words": "Reading", "part": "x", "parts": 1},
        {"words": "Reading", "part": float("inf"), "parts": float("inf")},
        {"words": "Reading", "part": float("nan"), "parts": 1},
        {"words": "Reading", "more": 1},
        {},
        [],
        "Reading",
    ],
    ids=str,
)
def test_line_that_says_what_cannot_be_is_dropped(told: object) -> None:
    assert from_line(json.dumps(told).encode()) is None


@pytest.mark.parametrize("line", [b"", b"\xff", b"{", b"[" * 900, b'{"words": "' + b"w" * 2_000 + b'"}', b"9" * 900])
def test_line_that_cannot_be_read_is_dropped(line: bytes) -> None:
    assert from_line(line) is None
