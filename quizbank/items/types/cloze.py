"""Cloze: a text with gaps, each with a list of its own to choose from. A response says what each gap was given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from quizbank.items.content import Example, InvalidResponse, Option, Part, Response
from quizbank.items.options import OptionContent, has_repeats, required_text, stem_problems, text_problems
from quizbank.items.partial_credit import GAP_RULES

MAX_GAPS, MIN_CHOICES, MAX_CHOICES, MAX_OPTIONS = 6, 2, 6, 24
PER_GAP = "per_gap"
MARKER = re.compile(r"\[gap ([1-9])\]")


def gap_of(option_id: str) -> str:
    """Return the gap an option is offered for: its id begins with the gap's number and a dash."""
    return option_id.partition("-")[0]


@dataclass(frozen=True)
class Cloze(OptionContent):
    """``[gap 1]`` in the stem stands where gap 1 is; ``key`` names the right option of each gap, in the order of the gaps.

    ``rule`` is one of GAP_RULES. Ids of gaps are their numbers, ids of options "1-…" for gap 1.
    """

    rule: str = PER_GAP

    type: ClassVar[str] = "cloze"
    label: ClassVar[str] = "Fill the gaps"
    field: ClassVar[str] = "gap"

    @property
    def prompts(self) -> tuple[Option, ...]:
        gaps = sorted({gap_of(option.id) for option in self.options})
        return tuple(Option(gap, f"Gap {gap}") for gap in gaps)

    @property
    def filled(self) -> str:
        """Return the text with its gaps filled right."""
        right = {part.asked.removeprefix("Gap "): part.right for part in self.parts({})}
        return MARKER.sub(lambda found: right.get(found[1], found[0]), self.stem)

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        given = [value for value in fields.get(self.field, ()) if value]
        known = {option.id for option in self.options}
        if not set(given) <= known or has_repeats([gap_of(value) for value in given]):
            raise InvalidResponse("This answer does not belong to this question.")
        return {"gap": {gap_of(value): value for value in sorted(given)}} if given else {}

    def values(self, response: Response) -> tuple[str, ...]:
        return tuple(response.get("gap", {}).values())

    def right_response(self) -> Response:
        return {"gap": {gap.id: right for gap, right in zip(self.prompts, self.key, strict=False)}}

    def is_answered(self, response: Response) -> bool:
        return len(response.get("gap", {})) == len(self.prompts)

    def grade(self, response: Response) -> float:
        return GAP_RULES[self.rule](response.get("gap", {}), self.right_response()["gap"])

    def summarise(self, response: Response) -> str:
        return "; ".join(f"{part.asked}: {part.given}" for part in self.parts(response) if part.given)

    def parts(self, response: Response) -> tuple[Part, ...]:
        options = {option.id: option for option in self.options}
        given = response.get("gap", {})
        pairs = [(gap, options[right]) for gap, right in zip(self.prompts, self.key, strict=False)]
        return tuple(
            Part(
                gap.text,
                options[given[gap.id]].text if gap.id in given else "",
                right.text,
                given.get(gap.id) == right.id,
                right.rationale,
            )
            for gap, right in pairs
        )

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        new = {option.id: f"{gap_of(option.id)}-{ids[option.id]}" for option in self.options}
        options = tuple(replace(option, id=new[option.id]) for option in self.options)
        return replace(self, options=options, key=tuple(new[option_id] for option_id in self.key))

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        gaps = [gap.id for gap in self.prompts]
        if not gaps or MARKER.findall(self.stem) != gaps or gaps != [str(n) for n in range(1, len(gaps) + 1)]:
            problems.append("Write [gap 1], [gap 2] and so on where the gaps are, each once, in this order.")
        if len(gaps) > MAX_GAPS or len(self.options) > MAX_OPTIONS:
            problems.append(f"Keep to {MAX_GAPS} gaps and {MAX_OPTIONS} choices altogether.")
        for gap in gaps:
            offered = [option for option in self.options if gap_of(option.id) == gap]
            if not MIN_CHOICES <= len(offered) <= MAX_CHOICES:
                problems.append(f"Give gap {gap} {MIN_CHOICES} to {MAX_CHOICES} choices.")
            problems += [f"Gap {gap}: {problem}" for problem in text_problems(offered, "choice")]
        known = [option.id for option in self.options]
        if has_repeats(known) or not set(self.key) <= {*known} or [gap_of(one) for one in self.key] != gaps:
            problems.append("Mark exactly one right choice for every gap.")
        if self.rule not in GAP_RULES:
            problems.append("Choose how a partly right answer is graded.")
        if not self.rationale.strip() and any(not option.rationale.strip() for option in self.options):
            problems.append("Say why each choice is right or wrong, or explain all of them below.")
        return problems

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "rule": self.rule}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return replace(super().from_json(stored), rule=required_text(stored, "rule"))

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Anaphylaxis is treated with [gap 1], given into the [gap 2].",
            (
                Option("1-a", "epinephrine", "It reverses airway swelling and shock."),
                Option("1-b", "an antihistamine", "It relieves itching only."),
                Option("1-c", "a corticosteroid", "It acts after hours."),
                Option("2-a", "muscle of the thigh", "It is absorbed fastest there."),
                Option("2-b", "skin of the arm", "It is absorbed slowly there."),
            ),
            ("1-a", "2-a"),
            "Epinephrine into the muscle of the outer thigh is the first treatment.",
        )
        return content, (
            Example("right", {"gap": ["1-a", "2-a"]}, 1.0),
            Example("partly right", {"gap": ["1-b", "2-a"]}, 0.5),
            Example("half filled", {"gap": ["1-a", ""]}, 0.5),
            Example("wrong", {"gap": ["1-c", "2-b"]}, 0.0),
            Example("blank", {"gap": ["", ""]}, 0.0),
            Example("nothing sent", {}, 0.0),
            Example("one gap twice", {"gap": ["1-a", "1-b"]}, None),
            Example("unknown choice", {"gap": ["1-z"]}, None),
            Example("no such gap", {"gap": ["3-a"]}, None),
        )
