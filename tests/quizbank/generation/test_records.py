"""The readings in docs/item-reviews are whole, and no licence is shipped that they do not support."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.licences import AS_IF_LICENSED, Licence, shipped_licences
from quizbank.generation.patterns import PATTERNS
from quizbank.generation.pipeline import GeneratedItem, generate
from quizbank.generation.reviewing import Reading, licences_from, read_keys, read_sheet, told_options
from tests.quizbank.generation.sources import CHECKOUT

RECORDS = CHECKOUT / "docs" / "item-reviews"
READ = CHECKOUT / "tests" / "corpus" / "readings"
SIGNED = 3  # usable as it is
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


def licensed_rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield document, pattern, stem and options of every item that both readers signed and a shipped licence rests on.

    What a reader objected to may be mended or left out; its verdict stays in the record.
    """
    held = {(one.pattern, str(one.version)) for one in shipped_licences()}
    for folder in ROUNDS:
        one = opened(folder)
        keys = {row["row"]: row for row in one.keys}
        for row in csv.DictReader(StringIO((folder / "reader-a.csv").read_text(encoding="utf-8"))):
            key = keys[row["row"]]
            signed = all(reading.verdicts[row["row"]] == SIGNED for reading in one.readings)
            if signed and (key["pattern"], key["version"]) in held:
                yield row["document"], key["pattern"], row["stem"], row["options"]


def test_what_was_signed_for_a_licence_is_still_written_word_for_word() -> None:
    rows = list(licensed_rows())
    made = {one: set(written(*one)) for one in {(document, pattern) for document, pattern, *_ in rows}}
    changed = [
        (document, stem)
        for document, pattern, stem, options in rows
        if (stem, told(options)) not in made[document, pattern]
    ]
    assert rows
    assert changed == [], "a change of what a licensed pattern writes needs a new version and new readings"


def written(document: str, pattern: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what one pattern writes of a document, alone and beside all others, as sheets of both kinds were written."""
    read = read_document(document, (READ / document).read_bytes())
    alone = [one for one in AS_IF_LICENSED if one.pattern == pattern]
    for made in (generate(read, 1, licences=AS_IF_LICENSED), generate(read, 7, licences=alone)):
        yield from (shown(item) for item in made.items if item.pattern == pattern)


def told(options: str) -> frozenset[str]:
    """Return the options of a sheet's cell ("A) 2 h | B) 4 h") without their letters."""
    return frozenset(option.partition(") ")[2] for option in options.split(" | "))


def shown(item: GeneratedItem) -> tuple[str, frozenset[str]]:
    return item.content.stem, told(told_options(item.content))
