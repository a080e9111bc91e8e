"""A candidate and its options in the order they are offered in; the content of its item type out."""

import random
from collections.abc import Callable, Mapping, Sequence

from quizbank.generation.candidates import Candidate, Choice
from quizbank.items.content import ItemContent, Option
from quizbank.items.types import Matching, MultipleResponse, Numeric, Ordering, SingleBestAnswer, TrueFalse

LETTERS = "abcdefghij"


def content_of_candidate(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    """Return what a candidate asks, its options lettered in the order given."""
    return WRITERS[candidate.type](candidate, options)


def offered_options(candidate: Candidate, rng: random.Random) -> list[Choice]:
    """Return the options of a type that has no lettered ones, in an order that tells nothing; none for a number."""
    if candidate.type == Numeric.type:
        return []
    if candidate.type == TrueFalse.type:
        return sorted(candidate.options, key=lambda choice: choice.text, reverse=True)
    shuffled = rng.sample(candidate.options, len(candidate.options))
    while candidate.type == Ordering.type and tuple(shuffled) == candidate.keys and len(shuffled) > 1:
        rng.shuffle(shuffled)
    return shuffled


def lettered(options: Sequence[Choice], letters: Sequence[str] = LETTERS) -> tuple[Option, ...]:
    """Return options with letters for ids, in the order given."""
    return tuple(
        Option(letter, choice.text, choice.rationale) for letter, choice in zip(letters, options, strict=False)
    )


def right_ids(candidate: Candidate, options: Sequence[Choice]) -> tuple[str, ...]:
    """Return the letters of the keys, in the order of the keys."""
    return tuple(LETTERS[options.index(choice)] for choice in candidate.keys)


def single_best_answer(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    key = tuple(sorted(right_ids(candidate, options)))
    return SingleBestAnswer(candidate.stem, lettered(options), key, candidate.rationale)


def multiple_response(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    key = tuple(sorted(right_ids(candidate, options)))
    return MultipleResponse(candidate.stem, lettered(options), key, candidate.rationale)


def true_false(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    """The options have the texts True and False; their ids are the texts in small letters."""
    key = tuple(choice.text.lower() for choice in candidate.keys)
    both = lettered(options, [choice.text.lower() for choice in options])
    return TrueFalse(candidate.stem, both, key, candidate.rationale)


def numeric(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    """The only key is the number; a range that is not given holds that number alone."""
    value = candidate.keys[0].text
    low, high = candidate.low or value, candidate.high or value
    return Numeric(candidate.stem, value, low, high, candidate.unit, candidate.rationale)


def matching(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    """The keys are the right options of the prompts, one each, in the order of the prompts."""
    prompts = lettered(candidate.prompts, [f"p{number}" for number in range(1, len(candidate.prompts) + 1)])
    key = right_ids(candidate, options)
    return Matching(candidate.stem, lettered(options), key, candidate.rationale, prompts)


def ordering(candidate: Candidate, options: Sequence[Choice]) -> ItemContent:
    """The keys are the steps in their right order."""
    return Ordering(candidate.stem, lettered(options), right_ids(candidate, options), candidate.rationale)


WRITERS: Mapping[str, Callable[[Candidate, Sequence[Choice]], ItemContent]] = {
    SingleBestAnswer.type: single_best_answer,
    MultipleResponse.type: multiple_response,
    TrueFalse.type: true_false,
    Numeric.type: numeric,
    Matching.type: matching,
    Ordering.type: ordering,
}
