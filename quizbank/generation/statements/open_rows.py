"""Tables go in; for each row, what one of its columns says of it comes out as an open statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Block, Entry, Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.answers import Asked, is_order, is_telling, opened
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.open_labels import DRUGS
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.tables import GIVEN_FOR
from quizbank.generation.wording import head_noun, in_sentence, is_plural

MOST_LABEL_WORDS, MOST_HEADER_WORDS = 9, 6
_NEVER_ASKED = re.compile(
    r"\b(?:notes?|comments?|remarks?|evidence|strengths?|references?|sources?|page|examples?|units?|version|price|cost|"
    r"brand|date|author|"
    r"owner|no|number|details?|description|points?)\b|^(?:value|result|yes|other)s?$|^\W*$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:treatments?|therapy|management|regimen|drugs?|first[- ]line|alternatives?|choice|indications?|place of care|care|"
    r"action|approach|advice|procedure|operation|imaging|investigations?)$",
    re.IGNORECASE,
)
_FEATURE = re.compile(
    r"(?:features?|parameters?|findings?|characteristics?|variables?|criteri(?:a|on)|aspects?|items?|measures?|tests?|"
    r"propert(?:y|ies)|)$",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:very |most )?(?:mild|moderate|severe|low|high|intermediate|normal|early|late|acute|chronic|positive|negative|"
    r"present|absent|"
    r"stable|unstable|yes|no|any|all|none|other)|[<>≤≥~]?\s?\d.*",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"(?:n/?a|varies|variable|unknown|yes|no|none|see .*|same.*|\W*|[+-]+|normal|high|low)", re.IGNORECASE
)
_SIGNS = re.compile(r"[↑↓→←±]| / [–-]|^[–-]|[+]{2}")
_ADJECTIVE = re.compile(r"[a-z-]+(?:ic|al|ive|ed|ous|ar|ent|ant|ate|ary|ory|vere|ild)", re.IGNORECASE)
_DOSE = re.compile(r"\b(?:doses?|dosage|duration|route|frequency|rate|half-life|onset)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Column:
    place: int
    name: str


def read_rows(passage: Passage) -> Iterator[Open]:
    """Yield one open statement per row: what the column that says most of it holds."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) >= 3:
                yield from _rows(passage, section, block)


def _rows(passage: Passage, section: Section, block: Block) -> Iterator[Open]:
    header, *rows = block.entries
    names = [in_sentence(_bare(passage.text[slice(*cell)]), passage.topic.lowered) for cell in header.cells]
    columns = [
        _Column(place, name)
        for place, name in enumerate(names)
        if place
        and _is_noun(name)
        and name.lower() != passage.topic.name.lower()
        and len(name.split()) <= MOST_HEADER_WORDS
        and not _NEVER_ASKED.search(name)
    ]
    for number, row in enumerate(rows):
        turned = columns[number % len(columns) :] + columns[: number % len(columns)] if columns else []
        made = [said for column in turned if (said := _cell(passage, section, names[0], row, column))]
        if made:
            yield max(made, key=lambda said: said.worth)


def _cell(passage: Passage, section: Section, things: str, row: Entry, column: _Column) -> Open | None:
    if column.place >= len(row.cells):
        return None
    label = in_sentence(_bare(passage.text[slice(*row.cells[0])]), passage.topic.lowered)
    said = _bare(passage.text[slice(*row.cells[column.place])])
    if (
        not label
        or len(label.split()) > MOST_LABEL_WORDS
        or not said
        or _NO_VALUE.fullmatch(said)
        or _SIGNS.search(said)
    ):
        return None
    start, end = row.cells[column.place]
    stop = re.compile(r"; |\. ").search(passage.text, start, end)
    close = stop.start() if stop and len(passage.text[start:end].split()) > 12 else end
    given = _bare(passage.text[slice(*row.cells[1])]) if column.place > 1 and _DOSE.search(column.name) else ""
    given = in_sentence(given, passage.topic.lowered) if re.fullmatch(r"[A-Za-z][A-Za-z -]{3,40}", given) else ""
    question = (
        f"What {_be(column.name)} the {column.name} of {given} for {label}?"
        if given
        else _question(things, label, column.name, said)
    )
    if not question:
        return None
    worth = 2 + is_telling(label)
    return opened(
        passage,
        section,
        (row.start, row.end),
        Asked(question, (start, close), f"column {column.name}", worth),
        cut=False,
    )


_ADVICE = re.compile(
    r"(?:avoid(?:ed)?|contraindicated|permitted|allowed|safe|unsafe|caution|not advised)", re.IGNORECASE
)
_WHEN = re.compile(r"\b(?:after|before|during|without|at|on|under)\b", re.IGNORECASE)


def _of_feature(label: str, name: str, said: str) -> str:
    """Return what asks for a cell where rows are features and columns things, or the other way round; "" where neither reads."""
    drug = any(one.group.kind in DRUGS and one.end - one.start == len(name) for one in terms_in(name, 0, len(name)))
    if _ADVICE.fullmatch(said):
        return f"What is advised about {label} with {name}?" if drug else ""
    if not drug and _WHEN.search(name):
        if _DEGREE.fullmatch(label):
            return ""
        return f"What is found {name} in {label}?" if _WHEN.match(name) else f"What is the {name} in {label}?"
    return f"What {_be(label)} the {label} {'of' if drug else 'in'} {name}?"


def _question(things: str, label: str, name: str, said: str) -> str:
    """Return what asks for a cell: "What is the antidote for methanol?"; in a table of features, "… in ulcerative colitis?"."""
    if _FEATURE.fullmatch(things):
        return _of_feature(label, name, said)
    asked = name.removeprefix("the ")
    if _ADJECTIVE.fullmatch(label) and things not in ("timing", "time", "name") and re.fullmatch(r"[a-z]+", things):
        return f"What {_be(asked)} the {asked} in the {label} {things}?"
    if re.fullmatch(r"\d+", label) and is_plural(things):
        return f"What {_be(asked)} the {asked} with {label} {things}?"
    if _DEGREE.fullmatch(label):
        return f"What {_be(asked)} the {asked} if the {things} is {label}?"
    given = re.search(r"\b(?:drug|agent|medicine|antibiotic|preparation|an[a]?esthetic|opioid|vitamin)s?$", things)
    link = "for" if (GIVEN_FOR.search(asked) or _FOR.search(asked)) and not given else "of"
    return f"What {_be(asked)} the {asked} {link} {label}?"


def _is_noun(name: str) -> bool:
    """Return whether a header can be asked for as "the …": no bare adjective, no order, no condition."""
    last = name.rsplit(maxsplit=1)[-1] if name else ""
    first = name.split(" ", 1)[0]
    known = _ADJECTIVE.fullmatch(last) and last not in (
        "interval",
        "agent",
        "treatment",
        "management",
        "content",
        "survival",
    )
    return (
        bool(name)
        and not known
        and not re.search(r"\d|\bif\b|^(?:normal|avoid|stop|start|continue|give|check)\b", name)
        and (not is_order(f"{first} the") or first == last)
    )


def _be(name: str) -> str:
    head = head_noun(name)
    return "are" if is_plural(head) or name.endswith("criteria") or re.search(r"[^sui]s$", head) else "is"


def _bare(text: str) -> str:
    """Return a cell on one line, without marks and what stands in brackets."""
    return " ".join(re.sub(r"\s*\([^()]*\)", "", clean(text)).split()).strip(" ;,*:|")
