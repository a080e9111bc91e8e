"""Written answers: spelling does not count, meaning does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items.texts import normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Protamine", "  PROTAMINE. "),
        ("atrial fibrillation", "Atrial-fibrillation"),
        ("Ménière disease", "meniere disease"),
        ("the left atrium", "left atrium"),
        ("An aneurysm", "aneurysm"),
        ("ﬁbrin", "fibrin"),
        ("Ｎａ+", "Na+"),
        ("Crohn's disease", "Crohns disease"),
        ("½", "1/2"),
        ("“heparin”", "heparin"),
        ("groß", "GROSS"),
        ("12.5 %", "12.5 %."),
    ],
)
def test_these_say_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("K", "K+"), ("1.5", "15"), ("1,5", "15"), ("½", "12"), ("5 %", "5"), ("< 5", "> 5"), ("≤ 5", "< 5"),
        ("left atrium", "atrium"), ("beta 1", "beta 2"), ("hypertension", "hypotension"), ("38°", "38"),
    ],
)  # fmt: skip
def test_these_do_not(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("text", ["", " ", "...", "—", "?!", "()"])
def test_nothing_is_left_of_what_says_nothing(text: str) -> None:
    assert normalised(text) == ""


def test_article_alone_is_an_answer() -> None:
    assert normalised("A") == "a"


@given(st.text())
def test_second_time_changes_nothing_but_an_article(text: str) -> None:
    once = normalised(text)
    assert normalised(once) in (once, once.partition(" ")[2])
