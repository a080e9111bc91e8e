"""No option, and no statement to judge, holds an absolute or a vague term; no option is "all" or "none of the above"."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_TERMS = re.compile(
    r"\b(?:always|never|only|every(?! (?:\d|hour|day|week|month|year))|completely|totally|usually|often|sometimes|"
    r"occasionally|frequently|generally|rarely|typically|commonly|may|might|possibly|probably|all of|none of|"
    r"(?:both|neither) [A-E]\b|etc)\b",
    re.IGNORECASE,
)


def find(candidate: Candidate, context: Context) -> str:
    """Return the first absolute or vague term of an option or a statement."""
    if candidate.type == "true_false" and (found := _TERMS.search(candidate.stem)):
        return f"“{found[0]}” in the statement is absolute or vague."
    for choice in candidate.options:
        if found := _TERMS.search(choice.text):
            return f"“{found[0]}” in an option is absolute or vague."
    return ""


CHECK = Check(
    "vague_terms",
    "No absolute or vague term in the options.",
    find,
    EXAMPLE,
    variant(key="Usually irradiated tissue"),
    suggests=True,  # one word, which an author strikes out or answers for
)
