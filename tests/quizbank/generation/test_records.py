"""The readings in docs/item-reviews are whole, and no licence is shipped that they do not support."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from quizbank.generation.licences import Licence, shipped_licences
from quizbank.generation.patterns import PATTERNS
from quizbank.generation.reviewing import Reading, licences_from, read_keys, read_sheet
from tests.quizbank.generation.sources import CHECKOUT

RECORDS = CHECKOUT / "docs" / "item-reviews"
ROUNDS = sorted(path for path in RECORDS.iterdir() if path.is_dir())


@dataclass(frozen=True)
class Round:
    """One reading: the keys and what each of two readers found."""

    keys: list[dict[str, str]]
    readings: tuple[Reading, Reading]


def opened(folder: Path) -> Round:
    first, second = (read_sheet((folder / f"reader-{one}.csv").read_text(encoding="utf-8")) for one in "ab")
    return Round(read_keys((folder / "keys.csv").read_text(encoding="utf-8")), (first, second))


def found() -> Iterator[Licence]:
    """Yield what all rounds together show of each pattern and version."""
    rounds = [opened(folder) for folder in ROUNDS]
    keys = [{**row, "row": f"{number}:{row['row']}"} for number, one in enumerate(rounds) for row in one.keys]
    readings = [
        Reading(
            {
                f"{n}:{row}": verdict
                for n, one in enumerate(rounds)
                for row, verdict in one.readings[reader].verdicts.items()
            }
        )
        for reader in (0, 1)
    ]
    return iter(licences_from(keys, readings))


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda folder: folder.name)
def test_both_readers_judged_every_item_and_gave_reasons(folder: Path) -> None:
    one = opened(folder)
    rows = {row["row"] for row in one.keys}
    assert all(set(reading.verdicts) == rows for reading in one.readings)
    for reader in "ab":
        for row in csv.DictReader(StringIO((folder / f"reader-{reader}.csv").read_text(encoding="utf-8"))):
            assert row["verdict"] == "3" or row["reasons"].strip(), (reader, row["row"])


def test_every_shipped_licence_says_what_the_sheets_say_and_holds() -> None:
    records = {(one.pattern, one.version): one for one in found()}
    for licence in shipped_licences():
        assert records[licence.pattern, licence.version] == licence
        assert licence.holds


def test_shipped_licences_are_of_patterns_as_they_are_now() -> None:
    present = {(pattern.name, pattern.version) for pattern in PATTERNS}
    assert {(one.pattern, one.version) for one in shipped_licences()} <= present
