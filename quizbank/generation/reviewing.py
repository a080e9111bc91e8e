"""Generated items in; blind sheets for readers out. Filled sheets in; rates, agreement and licences out.

How an item is read and judged (0 fatal, 1 rewrite, 2 small edit, 3 as is) stands in docs/item-reviews/README.md. Two
readers read every item; the lower of their rates counts.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from quizbank.generation.licences import Licence
from quizbank.generation.pipeline import GeneratedItem
from quizbank.items.content import ItemContent
from quizbank.items.types import Matching, Numeric, Ordering

FATAL, AS_IS = 0, 3
VERDICTS = (0, 1, 2, 3)
LETTERS = "ABCDEFGHIJ"
SHEET = ("row", "document", "stem", "options", "verdict", "reasons")
KEYS = ("row", "document", "pattern", "version", "maker", "key", "quote")


class DamagedSheet(ValueError):
    """A sheet cannot be counted: a row or a verdict is missing or is none."""


@dataclass(frozen=True)
class Made:
    """An item and the name of the document it came from."""

    document: str
    item: GeneratedItem


def sheets(made: Sequence[Made], seed: int) -> tuple[str, str]:
    """Return the readers' sheet and the sheet of keys, as CSV: rows in random order, pattern and key on the second alone."""
    shuffled = random.Random(f"sheet:{seed}").sample(made, len(made))  # noqa: S311 - repeatable, not secret
    blind, keys = StringIO(), StringIO()
    readers, keepers = csv.writer(blind), csv.writer(keys)
    readers.writerow(SHEET)
    keepers.writerow(KEYS)
    for row, one in enumerate(shuffled, start=1):
        content = one.item.content
        readers.writerow((row, one.document, content.stem, told_options(content), "", ""))
        made_by = one.item.pattern, one.item.version, one.item.maker
        keepers.writerow((row, one.document, *made_by, told_key(content), one.item.citation.quote))
    return blind.getvalue(), keys.getvalue()


def told_options(content: ItemContent) -> str:
    """Return what a reader chooses from in one cell: "A) 2 h | B) 4 h"; prompts come first and are numbered."""
    if isinstance(content, Numeric):
        return f"(a number, in {content.unit})" if content.unit else "(a number)"
    prompts = [f"{number}) {prompt.text}" for number, prompt in enumerate(content.prompts, start=1)]
    options = [f"{letter}) {option.text}" for letter, option in zip(LETTERS, content.options, strict=False)]
    return " | ".join(prompts + options)


def told_key(content: ItemContent) -> str:
    """Return what is right in one cell: "AC" for options, "C A B" for an order, "1B 2A 3C" for pairs, a number as such."""
    letters = {option.id: letter for letter, option in zip(LETTERS, content.options, strict=False)}
    if isinstance(content, Numeric):
        return content.parts({})[0].right
    if isinstance(content, Matching):
        return " ".join(f"{number}{letters[option_id]}" for number, option_id in enumerate(content.key, start=1))
    if isinstance(content, Ordering):
        return " ".join(letters[option_id] for option_id in content.key)
    return "".join(letter for option_id, letter in letters.items() if option_id in content.key)


@dataclass(frozen=True)
class Reading:
    """One reader's verdicts by row."""

    verdicts: Mapping[str, int]


def read_sheet(text: str) -> Reading:
    """Return the verdicts of a filled sheet; raises DamagedSheet when one is missing or none of 0 to 3."""
    verdicts = {}
    for row in csv.DictReader(StringIO(text)):
        written = (row.get("verdict") or "").strip()
        if written not in {str(one) for one in VERDICTS} or not row.get("row"):
            raise DamagedSheet(f"Row {row.get('row') or '?'}: write a verdict from 0 to 3 (found: “{written}”).")
        verdicts[row["row"]] = int(written)
    if not verdicts:
        raise DamagedSheet("The sheet holds no row.")
    return Reading(verdicts)


def read_keys(text: str) -> list[dict[str, str]]:
    """Return the rows of a sheet of keys; raises DamagedSheet."""
    rows = list(csv.DictReader(StringIO(text)))
    if not rows or set(KEYS) - set(rows[0]):
        raise DamagedSheet("This is no sheet of keys.")
    return rows


def licences_from(keys: Sequence[Mapping[str, str]], readings: Sequence[Reading]) -> list[Licence]:
    """Return what the readings show of each pattern and version, the less favorable reader counting."""
    groups: dict[tuple[str, int], list[Mapping[str, str]]] = defaultdict(list)
    for row in keys:
        groups[row["pattern"], int(row["version"])].append(row)
    return [
        Licence(
            pattern,
            version,
            read=len(rows),
            documents=len({row["document"] for row in rows}),
            as_is=min(count(rows, reading, AS_IS) for reading in readings),
            fatal=max(count(rows, reading, FATAL) for reading in readings),
        )
        for (pattern, version), rows in sorted(groups.items())
    ]


def count(rows: Iterable[Mapping[str, str]], reading: Reading, verdict: int) -> int:
    """Return how many of some rows a reader gave one verdict; raises DamagedSheet when a row was not read."""
    given = []
    for row in rows:
        if row["row"] not in reading.verdicts:
            raise DamagedSheet(f"Row {row['row']} was not read.")
        given.append(reading.verdicts[row["row"]])
    return given.count(verdict)


def kappa(one: Reading, other: Reading, verdict: int) -> float:
    """Return two readers' agreement on one verdict beyond chance, -1 to 1 (Cohen 1960); 1 when both never differ."""
    rows = sorted(set(one.verdicts) & set(other.verdicts))
    pairs = Counter((one.verdicts[row] == verdict, other.verdicts[row] == verdict) for row in rows)
    total = len(rows)
    seen = (pairs[True, True] + pairs[False, False]) / total
    first = (pairs[True, True] + pairs[True, False]) / total
    second = (pairs[True, True] + pairs[False, True]) / total
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)
