"""What the item types with lettered options share: reading chosen ids, checking options, JSON for options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizbank.items.content import InvalidContent, InvalidResponse, Option, Response

MAX_STEM = 1_000
MAX_OPTION = 500
MIN_OPTIONS, MAX_OPTIONS = 3, 8


def parse_choices(fields: Mapping[str, Sequence[str]], options: Sequence[Option], at_most: int) -> Response:
    """Read the field ``choice`` into ``{"choice": [ids]}`` in the item's own order; raises InvalidResponse."""
    given = [value for value in fields.get("choice", ()) if value]
    known = [option.id for option in options]
    if len(set(given)) != len(given) or not set(given) <= set(known):
        raise InvalidResponse("This answer does not belong to this question.")
    if len(given) > at_most:
        raise InvalidResponse("Choose one answer only.")
    return {"choice": [option_id for option_id in known if option_id in given]} if given else {}


def chosen(response: Response) -> tuple[str, ...]:
    """Return the chosen option ids of a response, () when blank."""
    return tuple(response.get("choice", ()))


def summarise_choices(response: Response, options: Sequence[Option]) -> str:
    """Return the texts of the chosen options, joined for one table cell."""
    texts = {option.id: option.text for option in options}
    return "; ".join(texts[option_id] for option_id in chosen(response))


def option_problems(stem: str, options: Sequence[Option], key: Sequence[str]) -> list[str]:
    """Return what is missing in stem, options and rationales of an item with lettered options."""
    problems = []
    if not stem.strip():
        problems.append("Write the question.")
    if len(stem) > MAX_STEM:
        problems.append(f"Shorten the question to {MAX_STEM} characters.")
    if len(options) < MIN_OPTIONS:
        problems.append(f"Give at least {MIN_OPTIONS} options.")
    if len(options) > MAX_OPTIONS:
        problems.append(f"Keep at most {MAX_OPTIONS} options.")
    if any(not option.text.strip() for option in options):
        problems.append("Fill in every option or remove it.")
    if any(len(option.text) > MAX_OPTION for option in options):
        problems.append(f"Shorten every option to {MAX_OPTION} characters.")
    if len({option.text.strip().casefold() for option in options}) < len(options):
        problems.append("Two options say the same.")
    if has_repeats([option.id for option in options]) or has_repeats(key) or not set(key) <= {o.id for o in options}:
        problems.append("Mark the right answer among the options.")
    if any(not option.rationale.strip() for option in options):
        problems.append("Say for every option why it is right or wrong.")
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


@dataclass(frozen=True)
class ChoiceContent:
    """Stem, lettered options, the ids of the right ones and a rationale: the content of every choice type."""

    stem: str
    options: tuple[Option, ...]
    key: tuple[str, ...]
    rationale: str = ""

    schema: ClassVar[int] = 1

    def summarise(self, response: Response) -> str:
        return summarise_choices(response, self.options)

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
        stored = upgrade(stored)
        return cls(
            required_text(stored, "stem"),
            options_from_json(stored.get("options", ())),
            key_from_json(stored.get("key")),
            required_text(stored, "rationale"),
        )


def upgrade(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring stored content of an older schema to the present one; raises InvalidContent for one it cannot read."""
    if not isinstance(stored, Mapping) or stored.get("schema") != ChoiceContent.schema:
        raise InvalidContent("This item was written by another version of the program.")
    return stored
