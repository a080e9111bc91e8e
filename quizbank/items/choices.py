"""What the item types with lettered options share: reading chosen ids, saying them in words, checking options."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from quizbank.items.content import InvalidResponse, Option, Response
from quizbank.items.options import OptionContent, has_repeats, stem_problems, text_problems
from quizbank.items.series import runs_in_order

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
    problems = stem_problems(stem)
    if len(options) < MIN_OPTIONS:
        problems.append(f"Give at least {MIN_OPTIONS} options.")
    if len(options) > MAX_OPTIONS:
        problems.append(f"Keep at most {MAX_OPTIONS} options.")
    problems += text_problems(options, "option")
    if has_repeats([option.id for option in options]) or has_repeats(key) or not set(key) <= {o.id for o in options}:
        problems.append("Mark the right answer among the options.")
    if any(not option.rationale.strip() for option in options):
        problems.append("Say for every option why it is right or wrong.")
    return problems


@dataclass(frozen=True)
class ChoiceContent(OptionContent):
    """The content of every choice type: lettered options, of which some are right."""

    field: ClassVar[str] = "choice"

    def values(self, response: Response) -> tuple[str, ...]:
        return chosen(response)

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        shuffled = super().shuffled_options(rng)
        if runs_in_order([option.text for option in self.options]):
            return tuple(option.id for option in self.options)
        return shuffled

    def right_response(self) -> Response:
        return {"choice": [option.id for option in self.options if option.id in self.key]}

    def summarise(self, response: Response) -> str:
        return summarise_choices(response, self.options)
