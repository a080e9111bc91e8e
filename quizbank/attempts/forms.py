"""The posted form of one or more items: fields in, the given values by slot out."""

import re

from werkzeug.datastructures import MultiDict

from quizbank.items.types import ITEM_TYPES

MAX_SLOTS = 500
MAX_VALUES = 50
FIELDS = frozenset(content_class.field for content_class in ITEM_TYPES)


class InvalidForm(ValueError):
    """The posted fields cannot come from this page."""


def answered_fields(form: MultiDict[str, str]) -> dict[int, dict[str, list[str]]]:
    """Return the fields by slot: ``item`` names each slot shown, ``choice-3`` holds what was given for slot 3.

    Raises InvalidForm for slots named twice, for values of a slot that was not named, and for too many.
    """
    numbers = form.getlist("item")
    if not numbers or len(numbers) > MAX_SLOTS or len(set(numbers)) < len(numbers):
        raise InvalidForm("The page sent something unexpected. Reload it; saved answers are kept.")
    fields: dict[int, dict[str, list[str]]] = {slot_number(number): {} for number in numbers}
    for name, values in form.lists():
        field, dash, number = name.partition("-")
        if field not in FIELDS or not dash:
            continue
        if slot_number(number) not in fields or len(values) > MAX_VALUES:
            raise InvalidForm("The page sent something unexpected. Reload it; saved answers are kept.")
        fields[slot_number(number)][field] = values
    return fields


def slot_number(text: str) -> int:
    """Return a slot number as pages write it: plain digits, no leading 0; raises InvalidForm."""
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise InvalidForm("The page sent something unexpected. Reload it; saved answers are kept.")
    return int(text)
