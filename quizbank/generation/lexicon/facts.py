"""The files of facts/ go in; frozen facts, and where a text names their subjects and answers, come out.

A fact is something that textbooks agree on: its subject, the question that asks for it, the one right answer, everything else
that would be right as well, and rivals that are certainly wrong. It is asked only where a document says the same.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from quizbank.generation.lexicon.reading import word_set
from quizbank.generation.wording import roots, same_root

AMOUNTS = ("amounts", "values")
"""The groups of facts whose answer is a number: those that are read and licensed, and those that are not yet."""
_FOLDER = Path(__file__).parent / "facts"
_PLAIN = str.maketrans({**dict.fromkeys("–‐‑−", "-"), **dict.fromkeys("\u00a0\u2009\u202f", " "), "’": "'"})
_TAIL = re.compile(r" (?:infections?|disease)$")
_WORD = re.compile(r"\w+")
_ASKING = roots(
    "most typically characteristic mainly usually cause kind type form place structure organ cell finding test standard first line "
    "initial best choice preferred definitive drug study imaging used patient suspected treatment"
)
_SORTS = roots(
    "commonly classically chiefly primarily operation examination measure technique preparation enzyme hormone vitamin tissue bone "
    "joint process compound analyte tumor protein serum lesion skin assay activity condition class component product metabolite "
    "marker value today worldwide"
)
WHO_WHERE = roots(
    "adult child children infant newborn neonate toddler adolescent man men woman women pregnancy pregnant elderly older states "
    "europe america africa asia smoker cirrhosis overall"
)
"""Roots that say of whom, or where, a fact holds."""
COUNTRIES = roots("low income high country region endemic western")
"""Roots that say in which countries the most common is the most common."""
DEGREES = WHO_WHERE | roots(
    "severe moderate mild onset peak mean median maintenance loading prophylaxis fasting random acute chronic early late target"
)
"""Roots that a number hangs on: the same topic has another one for each."""
_UNSAID = roots(" ".join(word_set("asking")))
_SORT = re.compile(  # "Which herbal remedy lowers": the sort of the answer, and a verb
    r"\b[Ww](?:hich|hat)((?: (?!(?:of|in|on|at|near|for|from|with|without|after|before|during|besides?|other|that|is|are)\b)"
    r"[\w-]+){1,3})"
)
_ESCAPES = re.compile(r"\\b|\\")

# What is the most common may be told without these words: by a share of more than half, or as what leads.
_HALF = r"[5-9]\d(?:\.\d+)?(?: ?(?:%|per ?cent)| ?(?:to|-) ?\d\d ?(?:%|per ?cent))"
_LEADS = (
    r"|\b(?:caus|account|mak|made|compris|constitut|represent|responsible|form|aris|provid|begin|occur)[^.;]{0,30}?\b"
    rf"{_HALF}|\| ?\((?:about |some )?{_HALF}|\bmost (?:people|patients|cases) (?:have|begin|start)\b|\bpredominate|"
    r"\bleads?(?=[,.;]| the\b)"
)


@dataclass(frozen=True)
class FactKind:
    """What facts of one kind have in common. ``group`` is the maker that asks for them.

    ``unless`` is the pattern of words by which a clause with the telling words still says something else, "" if there are none;
    ``is_named`` tells that the clause itself must name the subject.
    """

    group: str
    name: str
    objective: str
    unless: str
    is_named: bool


@dataclass(frozen=True)
class Fact:
    """One fact: ``names`` and ``said`` are the lower-case wordings of its subject and its answer in documents.

    ``tells`` is the pattern of the words by which a sentence says it. ``also`` is right as well by some book, or another name
    of the answer; ``rivals`` are wrong by every book, likest first. ``template`` is the kind's question, "" if it has none.
    ``heard`` is the pattern of what must be said anywhere near if the question sets a condition, "" if it sets none;
    ``is_of_kind`` tells that the words which tell the fact are those of its kind.
    """

    kind: FactKind
    subject: str
    names: tuple[str, ...]
    question: str
    answer: str
    said: tuple[str, ...]
    tells: str
    also: tuple[str, ...]
    rivals: tuple[str, ...]
    template: str
    heard: str
    is_of_kind: bool

    @cached_property
    def narrows(self) -> frozenset[str]:
        """The roots by which the question asks for more than the subject: "in children", "of the small intestine"."""
        asked = self.question.replace("How many", "").replace("how many", "")  # whose root is that of "man"
        known = roots(" ".join((self.template, self.subject, *self.names))) | _ASKING
        return roots(asked) - known - (frozenset() if self.is_of_kind else _SORTS)

    @cached_property
    def details(self) -> frozenset[str]:
        """The roots of ``narrows`` that a source must say: none for the sort of the answer, none that the telling words say."""
        sort = " ".join(_SORT.findall(self.question))
        told = roots(f"{sort} {_ESCAPES.sub('', f'{self.tells}|{self.heard}').replace('|', ' | ')}")
        return frozenset(word for word in self.narrows - _UNSAID if not any(same_root(word, other) for other in told))


@dataclass(frozen=True)
class Named:
    """A wording of an answer in a text, and the facts it could be the answer of."""

    start: int
    end: int
    facts: tuple[Fact, ...]


@cache
def facts() -> tuple[Fact, ...]:
    """Return every fact, file by file."""
    return tuple(fact for file in sorted(_FOLDER.glob("*.toml")) for fact in _facts_of(file))


def _facts_of(file: Path) -> Iterator[Fact]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    kinds = {row["name"]: row for row in rows["kind"]}
    made = {
        name: FactKind(
            row["group"], name, row["objective"], _beginnings(row.get("unless", ())), row.get("named", False)
        )
        for name, row in kinds.items()
    }
    tells = {name: _tells(row["group"], row["tells"]) for name, row in kinds.items()}
    for row in rows["fact"]:
        kind, own = row["kind"], row.get("tells")
        template = kinds[kind].get("question", "")
        question = row.get("question") or template.replace("{subject}", row["subject"])
        told = _tells(made[kind].group, own) if own else tells[kind]
        yield Fact(
            made[kind],
            row["subject"],
            tuple(map(plain, row["names"])),
            question,
            row["answer"],
            tuple(map(plain, row["said"])),
            told,
            tuple(row["also"]),
            tuple(row["rivals"]),
            template,
            _beginnings(row.get("heard", ())),
            not own,
        )


def _tells(group: str, beginnings: Iterable[str]) -> str:
    return _beginnings(beginnings) + (_LEADS if group == "commonest" else "")


def _beginnings(words: Iterable[str]) -> str:
    return "|".join((r"\b" if word[0].isalnum() else "") + re.escape(plain(word)) for word in words)


@cache
def matching(tells: str) -> re.Pattern[str]:
    """Return what finds the words that tell a fact; compiled when first needed, for there are thousands."""
    return re.compile(tells)


def plain(text: str) -> str:
    """Return a text of the same length in lower case, with plain hyphens and apostrophes, as the wordings are written."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" becomes two
        lowered = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)
    return lowered.translate(_PLAIN)


