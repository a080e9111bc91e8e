"""The stem asks for what is so: no negative wording."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_NEGATIVE = re.compile(
    r"\b(?:not|no|never|except|(?<!at )least|false|incorrect|cannot|without|neither|nor|isn't|aren't|don't|doesn't)\b",
    re.IGNORECASE,
)

# In capitals nobody overlooks it; an author decides whether it is worth it (such items come as suggestions only).
_EMPHASISED = re.compile(r"\b(?:NOT|EXCEPT)\b")
# What an open question for an author may say besides: such words narrow a question and do not turn it round.
_NARROWING = re.compile(
    r"\b(?:without|cannot|no (?:more|less|later|earlier|fewer|better|worse)|false-(?:positive|negative))\b"
)
_NO = re.compile(r"\bNO\b")
# A described class or a condition may hold a negation without turning the question round.
_ASIDE = re.compile(r"“[^”]*”| (?:when|if|because of|due to) [^?]*")


def find(candidate: Candidate, context: Context) -> str:
    """Return the negative word of the stem."""
    if _EMPHASISED.search(candidate.stem):
        return ""
    stem = _ASIDE.sub("", candidate.stem)
    if candidate.maker == "open_question":
        stem = _NO.sub("", _NARROWING.sub("", stem))
    found = _NEGATIVE.search(stem)
    return f"The stem is negative (“{found[0]}”)." if found else ""


CHECK = Check(
    "positive",
    "The stem asks for what is so.",
    find,
    EXAMPLE,
    variant(stem="In wound repair, which tissue is not suitable?"),
)
