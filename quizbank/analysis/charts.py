"""Numbers in; pictures (SVG) out. Colours and sizes belong to the style sheet: shapes carry classes only.

Every picture has a table with the same numbers beside it, and says in words what it shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor

WIDTH = 420
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 14, 46
STEP = 0.2


@dataclass(frozen=True)
class Dot:
    """An item in the scatter: facility 0-1, discrimination -1 to 1, where it leads, and how it is flagged ("" if not)."""

    label: str
    facility: float
    discrimination: float
    url: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Bars:
    """One answer in the picture of picks: its share of each third, 0-1, and whether it is right."""

    label: str
    shares: tuple[float, ...]
    is_key: bool


def scatter(dots: Sequence[Dot], height: int = 320) -> str:
    """Return difficulty × discrimination: easy items to the right, items that part the strong from the weak on top."""
    low, high = _reach([dot.discrimination for dot in dots])
    bottom = height - BOTTOM

    def x(facility: float) -> float:
        return LEFT + facility * (WIDTH - LEFT - RIGHT)

    def y(discrimination: float) -> float:
        return bottom - (discrimination - low) / (high - low) * (bottom - TOP)

    lines = [
        _line("grid zero" if tick == 0 else "grid", LEFT, y(tick), WIDTH - RIGHT, y(tick))
        + _text("tick end", LEFT - 6, y(tick) + 5, f"{tick:.1f}".replace("-", "−"))
        for tick in _ticks(low, high)
    ]
    lines += [
        _line("grid", x(tick), TOP, x(tick), bottom) + _text("tick middle", x(tick), bottom + 18, f"{100 * tick:.0f}%")
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    names = [
        _text("axis middle", (LEFT + WIDTH - RIGHT) / 2, height - 6, "Facility: how many got it right"),
        f'<text class="axis middle" transform="translate(12 {(TOP + bottom) / 2:.1f}) rotate(-90)">Discrimination</text>',
    ]
    shapes = [_dot(dot, x(dot.facility), y(dot.discrimination)) for dot in dots]
    label = f"Facility and discrimination of {len(dots)} items; the table has the numbers."
    return _svg("scatter", WIDTH, height, label, [*lines, *names, *shapes], role="group")


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the lowest and highest line of the scatter, whole steps that hold every value."""
    low = floor(min([0.0, *values]) / STEP - 0.25) if any(value < 0 for value in values) else 0
    high = ceil(max([0.6, *values]) / STEP)
    return max(-1.0, low * STEP), min(1.0, high * STEP)


def _ticks(low: float, high: float) -> list[float]:
    return [round(low + STEP * place, 1) for place in range(round((high - low) / STEP) + 1)]


def _dot(dot: Dot, x: float, y: float) -> str:
    tone = f" tone-{dot.tone}" if dot.tone else ""
    if dot.tone == "bad":
        shape = f'<path d="M{x:.1f} {y - 14:.1f}l14 25h-28z"/>'
    elif dot.tone == "caution":
        shape = f'<path d="M{x:.1f} {y - 14:.1f}l14 14l-14 14l-14 -14z"/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11"/>'
    number = _text("number middle", x, y + (8 if dot.tone == "bad" else 4.5), dot.label)
    words, url = escape(dot.words, quote=True), escape(dot.url, quote=True)
    inside = f"<title>{words}</title>{shape}{number}"
    return f'<a class="dot{tone}" href="{url}" aria-label="{words}">{inside}</a>'


def pick_bars(rows: Sequence[Bars], names: Sequence[str]) -> str:
    """Return one group per answer with a bar for each third (``names``), as long as its share of that third."""
    bar, gap, left = 15, 16, 54
    group = bar * len(names) + gap
    height = group * len(rows) + 6
    space = WIDTH - left - 48
    lines = []
    for place, row in enumerate(rows):
        top = place * group + 4
        lines.append(_text("pick-label end", left - 10, top + bar * len(names) / 2 + 6, row.label))
        for third, share in enumerate(row.shares):
            y, length = top + third * bar, max(1.5, share * space)
            key = " is-key" if row.is_key else ""
            lines.append(
                f'<rect class="pick {names[third]}{key}" x="{left}" y="{y}" width="{length:.1f}" height="{bar - 3}"/>'
                + _text("tick", left + length + 6, y + bar - 4, f"{100 * share:.0f}%")
            )
    label = f"How the {', '.join(names)} third answered; the table has the numbers."
    return _svg("picks", WIDTH, height, label, lines)


def histogram(scores: Sequence[float], pass_mark: float, height: int = 220) -> str:
    """Return how many learners reached which score (percent, ten steps), with the pass mark as a line."""
    counts = steps_of_ten(scores)
    most = max([1, *counts])
    bottom, step = height - BOTTOM, (WIDTH - LEFT - RIGHT) / len(counts)
    lines = []
    for place, count in enumerate(counts):
        size = count / most * (bottom - TOP - 18)
        x = LEFT + place * step
        lines.append(
            f'<rect class="column" x="{x + 2:.1f}" y="{bottom - size:.1f}" width="{step - 4:.1f}" height="{size:.1f}"/>'
        )
        if count:
            lines.append(_text("tick middle", x + step / 2, bottom - size - 5, str(count)))
    lines += [
        _text("tick middle", LEFT + place * step, bottom + 18, str(10 * place))
        for place in range(0, len(counts) + 1, 2)
    ]
    passed = LEFT + pass_mark / 100 * (WIDTH - LEFT - RIGHT)
    lines += [
        _line("grid zero", LEFT, bottom, WIDTH - RIGHT, bottom),
        _line("pass-line", passed, TOP, passed, bottom),
        _text("axis middle", (LEFT + WIDTH - RIGHT) / 2, height - 6, "Score in percent; the line is the pass mark"),
    ]
    label = f"Scores of {len(scores)} attempts, pass mark {pass_mark:g}%; the table has the numbers."
    return _svg("histogram", WIDTH, height, label, lines)


def steps_of_ten(scores: Iterable[float]) -> list[int]:
    """Return how many scores (percent) lie in 0-10, 10-20, … 90-100; 100 belongs to the last."""
    counts = [0] * 10
    for score in scores:
        counts[min(9, max(0, int((score + 1e-9) // 10)))] += 1
    return counts


def _svg(name: str, width: float, height: float, label: str, parts: Iterable[str], role: str = "img") -> str:
    inside = "".join(parts)
    return (
        f'<svg class="chart chart-{name}" viewBox="0 0 {width:g} {height:g}" role="{role}"'
        f' aria-label="{escape(label, quote=True)}">{inside}</svg>'
    )


def _line(name: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="{name}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def _text(name: str, x: float, y: float, text: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
