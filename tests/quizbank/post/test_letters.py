"""What a message says: the text of names and titles stays text on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.post.letters import LONGEST_SUBJECT, Letter, body_of, one_line, quoted, subject_of

LETTER = Letter("test", "k", "account:1", "A subject", ("First.", "Second."))


def test_message_greets_says_and_tells_who_sends_it_and_where_to_choose() -> None:
    assert body_of(LETTER, "Ada Lovelace", "Example Hospital", "https://cme.example/post/mine", True) == (
        "Hello Ada Lovelace,\n\nFirst.\n\nSecond.\n\n-- \nExample Hospital sent you this message.\n"
        "Choose which messages you get:\nhttps://cme.example/post/mine\n"
    )


def test_message_that_was_asked_for_offers_no_choice() -> None:
    assert "Choose" not in body_of(LETTER, "Ada", "Hospital", "https://x", False)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Heart\r\nfailure", "Heart failure"),
        ("a\x00b\x1bc\u2028d\u2029e", "a b c d e"),
        ("\u202eabc", "abc"),
        ("<script>{{7*7}}</script>", "<script>{{7*7}}</script>"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("x" * 11, "x" * 9 + "…"),
    ],
)
def test_text_stands_on_one_line(text: str, line: str) -> None:
    assert one_line(text, 10 if text.startswith("xx") else 100) == line


@given(st.text(max_size=400))
def test_no_text_can_begin_a_line_of_its_own(text: str) -> None:
    assert len(one_line(text, 50)) <= 50
    assert len(one_line(text, 50).splitlines()) <= 1
    body = body_of(LETTER, text, text, "https://x", True)
    assert body.count("\n\n") == 3
    assert len(subject_of(Letter("test", "k", "a", text, ()))) <= LONGEST_SUBJECT


def test_title_is_quoted_and_cut() -> None:
    assert quoted("Heart failure") == "“Heart failure”"
    assert len(quoted("word " * 100)) <= 82
