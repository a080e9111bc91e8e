"""The player with scripts: answers are saved as they are given, the keyboard is enough, a lost network loses nothing."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAVED = re.compile(r"Saved \d\d:\d\d")
MANY_TABS = 60


@pytest.fixture
def player(place: Place, new_visitor: NewVisitor) -> Visitor:
    """Return a visitor who has just started an activity."""
    visitor = new_visitor()
    visitor.learner = place.add_learner("Ada Lovelace")
    visitor.sign_in(visitor.learner)
    visitor.visit(f"/attempts/activity/{place.add_activity('Of choices')}")
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


def test_keys_choose_rule_out_flag_and_move_on_until_they_are_switched_off(player: Visitor) -> None:
    page = player.page
    for key, place in (("b", 1), ("A", 0), ("3", 2)):
        page.keyboard.press(key.lower())
        expect(page.locator("input[name^='choice-']").nth(place)).to_be_checked()
    page.keyboard.press("Shift+B")
    page.keyboard.press("m")
    expect(page.get_by_label("Rule out B")).to_be_checked()
    expect(page.get_by_label("Flag for review")).to_be_checked()
    page.get_by_label("Certain").check()
    expect(page.get_by_role("status")).to_have_text(SAVED)
    expect(page.get_by_role("button", name=re.compile(r"Question 1\b.*, answered, flagged"))).to_be_visible()
    player.check()
    with page.expect_navigation():
        page.keyboard.press("n")
    with page.expect_navigation():
        page.keyboard.press("p")
    expect(page.get_by_label("Rule out B")).to_be_checked()
    expect(page.get_by_label("Certain")).to_be_checked()
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    player.check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("m")
    expect(page.get_by_label("Flag for review")).to_be_checked()
    player.press("Review and submit")
    player.sees("You flagged 1 question to look at again")


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


def test_answers_given_without_a_network_are_kept_and_sent_when_it_is_back(player: Visitor) -> None:
    page, state = player.page, player.page.get_by_role("status")
    player.press("All questions on one page")
    page.context.set_offline(True)
    for number in (1, 2, 3):
        page.locator(f"input[name='choice-{number}']").nth(2).check()
    expect(state).to_have_text("Offline – 3 answers kept here")
    page.get_by_role("button", name="Review and submit").click()
    expect(state).to_contain_text("The next page opens when the network is back.")
    player.problems.clear()  # the console tells of the cut network
    with page.expect_navigation():
        page.context.set_offline(False)
    player.check()
    player.sees("Before you submit")
    player.visit(f"{page.url.removeprefix(player.site).removesuffix('/review')}?view=page")
    assert all(page.locator(f"input[name='choice-{number}']").nth(2).is_checked() for number in (1, 2, 3))


def test_questions_go_on_without_a_network_and_all_answers_are_in_the_log_in_order(player: Visitor) -> None:
    page, state = player.page, player.page.get_by_role("status")
    attempt_id = int(page.url.rpartition("/")[2])
    right = player.place.right_fields(attempt_id)
    order = (1, 3, 2)
    page.wait_for_event("requestfinished", lambda request: request.url.endswith("/questions"))
    page.context.set_offline(True)
    for given, number in enumerate(order, start=1):
        heading = page.get_by_role("group", name=re.compile(rf"^Question {number}\b"))
        expect(heading).to_be_visible()
        choose(page, number, right)
        expect(state).to_have_text(f"Offline – {given} answer{'s' if given > 1 else ''} kept here")
        if number != order[-1]:
            page.get_by_role("button", name=re.compile(rf"^Question {order[given]}\b")).click()
    assert page.title().startswith("Question 2 of ")
    player.check_accessibility("a question that is shown from memory")
    assert page.evaluate("document.activeElement.dataset.item ?? document.activeElement.name") in ("2", "choice-2")
    page.go_back()
    expect(page.get_by_role("group", name=re.compile(r"^Question 3\b"))).to_be_visible()
    assert chosen(page, 3) == set(right["choice-3"])
    page.go_forward()
    page.get_by_role("button", name="Review and submit").click()
    expect(state).to_contain_text("The next page opens when the network is back.")
    player.problems.clear()  # the console tells of the cut network
    with page.expect_navigation(url=re.compile("/review$")):
        page.context.set_offline(False)
    player.check()
    assert player.place.log_of(attempt_id) == [("answered", number) for number in order]
    for number in range(4, len(right) + 1):
        player.visit(f"/attempts/{attempt_id}?item={number}")
        choose(page, number, right)
        expect(state).to_have_text(SAVED)
    player.press("Review and submit")
    player.press("Submit answers")
    player.sees("100%")


def choose(page: Page, number: int, fields: Mapping[str, tuple[str, ...]]) -> None:
    """Choose the right options of a question."""
    for option in fields[f"choice-{number}"]:
        page.locator(f"input[name='choice-{number}'][value='{option}']").check()


def chosen(page: Page, number: int) -> set[str]:
    """Return which options of a question are chosen."""
    found = page.locator(f"input[name='choice-{number}']:checked").all()
    return {str(one.get_attribute("value")) for one in found}


def test_press_without_a_network_waits_for_a_page_that_is_not_kept(player: Visitor) -> None:
    page, state = player.page, player.page.get_by_role("status")
    page.context.set_offline(True)
    page.get_by_role("button", name="Review and submit").click()
    expect(state).to_have_text("Offline – everything is saved. The next page opens when the network is back.")
    player.problems.clear()
    with page.expect_navigation(url=re.compile("/review$")):
        page.context.set_offline(False)
    player.check()


def test_time_that_is_up_without_a_network_submits_what_was_saved_and_says_what_came_late(
    place: Place, new_visitor: NewVisitor
) -> None:
    player = new_visitor()
    player.sign_in(place.add_learner("Ada Lovelace"))
    player.visit(f"/attempts/activity/{place.add_activity('Against the clock', time_limit=20)}")
    player.press("Start the questions")
    page, attempt_id = player.page, int(player.page.url.rpartition("/")[2])
    page.wait_for_event("requestfinished", lambda request: request.url.endswith("/questions"))
    place.leave(attempt_id, seconds=3)
    page.keyboard.press("a")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.get_by_role("group", name=re.compile(r"^Question 2\b"))).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("[data-timer-left]")).to_contain_text("the result opens when the network is back")
    with page.expect_navigation(url=re.compile("/result")):
        page.context.set_offline(False)
    player.problems.clear()  # the cut network and the refused save
    player.check()
    player.sees("The time ran out on")
    player.sees("1 answer kept in your browser came in after the attempt had ended")


def test_answers_survive_the_page_and_the_session_that_ended(player: Visitor) -> None:
    page, state = player.page, player.page.get_by_role("status")
    here = page.url.removeprefix(player.site)
    page.context.clear_cookies()
    page.keyboard.press("c")
    expect(state).to_have_text("Your session has ended. Sign in again: 1 answer kept here and sent then.")
    player.problems.clear()  # the refused save
    page.get_by_role("link", name="Sign in again").click()
    assert player.learner
    page.get_by_label("E-mail address").fill(player.learner.email)
    page.get_by_label("Password").fill(player.learner.password)
    seen: list[str] = []

    def shows_what_was_sent(_page: Page) -> bool:
        seen.append(page.url)
        return sum(url.endswith(here) for url in seen) == 2  # the page sends what it kept, then loads itself again

    with page.expect_event("load", shows_what_was_sent):
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name=re.compile(r"Question 1\b.*, answered"))).to_be_visible()
    player.visit(f"{here}?item=1")
    assert choices(page)[2]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('quizbank-attempt'))") == []


def test_second_tab_only_shows_until_it_takes_over(player: Visitor) -> None:
    player.page.keyboard.press("b")
    expect(player.page.get_by_role("status")).to_have_text(SAVED)
    address = f"{player.page.url.partition('?')[0]}?item=1"
    second = player.page.context.new_page()
    second.goto(address)
    expect(second.get_by_role("alert").filter(has_text="This tab only shows")).to_be_visible()
    assert choices(second)[:2] == [False, True]
    assert second.locator("input[name^='choice-']").first.is_disabled()
    second.get_by_role("button", name="Answer here instead").click()
    second.locator("label.option").first.click()
    expect(second.get_by_role("status")).to_have_text(SAVED)
    expect(player.page.get_by_role("alert").filter(has_text="This tab only shows")).to_be_visible()
    player.check()


def test_clock_runs_can_be_hidden_speaks_and_submits_what_was_saved(place: Place, new_visitor: NewVisitor) -> None:
    player = new_visitor()
    player.sign_in(place.add_learner("Ada Lovelace"))
    player.visit(f"/attempts/activity/{place.add_activity('Against the clock', time_limit=20)}")
    player.press("Start the questions")
    page, attempt_id = player.page, int(player.page.url.rpartition("/")[2])
    expect(page.locator("[data-timer-left]")).to_have_text(re.compile(r"^(20:00|19:\d\d) left$"))
    page.get_by_role("button", name="Hide the clock").click()
    expect(page.locator("[data-timer-left]")).to_be_hidden()
    place.leave(attempt_id, seconds=595)
    page.keyboard.press("a")
    expect(page.locator("[data-timer-said]")).to_have_text("10 minutes left")
    page.get_by_role("button", name="Hide the clock").click()
    player.check()
    place.leave(attempt_id, seconds=1)
    with page.expect_navigation(url=re.compile("/result$")):
        page.keyboard.press("b")
    player.check()
    player.sees("The time ran out on")


def test_study_tells_at_once_what_was_right(place: Place, new_visitor: NewVisitor) -> None:
    player = new_visitor(PHONE)
    player.sign_in(place.add_learner("Ada Lovelace"))
    player.visit(f"/attempts/activity/{place.add_activity('To study', mode='study')}")
    player.press("Start the questions")
    player.page.locator("label.option").first.click()
    player.press("Check this answer")
    expect(player.page.locator(".option.is-right")).not_to_have_count(0)
    player.follow("Try again for practice")
    player.page.locator("label.option").last.click()
    player.press("Save and next")
    player.sees("Question 2")
