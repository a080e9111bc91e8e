"""What the item types with options share, lettered or not: checking texts and ids, fresh ids, JSON."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from quizbank.items.content import InvalidContent, Option, Part, Response

MAX_STEM = 1_000
MAX_OPTION = 500


def stem_problems(stem: str) -> list[str]:
    """Return what is wrong with the words of a question."""
    problems = []
    if not stem.strip():
        problems.append("Write the question.")
    if len(stem) > MAX_STEM:
        problems.append(f"Shorten the question to {MAX_STEM} characters.")
    return problems


def text_problems(options: Sequence[Option], one: str) -> list[str]:
    """Return what is wrong with the texts of options; ``one`` is what the type calls an option."""
    problems = []
    if any(not option.text.strip() for option in options):
        problems.append(f"Fill in every {one} or remove it.")
    if any(len(option.text) > MAX_OPTION for option in options):
        problems.append(f"Shorten every {one} to {MAX_OPTION} characters.")
    if len({option.text.strip().casefold() for option in options}) < len(options):
        problems.append(f"Two {one}s say the same.")
    return problems


def has_repeats(ids: Sequence[str]) -> bool:
    """Return whether an id stands there twice."""
    return len(set(ids)) < len(ids)


def options_to_json(options: Sequence[Option]) -> list[dict[str, str]]:
    """Return options as plain JSON, in order."""
    return [{"id": option.id, "text": option.text, "rationale": option.rationale} for option in options]


def options_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Read what options_to_json wrote; raises InvalidContent."""
    try:
        return tuple(Option(str(row["id"]), str(row["text"]), str(row.get("rationale", ""))) for row in stored)
    except (TypeError, KeyError, AttributeError) as error:
        raise InvalidContent("The options are damaged.") from error


def required_text(stored: Mapping[str, Any], name: str) -> str:
    """Return a text field of stored content; raises InvalidContent when it is missing or no text."""
    value = stored.get(name)
    if not isinstance(value, str):
        raise InvalidContent(f"The field {name!r} is missing.")
    return value


def key_from_json(stored: object) -> tuple[str, ...]:
    """Return the ids of the right options of stored content; raises InvalidContent."""
    if not isinstance(stored, list) or not all(isinstance(option_id, str) for option_id in stored):
        raise InvalidContent("The key is damaged.")
    return tuple(stored)


def upgrade(stored: Mapping[str, Any], schema: int) -> Mapping[str, Any]:
    """Bring stored content of an older schema to the present one; raises InvalidContent for one it cannot read."""
    if not isinstance(stored, Mapping) or stored.get("schema") != schema:
        raise InvalidContent("This item was written by another version of the program.")
    return stored


@dataclass(frozen=True)
class OptionContent:
    """Stem, options, the key among their ids and a rationale, with what most types do with them."""

    stem: str
    options: tuple[Option, ...]
    key: tuple[str, ...]
    rationale: str = ""

    schema: ClassVar[int] = 1

    @property
    def prompts(self) -> tuple[Option, ...]:
        return ()

    @property
    def unit(self) -> str:
        return ""

    def is_answered(self, response: Response) -> bool:
        return bool(response)

    def parts(self, response: Response) -> tuple[Part, ...]:
        return ()

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        ids = [option.id for option in self.options]
        rng.shuffle(ids)
        return tuple(ids)

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        options = tuple(replace(option, id=ids[option.id]) for option in self.options)
        return replace(self, options=options, key=tuple(ids[option_id] for option_id in self.key))

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": self.schema,
            "stem": self.stem,
            "options": options_to_json(self.options),
            "key": list(self.key),
            "rationale": self.rationale,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        stored = upgrade(stored, cls.schema)
        return cls(
            required_text(stored, "stem"),
            options_from_json(stored.get("options", ())),
            key_from_json(stored.get("key")),
            required_text(stored, "rationale"),
        )
