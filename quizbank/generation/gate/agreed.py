"""The document does not contradict the words that the item rests on."""

from quizbank.generation.candidates import Candidate, one_line
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant


def find(candidate: Candidate, context: Context) -> str:
    """Return what the two places say that cannot both be right, the cited one first."""
    cited = candidate.citation.start, candidate.citation.end
    for pair in context.contradictions:
        if pair.concerns(*cited):
            here, there = sorted(
                (pair.one, pair.other), key=lambda place: not (place[0] < cited[1] and cited[0] < place[1])
            )
            said, against = (one_line(context.document.quote(*place)).rstrip(".") for place in (here, there))
            return f"The document contradicts itself: “{said}” and “{against}”. Find out which is right."
    return ""


CHECK = Check(
    "agreed",
    "The document does not contradict what this rests on.",
    find,
    EXAMPLE,
    variant(quote="Skin grafts take within 5 days."),
    suggests=True,
    doubts=True,
    besides="Skin grafts take within 9 days.",
)
