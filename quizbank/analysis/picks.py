"""What learners of each third answered to one item: option by option, or the commonest answers where there are none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from quizbank.analysis.sittings import Given
from quizbank.analysis.thirds import THIRDS, UPPER
from quizbank.items.content import ItemContent

NO_ANSWER = "No answer"
SHOWN_ANSWERS = 8
RIGHT = 1 - 1e-9


@dataclass(frozen=True)
class Pick:
    """How many learners gave one answer. ``counts`` are those of the lower, middle and upper third.

    ``letter`` is the option's, "" for an answer without one; ``is_option`` says that an author wrote it.
    """

    letter: str
    text: str
    is_key: bool
    is_option: bool
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many gave it."""
        return sum(self.counts)

    @property
    def upper(self) -> int:
        """Return how many of the upper third gave it."""
        return self.counts[UPPER]


@dataclass(frozen=True)
class Picks:
    """All answers to one item; ``sizes`` are how many learners of each third were asked it."""

    picks: tuple[Pick, ...]
    sizes: tuple[int, ...]

    @property
    def n(self) -> int:
        """Return how many were asked."""
        return sum(self.sizes)


def picks_of(content: ItemContent, given: Sequence[Given], third: Sequence[int]) -> Picks:
    """Return the answers to an item; ``third`` says for each response which third its learner belongs to."""
    sizes = _by_third(third)
    rows = _options(content, given, third) if is_lettered(content) else _answers(content, given, third)
    blank = _by_third([t for one, t in zip(given, third, strict=True) if not one.response])
    if any(blank):
        rows = [*rows, Pick("", NO_ANSWER, False, False, blank)]
    return Picks(tuple(rows), sizes)


def is_lettered(content: ItemContent) -> bool:
    """Return whether an answer is a choice of lettered options."""
    return bool(content.options) and not content.parts({})


def _options(content: ItemContent, given: Sequence[Given], third: Sequence[int]) -> list[Pick]:
    chosen = [(set(content.values(one.response)), t) for one, t in zip(given, third, strict=True)]
    return [
        Pick(
            letter,
            option.text,
            option.id in content.key,
            True,
            _by_third([t for ids, t in chosen if option.id in ids]),
        )
        for letter, option in zip(ascii_uppercase, content.options, strict=False)
    ]


def _answers(content: ItemContent, given: Sequence[Given], third: Sequence[int]) -> list[Pick]:
    """Return the commonest answers in words, the right ones first."""
    words = [content.summarise(one.response) for one in given]
    right = {text for text, one in zip(words, given, strict=True) if one.fraction >= RIGHT}
    common = Counter(text for text in words if text)
    ordered = sorted(common, key=lambda text: (text not in right, -common[text], text))[:SHOWN_ANSWERS]
    placed = list(zip(words, third, strict=True))
    return [Pick("", text, text in right, False, _by_third([t for w, t in placed if w == text])) for text in ordered]


def _by_third(third: Sequence[int]) -> tuple[int, ...]:
    return tuple(sum(t == place for t in third) for place in range(len(THIRDS)))
