"""Values in; the words by which a question asks for them out: on which side, for how long, at what age, what is measured."""

import re

from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.values import Value

ABOVE = frozenset(
    (
        "above",
        "over",
        "more than",
        "greater than",
        "higher than",
        "longer than",
        "larger than",
        "older than",
        "exceeding",
        ">",
    )
)
BELOW = frozenset(
    ("below", "under", "less than", "fewer than", "lower than", "shorter than", "smaller than", "younger than", "<")
)
SIGNS = {">": "above", "<": "below", "≥": "at least", ">=": "at least", "≤": "at most", "<=": "at most"}
MEASURED = re.compile(
    r"\b(?:dose|dosage|rate|volume|level|pressure|temperature|length|diameter|period|range|size|weight|value|count|"
    r"concentration|threshold|limit|duration|interval|half-life|time|thickness|width|depth|angle|target|goal|maximum|"
    r"minimum|score|cutoff|capacity|output|intake|saturation|fraction|index|course|age|flow|distance|lifespan|survival|bioavailability|clearance|gap|incubation)s?$"
)
_GIVEN = re.compile(
    r"\b(?:dos(?:e|es|ed|age)|given|give|administer\w*|start\w*|infus\w+|inject\w*|tablets?|titrat\w+|daily)\b"
)


def with_frequency(value: Value) -> str:
    return "{} " + value.often if value.often else "{}"


def side_word(value: Value) -> str:
    """Return on which side of a value something holds: "Above", "Below", "From" (or more), "Up to" (or less)."""
    bound = SIGNS.get(value.bound, value.bound)
    if bound in ("at least",) or value.or_more in ("more", "higher", "greater", "above", "over"):
        return "From"
    if bound in ("at most", "up to") or value.or_more in ("less", "lower", "fewer", "below", "under"):
        return "Up to"
    return "Above" if bound in ABOVE else "Below" if bound in BELOW else ""


def age_words(value: Value, before: str) -> str:
    if re.search(r"\bcases?\b|\bmost (?:people|patients|children)\b", before):
        return ""  # where most cases are below one age, most are below every higher one
    bound = SIGNS.get(value.bound, value.bound)
    if bound in ABOVE:
        return "Above what age"
    if bound in BELOW:
        return "Below what age"
    if value.or_more in ("older", "above", "over"):
        return "From what age"
    if value.or_more in ("younger", "below", "under"):
        return "Up to what age"
    if value.bound == "between" and value.is_age:
        return "Between what ages"
    return "At what age" if re.search(r"\b(?:at|at age|at the age of|by)(?: about)? $", before) else ""


def bounded(wh: str, value: Value) -> str:
    """Return "For at least how long" for a bound that the question must hold."""
    bound = SIGNS.get(value.bound, value.bound)
    if not value.or_more and bound in ("", "about", "approximately", "around", "roughly", "between"):
        return wh
    if value.or_more:
        bound = "at least" if value.or_more in ("more", "longer") else ""
        if bound not in wh and "ow long" not in wh:
            return ""
    if bound not in ("at least", "at most", "up to"):
        return ""
    placed = re.sub(r"\b([Hh]ow long|what time)\b", lambda found: f"{bound} {found[0].lower()}", wh, count=1)
    return (placed[0].upper() + placed[1:]) if placed != wh else ""


def measured_noun(clause: Clause, value: Value) -> str:
    """Return what a value measures, in the words of a question."""
    unit, said = value.unit, clause.text[clause.start : clause.end].lower()
    if unit_noun(unit) == "dose" and not _GIVEN.search(said):
        return "dose" if re.search(r"\b(?:treatment|therapy) (?:begins|starts|is)\b", said) else "amount"
    if unit in ("cm", "mm", "inches"):
        named = re.search(r"\b(deep|depth|diameter|thick\w*|wide|width|distance|long|length)\b", said)
        return (
            {"thick": "thickness", "deep": "depth", "wide": "width", "long": "length"}.get(named[1], named[1])
            if named
            else "size"
        )
    if unit in ("%", "percent"):
        return "percentage" if not re.search(r"saturation|fraction|hematocrit|a1c", said) else "value"
    noun = unit_noun(unit)
    return "pressure gradient" if noun == "pressure" and "gradient" in said else noun


def unit_noun(unit: str) -> str:
    """Return what a unit measures, "" when a question could not say it."""
    for pattern, noun in (
        (r"mm ?Hg|cm ?H2O", "pressure"),
        (r"°[CF]", "temperature"),
        (r"kg/m", "body mass index"),
        (r"/min$|/h$|per (?:minute|hour)|bpm", "rate"),
        (r"/(?:d?L|mL)$", "level"),
        (r"^(?:mg|mcg|µg|μg|g|units?|IU|Gy)(?:/kg.*|/day)?$", "dose"),
        (r"^m?L(?:/kg)?$|lit", "volume"),
        (r"degrees", "angle"),
        (r"^kg$", "weight"),
    ):
        if re.search(pattern, unit, re.IGNORECASE):
            return noun
    return ""
