"""Sittings and the contents they were asked in; the whole report of an activity out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizbank.analysis.calibration import Calibration, calibration_of
from quizbank.analysis.flags import LABELS, Flag, flags_of, has_verdict
from quizbank.analysis.item_statistics import ItemStatistics, item_statistics, rest
from quizbank.analysis.moments import deviation, mean, median
from quizbank.analysis.picks import Picks, picks_of
from quizbank.analysis.score_statistics import ScoreStatistics, percent, score_statistics
from quizbank.analysis.sittings import Given, Sitting, matrix_from
from quizbank.analysis.thirds import thirds
from quizbank.items.content import ItemContent


@dataclass(frozen=True)
class Asked:
    """An item version that an activity asks: its place, what it says, and the objective it belongs to.

    ``content`` is that of the version that judges the responses; ``judged_by`` is the number of that version when a key
    was corrected after it was asked, None otherwise.
    """

    number: int
    version_id: int
    item_id: int
    version: int
    content: ItemContent
    objective: str
    judged_by: int | None = None


@dataclass(frozen=True)
class ItemReport:
    """Everything about one item of an activity. ``seconds`` is the median, ``timed`` how many responses it rests on."""

    asked: Asked
    statistics: ItemStatistics
    picks: Picks
    flags: tuple[Flag, ...]
    seconds: float | None
    timed: int
    calibration: Calibration

    @property
    def gravity(self) -> int:
        """Return its place among flagged items, the gravest first."""
        return min((list(LABELS).index(flag.kind) for flag in self.flags), default=len(LABELS))

    @property
    def has_both_figures(self) -> bool:
        """Return whether it has a place in the picture of facility and discrimination."""
        return self.statistics.facility is not None and self.statistics.discrimination is not None

    @property
    def has_verdict(self) -> bool:
        """Return whether enough learners answered for a verdict."""
        return has_verdict(self.statistics.n)


@dataclass(frozen=True)
class ObjectiveReport:
    """What learners earned on one objective, in percent of its marks: mean and standard deviation."""

    text: str
    items: int
    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class ActivityReport:
    """Everything about an activity. ``scores`` are those of the attempts counted, in percent."""

    scores: tuple[float, ...]
    score: ScoreStatistics
    items: tuple[ItemReport, ...]
    objectives: tuple[ObjectiveReport, ...]
    calibration: Calibration

    @property
    def flagged(self) -> list[ItemReport]:
        """Return the items with a flag, the gravest first."""
        return sorted((one for one in self.items if one.flags), key=lambda one: one.gravity)


def report_on(sittings: Sequence[Sitting], asked: Sequence[Asked]) -> ActivityReport:
    """Return the report; ``asked`` are the versions in the order of the activity."""
    matrix = matrix_from(sittings, [one.version_id for one in asked])
    counted = [sitting for sitting in sittings if any(one.version_id in sitting.given for one in asked)]
    items = tuple(
        _item(one, statistics, counted, thirds(rest(matrix, place)))
        for place, (one, statistics) in enumerate(zip(asked, item_statistics(matrix), strict=True))
    )
    objectives = tuple(_objective(text, asked, counted) for text in dict.fromkeys(one.objective for one in asked))
    scores = tuple(100 * total for total in matrix.totals)
    return ActivityReport(scores, score_statistics(matrix), items, objectives, _calibration(_all(counted)))


def _item(asked: Asked, statistics: ItemStatistics, sittings: Sequence[Sitting], third: Sequence[int]) -> ItemReport:
    """Return the report of one item; ``third`` places everyone who was asked it by their score on the other items."""
    given = [sitting.given[asked.version_id] for sitting in sittings if asked.version_id in sitting.given]
    picks = picks_of(asked.content, given, third)
    seconds = [one.seconds for one in given if one.seconds is not None]
    flags = flags_of(statistics, picks)
    return ItemReport(asked, statistics, picks, flags, median(seconds), len(seconds), _calibration(given))


def _objective(text: str, asked: Sequence[Asked], sittings: Sequence[Sitting]) -> ObjectiveReport:
    own = [one.version_id for one in asked if one.objective == text]
    totals = [total for sitting in sittings if (total := _part(sitting.given, own)) is not None]
    return ObjectiveReport(text, len(own), len(totals), percent(mean(totals)), percent(deviation(totals)))


def _part(given: Mapping[int, Given], version_ids: Sequence[int]) -> float | None:
    """Return the part of some items' marks that one learner earned, None when none of them was asked."""
    own = [given[v] for v in version_ids if v in given]
    possible = sum(one.weight for one in own)
    return sum(one.weight * one.fraction for one in own) / possible if possible else None


def _all(sittings: Sequence[Sitting]) -> list[Given]:
    return [one for sitting in sittings for one in sitting.given.values()]


def _calibration(given: Sequence[Given]) -> Calibration:
    return calibration_of([(one.confidence, one.fraction) for one in given if one.confidence is not None])
