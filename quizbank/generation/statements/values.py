"""Text goes in; the numbers with a unit that it holds come out, with the words that bound them and how often they apply."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.generation.statements.spans import clean
from quizbank.generation.wording import NUMBER_WORDS

TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
_AMOUNTS = (
    r"mL/min/1\.73 ?m(?:2|²)|mg/kg/day|mcg/kg/min|mg/kg/dose|mg/kg|mcg/kg|units/kg|mL/kg/hour|mL/kg|mL/hour|mL/min|L/min|"
    r"mg/min|mg/day|mg/dL|g/dL|mcg/dL|ng/mL|pg/mL|mmol/L|micromol/L|[µμ]mol/L|pmol/L|nmol/L|mEq/L|mIU/L|IU/L|U/L|mOsm/kg|mg/L|g/L|cells/(?:mm3|mcL|µL|μL)|"
    r"g/day|kg/m(?:2|²)|mm ?Hg|cm ?H2O|mg|mcg|µg|μg|kg|g|mL|ml|cm|mm|IU|units?|°C|°F|Gy|kcal|French|gauge|bpm|ms|"
    r"beats per minute|breaths per minute|beats/min|breaths/min|percent|%|liters?|litres?|L|degrees|inches"
)
_COUNTS = (
    r"doses|attempts|drugs|lobes|pairs|layers|chambers|phases|injections|sessions|cycles|courses|samples|"
    r"specimens|biopsies|nodes|lymph nodes|visits|vials|points|criteria"
)
_TIME = rf"(?:{'|'.join(TIMES)})s?(?:[’']? (?:of age|old|of gestation))?"
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_WORD = "|".join(NUMBER_WORDS[1:])
_EDGE = r"(?<![\w.,/:–-])"
_OFTEN = (
    r"(?: (?:of body weight ))?(?: (?:(?:once|twice|three times|four times) (?:daily|a day|per day|each day|weekly|a week|monthly)|"
    r"daily|per day|a day|every \d+(?: to \d+|[–-]\d+)? hours|per week|per hour|per dose)\b)?"
)
_VALUE = re.compile(
    rf"{_EDGE}(?P<low>{_NUMBER}|\b(?:{_WORD})\b)(?: ?(?:{_AMOUNTS}))?"
    rf"(?:(?P<link>-? to | and |-to-| ?[–-] ?)(?P<high>{_NUMBER}|(?:{_WORD})\b))?"
    rf"(?P<gap>[ -]?)(?P<unit>{_AMOUNTS}|{_COUNTS}|{_TIME})(?![\w/²])(?P<often>{_OFTEN})",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:\b(?P<bound>at least|at most|up to|no more than|not more than|no less than|more than|less than|fewer than|greater than|"
    r"higher than|lower than|longer than|shorter than|larger than|smaller than|older than|younger than|a maximum of|"
    r"a minimum of|exceeding|above|below|over|under|about|approximately|around|roughly|between)\s+(?:a |an |the )?|"
    r"(?P<sign>[<>≤≥]=?)\s?)$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r" (?:or|and) (?P<end>more|longer|older|above|over|higher|greater|less|fewer|younger|below|lower|under|larger)\b"
)
_ANY_NUMBER = re.compile(rf"{_NUMBER}|\b(?:{_WORD})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """A number or range with its unit. ``bound`` is what limits it ("at least", "above", "" for nothing).

    ``start`` to ``end`` are the number, unit and frequency; ``bound_start`` is where the bound begins. ``number_end`` is
    where number and unit end and ``often`` ("twice daily") begins; ``or_more`` is "or older" and its like.
    """

    start: int
    end: int
    bound_start: int
    low: float
    high: float
    unit: str
    bound: str
    often: str
    or_more: str
    number_end: int

    @property
    def is_time(self) -> bool:
        return self.unit.split("'")[0].split("’")[0].split()[0].rstrip("s").lower() in TIMES

    @property
    def is_age(self) -> bool:
        return bool(re.search(r"of age|old", self.unit)) or self.or_more in ("older", "younger")

    @property
    def is_count(self) -> bool:
        return bool(re.fullmatch(_COUNTS, self.unit, re.IGNORECASE))


def number_of(written: str) -> float:
    """Return the number that digits or a word stand for."""
    word = written.lower()
    return float(NUMBER_WORDS.index(word)) if word in NUMBER_WORDS else float(word.replace(",", ""))


def values_in(text: str, start: int, end: int) -> Iterator[Value]:
    """Yield the values of a span, in order."""
    for found in _VALUE.finditer(text, start, end):
        bound = _BOUND.search(text[max(start, found.start() - 30) : found.start()])
        word = (bound["bound"] or bound["sign"]).lower() if bound else ""
        if found["link"] == " and " and word != "between":
            continue
        low = number_of(found["low"])
        high = number_of(found["high"]) if found["high"] else low
        if high < low or re.fullmatch(r"(?:19|20)\d\d", found["low"]):
            continue
        more = _OR_MORE.match(text, found.end(), end)
        begins = found.start() - (len(bound[0]) if bound else 0)
        yield Value(
            start=found.start(),
            end=more.end() if more else found.end(),
            bound_start=begins,
            low=low,
            high=high,
            unit=clean(found["unit"]),
            bound=word,
            often=clean(found["often"]),
            or_more=more["end"] if more else "",
            number_end=found.start("often"),
        )


def numbers_beside(text: str, start: int, end: int, value: Value) -> int:
    """Return how many numbers a span holds beside one value."""
    return len(_ANY_NUMBER.findall(text, start, value.start)) + len(_ANY_NUMBER.findall(text, value.end, end))
