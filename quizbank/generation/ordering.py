"""A candidate and the place its key is to take in; its options in the order they are offered out."""

import random
import re

from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.sizes import size_of


def ordered_options(candidate: Candidate, place: int, rng: random.Random) -> list[Choice]:
    """Return numbers and classes in ascending order, other lettered options shuffled with the key at its place."""
    if candidate.ordered:
        return sorted(candidate.options, key=_rank)
    others = list(candidate.distractors)
    rng.shuffle(others)
    if candidate.type == "multiple_response":
        both = [*candidate.keys, *others]
        rng.shuffle(both)
        return both
    return [*others[:place], *candidate.keys, *others[place:]]


def _rank(choice: Choice) -> tuple[float, str]:
    size = size_of(choice.text)
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", choice.text)]
    roman = re.search(r"\b([IVX]+)[A-Ca-c]?$", choice.text)
    if size:
        return (size.value, choice.text)
    if not numbers and roman:
        return (float(ROMAN.index(roman[1])) if roman[1] in ROMAN else 99.0, choice.text)
    return (numbers[0] if numbers else 0.0, choice.text)


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
