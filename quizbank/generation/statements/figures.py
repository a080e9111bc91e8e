"""Lines that give a figure by its name ("Half-life 11 h", "Oral bioavailability is about 70%") go in; figures come out.

Only figures with one settled meaning are read: how long a drug or germ takes, and how much of a drug arrives. A figure
that holds for some patients, or that the document gives twice, is left to the author.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Phrase, Quantity
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.values import number_of
from quizbank.generation.topic import Topic

_TIME = r"h|hrs?|hours?|mins?|minutes?|days?|weeks?|months?"
_SHARE = r"%|per ?cent"
_WHICH = r"(?:(?:plasma|serum|terminal|elimination|biological|effective|mean|average|apparent) ){0,2}"
_ROUTE = (
    r"(?:(?:mean |average )?(?:absolute |systemic )?(?:oral |intramuscular |subcutaneous |rectal |nasal |sublingual )?)"
)


@dataclass(frozen=True)
class Figure:
    """A figure with one meaning: how documents write its name, how a question does ("{}" for its first words), its units."""

    written: str
    named: str
    units: str
    of_drugs: bool = True


FIGURES = (
    Figure(rf"(?P<which>{_WHICH})half-life(?: in plasma)?", "{}half-life", _TIME),
    Figure(rf"(?P<which>{_ROUTE})bioavailability", "{}bioavailability", _SHARE),
    Figure(r"(?P<which>)(?:plasma |serum )?protein[- ]binding", "plasma protein binding", _SHARE),
    Figure(
        r"(?P<which>)(?:time to (?:the )?peak(?: (?:plasma |serum )?(?:levels?|concentrations?))?|tmax)",
        "time to peak level",
        _TIME,
    ),
    Figure(r"(?P<which>)peak (?:plasma |serum )?(?:levels?|concentrations?)", "time to peak level", _TIME),
    Figure(r"(?P<which>)onset of (?:action|effect)", "onset of action", _TIME),
    Figure(r"(?P<which>)duration of (?:action|effect)", "duration of action", _TIME),
    Figure(
        r"(?P<which>(?:usual |average |typical )?)incubation(?: period| time)?",
        "{}incubation period",
        _TIME,
        of_drugs=False,
    ),
)
_OPENS = r"(?:^|; |, (?:and )?|\band )(?:[-*•_\s]*)(?:the |its |an? )?"
_LINK = (
    r"(?:[*_]{2})?(?:\s*[:|=–—-]\s*|\s+)(?:[*_]{2})?"
    r"(?:(?:is|are|of|averages?|at|comes at|is reached (?:at|after|in)|lasts?|typically|usually|commonly) ){0,2}"
)
_ABOUT = r"(?P<about>(?:about|around|approximately|approx\.?|roughly|some) )?"
_NUMBER = r"\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_NUMBERED = re.compile(_NUMBER, re.IGNORECASE)
_PLAIN = re.compile(r"\s*(?:$|[.;(\n|]|,(?! (?:but|or|up|longer|shorter|rising|though|although|\d)))")
_WHO = re.compile(
    r"\s+(?P<who>in (?:healthy |most )?(?:adults|people|subjects|volunteers)|(?:in (?:healthy )?(?:adults|people|those) )?"
    r"with normal (?:kidneys|renal function|kidney function|liver function))(?=\s*(?:$|[.;(]|,(?! (?:but|or|up))))",
    re.IGNORECASE,
)
_OF_A_DOSE = re.compile(r"\s*\([^()]*\b(?:mg|g|mcg|dose|tablets?|capsules?|solution|form)\b[^()]*\)")
_OWN = re.compile(
    r"\W*(?:it|they|the (?:drug|medicine)|(?:oral |systemic )?absorption|absorbed|(?:well|rapidly|slowly|poorly) absorbed|"
    r"elimination|excretion|metabolism|distribution|protein|plasma|half-life|bioavailability|onset|peak|tmax|volume|vd|"
    r"pharmacokinetics)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:pro-?drugs?|active (?:metabolites?|form|moiety|derivative)|(?:converted|reduced|hydroly[sz]ed|cleaved)\b[^.]{0,40} to\b|"
    r"(?:metabolite|derivative)\b[^.]{0,60}\b(?:does|responsible|active))\b",
    re.IGNORECASE,
)
_OTHER_SUBSTANCE = re.compile(
    r"\b(?:[A-Z]{2,}\w*|[Mm]etabolites?|[Dd]erivatives?|[Pp]arent|nor[a-z]{5,}|desm?[a-z]{6,})\b"
)
_WORTH_KNOWING = (20, 90)  # percent; a share bound in between is nobody's concern to the percent
_CONDITION = re.compile(r"\W*(?:in|with|after|when|if|for|at|under|among|unlike|without|during|given)\b", re.IGNORECASE)


def read_figures(passage: Passage) -> Iterator[Quantity]:
    """Yield the figures that open a sentence, a clause, a list item or a row of two cells, unless the document gives two."""
    if not passage.topic.name or passage.topic.part:
        return
    lines = [line for line in _lines(passage) if _NUMBERED.search(passage.text, line[1], line[2])]
    for figure in FIGURES:
        named = re.finditer(rf"{figure.written}.{{0,30}}?(?:{_NUMBER})", passage.text, re.IGNORECASE)
        given = [_which(one) for one in named]
        if not given:
            continue  # before the pattern that holds the topic is made: it costs more than all else here
        value = re.compile(_value_of(figure, passage.topic.name), re.IGNORECASE)
        for section, start, end in lines:
            found = value.search(passage.text[start:end])
            once = found and (len(given) == 1 or (_which(found) and given.count(_which(found)) == 1))
            if found and once and _belongs(figure, found, passage.topic):
                yield from _figure(passage, section, (start, end), figure, found)


def _belongs(figure: Figure, found: re.Match[str], topic: Topic) -> bool:
    """Return whether a topic has such a figure, or the figure is said to be that of a drug which the lexicon knows."""
    drug = found["drug"] or ""
    if drug:
        return figure.of_drugs and any(one.group.kind == "drug" for one in terms_in(drug, 0, len(drug)))
    return figure.of_drugs == topic.drug and not topic.is_procedure


def _value_of(figure: Figure, topic: str) -> str:
    of = rf"(?: of (?:{re.escape(topic)}|the (?:parent )?drug|(?P<drug>[a-z][a-z-]{{4,25}})))?"
    return (
        rf"{_OPENS}{figure.written}{of}{_LINK}{_ABOUT}(?P<value>(?P<low>{_NUMBER})(?: ?(?P<first>{figure.units})(?=\W))?"
        rf"(?:(?: ?[–-] ?| to )(?P<high>{_NUMBER}))? ?(?P<unit>{figure.units}))(?![\w/])"
    )


def _which(found: re.Match[str]) -> str:
    return clean(found["which"] or "").lower()


def _lines(passage: Passage) -> Iterator[tuple[Section, int, int]]:
    for section, _, sentence in passage.prose():
        yield section, sentence.start, sentence.end
    for section in passage.sections():
        for block in section.blocks:
            rows = [row for row in block.entries if len([cell for cell in row.cells if cell[0] < cell[1]]) == 2]
            if block.kind == "table" and len(rows) == len(block.entries):
                yield from ((section, row.start, row.end) for row in rows)


def _figure(
    passage: Passage, section: Section, span: tuple[int, int], figure: Figure, found: re.Match[str]
) -> Iterator[Quantity]:
    """Yield the figure unless what stands before or behind it narrows it in words that a question cannot repeat."""
    line, patients = passage.text[slice(*span)], passage.patients(section)
    who = _WHO.match(line, found.end())
    low = number_of(found["low"])
    high = number_of(found["high"]) if found["high"] else low
    plain = who or (_PLAIN.match(line, found.end()) and not _OF_A_DOSE.match(line, found.end()))
    if found["first"] and found["first"] != found["unit"]:
        return  # "3 weeks to 3 months"
    opens = (
        not line[: found.start()].strip(" -*•_|")
        or _OWN.match(line)
        or line.lower().startswith(passage.topic.name.lower())
    )
    if "protein binding" in figure.named and _WORTH_KNOWING[0] < low < _WORTH_KNOWING[1]:
        return
    if _OTHER_SUBSTANCE.search(line[: found.start("value")].replace("Vd", "").replace("CNS", "")):
        return
    if not opens or (figure.of_drugs and not found["drug"] and _CHANGED.search(passage.text)):
        return  # the figure may be that of another substance
    if patients is None or not plain or _CONDITION.match(line[: found.start()]) or low <= 0 or high < low:
        return
    which = _which(found)
    name = figure.named.format(f"{which} " if which else "")
    drug = f"of {found['drug'].lower()}" if found["drug"] else ""
    asked = " ".join(part for part in (f"What is the {name}", drug, who["who"] if who else "", patients) if part)
    start = span[0] + found.start("value")
    written = Phrase(clean(found["value"]), start, span[0] + found.end("value"))
    yield Quantity(
        passage.source(section, *span),
        passage.placed(section, f"{asked}?"),
        written,
        low,
        high,
        found["unit"],
        (written,),
        "About {}" if found["about"] else "{}",
        named=True,
    )
