"""The picture of what was answered: a bar per choice as long as its share, in words for who cannot see it, and escaped."""

import re
from xml.etree import ElementTree

from certificates.surveys.charts import LONGEST, share_bars, shortened
from certificates.surveys.questions import CHOICE, LIKERT, Choice, Question
from certificates.surveys.results import tally

GOOD = Question("q1", LIKERT, "It was <good> & short.")


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', svg)]


def test_bars_are_as_long_as_their_shares() -> None:
    all_of_it, half, quarter, nothing, other = widths(share_bars(tally(GOOD, [(4, 2), (3, 1), (1, 1)])))
    assert all_of_it < quarter < half
    assert half == 2 * quarter == 2 * other
    assert nothing == all_of_it


def test_numbers_and_shares_stand_beside_the_bars() -> None:
    svg = share_bars(tally(GOOD, [(5, 2), (1, 1)]))
    assert "2 (67%)" in svg
    assert "1 (33%)" in svg
    assert 'aria-label="It was &lt;good&gt; &amp; short. 3 answers; the table has the numbers."' in svg


def test_question_nobody_answered_is_drawn_too() -> None:
    svg = share_bars(tally(GOOD, []))
    assert svg.count("0 (0%)") == 5
    ElementTree.fromstring(svg)


def test_long_and_hostile_choices_are_shortened_and_escaped() -> None:
    hostile = Question(
        "q1", CHOICE, '"><script>', True, (Choice("c1", "<script>alert(1)</script>"), Choice("c2", "No"))
    )
    svg = share_bars(tally(hostile, [("c1", 1)]))
    assert "<script" not in svg
    ElementTree.fromstring(svg)
    assert len(shortened("x" * 90)) == LONGEST
    assert shortened("Short") == "Short"
