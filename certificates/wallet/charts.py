"""Credit by month goes in; a picture (SVG) comes out. Colours belong to the style sheet, and a table stands beside it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

from quizbank.activities.formats import plain_amount

WIDTH, HEIGHT = 420, 200
YEAR_WIDTH = 48
"""What a year needs so as not to run into the next one."""
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 22, 44


def month_bars(months: Sequence[tuple[date, Decimal]], label: str) -> str:
    """Return a column for each month, as high as its credit; ``label`` says what credit it is."""
    most = max([Decimal(1), *(amount for _, amount in months)])
    bottom, step = HEIGHT - BOTTOM, (WIDTH - LEFT - RIGHT) / max(1, len(months))
    parts = [f'<path class="grid zero" d="M{LEFT} {bottom}H{WIDTH - RIGHT}"/>']
    for place, (first, amount) in enumerate(months):
        x, middle = LEFT + place * step, LEFT + (place + 0.5) * step
        size = float(amount / most) * (bottom - TOP)
        if amount:
            parts.append(column(x + 3, bottom - size, step - 6, size))
            parts.append(words("tick middle", middle, bottom - size - 6, plain_amount(amount)))
        parts.append(words("tick middle", middle, bottom + 17, f"{first:%b}"))
        if first.month == 1 or (place == 0 and (first.month < 12 or step >= YEAR_WIDTH)):
            parts.append(words("tick middle", middle, bottom + 34, str(first.year)))
    said = escape(f"{label}: credit in each of the last {len(months)} months; the table has the numbers.", quote=True)
    return (
        f'<svg class="chart chart-months" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">'
        f"{''.join(parts)}</svg>"
    )


def column(x: float, y: float, width: float, height: float) -> str:
    """Return one column."""
    return f'<rect class="column" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def words(name: str, x: float, y: float, text: str) -> str:
    """Return text at a place."""
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
