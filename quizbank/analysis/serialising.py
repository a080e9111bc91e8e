"""Statistics in; plain JSON, CSV rows and a table for the terminal out."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from quizbank.analysis.item_statistics import ItemStatistics, item_statistics
from quizbank.analysis.matrix import Matrix
from quizbank.analysis.reading import Responses
from quizbank.analysis.reporting import ItemReport
from quizbank.analysis.score_statistics import ScoreStatistics, score_statistics

ITEM_COLUMNS = tuple(field.name for field in fields(ItemStatistics))
REPORT_COLUMNS = ("number", "item", "version", "question", "objective", *ITEM_COLUMNS[1:], "seconds", "flags")
SHORT = {
    "facility_low": "low",
    "facility_high": "high",
    "discrimination": "discr.",
    "point_biserial": "pt-bis.",
    "discriminative_efficiency": "effic.",
    "effective_weight": "eff. w.",
    "intended_weight": "int. w.",
}


def report(responses: Responses) -> dict[str, Any]:
    """Return all figures of a file of responses as plain JSON; what is not defined is null."""
    matrix = responses.matrix
    return {
        "schema": 1,
        "cells": responses.cells,
        "blank": responses.blank,
        "interval": "Wilson, 95 %",
        "notes": list(responses.notes),
        "score": asdict(score_statistics(matrix)),
        "items": [asdict(one) for one in item_statistics(matrix)],
    }


def item_rows(matrix: Matrix) -> list[tuple[Any, ...]]:
    """Return one row per item, in the order of ITEM_COLUMNS."""
    return [tuple(asdict(one).values()) for one in item_statistics(matrix)]


def report_rows(items: Sequence[ItemReport]) -> list[tuple[Any, ...]]:
    """Return one row per item of an activity, in the order of REPORT_COLUMNS."""
    return [
        (
            one.asked.number,
            one.asked.item_id,
            one.asked.version,
            one.asked.content.stem,
            one.asked.objective,
            *list(asdict(one.statistics).values())[1:],
            one.seconds,
            "; ".join(f"{flag.label}: {flag.why}" for flag in one.flags),
        )
        for one in items
    ]


def response_table(matrix: Matrix, names: Sequence[str], learners: Sequence[str]) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of a file of responses (marks, with a max row) that read_responses reads back."""
    marks = [
        [None if f is None else f * most for f, most in zip(row, matrix.maxima, strict=True)]
        for row in matrix.fractions
    ]
    rows = [[learner, *row] for learner, row in zip(learners, marks, strict=True)]
    return ["learner", *names], [["max", *matrix.maxima], *rows]


def table(matrix: Matrix) -> str:
    """Return the figures as a table for people, rounded to three places; "–" is what is not defined."""
    whole: ScoreStatistics = score_statistics(matrix)
    lines = [f"{name:<22}{shown(value):>12}" for name, value in asdict(whole).items()]
    heads = [SHORT.get(name, name) for name in ITEM_COLUMNS]
    rows = [[shown(cell) for cell in row] for row in item_rows(matrix)]
    return "\n".join([*lines, "", *aligned([heads, *rows])])


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first column to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(c.rjust(w) if place else c.ljust(w) for place, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def shown(value: object) -> str:
    """Return a figure as people read it."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)[:40]
