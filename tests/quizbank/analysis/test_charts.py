"""Pictures: well-formed, inside their frame, without styles or scripts of their own, and every text escaped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quizbank.analysis.charts import WIDTH, Bars, Dot, histogram, pick_bars, scatter, steps_of_ten

ATTACK = "\"><script>alert(1)</script>&'"


def drawn(picture: str) -> etree._Element:
    """Return a picture as XML; nothing in it styles or runs anything."""
    root = etree.fromstring(picture)
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", picture)
    assert root.get("aria-label")
    return root


def test_dot_leads_to_its_item_and_says_what_it_is() -> None:
    root = drawn(scatter([Dot("3", 0.5, 0.2, "/analysis/3", "Item 3", "bad"), Dot("4", 1, 0, "/x", "Item 4")]))
    links = root.findall("a")
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("/analysis/3", "Item 3"),
        ("/x", "Item 4"),
    ]
    assert [child.tag for child in links[0]] == ["title", "path", "text"]
    assert [child.tag for child in links[1]] == ["title", "circle", "text"]


def test_easier_items_stand_further_right_and_better_ones_higher() -> None:
    root = drawn(scatter([Dot("1", 0.2, 0.1, "/", ""), Dot("2", 0.8, 0.5, "/", "")]))
    first, second = (circle for circle in root.iter("circle"))
    assert float(first.get("cx")) < float(second.get("cx"))
    assert float(first.get("cy")) > float(second.get("cy"))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-1, 1)), max_size=20))
def test_every_dot_is_inside_the_frame(figures: list[tuple[float, float]]) -> None:
    root = drawn(scatter([Dot("1", f, d, "/", "") for f, d in figures], height=320))
    for circle in root.iter("circle"):
        assert 0 <= float(circle.get("cx")) <= WIDTH
        assert 0 <= float(circle.get("cy")) <= 320


def test_bars_are_as_long_as_their_shares() -> None:
    root = drawn(
        pick_bars(
            [Bars("A ✓", (0.25, 0.5, 1.0), True), Bars("B", (0.0, 0.5, 0.0), False)], ("lower", "middle", "upper")
        )
    )
    widths = [float(bar.get("width")) for bar in root.iter("rect")]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.2)
    assert widths[2] == pytest.approx(4 * widths[0], abs=0.2)
    assert [bar.get("class") for bar in root.iter("rect")][2:4] == ["pick upper is-key", "pick lower"]


@pytest.mark.parametrize("scores", [[], [0], [100, 100], [float(score) for score in range(101)]])
def test_columns_count_every_score(scores: list[float]) -> None:
    drawn(histogram(scores, 70))
    assert sum(steps_of_ten(scores)) == len(scores)


def test_scores_are_counted_in_steps_of_ten() -> None:
    assert steps_of_ten([0, 9.99, 10, 70, 69.9999999999, 100]) == [2, 1, 0, 0, 0, 0, 0, 2, 0, 1]


def test_no_text_breaks_out_of_a_picture() -> None:
    told = scatter([Dot(ATTACK, 0.5, 0.5, ATTACK, ATTACK)]) + pick_bars([Bars(ATTACK, (1.0,), False)], ("lower",))
    assert "<script" not in told
