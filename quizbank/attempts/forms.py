"""The posted form of one or more items: fields in; the given values and marks by slot, and whose turn it is, out."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MIMEAccept, MultiDict

from quizbank.attempts.log import Marks, Slot
from quizbank.attempts.turns import Turn
from quizbank.items.types import ITEM_TYPES
from quizbank.plans.allowance import FREE

MAX_SLOTS = 500
MAX_VALUES = 50
CONFIDENCE = {"": None, "1": 1, "2": 2, "3": 3}
UNEXPECTED = "The page sent something unexpected. Reload it; saved answers are kept."
FIELDS = frozenset(content_class.field for content_class in ITEM_TYPES)


class InvalidForm(ValueError):
    """The posted fields cannot come from this page."""


def answered_fields(form: MultiDict[str, str]) -> dict[int, dict[str, list[str]]]:
    """Return the fields by slot: ``item`` names each slot asked, ``choice-3`` holds what was given for slot 3.

    A page that asks nothing names the slots it only shows as ``shown``.
    Raises InvalidForm for slots named twice, for values of a slot that was not named, and for too many.
    """
    numbers = form.getlist("item")
    if not (numbers or form.getlist("shown")) or len(numbers) > MAX_SLOTS or len(set(numbers)) < len(numbers):
        raise InvalidForm(UNEXPECTED)
    fields: dict[int, dict[str, list[str]]] = {slot_number(number): {} for number in numbers}
    for name, values in form.lists():
        field, dash, number = name.partition("-")
        if field not in FIELDS or not dash:
            continue
        if slot_number(number) not in fields or len(values) > MAX_VALUES:
            raise InvalidForm(UNEXPECTED)
        fields[slot_number(number)][field] = values
    return fields


def slot_number(text: str) -> int:
    """Return a slot number as pages write it: plain digits, no leading 0; raises InvalidForm."""
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise InvalidForm(UNEXPECTED)
    return int(text)


def posted_turn(form: MultiDict[str, str]) -> Turn | None:
    """Return which page saves and how many saves it has seen; None for a program that sends neither.

    Raises InvalidForm.
    """
    page, seen = form.get("page", ""), form.get("seen", "")
    if not page and not seen:
        return None
    if not re.fullmatch("[0-9a-f]{16}", page) or not re.fullmatch("0|[1-9][0-9]{0,8}", seen):
        raise InvalidForm(UNEXPECTED)
    return Turn(page, int(seen))


def posted_marks(form: MultiDict[str, str], slots: Iterable[Slot]) -> dict[int, Marks]:
    """Return the marks by slot: ``marks`` names each slot whose marks the page shows, ``flagged-3``, ``struck-3`` (option

    ids) and ``confidence-3`` are those of slot 3. Raises InvalidForm for slots and options that were not asked.
    """
    orders = {slot.number: slot.order for slot in slots}
    numbers = [slot_number(text) for text in form.getlist("marks")[: MAX_SLOTS + 1]]
    if len(set(numbers)) < len(numbers) or not set(numbers) <= set(orders):
        raise InvalidForm(UNEXPECTED)
    return {number: marks_of(form, number, orders[number]) for number in numbers}


def marks_of(form: MultiDict[str, str], number: int, order: tuple[str, ...]) -> Marks:
    """Return the marks of one slot; raises InvalidForm."""
    struck = form.getlist(f"struck-{number}")[: MAX_VALUES + 1]
    sure, flagged = form.get(f"confidence-{number}", ""), form.get(f"flagged-{number}", "")
    if len(set(struck)) < len(struck) or not set(struck) <= set(order) or sure not in CONFIDENCE:
        raise InvalidForm(UNEXPECTED)
    if flagged not in ("", "1"):
        raise InvalidForm(UNEXPECTED)
    return Marks(flagged == "1", tuple(one for one in order if one in struck), CONFIDENCE[sure])


def is_one_page(form: MultiDict[str, str]) -> bool:
    """Return whether the form shows the questions on one page."""
    return form.get("view") == "page" or len(form.getlist("item")) > 1


def is_asked_by_script(form: MultiDict[str, str], accepted: MIMEAccept) -> bool:
    """Return whether the player's script reads the reply: to an autosave, or to a form that it sends itself."""
    return form.get("go") == "autosave" or accepted.best == "application/json"


def page_after(form: MultiDict[str, str]) -> tuple[str, dict[str, Any]]:
    """Return where the pressed button leads: the name of the page, "" for an autosave, and what its address says."""
    go = form.get("go", "")
    if go == "autosave":
        return "", {}
    if go == "review":
        return "attempts.review", {}
    if go.startswith("check-"):
        number = int(go.removeprefix("check-"))
        view = "page" if is_one_page(form) else None
        return "attempts.play", {"item": number, "view": view, "_anchor": f"item-{number}"}
    if go == "page":
        return "attempts.play", {"view": "page"}
    if go.startswith("item-") and go.removeprefix("item-").isdecimal():
        return "attempts.play", {"item": int(go.removeprefix("item-")[:4])}
    here = form.get("current", 1, type=int)
    return "attempts.play", {"item": here + {"next": 1, "previous": -1}.get(go, 0)}


def slot_to_check(go: str) -> int | None:
    """Return the slot whose answer the pressed button checks (``check-3``), None for other buttons; raises InvalidForm."""
    return slot_number(go.removeprefix("check-")) if go.startswith("check-") else None


def slots_asked_again(form: MultiDict[str, str]) -> set[int]:
    """Return the slots that the page asks once more for practice; raises InvalidForm."""
    return {slot_number(text) for text in form.getlist("again")[:MAX_SLOTS]}


def agreed_price(form: MultiDict[str, str]) -> Decimal:
    """Return the price that the pressed button named; anything else agrees to nothing."""
    text = form.get("agreed", "")
    return Decimal(text) if re.fullmatch(r"\d{1,8}\.\d\d", text, re.ASCII) else FREE
