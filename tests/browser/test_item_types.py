"""Pairs, steps, numbers and statements at the keyboard, with scripts and without, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAVED = re.compile(r"Saved \d\d:\d\d")
ACTIVITY = 2
MANY_TABS = 400


def start(visitor: Visitor, place: Place, name: str) -> int:
    """Begin the activity that asks every type of item, all on one page, and return the attempt."""
    visitor.sign_in(place.add_learner(name))
    visitor.visit(f"/attempts/activity/{ACTIVITY}")
    visitor.press("Start the questions")
    attempt_id = int(visitor.page.url.rpartition("/")[2])
    visitor.press("All questions on one page")
    return attempt_id


def type_choices(visitor: Visitor, field: str, values: tuple[str, ...]) -> None:
    """Choose in every list of a question by typing what its entry begins with, from one list to the next by Tab."""
    lists = visitor.page.locator(f"select[name='{field}']")
    entries = {value: visitor.page.locator(f"select[name='{field}'] option[value='{value}']") for value in values}
    words = {value.partition(":")[0]: entry.inner_text().strip() for value, entry in entries.items()}
    lists.first.focus()
    for one in lists.all():
        expect(one).to_be_focused()
        own = one.locator("option").nth(1).get_attribute("value") or ""
        visitor.page.keyboard.type(words[own.partition(":")[0]])
        tab_to(visitor, lists, one)


def fill_gaps(visitor: Visitor, field: str, values: tuple[str, ...]) -> None:
    """Choose in the list of every gap by typing what its entry says."""
    for value in values:
        entry = f"option[value='{value}']"
        visitor.page.locator(f"select[name='{field}']:has({entry})").focus()
        visitor.page.keyboard.type(visitor.page.locator(f"select[name='{field}'] {entry}").inner_text().strip())


def tab_to(visitor: Visitor, lists: Locator, behind: Locator) -> None:
    """Press Tab until the list behind this one has the focus; nothing when it was the last."""
    ids = [one.get_attribute("id") for one in lists.all()]
    place = ids.index(behind.get_attribute("id"))
    if place + 1 == len(ids):
        return
    for _ in range(MANY_TABS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.id") == ids[place + 1]:
            return
    raise AssertionError(f"Tab does not lead to {ids[place + 1]}")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_type_is_answered_by_keyboard_and_explained(
    place: Place, new_visitor: NewVisitor, width: int, script: bool
) -> None:
    visitor = new_visitor(width, script)
    attempt_id = start(visitor, place, "Ada Keyboard")
    fields = place.right_fields(attempt_id)
    for field, values in fields.items():
        if field.startswith(("match-", "place-")):
            type_choices(visitor, field, values)
        elif field.startswith("gap-"):
            fill_gaps(visitor, field, values)
        elif field.startswith("text-"):
            visitor.page.locator(f"[name='{field}']").focus()
            visitor.page.keyboard.type(f"  {values[0].upper()} ")
        elif field.startswith("number-"):
            visitor.page.locator(f"[name='{field}']").focus()
            unit = visitor.page.locator(f"#unit-{field.removeprefix('number-')}").inner_text()
            visitor.page.keyboard.type(f"{values[0]} {unit}")
        else:
            for value in values:
                visitor.page.locator(f"[name='{field}'][value='{value}']").focus()
                visitor.page.keyboard.press("Space")
    visitor.press("Review and submit")
    visitor.sees("Every question is answered")
    visitor.sees("1. Graded exercise; 2. Epidural injection; 3. Spinal cord stimulation")
    visitor.press("Submit answers")
    visitor.sees("You passed")
    visitor.sees("100%")


def test_buttons_move_the_steps_and_the_order_is_saved(place: Place, new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    attempt_id = start(visitor, place, "Ada Mover")
    right = next(values for field, values in place.right_fields(attempt_id).items() if field.startswith("place-"))
    for name in ("Move up: Graded exercise", "Move down: Spinal cord stimulation"):
        button = visitor.page.get_by_role("button", name=name)
        button.focus()
        for _ in range(2):
            visitor.page.keyboard.press("Enter")
            expect(button).to_be_focused()
    expect(visitor.page.get_by_role("status")).to_have_text(SAVED)
    visitor.visit(f"/attempts/{attempt_id}?view=page")
    shown = visitor.page.locator(".order-step select").evaluate_all("lists => lists.map(one => one.value)")
    assert sorted(shown) == sorted(right)
    assert [value.partition(":")[2] for value in shown] == ["1", "2", "3"]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_number_that_cannot_be_read_is_not_lost(place: Place, new_visitor: NewVisitor, script: bool) -> None:
    visitor = new_visitor(PHONE, script)
    start(visitor, place, "Ada Mistyped")
    number = visitor.page.locator("input[name^='number-']").first
    number.fill("a year")
    if script:
        number.press("Tab")
        expect(visitor.page.get_by_role("status")).to_have_text(re.compile("^Not saved: see question"))
        visitor.sees("“a year” is no number.")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Save answers", exact=True).click()
    visitor.problems.clear()  # the refused saves: as it was typed, and when it was sent
    visitor.check(status=422)
    visitor.sees("“a year” is no number. Write digits, such as 12 or 12.5.")
    expect(number).to_have_value("a year")
    number.fill("12")
    visitor.press("Save answers")
    expect(number).to_have_value("12")
    expect(visitor.page.get_by_role("button", name=re.compile(r", answered"))).to_have_count(1)


def test_half_filled_pairs_are_partly_answered(place: Place, new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    start(visitor, place, "Ada Half")
    visitor.page.locator("select[name^='match-']").first.select_option(index=1)
    expect(visitor.page.get_by_role("button", name=re.compile(r", partly answered"))).to_have_count(1)
    visitor.press("Review and submit")
    visitor.sees("Partly answered")
