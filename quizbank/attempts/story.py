"""The story of an attempt: its steps go in; for each step what it changed, in words, comes out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from quizbank.attempts.log import AttemptState, Correction, Marks, Step, Try, states
from quizbank.items.content import ItemContent, Response

NOTHING = "–"
LABELS = {
    "slots": "asked",
    "pass_mark": "pass mark",
    "responses": "answer",
    "marks": "mark",
    "checked": "checked",
    "practised": "tried again",
    "fractions": "fraction",
    "corrected": "judged by",
}
"""What a part of the state is called; any other by its own name."""


def told(
    steps: Iterable[Step], contents: Mapping[int, ItemContent], clock: Callable[[datetime], str]
) -> Iterator[tuple[Step, list[str]]]:
    """Yield each step with what it changed, one line each; raises BrokenLog.

    ``contents`` are the item versions asked, by id; ``clock`` says a moment in words.
    """
    before = AttemptState()
    for step, state in states(steps):
        teller = Teller({slot.number: contents[slot.version_id] for slot in state.slots}, clock)
        yield step, teller.changes(before, state)
        before = state


class Teller:
    """Says in words what differs between two states of one attempt."""

    def __init__(self, contents: Mapping[int, ItemContent], clock: Callable[[datetime], str]) -> None:
        self.contents, self.clock = contents, clock

    def changes(self, before: AttemptState, after: AttemptState) -> list[str]:
        """Return one line for each part of the state, and each slot, that differs."""
        lines = []
        for part in fields(AttemptState):
            old, new = getattr(before, part.name), getattr(after, part.name)
            label = LABELS.get(part.name, part.name.replace("_", " "))
            if old == new or part.name == "sequence":
                continue
            if part.name == "slots":
                lines += [f"{label} {slot.number}: item version {slot.version_id}" for slot in after.slots]
            elif isinstance(new, Mapping):
                lines += self.by_slot(label, old or {}, new)
            else:
                lines.append(f"{label}: {self.say(old)} → {self.say(new)}")
        return lines

    def by_slot(self, label: str, old: Mapping[int, Any], new: Mapping[int, Any]) -> list[str]:
        """Return one line for each slot whose value differs."""
        changed = [slot for slot in sorted({*old, *new}) if old.get(slot) != new.get(slot)]
        return [
            f"{label} {slot}: {self.say(old.get(slot), slot)} → {self.say(new.get(slot), slot)}" for slot in changed
        ]

    def say(self, value: Any, slot: int = 0) -> str:
        """Return a value of the state in words; a response as its item type says it."""
        if value is None:
            return NOTHING
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Try):
            return f"{self.say_response(value.response, slot)} (fraction {value.fraction:g})"
        if isinstance(value, Marks):
            return say_marks(value)
        if isinstance(value, Correction):
            return f"item version {value.version_id} ({value.reason})"
        if isinstance(value, datetime):
            return self.clock(value)
        return self.say_response(value, slot) if isinstance(value, Mapping) else f"{value:g}"

    def say_response(self, response: Response, slot: int) -> str:
        """Return a response in words."""
        return self.contents[slot].summarise(response) or NOTHING


def say_marks(marks: Marks) -> str:
    """Return what a learner noted at a slot in words."""
    said = ["flagged"] if marks.flagged else []
    said += [f"struck out {', '.join(marks.struck)}"] if marks.struck else []
    said += [f"confidence {marks.confidence}"] if marks.confidence else []
    return ", ".join(said) or NOTHING
