"""What a learner sees of an item: as it is asked nothing of the key, as it is reviewed as much as visibility allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from quizbank.activities.modes import Level
from quizbank.attempts.log import Marks, Slot
from quizbank.documents.passage import Passage
from quizbank.items.content import ItemContent, Part, Response

NO_MARKS = Marks()


@dataclass(frozen=True)
class Choice:
    """An option as it is asked: nothing here depends on the key."""

    id: str
    letter: str
    text: str
    is_chosen: bool
    is_struck: bool = False


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


NOTHING_MISTYPED: Mapping[int, Mistyped] = {}


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
    """An item as it is reviewed. ``fraction`` is 0-1.

    Lettered options are reviewed one by one in ``choices``, everything else in ``parts``; ``answer`` is the response in
    words. What the level does not show is not in here: no option is a key, there are no parts (their order may be the
    answer), reasons are "", the passage is None. ``correction`` is why it was judged anew, "" when it was not.
    """

    number: int
    stem: str
    level: Level
    fraction: float
    answer: str
    choices: tuple[ReviewedChoice, ...]
    parts: tuple[Part, ...]
    rationale: str
    passage: Passage | None
    objective: str = ""
    confidence: int | None = None
    correction: str = ""

    @property
    def shows_key(self) -> bool:
        """Return whether the right answers are in here."""
        return self.level >= Level.KEY


@dataclass(frozen=True)
class Standing:
    """How far an item is, as the navigator shows it."""

    number: int
    is_answered: bool
    is_begun: bool
    is_checked: bool
    is_flagged: bool

    @property
    def progress(self) -> str:
        """Return how far the answer is, in words."""
        if self.is_checked:
            return "checked"
        return "answered" if self.is_answered else "partly answered" if self.is_begun else "not answered"


@dataclass(frozen=True)
class Question:
    """An item as it is asked. ``given`` is what its field holds, ``answer`` the saved response in words.

    ``problem`` says why what stands in the field cannot be read, "" when it can. ``confidence`` is 1-3, None when not said.
    ``can_check`` tells that its answer may be checked before submission (study mode), ``is_checked`` that it was,
    ``is_practice`` that it is asked once more after that; ``can_flag`` that it may be flagged and options ruled out.
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
    is_flagged: bool = False
    confidence: int | None = None
    asks_confidence: bool = False
    can_check: bool = False
    is_checked: bool = False
    is_practice: bool = False
    can_flag: bool = True

    def asked_again(self) -> "Question":
        """Return the question blank, for practice: nothing of it counts or is marked."""
        choices = tuple(replace(choice, is_chosen=False, is_struck=False) for choice in self.choices)
        return replace(self, choices=choices, given=(), is_practice=True, asks_confidence=False)


@dataclass(frozen=True)
class ObjectiveScore:
    """How an attempt did on one objective: percent of its marks."""

    text: str
    score: float


def first_unanswered(standings: Sequence[Standing]) -> int:
    """Return the number of the first item without an answer, the last one when all have one."""
    return next((one.number for one in standings if not one.is_answered), len(standings))


def question(
    slot: Slot,
    content: ItemContent,
    response: Response,
    mistyped: Mistyped | None = None,
    marks: Marks = NO_MARKS,
    asks_confidence: bool = False,
    can_flag: bool = True,
) -> Question:
    """Return an item as it is asked, options in the attempt's own order; what was mistyped stands in its field."""
    texts = {option.id: option.text for option in content.options}
    given = mistyped.values if mistyped else content.values(response)
    choices = tuple(
        Choice(option_id, letter, texts[option_id], option_id in given, option_id in marks.struck)
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
        marks.flagged,
        marks.confidence,
        asks_confidence,
        can_flag=can_flag,
    )


def item_feedback(
    slot: Slot,
    content: ItemContent,
    response: Response,
    fraction: float,
    level: Level,
    passage: Passage | None = None,
) -> ItemFeedback:
    """Return an item as it is reviewed at a level, MARKS or more; options in the order they were asked."""
    options = {option.id: option for option in content.options}
    given, parts = content.values(response), content.parts(response)
    shows_key, shows_reasons = level >= Level.KEY, level >= Level.REASONS
    choices = tuple(
        ReviewedChoice(
            letter,
            options[i].text,
            i in given,
            shows_key and i in content.key,
            options[i].rationale if shows_reasons else "",
        )
        for letter, i in zip(ascii_uppercase, () if parts else slot.order, strict=False)
    )
    return ItemFeedback(
        slot.number,
        content.stem,
        level,
        fraction,
        content.summarise(response),
        choices,
        tuple(part if shows_reasons else replace(part, reason="") for part in parts if shows_key),
        content.rationale if shows_reasons else "",
        passage if level >= Level.SOURCE else None,
    )


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
