"""Grading: contents, responses and weights go in; fractions per slot, the score and pass or fail come out."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizbank.attempts.log import Slot
from quizbank.items.content import ItemContent, Response

TOLERANCE = 1e-9
"""Fractions are floats; a score this close below the pass mark has reached it."""


@dataclass(frozen=True)
class Grades:
    """What grading found: the fraction (0-1) of every slot, the score in percent (0-100), and whether it passes."""

    fractions: Mapping[int, float]
    score: float
    passed: bool


def grade_attempt(
    slots: Sequence[Slot],
    contents: Mapping[int, ItemContent],
    responses: Mapping[int, Response],
    pass_mark: int | None,
) -> Grades:
    """Grade every slot; ``contents`` maps version ids, ``responses`` slot numbers. A missing response is blank."""
    fractions = {slot.number: contents[slot.version_id].grade(responses.get(slot.number, {})) for slot in slots}
    score = score_of(slots, fractions)
    return Grades(fractions, score, has_passed(score, pass_mark))


def score_of(slots: Iterable[Slot], fractions: Mapping[int, float]) -> float:
    """Return the percent of the marks that could be had: sum of fraction x weight over the sum of weights."""
    slots = list(slots)
    possible = sum(slot.weight for slot in slots)
    earned = sum(fractions[slot.number] * slot.weight for slot in slots)
    return min(100.0, 100 * earned / possible) if possible else 0.0


def has_passed(score: float, pass_mark: int | None) -> bool:
    """Return whether a score reaches the pass mark, both in percent; nothing passes a pre-test, which has none."""
    return pass_mark is not None and score >= pass_mark - TOLERANCE


def lay_out(
    items: Sequence[tuple[int, int, ItemContent]], seed: int, shuffle_items: bool = True, shuffle_options: bool = True
) -> tuple[Slot, ...]:
    """Return the slots of a new attempt, items and options shuffled by the seed as far as asked for.

    ``items`` are (version id, objective id, content). The same seed gives the same order. Options that are matched or put
    in order are always shuffled: as they are written they would be the answer.
    """
    shuffled = random.Random(seed)  # noqa: S311 - an order to be reproduced from the log, not a secret
    order = list(items)
    if shuffle_items:
        shuffled.shuffle(order)
    slots = []
    for number, (version_id, objective_id, content) in enumerate(order, start=1):
        as_written = tuple(option.id for option in content.options)
        is_lettered = not content.parts({})
        options = as_written if is_lettered and not shuffle_options else content.shuffled_options(shuffled)
        slots.append(Slot(number, version_id, objective_id, 1.0, options))
    return tuple(slots)
