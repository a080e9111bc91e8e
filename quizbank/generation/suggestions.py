"""A suggestion or item with its alternatives in; the options an author starts from, and what a person changed, out."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizbank.generation.candidates import Choice
from quizbank.generation.pipeline import GeneratedItem
from quizbank.items.content import ItemContent, Option

WRONG = 3
"""So many wrong options are filled in: three are usual, and more are seldom as good."""
ORIGINS = {
    "document": "from the document",
    "lexicon": "from the lexicon",
    "number": "another number",
    "model": "from the language model",
    "replaced": "was an option before",
}


class SwapRefused(ValueError):
    """The option cannot be swapped; the message says why."""


@dataclass(frozen=True)
class Prefill:
    """The options an author starts from: those kept, then further alternatives that are left out unless wanted."""

    kept: tuple[Option, ...]
    left_out: tuple[Option, ...]


def prefilled(content: ItemContent, alternatives: Sequence[Choice]) -> Prefill:
    """Fill a content up with its best alternatives, those that are proved first."""
    ranked = sorted(alternatives, key=lambda choice: bool(choice.warning))
    options = tuple(Option(f"more{n}", choice.text, choice.rationale) for n, choice in enumerate(ranked, start=1))
    missing = max(0, WRONG - sum(option.id not in content.key for option in content.options))
    return Prefill(content.options + options[:missing], options[missing:])


def options_of(item: GeneratedItem) -> tuple[Choice, ...]:
    """Return the wrong options of a generated item as the choices they were."""
    wrong = [option for option in item.content.options if option.id not in item.content.key]
    return tuple(Choice(one.text, one.rationale, None, item.origin_of(one.id)) for one in wrong)


def read_choices(stored: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """Read alternatives as choices_to_json wrote them."""
    return tuple(Choice(one["text"], one["rationale"], None, one["origin"], one["warning"]) for one in stored)


def choices_to_json(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """Return alternatives as plain JSON, in order."""
    return [
        {"text": one.text, "rationale": one.rationale, "origin": one.origin, "warning": one.warning} for one in choices
    ]


def traced(
    started: ItemContent, content: ItemContent, known: Sequence[Choice], was_edited: bool = False
) -> dict[str, Any]:
    """Return what provenance keeps of a person's work: what changed, the options of known origin, those left over."""
    wrong = {option.text for option in content.options if option.id not in content.key}
    taken = {option.text for option in content.options}
    gone = [option for option in started.options if option.text not in taken and option.id not in started.key]
    offered = {choice.text for choice in known}
    replaced = [Choice(one.text, one.rationale, None, "replaced") for one in gone if one.text not in offered]
    changed = changes(started, content)
    return {
        "changed": changed,
        "edited": was_edited or bool(changed),
        "options": choices_to_json([choice for choice in known if choice.text in wrong]),
        "alternatives": choices_to_json([choice for choice in (*known, *replaced) if choice.text not in taken]),
    }


def swapped(content: ItemContent, option_id: str, choice: Choice) -> ItemContent:
    """Return the content with a choice in the place of a wrong option; raises SwapRefused."""
    wrong = [option.id for option in content.options if option.id not in content.key]
    if option_id not in wrong:
        raise SwapRefused("Only a wrong option can be swapped. Reload the page to see how the item stands.")
    new = Option(secrets.token_hex(3), choice.text, choice.rationale)
    options = tuple(new if option.id == option_id else option for option in content.options)
    return replace(content, options=options)  # type: ignore[type-var]


def warnings_of(choices: Sequence[Choice]) -> dict[str, str]:
    """Return what nobody has proved, by the text of the option."""
    return {choice.text: choice.warning for choice in choices if choice.warning}


def answers(content: ItemContent) -> str:
    """Return what is right in an item without lettered options, in words; "" for the others."""
    return "; ".join(f"{part.asked}: {part.right}" for part in content.parts({}))


def changes(before: ItemContent, after: ItemContent) -> list[str]:
    """Return in words what a person changed, [] when nothing."""
    found = [] if before.stem == after.stem else [f"Question was “{before.stem}”."]
    old, new = ({option.id: option for option in content.options} for content in (before, after))
    found += [f"Left out “{option.text}”." for id, option in old.items() if id not in new]
    found += [f"Added “{option.text}”." for id, option in new.items() if id not in old]
    both = [(old[id], option) for id, option in new.items() if id in old]
    found += [f"“{one.text}” became “{other.text}”." for one, other in both if one.text != other.text]
    found += [f"Reason for “{other.text}” rewritten." for one, other in both if one.rationale != other.rationale]
    if answers(before) != answers(after):
        found.append(f"Right was “{answers(before)}”.")
    elif set(before.key) & set(new) != set(after.key) & set(old):
        found.append("Other right answers marked.")
    if before.rationale != after.rationale:
        found.append("Explanation rewritten.")
    return found
