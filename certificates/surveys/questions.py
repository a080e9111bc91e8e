"""The questions of a survey: rows as an administrator types them, or stored JSON, go in; questions or what is wrong come out.

A question has an id of its own that later versions of the survey keep, and so has each choice: answers name them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

LIKERT, CHOICE, CHOICES, TEXT = "likert", "choice", "choices", "text"
KINDS: Mapping[str, str] = {
    LIKERT: "Agreement, on a scale of five",
    CHOICE: "One of several choices",
    CHOICES: "Any of several choices",
    TEXT: "Free text",
}
SCHEMA = 1
MAX_QUESTIONS, MAX_CHOICES = 40, 12
MAX_TEXT, MAX_CHOICE_TEXT = 300, 150


@dataclass(frozen=True)
class Choice:
    """One choice of a question."""

    id: str
    text: str


AGREEMENT = (
    Choice("5", "Strongly agree"),
    Choice("4", "Agree"),
    Choice("3", "Neutral"),
    Choice("2", "Disagree"),
    Choice("1", "Strongly disagree"),
)


@dataclass(frozen=True)
class Question:
    """One question of a survey. ``choices`` are those of the kinds that have some of their own."""

    id: str
    kind: str
    text: str
    required: bool = True
    choices: tuple[Choice, ...] = ()

    @property
    def answers(self) -> tuple[Choice, ...]:
        """Return what can be chosen, nothing for free text."""
        return AGREEMENT if self.kind == LIKERT else self.choices


@dataclass(frozen=True)
class Row:
    """A question as an administrator types it; ``choices`` one per line, ``place`` where it shall stand (None = last)."""

    id: str
    kind: str
    text: str
    required: bool
    choices: str = ""
    place: int | None = None


FIRST = (
    Question("objectives_met", LIKERT, "The activity met its stated learning objectives."),
    Question("knowledge", LIKERT, "It changed what I know or how well I can do my work."),
    Question("practice", LIKERT, "I will change something in my practice because of it."),
    Question("balanced", LIKERT, "The content was balanced, evidence-based and free of commercial bias."),
    Question("change", TEXT, "What will you do differently, or what was missing?", required=False),
)
"""The survey that comes with the program, and that everybody answered before there were others."""


def questions_of(rows: Sequence[Row], earlier: Sequence[Question], taken: Collection[str]) -> tuple[Question, ...]:
    """Return the questions that rows describe, in their order; rows without a text are left out.

    ``earlier`` are those of the version before: what is meant by the same id keeps it, and a choice whose text is the
    same keeps its own. ``taken`` are all ids the survey ever had; a new question gets another one.
    """
    known = {question.id: question for question in earlier}  # each is taken once, whatever was posted
    fresh = (f"q{number}" for number in count(1) if f"q{number}" not in taken)
    filled = [row for row in rows if row.text.strip()]
    ordered = sorted(filled, key=lambda row: row.place if row.place is not None else len(rows) + 1_000)
    found = []
    for row in ordered:
        before = known.pop(row.id, None)
        same = before if before is not None and before.kind == row.kind else None
        found.append(
            Question(
                same.id if same else next(fresh),
                row.kind,
                " ".join(row.text.split()),
                row.required,
                choices_of(row.choices, same.choices if same else ()) if row.kind in (CHOICE, CHOICES) else (),
            )
        )
    return tuple(found)


def choices_of(lines: str, earlier: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return one choice per filled line; one whose text stood there before keeps its id."""
    kept = {choice.text: choice.id for choice in earlier}
    fresh = (f"c{number}" for number in count(1) if f"c{number}" not in kept.values())
    texts = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    return tuple(Choice(kept.get(text) or next(fresh), text) for text in texts)


def problems(questions: Sequence[Question]) -> list[str]:
    """Return a sentence for everything that keeps a survey from being asked."""
    if not questions:
        return ["A survey asks at least one question."]
    if len(questions) > MAX_QUESTIONS:
        return [f"A survey has room for {MAX_QUESTIONS} questions; this one has {len(questions)}."]
    found = [words for question in questions for words in problems_of(question)]
    texts = [question.text.casefold() for question in questions]
    if len(set(texts)) < len(texts):
        found.append("Two questions are the same.")
    return found


def problems_of(question: Question) -> list[str]:
    """Return what is wrong with one question."""
    if question.kind not in KINDS:
        return [f"“{question.text}”: choose what is asked for."]
    found = []
    if len(question.text) > MAX_TEXT:
        found.append(f"“{question.text[:60]}…” is longer than {MAX_TEXT} characters.")
    if question.kind in (CHOICE, CHOICES):
        texts = [choice.text.casefold() for choice in question.choices]
        if not 2 <= len(texts) <= MAX_CHOICES:
            found.append(f"“{question.text}”: give 2 to {MAX_CHOICES} choices, one per line.")
        if len(set(texts)) < len(texts):
            found.append(f"“{question.text}”: two choices are the same.")
        if any(len(text) > MAX_CHOICE_TEXT for text in texts):
            found.append(f"“{question.text}”: a choice has at most {MAX_CHOICE_TEXT} characters.")
    return found


def questions_to_json(questions: Sequence[Question]) -> dict[str, Any]:
    """Return questions as plain JSON values."""
    return {"schema": SCHEMA, "questions": [asdict(question) for question in questions]}


def questions_from_json(stored: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return stored questions; raises ValueError for a schema this program does not know."""
    if stored.get("schema") != SCHEMA:
        raise ValueError(f"This survey has schema {stored.get('schema')!r}; this program reads schema {SCHEMA}.")
    return tuple(
        Question(**{**given, "choices": tuple(Choice(**choice) for choice in given["choices"])})
        for given in stored["questions"]
    )
