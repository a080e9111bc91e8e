"""The player with scripts: answers are saved as they are given, the keyboard is enough, a lost network loses nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAVED = re.compile(r"Saved \d\d:\d\d")
MANY_TABS = 60


@pytest.fixture
def player(place: Place, new_visitor: NewVisitor) -> Visitor:
    """Return a visitor who has just started an activity."""
    visitor = new_visitor()
    visitor.sign_in(place.add_learner("Ada Lovelace"))
    visitor.visit("/attempts/activity/1")
    visitor.press("Start the questions")
    return visitor


def choices(page: Page) -> list[bool]:
    """Return which options of the question shown are chosen."""
    return [choice.is_checked() for choice in page.locator("input[name^='choice-']").all()]


def test_answer_is_saved_as_it_is_given_and_stays_after_a_reload(player: Visitor) -> None:
    state = player.page.get_by_role("status")
    expect(state).to_have_text("Answers are saved as you give them")
    player.page.locator("label.option").nth(1).click()
    expect(state).to_have_text(SAVED)
    expect(player.page.get_by_role("button", name=re.compile(r"Question 1\b.*, answered"))).to_be_visible()
    player.visit(f"{player.page.url.removeprefix(player.site)}?item=1")
    assert choices(player.page)[:2] == [False, True]


def test_letters_and_numbers_choose_an_option(player: Visitor) -> None:
    for key, place in (("b", 1), ("A", 0), ("3", 2)):
        player.page.keyboard.press(key)
        expect(player.page.locator("input[name^='choice-']").nth(place)).to_be_checked()
    expect(player.page.get_by_role("status")).to_have_text(SAVED)


def test_keyboard_alone_leads_from_the_first_answer_to_the_result(player: Visitor) -> None:
    player.page.keyboard.press("a")
    tab_to(player.page, "Review and submit")
    with player.page.expect_navigation():
        player.page.keyboard.press("Enter")
    player.check()
    player.sees("questions have no answer yet")
    tab_to(player.page, "Submit answers")
    with player.page.expect_navigation():
        player.page.keyboard.press("Enter")
    player.check()
    player.sees("Not passed this time")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control with this name has the focus."""
    wanted = page.get_by_role("button", name=name, exact=True)
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_answers_given_without_a_network_are_sent_when_it_is_back(player: Visitor) -> None:
    state = player.page.get_by_role("status")
    player.page.context.set_offline(True)
    player.page.keyboard.press("c")
    expect(state).to_have_text("Not saved yet – 1 answer kept on this page, trying again")
    player.page.get_by_role("button", name="Save and next").click()
    expect(state).to_have_text(re.compile("^There is no network."))
    player.page.context.set_offline(False)
    expect(state).to_have_text(SAVED)
    player.visit(f"{player.page.url.removeprefix(player.site)}?item=1")
    assert choices(player.page)[2]


def test_second_tab_shows_what_the_first_one_saved(player: Visitor) -> None:
    player.page.keyboard.press("b")
    expect(player.page.get_by_role("status")).to_have_text(SAVED)
    second = player.page.context.new_page()
    second.goto(f"{player.page.url}?item=1")
    assert choices(second)[:2] == [False, True]
