"""How an activity is taken, as data: modes, layouts and levels of feedback by name; labels for educators come out.

Exam and study run on one engine: study only adds that a question may be checked before the attempt is submitted.
"""

from enum import IntEnum

EXAM, STUDY = "exam", "study"
MODES = {
    EXAM: "Exam: feedback after submitting",
    STUDY: "Study: each question can be checked once it is answered",
}

EITHER, SINGLE, PAGE = "either", "single", "page"
LAYOUTS = {
    EITHER: "Learners choose",
    SINGLE: "One question at a time",
    PAGE: "All questions on one page",
}

MAX_MINUTES = 1_440
"""The longest time limit, and the most extra time: a day."""


class Level(IntEnum):
    """How much of an item may be seen; every level includes those before it."""

    NOTHING = 0
    SCORE = 1
    MARKS = 2
    KEY = 3
    REASONS = 4
    SOURCE = 5


FEEDBACK = {
    "score": "Only the score",
    "marks": "Which answers were right or wrong",
    "key": "The right answers too",
    "reasons": "Why each option is right or wrong too",
    "source": "Everything, with the sentence it comes from",
}
"""What may be chosen for a phase, from the least to the most."""


def level(name: str) -> Level:
    """Return the level of a stored name."""
    return Level[name.upper()]