def answers_in(text: str) -> Iterator[Named]:
    """Yield the answers that a ``plain`` text names: at each place the longest wording, for the facts of shorter ones too."""
    return _named_in(text, _answers(), shorter=True)


def wording_in(text: str, answer: str) -> tuple[int, int] | None:
    """Return where a text names an answer of a fact, be it by another name ("salbutamol" for "Albuterol")."""
    found = (named for named in answers_in(plain(text)) if any(fact.answer == answer for fact in named.facts))
    return next(((named.start, named.end) for named in found), None)


def about_in(text: str) -> frozenset[Fact]:
    """Return the facts whose subject a ``plain`` text names, no name inside a longer one."""
    return frozenset(fact for named in _named_in(text, _subjects()) for fact in named.facts)


def holds(text: str, wordings: Iterable[str]) -> bool:
    """Return whether a ``plain`` text holds one of some wordings as whole words."""
    return any(re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(plain(one))}(?:s|es)?(?!\w)", text) for one in wordings)


_Index = Mapping[str, tuple[tuple[str, tuple[Fact, ...]], ...]]


@cache
def _answers() -> _Index:
    return _index((wording, fact) for fact in facts() for wording in fact.said)


@cache
def _subjects() -> _Index:
    """Return the names of subjects; for numbers, one with "infection" or "disease" behind it means what it means without."""
    named: dict[str, list[Fact]] = {}
    for fact in facts():
        for name in fact.names:
            named.setdefault(name, []).append(fact)
    pairs = [(name, fact) for name, meant in named.items() for fact in meant]
    longer = ((name, named.get(_TAIL.sub("", name), ())) for name in named if _TAIL.search(name))
    return _index((*pairs, *((name, fact) for name, meant in longer for fact in meant if fact.kind.group in AMOUNTS)))


