"""Documents beside what generation makes of them: prints items and seconds per 1,000 words, as JSON.

The baseline is reading alone: the same bytes turned into the same tree in the same run, and nothing asked of it. Both
are timed several times on one process and the fastest counts, so that other work on the machine is left out.
Run: python benchmarks/generation.py [--seed 7] [--times 3] [FILE ...]; the two samples always come first.
"""

import argparse
import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quizbank.documents.reading import read_document  # noqa: E402 - run as a script, the checkout is not on the path
from quizbank.generation.pipeline import generate  # noqa: E402 - likewise

SAMPLES = sorted((ROOT / "quizbank" / "documents" / "samples").glob("*.md"))
Made = TypeVar("Made")


@dataclass(frozen=True)
class Outcome:
    """What one document led to; ``reading`` is the baseline, ``generating`` comes on top of it."""

    file: str
    words: int
    items: int
    suggestions: int
    refused: int
    makers: dict[str, int]
    items_per_1000_words: float
    reading_seconds_per_1000_words: float
    generating_seconds_per_1000_words: float
    times_the_reading: float


def fastest(work: Callable[[], Made], times: int) -> tuple[Made, float]:
    """Return what the work makes and the seconds of its fastest run."""
    seconds = []
    for _ in range(max(times, 1)):
        began = time.perf_counter()
        made = work()
        seconds.append(time.perf_counter() - began)
    return made, min(seconds)


def measure(path: Path, seed: int, times: int) -> Outcome:
    """Read and generate one file."""
    written = path.read_bytes()
    document, reading = fastest(lambda: read_document(path.name, written), times)
    generation, generating = fastest(lambda: generate(document, seed), times)
    thousands = max(document.words, 1) / 1000
    return Outcome(
        file=path.name,
        words=document.words,
        items=len(generation.items),
        suggestions=len(generation.suggestions),
        refused=len(generation.rejected),
        makers=dict(Counter(item.maker for item in generation.items)),
        items_per_1000_words=round(len(generation.items) / thousands, 1),
        reading_seconds_per_1000_words=round(reading / thousands, 4),
        generating_seconds_per_1000_words=round(generating / thousands, 4),
        times_the_reading=round(generating / reading, 2) if reading else 0.0,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--times", type=int, default=3, help="runs of which the fastest counts")
    asked = parser.parse_args()
    outcomes = [asdict(measure(path, asked.seed, asked.times)) for path in (*SAMPLES, *asked.files)]
    setting = {"python": platform.python_version(), "seed": asked.seed, "times": asked.times}
    print(json.dumps({**setting, "outcomes": outcomes}, indent=2))


if __name__ == "__main__":
    main()
