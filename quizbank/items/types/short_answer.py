"""Short answer: a few words are written. A response is the text as it was typed, its blanks made single."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizbank.items.content import Example, InvalidContent, InvalidResponse, MistypedResponse, Option, Part, Response
from quizbank.items.options import has_repeats, required_text, stem_problems, upgrade
from quizbank.items.texts import normalised

MAX_ANSWER, MAX_ACCEPTED = 200, 20


@dataclass(frozen=True)
class ShortAnswer:
    """``key`` lists every answer that counts as right, the first of them the one that is shown.

    What was typed is right when it says the same as one of them by quizbank.items.texts.normalised.
    """

    stem: str
    key: tuple[str, ...]
    rationale: str = ""

    type: ClassVar[str] = "short_answer"
    label: ClassVar[str] = "Short answer"
    schema: ClassVar[int] = 1
    field: ClassVar[str] = "text"

    @property
    def options(self) -> tuple[Option, ...]:
        return ()

    @property
    def prompts(self) -> tuple[Option, ...]:
        return ()

    @property
    def unit(self) -> str:
        return ""

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        given = fields.get(self.field, ())
        if len(given) > 1:
            raise InvalidResponse("This answer does not belong to this question.")
        text = " ".join("".join(given).split())
        if len(text) > MAX_ANSWER:
            raise MistypedResponse(f"This is too long. Answer in a few words, at most {MAX_ANSWER} characters.")
        if not text.isprintable():
            raise MistypedResponse("This holds characters that cannot be shown. Type the answer again.")
        return {"text": text} if text else {}

    def values(self, response: Response) -> tuple[str, ...]:
        return (response["text"],) if response else ()

    def right_response(self) -> Response:
        return {"text": self.key[0]}

    def is_answered(self, response: Response) -> bool:
        return bool(response)

    def grade(self, response: Response) -> float:
        return 1.0 if response and normalised(response["text"]) in map(normalised, self.key) else 0.0

    def summarise(self, response: Response) -> str:
        return str(response.get("text", ""))

    def parts(self, response: Response) -> tuple[Part, ...]:
        right = self.key[0] + (f" (also right: {'; '.join(self.key[1:])})" if self.key[1:] else "")
        return (Part("Answer", self.summarise(response), right, self.grade(response) == 1),)

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        return ()

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        return self

    def problems(self) -> list[str]:
        problems = stem_problems(self.stem)
        said = [normalised(text) for text in self.key]
        if not self.key or not all(said):
            problems.append("Write at least one right answer; each needs letters or digits.")
        if has_repeats(said):
            problems.append("Two right answers say the same: capitals, accents, hyphens and articles do not count.")
        if len(self.key) > MAX_ACCEPTED or any(len(text) > MAX_ANSWER for text in self.key):
            problems.append(f"Keep to {MAX_ACCEPTED} right answers of at most {MAX_ANSWER} characters.")
        if not self.rationale.strip():
            problems.append("Explain why this answer is right.")
        return problems

    def to_json(self) -> dict[str, Any]:
        accepted = [{"text": text} for text in self.key]
        return {"schema": self.schema, "stem": self.stem, "accepted": accepted, "rationale": self.rationale}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        stored = upgrade(stored, cls.schema)
        accepted = stored.get("accepted")
        if not isinstance(accepted, list) or not all(isinstance(row, Mapping) for row in accepted):
            raise InvalidContent("The right answers are damaged.")
        key = tuple(required_text(row, "text") for row in accepted)
        return cls(required_text(stored, "stem"), key, required_text(stored, "rationale"))

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        content = cls(
            "Which drug reverses the anticoagulant effect of unfractionated heparin?",
            ("Protamine", "Protamine sulfate", "Protamine sulphate"),
            "Protamine is positively charged and binds heparin into a complex without effect.",
        )
        return content, (
            Example("right", {"text": ["Protamine"]}, 1.0),
            Example("right in other letters", {"text": ["  the  PROTAMINE-sulphate. "]}, 1.0),
            Example("wrong", {"text": ["Vitamin K"]}, 0.0),
            Example("only a part", {"text": ["Prot"]}, 0.0),
            Example("blank", {}, 0.0),
            Example("only spaces", {"text": ["  "]}, 0.0),
            Example("too long", {"text": ["protamine " * 21]}, None),
            Example("unprintable", {"text": ["prota\u202emine"]}, None),
            Example("two answers", {"text": ["Protamine", "Heparin"]}, None),
        )
