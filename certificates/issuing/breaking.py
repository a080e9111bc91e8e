"""Breaking a line that is too long: its shaped texts and its room go in, where the lines end comes out.

As the layout engine breaks: each word goes on the first line that has room for it, and words end at blanks and after
hyphens. What may be broken in other ways too is left to the engine.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from certificates.issuing.shaping import Shaped
from certificates.issuing.varying import Break

OTHER_BREAKS = re.compile("[/–—|!?\u00ad\u200b\u2010\u3000]")
"""Characters beside which a line may end by other rules of Unicode's line breaking (UAX 14)."""
WORD_END = re.compile(r" |(?<=[^\W\d_]-)(?=[^\W\d_])")


def line_ends(
    texts: Sequence[str], shapes: Sequence[Shaped], sizes: Sequence[float], room: float
) -> list[Break] | None:
    """Return where the lines end, None when the engine has to decide. ``room`` and ``sizes`` are in the same unit."""
    if any(OTHER_BREAKS.search(text) for text in texts):
        return None
    ends: list[Break] = []
    start = 0.0
    possible: tuple[Break, float] | None = None
    last = ((0, 0), total(shapes, sizes), 0.0)
    for place, printed, following in [*word_ends(texts, shapes, sizes), last]:
        if printed - start > room:
            if possible is None or printed - possible[1] > room:
                return None
            ends.append(possible[0])
            start = possible[1]
        possible = (place, following)
    return ends if len(texts) == 1 or len(ends) == 1 else None  # around inline elements the engine breaks in odd places


def word_ends(
    texts: Sequence[str], shapes: Sequence[Shaped], sizes: Sequence[float]
) -> Iterator[tuple[Break, float, float]]:
    """Yield where a line may end, how far the text before reaches, and where what follows begins."""
    left = 0.0
    for number, (text, shape, size) in enumerate(zip(texts, shapes, sizes, strict=True)):
        reach = reaches(shape, size)
        for end in WORD_END.finditer(text):
            if end.start() in reach and end.end() in reach:
                yield (number, end.end()), left + reach[end.start()], left + reach[end.end()]
        left += shape.width * size


def reaches(shape: Shaped, size: float) -> dict[int, float]:
    """Return how far each number of letters reaches, for those numbers that end a glyph's letters."""
    letters = accumulate((len(letters) for _, letters, *_ in shape.glyphs), initial=0)
    widths = accumulate((advance * size / shape.units for _, _, advance, _, _ in shape.glyphs), initial=0.0)
    return dict(zip(letters, widths, strict=True))


def total(shapes: Sequence[Shaped], sizes: Sequence[float]) -> float:
    """Return how far all texts reach."""
    return sum(shape.width * size for shape, size in zip(shapes, sizes, strict=True))
