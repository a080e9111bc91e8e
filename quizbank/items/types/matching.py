"""Matching: each prompt gets one of the options. A response says which option each prompt was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from quizbank.items.content import Example, InvalidResponse, Option, Part, Response
from quizbank.items.options import (
    OptionContent,
    has_repeats,
    options_from_json,
    options_to_json,
    stem_problems,
    text_problems,
)
from quizbank.items.partial_credit import matched_fraction

MIN_PROMPTS, MAX_PROMPTS, MAX_OPTIONS = 3, 8, 10


@dataclass(frozen=True)
class Matching(OptionContent):
    """``key`` names the right option of each prompt, in the order of the prompts; options may be left over.

    The fraction follows quizbank.items.partial_credit.matched_fraction. A learner may give one option to two prompts:
    that is wrong at least once, and refusing it would make every change of mind a matter of two steps.
    """

    prompts: tuple[Option, ...] = ()

    type: ClassVar[str] = "matching"
    label: ClassVar[str] = "Matching"
    field: ClassVar[str] = "match"

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        given = [value.partition(":")[::2] for value in fields.get(self.field, ()) if value]
        prompts, options = {prompt.id for prompt in self.prompts}, {option.id for option in self.options}
        if has_repeats([prompt for prompt, _ in given]) or not all(p in prompts and o in options for p, o in given):
            raise InvalidResponse("This answer does not belong to this question.")
        pairs = dict(given)
        return {"match": {one.id: pairs[one.id] for one in self.prompts if one.id in pairs}} if pairs else {}

    def values(self, response: Response) -> tuple[str, ...]:
        return tuple(f"{prompt}:{option}" for prompt, option in response.get("match", {}).items())

    def right_response(self) -> Response:
        return {"match": {prompt.id: option for prompt, option in zip(self.prompts, self.key, strict=False)}}

    def is_answered(self, response: Response) -> bool:
        return len(response.get("match", {})) == len(self.prompts)

    def grade(self, response: Response) -> float:
        return matched_fraction(response.get("match", {}), self.right_response()["match"])

    def summarise(self, response: Response) -> str:
        return "; ".join(f"{part.asked} → {part.given}" for part in self.parts(response) if part.given)

    def parts(self, response: Response) -> tuple[Part, ...]:
        options = {option.id: option for option in self.options}
        given, right = response.get("match", {}), self.right_response()["match"]
        pairs = [
            (prompt, given.get(prompt.id), options[right[prompt.id]]) for prompt in self.prompts if prompt.id in right
        ]
        return tuple(
            Part(
                prompt.text,
                options[chosen].text if chosen else "",
                answer.text,
                chosen == answer.id,
                " ".join(filter(None, (prompt.rationale, answer.rationale))),
            )
            for prompt, chosen, answer in pairs
        )

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        renamed = super().with_ids(ids)
        return replace(renamed, prompts=tuple(replace(prompt, id=ids[prompt.id]) for prompt in self.prompts))

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        if not MIN_PROMPTS <= len(self.prompts) <= MAX_PROMPTS:
            problems.append(f"Give {MIN_PROMPTS} to {MAX_PROMPTS} pairs.")
        if len(self.options) > MAX_OPTIONS:
            problems.append(f"Keep at most {MAX_OPTIONS} answers to choose from.")
        problems += text_problems(self.prompts, "left side")
        problems += text_problems(self.options, "answer")
        known = [option.id for option in self.options]
        ids = [*known, *(prompt.id for prompt in self.prompts)]
        if (
            len(self.key) != len(self.prompts)
            or has_repeats(self.key)
            or has_repeats(ids)
            or not set(self.key) <= {*known}
        ):
            problems.append("Give every left side an answer of its own.")
        if not self.rationale.strip() and any(not option.rationale.strip() for option in self.options):
            problems.append("Say why each pair belongs together, or explain all of them below.")
        return problems

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "prompts": options_to_json(self.prompts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return replace(super().from_json(stored), prompts=options_from_json(stored.get("prompts", ())))

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Match each nerve with the movement it makes possible.",
            (
                Option("a", "Abduction of the fingers", "The interossei."),
                Option("b", "Extension of the wrist", "The extensors of the forearm."),
                Option("c", "Opposition of the thumb", "The thenar muscles."),
                Option("d", "Flexion of the elbow", "Left over: this is the musculocutaneous nerve."),
            ),
            ("b", "c", "a"),
            "",
            (Option("p", "Radial nerve"), Option("q", "Median nerve"), Option("r", "Ulnar nerve")),
        )
        return content, (
            Example("right", {"match": ["q:c", "p:b", "r:a"]}, 1.0),
            Example("partly right", {"match": ["p:b", "q:a", "r:c"]}, 1 / 3),
            Example("half filled", {"match": ["p:b", "", "r:a"]}, 2 / 3),
            Example("one option for all", {"match": ["p:a", "q:a", "r:a"]}, 1 / 3),
            Example("wrong", {"match": ["p:a", "q:b", "r:c"]}, 0.0),
            Example("blank", {"match": ["", "", ""]}, 0.0),
            Example("nothing sent", {}, 0.0),
            Example("unknown prompt", {"match": ["z:a"]}, None),
            Example("unknown option", {"match": ["p:z"]}, None),
            Example("no pair", {"match": ["a"]}, None),
            Example("a prompt twice", {"match": ["p:a", "p:b"]}, None),
        )
