"""What was answered to a question goes in; a picture (SVG) comes out. Its table, beside it, has the same numbers.

Drawn like the pictures of quizbank.analysis.charts: shapes carry classes, and the style sheet has the colours.
"""

from html import escape

from certificates.surveys.results import Tally

WIDTH, LEFT, RIGHT, BAR, GAP = 420, 150, 74, 18, 10
LONGEST = 20
LEAST = 1.5
"""A bar of nothing is still a line."""


def share_bars(tally: Tally) -> str:
    """Return a bar for each choice, as long as its share of those who answered."""
    height = (BAR + GAP) * len(tally.counts) + GAP
    space = WIDTH - LEFT - RIGHT
    parts = []
    for place, (label, count) in enumerate(tally.counts):
        top = GAP + place * (BAR + GAP)
        share = count / tally.answered if tally.answered else 0
        length = max(LEAST, share * space)
        parts.append(
            f'<text class="end" x="{LEFT - 8}" y="{top + 13}">{escape(shortened(label))}</text>'
            f'<rect class="column" x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}"/>'
            f'<text class="tick" x="{LEFT + length + 6:.1f}" y="{top + 13}">{count} ({100 * share:.0f}%)</text>'
        )
    words = f"{tally.question.text} {tally.answered} answers; the table has the numbers."
    return (
        f'<svg class="chart chart-shares" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{escape(words, quote=True)}">{"".join(parts)}</svg>'
    )


def shortened(label: str) -> str:
    """Return a label as it fits beside its bar; the table has it whole."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
