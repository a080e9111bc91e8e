"""Numeric: a number is asked for, and every number of a range is right. A response is the number as it was written."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizbank.items.content import Example, InvalidResponse, MistypedResponse, Option, Part, Response
from quizbank.items.numbers import NoNumber, is_plain, is_within, read_number
from quizbank.items.options import required_text, stem_problems, upgrade

MAX_UNIT = 30


@dataclass(frozen=True)
class Numeric:
    """A number from ``low`` to ``high`` (both included) earns 1. All three are decimal text, so nothing is rounded."""

    stem: str
    value: str
    low: str
    high: str
    unit: str = ""
    rationale: str = ""

    type: ClassVar[str] = "numeric"
    label: ClassVar[str] = "Number"
    schema: ClassVar[int] = 1
    field: ClassVar[str] = "number"

    @property
    def options(self) -> tuple[Option, ...]:
        return ()

    @property
    def prompts(self) -> tuple[Option, ...]:
        return ()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.value,)

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        given = fields.get(self.field, ())
        if len(given) > 1:
            raise InvalidResponse("This answer does not belong to this question.")
        if not "".join(given).strip():
            return {}
        try:
            return {"number": read_number(given[0], self.unit)}
        except NoNumber as error:
            raise MistypedResponse(str(error)) from error

    def values(self, response: Response) -> tuple[str, ...]:
        return (response["number"],) if response else ()

    def right_response(self) -> Response:
        return {"number": self.value}

    def is_answered(self, response: Response) -> bool:
        return bool(response)

    def grade(self, response: Response) -> float:
        return 1.0 if response and is_within(response["number"], self.low, self.high) else 0.0

    def summarise(self, response: Response) -> str:
        return self._with_unit(response["number"]) if response else ""

    def parts(self, response: Response) -> tuple[Part, ...]:
        right = self._with_unit(self.value)
        if (self.low, self.high) != (self.value, self.value):
            right += f" (from {self.low} to {self._with_unit(self.high)} is right)"
        return (Part("Number", self.summarise(response), right, self.grade(response) == 1, ""),)

    def _with_unit(self, number: str) -> str:
        return f"{number}{'' if self.unit == '%' else ' '}{self.unit}".rstrip()

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        return ()

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        return self

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        if not all(is_plain(number) for number in (self.value, self.low, self.high)):
            problems.append("Write the right number and the range as digits, such as 12 or 12.5, without the unit.")
        elif not is_within(self.value, self.low, self.high):
            problems.append("The right number must lie in the range that counts as right.")
        if len(self.unit) > MAX_UNIT:
            problems.append(f"Shorten the unit to {MAX_UNIT} characters.")
        if any(character.isdigit() for character in self.unit[:1]):
            problems.append("Write only the unit behind the number, such as mg.")
        if not self.rationale.strip():
            problems.append("Explain why this number is right.")
        return problems

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": self.schema,
            "stem": self.stem,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "rationale": self.rationale,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        stored = upgrade(stored, cls.schema)
        return cls(*(required_text(stored, name) for name in ("stem", "value", "low", "high", "unit", "rationale")))

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "How much epinephrine is given intravenously with each dose to an adult in cardiac arrest?",
            "1",
            "1",
            "1",
            "mg",
            "Adults in cardiac arrest receive 1 mg every 3 to 5 minutes.",
        )
        return content, (
            Example("right", {"number": ["1"]}, 1.0),
            Example("right with decimals and unit", {"number": [" 1,0 mg "]}, 1.0),
            Example("wrong", {"number": ["1.0000001"]}, 0.0),
            Example("blank", {}, 0.0),
            Example("only spaces", {"number": ["  "]}, 0.0),
            Example("words", {"number": ["one"]}, None),
            Example("no number", {"number": ["NaN"]}, None),
            Example("another unit", {"number": ["1 g"]}, None),
            Example("two meanings", {"number": ["1,000"]}, None),
            Example("two numbers", {"number": ["1", "2"]}, None),
        )
