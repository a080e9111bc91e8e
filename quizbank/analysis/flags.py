"""The statistics and picks of one item in; flags that say what may be wrong, why, and what to do out.

Thresholds are conventions of item writing (NBME, "Constructing Written Test Questions"; Haladyna, "Developing and
Validating Multiple-Choice Test Items": a distractor that fewer than 5 % choose does no work), not laws: a flag asks a
person to look, and changes nothing by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import atanh, sqrt, tanh

from quizbank.analysis.item_statistics import ItemStatistics, Z
from quizbank.analysis.picks import NO_ANSWER, Pick, Picks
from quizbank.analysis.thirds import LOWER, UPPER

FEWEST = 30
"""With fewer learners chance alone makes good items look bad: no verdict."""
DEAD = 0.05
EASY = 0.95
RIVAL = 1 / 3
"""The part of the upper third that takes a wrong option before it counts as one that those who know could defend."""
WEAK = 0.2
"""Discrimination below this is too little for an item on which those who know part ways."""

MISKEYED, AMBIGUOUS, DEAD_DISTRACTOR, TOO_EASY = "miskeyed", "ambiguous", "dead_distractor", "too_easy"
LABELS = {
    MISKEYED: "Likely miskeyed",
    AMBIGUOUS: "Perhaps ambiguous",
    TOO_EASY: "Too easy",
    DEAD_DISTRACTOR: "Dead option",
}
"""The gravest first."""
TONES = {MISKEYED: "bad", AMBIGUOUS: "caution", DEAD_DISTRACTOR: "neutral", TOO_EASY: "neutral"}
ACTIONS = {
    MISKEYED: (
        "Read the source sentence again. If the key is wrong, correct it as a new version and have the attempts"
        " regraded; if it is right, look for what misleads those who know."
    ),
    AMBIGUOUS: (
        "Ask whether another answer could be defended. If so, let the question or the option say what is meant, as a"
        " new version."
    ),
    DEAD_DISTRACTOR: "Replace what nobody takes with something that a learner could believe, or leave it out, as a new version.",
    TOO_EASY: "Ask for a decision instead of a fact, or keep it only because nobody may get it wrong.",
}


@dataclass(frozen=True)
class Flag:
    """What may be wrong with an item. ``why`` is a sentence with the figures it rests on."""

    kind: str
    why: str

    @property
    def label(self) -> str:
        """Return its name."""
        return LABELS[self.kind]

    @property
    def tone(self) -> str:
        """Return how loudly it is shown."""
        return TONES[self.kind]

    @property
    def action(self) -> str:
        """Return what to do about it."""
        return ACTIONS[self.kind]


def has_verdict(n: int) -> bool:
    """Return whether so many learners say enough about an item."""
    return n >= FEWEST


def flags_of(statistics: ItemStatistics, picks: Picks) -> tuple[Flag, ...]:
    """Return the flags of an item, the gravest first; none below FEWEST learners."""
    return tuple(_each_flag(statistics, picks)) if has_verdict(statistics.n) else ()


def _each_flag(statistics: ItemStatistics, picks: Picks) -> Iterator[Flag]:
    r = statistics.discrimination
    rival = rival_of(picks)
    if rival and draws_the_best(rival, picks) and rival.upper > key_of(picks):
        yield Flag(MISKEYED, _rival_words(rival, picks))
    elif r is not None and r < 0 and upper_limit(r, statistics.n) < 0:
        yield Flag(MISKEYED, f"Those who do better elsewhere do worse here (discrimination {_signed(r)}).")
    elif rival and rival.upper >= RIVAL * picks.sizes[UPPER] and (draws_the_best(rival, picks) or (r or 0) < WEAK):
        yield Flag(AMBIGUOUS, _rival_words(rival, picks))
    elif r is not None and r < 0:
        yield Flag(AMBIGUOUS, f"Those who do better elsewhere do no better here (discrimination {_signed(r)}).")
    if statistics.facility is not None and statistics.facility >= EASY:
        yield Flag(TOO_EASY, f"{statistics.n} learners earned {100 * statistics.facility:.0f}% of its marks.")
    elif dead := dead_distractors(picks):
        told = ", ".join(f"{pick.total} {pick.letter} “{pick.text}”" for pick in dead)
        yield Flag(DEAD_DISTRACTOR, f"Of {picks.n} learners, so many chose: {told}.")


def rival_of(picks: Picks) -> Pick | None:
    """Return the wrong answer that the upper third gives most, None when it gives none."""
    wrong = [pick for pick in picks.picks if not pick.is_key and pick.text != NO_ANSWER and pick.upper]
    return max(wrong, key=lambda pick: pick.upper, default=None)


def draws_the_best(pick: Pick, picks: Picks) -> bool:
    """Return whether an answer is at least as common in the upper third as in the lower one."""
    lower, upper = picks.sizes[LOWER], picks.sizes[UPPER]
    return pick.upper * lower >= pick.counts[LOWER] * upper


def key_of(picks: Picks) -> int:
    """Return how many of the upper third gave the right answer; of several right options the least chosen counts."""
    right = [pick.upper for pick in picks.picks if pick.is_key]
    if any(pick.is_option for pick in picks.picks):
        return min(right, default=0)
    return sum(right)


def dead_distractors(picks: Picks) -> list[Pick]:
    """Return the wrong options that fewer than DEAD of all learners chose."""
    return [p for p in picks.picks if p.is_option and not p.is_key and p.total < DEAD * picks.n]


def upper_limit(r: float, n: int) -> float:
    """Return the upper end of the 95 % interval of a correlation (Fisher's z); n above 3."""
    return tanh(atanh(max(-1 + 1e-12, min(1 - 1e-12, r))) + Z / sqrt(n - 3))


def _rival_words(rival: Pick, picks: Picks) -> str:
    letter = f"{rival.letter}, " if rival.letter else ""
    size = picks.sizes[UPPER]
    return f"Of the {size} in the upper third, {rival.upper} gave {letter}“{rival.text}” and {key_of(picks)} the key."


def _signed(r: float) -> str:
    return f"{r:.2f}".replace("-", "−")
