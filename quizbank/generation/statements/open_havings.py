"""A plain clause goes in; what somebody or something has, should have, comes from or does NOT do comes out as a question."""

import re

from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.open_wording import EMPTY, PERSONS, opening_behind, words_behind
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import base_form

_FEWEST_COMMAS = 2  # of what reads as a list of features


def ask_features(clause: Clause, passage: Passage) -> Asked | None:
    """Children have curly hair, full lips, a wide mouth and loose skin → What do children have?"""
    said, start = words_behind(clause)
    if clause.operator not in ("has", "have") or clause.verb or said.count(",") < _FEWEST_COMMAS:
        return None
    if re.match(r"(?:been|become|had|not|no|to|\w+ed)\b", said) or EMPTY.fullmatch(clause.subject_words):
        return None
    do = "does" if clause.operator == "has" else "do"
    key = (start, clause.rest_span[1])
    return Asked(f"What {do} {clause.subject_words} have{opening_behind(clause)}?", key, "features", 3)


_OWED = re.compile(r"(?P<verb>have|undergo|receive|carry|wear|take|avoid) (?=\S+ \S+)")


def ask_owed(clause: Clause, passage: Passage) -> Asked | None:
    """First-degree relatives should have an electrocardiogram → What should first-degree relatives have?"""
    said, start = words_behind(clause)
    found = _OWED.match(said)
    if not found or clause.verb or clause.operator not in ("should", "must") or EMPTY.fullmatch(clause.subject_words):
        return None
    if clause.subject_words in ("patients", "the patient", "people"):
        return None
    cut = (start + found.end(), clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, "owed", 3)


def ask_origin(clause: Clause, passage: Passage) -> Asked | None:
    """Confirmation comes from sequencing → What does confirmation come from?"""
    said, start = words_behind(clause)
    if base_form(clause.verb) != "come" or not said.startswith("from ") or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    question = clause.asked("What", cut).rstrip("?")
    return Asked(f"{question} from?", (start + len("from "), cut[1]), "origin", 3)


_UNDONE = re.compile(
    r"not (?P<verb>prevent|improve|affect|cross|cause|reduce|lower|slow|require|need|exclude|cover|protect against|inhibit|"
    r"treat|cure|change|alter|shorten|prolong|increase|raise|impair|predict|replace) (?=\S{4,})"
)


def ask_undone(clause: Clause, passage: Passage) -> Asked | None:
    """Platelet transfusion does not prevent hemorrhage → What does platelet transfusion NOT prevent?"""
    said, start = words_behind(clause)
    found = _UNDONE.match(said)
    if not found or clause.verb or clause.operator not in ("does", "do", "may", "can"):
        return None
    if PERSONS.fullmatch(clause.subject_words) or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.end(), clause.rest_span[1])
    return Asked(clause.asked("What", cut).replace(" not ", " NOT ", 1), cut, "undone", 3)


HAVINGS = (ask_features, ask_owed, ask_origin)
NEGATIVE_HAVINGS = (ask_undone,)
