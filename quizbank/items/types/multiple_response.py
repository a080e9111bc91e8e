"""Multiple response: several keys among the options; partial credit for each right choice, minus wrong ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from quizbank.items.choices import ChoiceContent, chosen, option_problems, parse_choices
from quizbank.items.content import Example, Option, Response
from quizbank.items.partial_credit import balanced_fraction


@dataclass(frozen=True)
class MultipleResponse(ChoiceContent):
    """Two or more keys; the fraction follows quizbank.items.partial_credit.balanced_fraction."""

    type: ClassVar[str] = "multiple_response"
    label: ClassVar[str] = "Multiple response"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        return parse_choices(fields, self.options, at_most=len(self.options))

    def grade(self, response: Response) -> float:
        return balanced_fraction(chosen(response), self.key)

    def problems(self) -> list[str]:
        problems = option_problems(self.stem, self.options, self.key)
        if len(self.key) < 2:
            problems.append("Mark at least two right answers, or make it a single best answer.")
        if len(self.key) >= len(self.options):
            problems.append("Leave at least one option wrong.")
        return problems

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
