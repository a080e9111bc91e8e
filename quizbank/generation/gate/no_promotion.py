"""Neither item nor cited span promotes anything."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_PROMOTION = re.compile(
    r"\b(?:subscri\w+|subscription|free trial|discount|our (?:app|clinic|team|platform|course|product|plans?)|sign up|"
    r"buy|purchase|order now|click|www|e-?mail us|call us|contact us|book (?:an )?appointment|CME|CPD|certificates?|"
    r"cookies?|privacy policy|copyright|all "
    r"rights reserved)\b|[®™©]",
    re.IGNORECASE,
)


def find(candidate: Candidate, context: Context) -> str:
    """Return the promotional words."""
    for text in (*candidate.texts, candidate.citation.quote):
        if found := _PROMOTION.search(text):
            return f"“{found[0]}” sounds like promotion."
    return ""


CHECK = Check(
    "no_promotion",
    "Nothing promotional.",
    find,
    EXAMPLE,
    variant(quote="Our subscription plans include irradiated tissue."),
)