def _index(pairs: Iterable[tuple[str, Fact]]) -> _Index:
    """Return the wordings by their first word, longest first, each with its facts."""
    meant: dict[str, list[Fact]] = {}
    for wording, fact in pairs:
        meant.setdefault(wording, []).append(fact)
    opened: dict[str, list[tuple[str, tuple[Fact, ...]]]] = {}
    for wording in sorted(meant, key=lambda one: (-len(one), one)):
        if first := _WORD.search(wording):
            opened.setdefault(first[0], []).append((wording, tuple(meant[wording])))
    return {first: tuple(rows) for first, rows in opened.items()}


# A number is part of a longer one, or of a range or a choice: "4 weeks" of "2 to 4 weeks", "6 weeks or 4 weeks", "1.4 weeks".
_FEW = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_NUMBER = re.compile(rf"[-+]?\d|(?:{_FEW})\b")
_PART_AHEAD = re.compile(rf"\b(?:\d+|{_FEW})(?: ?[a-z%]+)? ?(?:-|x|×|to|or|and) ?$|[\d.,/:-]$")
_JOINED = re.compile(r"[-/][a-z]?\d")
_UNIT = re.compile(
    r" ?(?:%|[µm]?g\b|m?l\b|h\b|(?:day|week|month|hour|minute|min|second|year|time|dose|unit|point|percent|per cent|patient|"
    r"case|people|mmol|mm|cm)(?:s|\b|/))"
)
_PART_BEHIND = re.compile(rf" ?(?:-|x|×|to|or|and) ?(?:\d|(?:{_FEW})\b)|[.,/:]\d")


def is_part(text: str, start: int, end: int) -> bool:
    """Return whether a number in a text, with its unit, is a part of something longer; one without a unit has got one there."""
    unit = text[end - 1].isdigit() and _UNIT.match(text, end)
    return bool(unit or _PART_AHEAD.search(text, max(0, start - 25), start) or _PART_BEHIND.match(text, end))


def _named_in(text: str, index: _Index, *, shorter: bool = False) -> Iterator[Named]:
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done:
            continue
        found = [(place, meant) for wording, meant in index.get(word[0], ()) if (place := _place(text, word, wording))]
        if found:
            (start, done), _ = found[0]
            yield Named(start, done, tuple(fact for _, meant in found[: None if shorter else 1] for fact in meant))


def _place(text: str, word: re.Match[str], wording: str) -> tuple[int, int] | None:
    """Return where a wording whose first word stands in a text stands there whole, with the s of a plural."""
    start = word.start() - (len(wording) - len(wording.lstrip("([+-<>≤≥ ")))
    end = start + len(wording)
    end += text.startswith("s", end)
    if start < 0 or not text.startswith(wording, start) or text[end : end + 1].isalnum():
        return None
    if _JOINED.match(text, end) and text[end - 1].isdigit():  # "L1" of "L1-L2"
        return None
    return None if _NUMBER.match(wording) and is_part(text, start, end) else (start, end)
