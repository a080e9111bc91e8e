"""The item asks for something a trainee should take from the document."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, compares, variant
from quizbank.generation.wording import roots

_TRIVIA = re.compile(
    r"\b(?:author|figure|table \d|chapter|(?<!cross-)(?<!cross )(?<!esarean )section|page|journal|published|website|hotline|"
    r"telephone|phone|address|researchers?|funded|grant|conference|institute|laboratory branch|mission|consortium)\b|"
    r"\b(?:19|20)\d\d\b|\d{3}-\d{3,4}",
    re.IGNORECASE,
)

_NUMBERED = re.compile(r"\b(?:\d[\d.,]*|[A-Z]|[IVX]+)\b")


def find(candidate: Candidate, context: Context) -> str:
    """Return why the item is not worth asking."""
    text = " ".join((candidate.stem, *(choice.text for choice in candidate.keys)))
    if found := _TRIVIA.search(text):
        return f"Asks about “{found[0]}”, not about care."
    told = roots(candidate.stem)
    if (
        candidate.type == "single_best_answer"
        and candidate.maker not in ("classes", "quantity", "figure")
        and not compares(candidate)
        and any(
            roots(key.text) and roots(key.text) <= told and _numbers(key.text) <= _numbers(candidate.stem)
            for key in candidate.keys
        )
    ):
        return "The stem already says the answer."
    return ""


def _numbers(text: str) -> set[str]:
    """Return the numbers and single letters of a text, which have no root: "16" of "Type 16", "A" of "Vitamin A"."""
    return set(_NUMBERED.findall(text))


CHECK = Check(
    "worth",
    "Worth a trainee's time.",
    find,
    EXAMPLE,
    variant(stem="In wound repair, which author wrote about irradiated tissue?"),
)
