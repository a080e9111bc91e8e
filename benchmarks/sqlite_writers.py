"""Parallel writers on SQLite with and without BEGIN IMMEDIATE: prints how many transactions failed, as JSON.

Each writer reads a row, works a millisecond and writes it, as a request does, and pauses before the next; writers do
not move in step, so a failure is not just one of many at the same moment. The same seed gives the same pauses.
Run: python benchmarks/sqlite_writers.py [--writers 8] [--pause 10]
"""

import argparse
import json
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

MODES = ("BEGIN", "BEGIN IMMEDIATE")
PATIENCE = 30_000
WORK_SECONDS = 0.001


@dataclass(frozen=True)
class Outcome:
    """What one way of beginning transactions led to."""

    begin: str
    transactions: int
    failed: int
    failed_percent: float
    lost_updates: int
    seconds: float
    median_ms: float
    slowest_ms: float


def connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (f"busy_timeout={PATIENCE}", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write(path: str, begin: str, times: int, pause: float, seed: int) -> list[tuple[bool, float]]:
    """Count up a shared number; return for each transaction whether it was committed and the seconds it took."""
    outcomes = []
    chance = random.Random(seed)
    with closing(connect(path)) as connection:
        for _ in range(times):
            time.sleep(chance.uniform(0, 2 * pause))
            began = time.perf_counter()
            outcomes.append((count_up(connection, begin), time.perf_counter() - began))
    return outcomes


def count_up(connection: sqlite3.Connection, begin: str) -> bool:
    """Read the number, then write the next one, in one transaction; return whether it was committed."""
    try:
        connection.execute(begin)
        (number,) = connection.execute("SELECT number FROM counter").fetchone()
        time.sleep(WORK_SECONDS)
        connection.execute("UPDATE counter SET number = ?", (number + 1,))
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return False
    return True


def measure(begin: str, writers: int, times: int, pause: float) -> Outcome:
    """Run all writers at once on a new file."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "counter.sqlite3")
        with closing(connect(path)) as connection:
            connection.execute("CREATE TABLE counter (number INTEGER)")
            connection.execute("INSERT INTO counter VALUES (0)")
        began = time.perf_counter()
        with get_context("spawn").Pool(writers) as pool:
            done = [
                one
                for each in pool.starmap(write, [(path, begin, times, pause, seed) for seed in range(writers)])
                for one in each
            ]
        seconds = time.perf_counter() - began
        with closing(connect(path)) as connection:
            (number,) = connection.execute("SELECT number FROM counter").fetchone()
    return summary(begin, done, number, seconds)


def summary(begin: str, done: Sequence[tuple[bool, float]], number: int, seconds: float) -> Outcome:
    committed = sum(ok for ok, _ in done)
    times = [1000 * took for ok, took in done if ok]
    return Outcome(
        begin=begin,
        transactions=len(done),
        failed=len(done) - committed,
        failed_percent=round(100 * (1 - committed / len(done)), 1),
        lost_updates=committed - number,
        seconds=round(seconds, 2),
        median_ms=round(statistics.median(times), 2),
        slowest_ms=round(max(times), 1),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--times", type=int, default=250, help="transactions of each writer")
    parser.add_argument("--pause", type=float, default=10, help="average milliseconds between a writer's transactions")
    asked = parser.parse_args()
    outcomes = [asdict(measure(begin, asked.writers, asked.times, asked.pause / 1000)) for begin in MODES]
    setting = {"sqlite": sqlite3.sqlite_version, "python": platform.python_version()}
    load = {"writers": asked.writers, "pause_ms": asked.pause}
    print(json.dumps({**setting, **load, "busy_timeout_ms": PATIENCE, "outcomes": outcomes}, indent=2))


if __name__ == "__main__":
    main()
