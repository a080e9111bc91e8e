"""The results of one activity, as an accreditor asks for them: counts and answers go in, lines of a table come out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

Line = tuple[str, str, str, str]
HEADER: Line = ("Section", "What", "Measure", "Value")


@dataclass(frozen=True)
class Group:
    """Learners of one profession: how many started, passed, and claimed credit that stands."""

    profession: str
    started: int = 0
    passed: int = 0
    claimed: int = 0


@dataclass(frozen=True)
class ObjectiveResult:
    """How much of an objective's questions was right at the first attempt (percent), and of how many learners."""

    text: str
    items: int
    learners: int
    mean: float | None


@dataclass(frozen=True)
class Change:
    """Two means of the same learners (percent), before and after. ``label`` says of what."""

    label: str
    learners: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Answers:
    """How often each answer was given to one statement of the evaluation; ``choices`` is in the order of the form."""

    statement: str
    choices: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many answered."""
        return sum(self.choices.values())


@dataclass(frozen=True)
class CreditTotal:
    """Credit of one type: how many claims stand, and how much they come to."""

    label: str
    claims: int
    amount: Decimal


@dataclass(frozen=True)
class Results:
    """Everything an activity came to."""

    title: str
    groups: tuple[Group, ...]
    objectives: tuple[ObjectiveResult, ...]
    changes: tuple[Change, ...]
    evaluation: tuple[Answers, ...]
    credits: tuple[CreditTotal, ...]

    @property
    def total(self) -> Group:
        """Return all professions taken together."""
        return Group(
            "All",
            sum(group.started for group in self.groups),
            sum(group.passed for group in self.groups),
            sum(group.claimed for group in self.groups),
        )


def lines(results: Results) -> Iterator[Line]:
    """Yield the results as lines of one table, in the order of the page."""
    for group in (*results.groups, results.total):
        for name in ("started", "passed", "claimed"):
            yield "Learners", group.profession, name.capitalize(), str(getattr(group, name))
    for one in results.objectives:
        yield "Objectives", one.text, "Questions", str(one.items)
        yield "Objectives", one.text, "Learners", str(one.learners)
        yield "Objectives", one.text, "Right at the first attempt (%)", figure(one.mean)
    for change in results.changes:
        yield "Before and after", change.label, "Learners", str(change.learners)
        yield "Before and after", change.label, "Before (%)", figure(change.before)
        yield "Before and after", change.label, "After (%)", figure(change.after)
    for answers in results.evaluation:
        for choice, count in answers.choices.items():
            yield "Evaluation", answers.statement, choice, str(count)
    for credit in results.credits:
        yield "Credit", credit.label, "Claims", str(credit.claims)
        yield "Credit", credit.label, "Claimed in all", f"{credit.amount:.2f}"


def figure(number: float | None) -> str:
    """Return a mean to one decimal, "" for none."""
    return "" if number is None else f"{number:.1f}"
