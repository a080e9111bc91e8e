"""Ordering: steps are put into their right order. A response lists the steps by place, "" where none is given yet."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from quizbank.items.content import Example, InvalidResponse, MistypedResponse, Option, Part, Response
from quizbank.items.options import OptionContent, has_repeats, required_text, stem_problems, text_problems
from quizbank.items.partial_credit import ORDER_RULES

MIN_STEPS, MAX_STEPS = 3, 8
PAIRS = "pairs"


@dataclass(frozen=True)
class Ordering(OptionContent):
    """``options`` are the steps and ``key`` all their ids in the right order; ``rule`` is one of ORDER_RULES."""

    rule: str = PAIRS

    type: ClassVar[str] = "ordering"
    label: ClassVar[str] = "Ordering"
    field: ClassVar[str] = "place"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        given = [value.partition(":")[::2] for value in fields.get(self.field, ()) if value]
        steps, places = [step for step, _ in given], [place for _, place in given]
        known = {option.id for option in self.options}
        possible = [str(place) for place in range(1, len(self.options) + 1)]
        if has_repeats(steps) or not set(steps) <= known or not set(places) <= set(possible):
            raise InvalidResponse("This answer does not belong to this question.")
        if has_repeats(places):
            twice = next(place for place in possible if places.count(place) > 1)
            raise MistypedResponse(f"Two steps have place {twice}. Give each step a place of its own.")
        at = dict(zip(places, steps, strict=True))
        return {"order": [at.get(place, "") for place in possible]} if given else {}

    def values(self, response: Response) -> tuple[str, ...]:
        return tuple(f"{step}:{place}" for place, step in enumerate(response.get("order", ()), start=1) if step)

    def right_response(self) -> Response:
        return {"order": list(self.key)}

    def is_answered(self, response: Response) -> bool:
        return bool(response) and all(response["order"])

    def grade(self, response: Response) -> float:
        return ORDER_RULES[self.rule]([step for step in response["order"] if step], self.key) if response else 0.0

    def summarise(self, response: Response) -> str:
        texts = {option.id: option.text for option in self.options}
        places = enumerate(response.get("order", ()), start=1)
        return "; ".join(f"{place}. {texts[step]}" for place, step in places if step)

    def parts(self, response: Response) -> tuple[Part, ...]:
        options = {option.id: option for option in self.options}
        given = {step: str(place) for place, step in enumerate(response.get("order", ()), start=1)}
        return tuple(
            Part(
                options[step].text,
                given.get(step, ""),
                str(place),
                given.get(step) == str(place),
                options[step].rationale,
            )
            for place, step in enumerate(self.key, start=1)
        )

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        shown = super().shuffled_options(rng)
        while shown == self.key and len(shown) > 1:
            shown = super().shuffled_options(rng)
        return shown

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        if not MIN_STEPS <= len(self.options) <= MAX_STEPS:
            problems.append(f"Give {MIN_STEPS} to {MAX_STEPS} steps.")
        problems += text_problems(self.options, "step")
        if sorted(self.key) != sorted(option.id for option in self.options) or has_repeats(self.key):
            problems.append("Give every step a place of its own.")
        if self.rule not in ORDER_RULES:
            problems.append("Choose how a partly right order is graded.")
        if not self.rationale.strip() and any(not option.rationale.strip() for option in self.options):
            problems.append("Explain why this is the right order.")
        return problems

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "rule": self.rule}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return replace(super().from_json(stored), rule=required_text(stored, "rule"))

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Put the links of the chain of survival after cardiac arrest in their order.",
            (
                Option("a", "Chest compressions"),
                Option("b", "Care after the return of circulation"),
                Option("c", "Recognition and call for help"),
                Option("d", "Defibrillation"),
            ),
            ("c", "a", "d", "b"),
            "Help is called first, compressions bridge the time to the defibrillator, and care goes on afterwards.",
        )
        return content, (
            Example("right", {"place": ["a:2", "b:4", "c:1", "d:3"]}, 1.0),
            Example("partly right", {"place": ["a:1", "b:4", "c:2", "d:3"]}, 2 / 3),
            Example("half filled", {"place": ["a:4", "", "c:1", ""]}, 1 / 3),
            Example("reversed", {"place": ["a:3", "b:1", "c:4", "d:2"]}, 0.0),
            Example("blank", {"place": ["", "", "", ""]}, 0.0),
            Example("nothing sent", {}, 0.0),
            Example("one place twice", {"place": ["a:1", "b:1"]}, None),
            Example("one step twice", {"place": ["a:1", "a:2"]}, None),
            Example("unknown step", {"place": ["z:1"]}, None),
            Example("no such place", {"place": ["a:5"]}, None),
            Example("no place", {"place": ["a"]}, None),
        )
