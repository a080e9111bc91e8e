"""True or false: a statement to judge. A response is "true" or "false"."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from quizbank.items.choices import ChoiceContent, chosen, parse_choices
from quizbank.items.content import Example, Option, Response
from quizbank.items.options import stem_problems

TRUE, FALSE = "true", "false"


@dataclass(frozen=True)
class TrueFalse(ChoiceContent):
    """The right verdict earns 1. The options are always True and False, in this order and by these ids."""

    type: ClassVar[str] = "true_false"
    label: ClassVar[str] = "True or false"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        return parse_choices(fields, self.options, at_most=1)

    def grade(self, response: Response) -> float:
        return 1.0 if response and chosen(response) == self.key else 0.0

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        return TRUE, FALSE

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        return self

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        if self.stem.rstrip().endswith("?"):
            problems.append("Write a statement that can be judged, not a question.")
        if [(option.id, option.text) for option in self.options] != [(TRUE, "True"), (FALSE, "False")]:
            problems.append("The options of a statement are True and False.")
        if self.key not in ((TRUE,), (FALSE,)):
            problems.append("Say whether the statement is true or false.")
        if any(not option.rationale.strip() for option in self.options):
            problems.append("Say why the statement is true or false, and what whoever judges otherwise overlooks.")
        return problems

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "In atrial fibrillation the P waves are absent from the electrocardiogram.",
            (
                Option(TRUE, "True", "The atria have no coordinated activity, so no P wave is written."),
                Option(FALSE, "False", "The irregular baseline is no P wave."),
            ),
            (TRUE,),
            "Chaotic atrial activity replaces the P waves.",
        )
        return content, (
            Example("right", {"choice": [TRUE]}, 1.0),
            Example("wrong", {"choice": [FALSE]}, 0.0),
            Example("blank", {}, 0.0),
            Example("both", {"choice": [TRUE, FALSE]}, None),
            Example("neither", {"choice": ["perhaps"]}, None),
        )
