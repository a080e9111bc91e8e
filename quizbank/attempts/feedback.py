"""What a learner sees of an item: before submission the question only, afterwards the key, the reasons and the source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from quizbank.attempts.log import AttemptState, Slot
from quizbank.documents.passage import Passage
from quizbank.items.content import ItemContent, Part, Response


@dataclass(frozen=True)
class Choice:
    """An option as it is asked: nothing here depends on the key."""

    id: str
    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Prompt:
    """What an option is to be matched to."""

    id: str
    text: str


@dataclass(frozen=True)
class Mistyped:
    """Values of a field that cannot be read, and a sentence that says what to do."""

    values: tuple[str, ...]
    problem: str


@dataclass(frozen=True)
class Question:
    """An item as it is asked. ``given`` is what its field holds, ``answer`` the saved response in words.

    ``problem`` says why what stands in the field cannot be read, "" when it can.
    """

    number: int
    type: str
    label: str
    stem: str
    choices: tuple[Choice, ...]
    prompts: tuple[Prompt, ...]
    unit: str
    given: tuple[str, ...]
    answer: str
    is_answered: bool
    is_begun: bool
    problem: str = ""

    @property
    def progress(self) -> str:
        """Return how far the answer is, in words."""
        return "answered" if self.is_answered else "partly answered" if self.is_begun else "not answered"


@dataclass(frozen=True)
class ReviewedChoice:
    """An option as it is reviewed."""

    letter: str
    text: str
    is_chosen: bool
    is_key: bool
    rationale: str


@dataclass(frozen=True)
class ItemFeedback:
    """An item as it is reviewed after submission. ``fraction`` is 0-1.

    Lettered options are reviewed one by one in ``choices``, everything else in ``parts``.
    """

    number: int
    stem: str
    fraction: float
    choices: tuple[ReviewedChoice, ...]
    parts: tuple[Part, ...]
    rationale: str
    passage: Passage
    objective: str


@dataclass(frozen=True)
class ObjectiveScore:
    """How an attempt did on one objective: percent of its marks."""

    text: str
    score: float


def may_see_feedback(state: AttemptState) -> bool:
    """Return whether key, rationale, score and source may be shown: only after submission."""
    return state.submitted_at is not None and state.fractions is not None


def question(slot: Slot, content: ItemContent, response: Response, mistyped: Mistyped | None = None) -> Question:
    """Return an item as it is asked, options in the attempt's own order; what was mistyped stands in its field."""
    texts = {option.id: option.text for option in content.options}
    given = mistyped.values if mistyped else content.values(response)
    choices = tuple(
        Choice(option_id, letter, texts[option_id], option_id in given)
        for letter, option_id in zip(ascii_uppercase, slot.order, strict=False)
    )
    return Question(
        slot.number,
        content.type,
        content.label,
        content.stem,
        choices,
        tuple(Prompt(prompt.id, prompt.text) for prompt in content.prompts),
        content.unit,
        given,
        content.summarise(response),
        content.is_answered(response),
        bool(response),
        mistyped.problem if mistyped else "",
    )


def item_feedback(
    slot: Slot, content: ItemContent, response: Response, fraction: float, passage: Passage, objective: str
) -> ItemFeedback:
    """Return an item as it is reviewed, options in the order they were asked."""
    options = {option.id: option for option in content.options}
    given, parts = content.values(response), content.parts(response)
    choices = tuple(
        ReviewedChoice(letter, options[i].text, i in given, i in content.key, options[i].rationale)
        for letter, i in zip(ascii_uppercase, () if parts else slot.order, strict=False)
    )
    return ItemFeedback(slot.number, content.stem, fraction, choices, parts, content.rationale, passage, objective)


def objective_scores(
    slots: Sequence[Slot], fractions: Mapping[int, float], texts: Mapping[int, str]
) -> tuple[ObjectiveScore, ...]:
    """Return the score of every objective, in the order of ``texts`` (objective id to text)."""
    found = []
    for objective_id, text in texts.items():
        own = [slot for slot in slots if slot.objective_id == objective_id]
        if own:
            weight = sum(slot.weight for slot in own)
            earned = sum(slot.weight * fractions[slot.number] for slot in own)
            found.append(ObjectiveScore(text, 100 * earned / weight))
    return tuple(found)
