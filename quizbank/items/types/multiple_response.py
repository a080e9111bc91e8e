"""Multiple response: several keys among the options; what a partly right choice earns is the item's own rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from quizbank.items.choices import ChoiceContent, chosen, option_problems, parse_choices
from quizbank.items.content import Example, Option, Response
from quizbank.items.options import required_text
from quizbank.items.partial_credit import CHOICE_RULES

BALANCED = "balanced"


@dataclass(frozen=True)
class MultipleResponse(ChoiceContent):
    """Two or more keys; ``rule`` is one of CHOICE_RULES. Content without a rule is older and was graded by BALANCED."""

    rule: str = BALANCED

    type: ClassVar[str] = "multiple_response"
    label: ClassVar[str] = "Multiple response"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        return parse_choices(fields, self.options, at_most=len(self.options))

    def grade(self, response: Response) -> float:
        return CHOICE_RULES[self.rule](chosen(response), self.key, len(self.options))

    def problems(self) -> list[str]:
        problems = option_problems(self.stem, self.options, self.key)
        if len(self.key) < 2:
            problems.append("Mark at least two right answers, or make it a single best answer.")
        if len(self.key) >= len(self.options):
            problems.append("Leave at least one option wrong.")
        if self.rule not in CHOICE_RULES:
            problems.append("Choose how a partly right choice is graded.")
        return problems

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "rule": self.rule}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        rule = required_text(stored, "rule") if "rule" in stored else BALANCED
        return replace(super().from_json(stored), rule=rule)

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Which findings belong to Beck's triad of cardiac tamponade?",
            (
                Option("a", "Hypotension", "Part of the triad."),
                Option("b", "Muffled heart sounds", "Part of the triad."),
                Option("c", "Raised jugular venous pressure", "Part of the triad."),
                Option("d", "Wheezing", "Not part of the triad."),
                Option("e", "Clubbing", "Not part of the triad."),
            ),
            ("a", "b", "c"),
            "Beck described hypotension, muffled heart sounds and raised venous pressure.",
        )
        return content, (
            Example("right", {"choice": ["c", "a", "b"]}, 1.0),
            Example("partly right", {"choice": ["a", "b"]}, 2 / 3),
            Example("right and wrong", {"choice": ["a", "d"]}, 0.0),
            Example("everything ticked", {"choice": ["a", "b", "c", "d", "e"]}, 1 / 3),
            Example("blank", {}, 0.0),
            Example("unknown option", {"choice": ["z"]}, None),
            Example("the same twice", {"choice": ["a", "a"]}, None),
        )
