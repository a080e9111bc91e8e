"""Sentences end where a reader would end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.documents.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Give fluids, e.g. Ringer's lactate, at once.",
        "Dr. Lee and Mrs. Roe disagreed about Fig. 2 in vol. 3.",
        "The dose is 2.5 mg per kg.",
        "J. A. Smith described it.",
        "The U.S. Food and Drug Administration (FDA) approved it.",
        "Use of E. coli vs. S. aureus cultures differs.",
        "Some drugs (see above. Also below.) are safe.",
        "Take 5 mg b.i.d. with food.",
        "The ratio was 1:2 (p = 0.03).",
    ],
)
def test_abbreviations_decimals_initials_and_brackets_do_not_end_a_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It hurts. It swells! Does it bleed? Yes.", 4),
        ("He said “stop.” Then he left.", 2),
        ("Give 5 mg. Repeat after 10 min. Then stop.", 3),
        ("Wash hands, gloves, etc. Then begin.", 2),
        ("Vitamin C. Vitamin D.", 2),
        ("An open (bracket never closes. Yet this is a sentence.", 2),
        ("Who is at risk? ?", 1),
    ],
)
def test_sentences_end_at_stops_before_a_capital(text: str, count: int) -> None:
    assert len(split(text)) == count


@given(st.text(alphabet="aA .!?()e1\n", max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())
