"""The maker says what proves the other options wrong."""

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

UNPROVED = "Nothing in the document proves the other options wrong."


def find(candidate: Candidate, context: Context) -> str:
    """Return that no proof is given."""
    return "" if candidate.proof else UNPROVED


CHECK = Check("proved", "The other options are proved wrong.", find, EXAMPLE, variant(proof=""), suggests=True)
