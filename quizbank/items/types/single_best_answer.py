"""Single best answer: one stem, three to five options, exactly one key. A response is one option id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from quizbank.items.choices import ChoiceContent, chosen, option_problems, parse_choices
from quizbank.items.content import Example, Option, Response


@dataclass(frozen=True)
class SingleBestAnswer(ChoiceContent):
    """The right option earns 1, everything else 0."""

    type: ClassVar[str] = "single_best_answer"
    label: ClassVar[str] = "Single best answer"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        return parse_choices(fields, self.options, at_most=1)

    def grade(self, response: Response) -> float:
        return 1.0 if response and chosen(response) == self.key else 0.0

    def problems(self) -> list[str]:
        problems = option_problems(self.stem, self.options, self.key)
        if len(self.key) != 1:
            problems.append("Mark exactly one right answer.")
        return problems

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Which vessel supplies most of the left ventricle's anterior wall?",
            (
                Option("a", "Circumflex artery", "It supplies the lateral wall."),
                Option("b", "Left anterior descending artery", "It runs in the anterior groove."),
                Option("c", "Right coronary artery", "It supplies the inferior wall."),
            ),
            ("b",),
            "The left anterior descending artery runs in the anterior interventricular groove.",
        )
        return content, (
            Example("right", {"choice": ["b"]}, 1.0),
            Example("wrong", {"choice": ["a"]}, 0.0),
            Example("blank", {}, 0.0),
            Example("two choices", {"choice": ["a", "b"]}, None),
            Example("unknown option", {"choice": ["z"]}, None),
        )
