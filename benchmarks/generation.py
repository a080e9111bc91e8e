"""Words per second, seconds to the first item and peak memory of generation, as JSON.

Documents of about 1,000, 10,000 and 100,000 words are put together from tests/corpus. Each runs in a process of its own,
as in production. Two baselines run on the same text in the same process: reading alone (the same bytes turned into the
same tree, and nothing asked of it), and the parser alone (every sentence parsed once, and nothing asked of the clauses).
"Linear" is the seconds per word of the longest document over those of the middle one: 1.0 when time grows with length.
Run: python benchmarks/generation.py [--seed 7] [--sizes 1000,10000,100000]
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
Made = TypeVar("Made")


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """Return what the work makes and how many seconds it took."""
    began = time.perf_counter()
    made = work()
    return made, time.perf_counter() - began


def text_of(words: int) -> bytes:
    """Return corpus documents as the chapters of one, until there are so many words."""
    chapters, count = ["# Clinical Medicine"], 0
    for path in sorted((ROOT / "tests" / "corpus").glob("*/*.*")):
        if path.suffix in (".md", ".txt") and count < words:
            title, *rest = path.read_text(encoding="utf-8", errors="replace").splitlines()
            chapters.append("\n".join((f"## {title.lstrip('# ')}", *rest)))
            count += len(chapters[-1].split())
    return "\n\n".join(chapters).encode()


def measure(words: int, seed: int) -> Mapping[str, Any]:
    """Read, parse and generate one document in this process; the first item is there when everything is."""
    began = time.perf_counter()
    from quizbank.documents.reading import read_document  # noqa: PLC0415 - loading is part of what is measured
    from quizbank.generation.licences import AS_IF_LICENSED  # noqa: PLC0415 - loading is part of what is measured
    from quizbank.generation.pipeline import generate  # noqa: PLC0415 - loading is part of what is measured
    from quizbank.generation.statements.parsing import forget, parse  # noqa: PLC0415 - loading is part of what is measured

    loading = time.perf_counter() - began
    document, reading = timed(lambda: read_document("chapters.md", text_of(words)))
    generation, generating = timed(lambda: generate(document, seed, licences=AS_IF_LICENSED))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    forget()
    sentences = [document.text[one.start : one.end] for _, _, one in document.sentences()]
    _, parsing = timed(lambda: [parse(sentence) for sentence in sentences])
    return {
        "words": document.words,
        "items": len(generation.items),
        "suggestions": len(generation.suggestions),
        "seconds_to_first_item": round(loading + reading + generating, 2),
        "words_per_second": round(document.words / generating),
        "reading_alone_words_per_second": round(document.words / reading),
        "parser_alone_words_per_second": round(document.words / parsing),
        "times_the_parser": round(generating / parsing, 2),
        "peak_mb": peak,
        "seconds_per_1000_words": round(1000 * generating / document.words, 4),
    }


def in_own_process(words: int, seed: int) -> Mapping[str, Any]:
    """Measure one size in a fresh process, so that no cache and no memory of another size counts."""
    command = [sys.executable, __file__, "--one", str(words), "--seed", str(seed)]
    found: Mapping[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.seed)))
        return
    outcomes = [in_own_process(int(size), asked.seed) for size in asked.sizes.split(",")]
    longest, middle = outcomes[-1]["seconds_per_1000_words"], outcomes[-2]["seconds_per_1000_words"]
    setting = {"python": platform.python_version(), "seed": asked.seed, "linear": round(longest / middle, 2)}
    print(json.dumps({**setting, "outcomes": outcomes}, indent=2))


if __name__ == "__main__":
    main()
