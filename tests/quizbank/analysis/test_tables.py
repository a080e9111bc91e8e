"""Rows of items as the address asks for them."""

import random

import pytest

from quizbank.analysis.reporting import ItemReport, report_on
from quizbank.analysis.tables import ANY_FLAG, NO_FLAG, SORTS, fitting, ordered
from tests.quizbank.analysis.test_reporting import ASKED, MISKEYED_ITEM, sitting

RNG = random.Random(8)
ITEMS = report_on([sitting(number, RNG) for number in range(200)], ASKED).items


def numbers(items: list[ItemReport]) -> list[int]:
    return [one.asked.number for one in items]


def test_search_ignores_case() -> None:
    assert numbers(fitting(ITEMS, "QUESTION 4", "", "")) == [4]


def test_filters_by_flag_and_objective() -> None:
    assert MISKEYED_ITEM in numbers(fitting(ITEMS, "", ANY_FLAG, ""))
    assert numbers(fitting(ITEMS, "", "miskeyed", "")) == [MISKEYED_ITEM]
    assert sorted(numbers(fitting(ITEMS, "", ANY_FLAG, "") + fitting(ITEMS, "", NO_FLAG, ""))) == list(range(1, 9))
    assert numbers(fitting(ITEMS, "", "", "A")) == [2, 4, 6, 8]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_orders_both_ways(sort: str) -> None:
    figures = [SORTS[sort](one) for one in ordered(ITEMS, sort, descending=False)]
    known = [figure for figure in figures if figure is not None]
    assert figures == sorted(known) + [None] * (len(figures) - len(known))  # type: ignore[type-var]
    turned = [SORTS[sort](one) for one in ordered(ITEMS, sort, descending=True)]
    assert turned == sorted(known, reverse=True) + [None] * (len(figures) - len(known))  # type: ignore[type-var]


def test_item_without_the_figure_stands_last_either_way() -> None:
    empty = report_on([], ASKED).items
    assert numbers(ordered(empty, "facility", descending=True)) == list(range(1, 9))
