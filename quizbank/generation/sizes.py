"""The words of an amount go in ("6 months", "Three", "2 to 3 weeks", "1,500 mL"); its size and what it is measured in come out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quizbank.generation.wording import NUMBER_WORDS, root

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}|(?:{'|'.join(NUMBER_WORDS)})\b)"
_AMOUNT = re.compile(
    rf"(?P<lead>(?:about|every) )?(?P<mark>[<≤>≥~−+-]?) ?(?P<low>{_NUMBER})"
    rf"(?:(?: ?[a-zµ%°]*) ?(?:to|[-–]) ?(?P<high>{_NUMBER}))?(?P<unit>.*)$",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"1 in (?P<of>(?!0*(?:\.0*)?$)(?:{_DIGITS}))$")
_DAYS = {
    "second": 1 / 86_400,
    "minute": 1 / 1_440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4,
    "year": 365.0,
}
_GRAMS = {"µg": 1e-6, "mcg": 1e-6, "mg": 1e-3, "g": 1.0, "kg": 1e3}
_STEM = 5  # letters of a unit by which its singular and plural are one: criterion, criteria
_BELOW = 0.5  # steps by which "≤ 40" stands before "40"


@dataclass(frozen=True)
class Size:
    """How large an amount is, the middle of a range, and in what: only sizes in the same can be compared."""

    value: float
    of: str


@lru_cache(maxsize=4096)
def size_of(text: str) -> Size | None:
    """Return the size of an amount, times in days and masses in grams; None for words that begin with no number."""
    if share := _SHARE.match(text):
        return Size(1 / _value(share["of"]), "1 in")
    found = _AMOUNT.match(re.sub(r"^Every (?=[a-z])", "Every 1 ", text))
    if not found:
        return None
    low = _value(found["low"])
    high = _value(found["high"]) if found["high"] else low
    value = (low + high) / 2 - (_BELOW if found["mark"] and found["mark"] in "<≤" else 0)
    unit, lead = found["unit"].strip(), (found["lead"] or "").strip().lower()
    if days := _DAYS.get(unit.lower().removesuffix("s")):
        return Size(value * days, f"{lead} time")
    if grams := _GRAMS.get(unit):
        return Size(value * grams, f"{lead} mass")
    return Size(value, " ".join((lead, *(root(word)[:_STEM] for word in re.split(r"[\s/]+", unit)))))


def _value(written: str) -> float:
    word = written.lower()
    return float(NUMBER_WORDS.index(word)) if word in NUMBER_WORDS else float(written.replace(",", ""))
