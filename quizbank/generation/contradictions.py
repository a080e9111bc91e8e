"""All that a document says goes in; the pairs of places that cannot both be right come out.

Two places contradict each other when they give one quantity two values in the same words (but for two that narrow nothing);
when one says and the other denies the same; or when each calls something else the most common. Words are a narrow bridge,
so whatever may set two places apart (who, how given, when, how severe) lets both stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from quizbank.documents.tree import Document
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.spoken import Spoken
from quizbank.generation.statements.figures import FIGURES
from quizbank.generation.statements.values import TIMES, Value, values_in
from quizbank.generation.topic import Topic
from quizbank.generation.wording import root, roots, words_of


@dataclass(frozen=True)
class Contradiction:
    """Two places of a document that cannot both be right, the first one first."""

    one: tuple[int, int]
    other: tuple[int, int]

    def concerns(self, start: int, end: int) -> bool:
        """Return whether a span holds words of either place."""
        return any(first < end and start < last for first, last in (self.one, self.other))


@dataclass(frozen=True)
class Clause:
    """What a sentence opens with: its words, its text without the values, and what may set it apart."""

    start: int
    end: int
    words: frozenset[str]
    text: str
    marks: frozenset[str]
    values: tuple[Value, ...]


_LONGEST = 300  # characters; what is longer says too much to be compared by its words
_NARROWS = roots(
    "child children pediatric infant neonate newborn adolescent adult older elderly geriatric pregnancy pregnant lactation women "
    "men male female boy girl renal hepatic kidney liver impairment severe severity mild moderate maximum minimum maximal minimal "
    "initial initially start starting loading maintenance first second third fourth final next previous oral orally "
    "intravenous intravenously intramuscular subcutaneous topical rectal nasal inhaled total mean average median peak trough "
    "normal abnormal high low upper lower increase reduced right left acute chronic early late daily single repeat repeated "
    "additional another some many few usual usually rare rarely common typical sometimes occasionally trial study studies "
    "patients healthy volunteers extended immediate release tablet capsule injection untreated treated proximal distal anterior "
    "posterior medial lateral small large outpatient inpatient emergency elective smoker fasting fed country countries region "
    "worldwide developed developing young age aged target goal risk alternative alternatively adjusted complicated uncomplicated "
    "recurrent new partial complete simple local general sensitivity specificity version range short long rapid slow dose type "
    "stage grade class phase"
)
"""What may set two places apart that otherwise say the same."""
_FILLERS = roots(
    "usual usually typically generally commonly normally lasts range averages approximately roughly around about"
)
_MARK = re.compile(
    r"\b(?:[A-Z]|[IVX]{1,4}|(?i:last|before|after|under|over|during|without|within|more|less|most|least|not|no|never|than|if|when|"
    r"unless|other|each|both|very|per|every|until|between|above|below|up|all|any|only))\b|\d[\d.,]*"
)
_NUMBERING = re.compile(r"^[\d.]+ ")
_FEWEST, _MOST_EXTRA = 2, 2  # words


def contradictions(document: Document, spoken: Sequence[Spoken], topic: Topic) -> tuple[Contradiction, ...]:
    """Return the pairs of places that contradict each other, in order, each pair once. Rows of a table are left alone."""
    plain = [one for one in spoken if one.end - one.start <= _LONGEST and one.among == (one.start, one.end)]
    found = {
        *_quantities(document, plain, topic),
        *_figures(document, plain, topic),
        *_denials(document, plain),
        *_superlatives(document, plain, topic),
    }
    return tuple(sorted(found, key=lambda pair: (pair.one, pair.other)))


@lru_cache(maxsize=2_000)
def _narrowing(path: tuple[str, ...]) -> frozenset[str]:
    """Return what the headings above narrow a sentence to: patients, a stage, a drug or any other term of the lexicon."""
    headings = [_NUMBERING.sub("", heading) for heading in path]
    marks = {mark for heading in headings for mark in _MARK.findall(heading)}
    terms = {found.term for heading in headings for found in terms_in(heading, 0, len(heading))}
    return roots(" ".join(headings)) & _NARROWS | marks | terms


def _pair(one: Clause | Spoken, other: Clause | Spoken) -> Contradiction:
    first, second = sorted(((one.start, one.end), (other.start, other.end)))
    return Contradiction(first, second)


def _quantities(document: Document, spoken: Sequence[Spoken], topic: Topic) -> Iterator[Contradiction]:
    """Yield the clauses that give one thing two values."""
    clauses = list(_clauses(document, spoken, topic))
    with_word: dict[str, list[Clause]] = {}
    for clause in clauses:
        for word in clause.words:
            with_word.setdefault(word, []).append(clause)
    for one in clauses:
        rarest = min(sorted(one.words), key=lambda word: len(with_word[word]))
        for other in with_word[rarest]:
            if other is not one and _speaks_of_same(one, other, document) and _values_differ(one, other):
                yield _pair(one, other)


_ENDS = re.compile(r"(?<=[a-z0-9)%])(?:[.;] +|, (?:and|but|while|whereas) )")


def _clauses(document: Document, spoken: Sequence[Spoken], topic: Topic) -> Iterator[Clause]:
    """Yield what sentences and items with numbers open with: the clauses behind may lean on its subject."""
    for one in spoken:
        mark = _ENDS.search(document.text, one.start, one.end)
        end = mark.start() if mark else one.end
        values = tuple(values_in(document.text, one.start, end))
        text = document.text[one.start : end]
        for value in reversed(values):
            text = f"{text[: max(0, value.bound_start - one.start)]} {text[value.end - one.start :]}"
        words = (roots(text) | one.lead) - roots(topic.name) - _FILLERS if values else frozenset()
        if len(words) >= _FEWEST:
            yield Clause(one.start, end, words, text, _narrowing(one.path).union(_MARK.findall(text)), values)


def _speaks_of_same(one: Clause, other: Clause, document: Document) -> bool:
    """Return whether the other clause holds all words of the first in their order, and little else that could narrow it."""
    extra = other.words - one.words
    if not one.words <= other.words or len(extra) > _MOST_EXTRA or extra & _NARROWS or one.marks != other.marks:
        return False
    if _order(one.text, one.words) != _order(other.text, one.words):
        return False  # "before an MAOI after fluoxetine", "before fluoxetine after an MAOI"
    terms = terms_in(document.text, other.start, other.end) if extra else ()
    return not any(roots(document.text[term.start : term.end]) & extra for term in terms)


def _order(text: str, words: frozenset[str]) -> list[str]:
    """Return those words by their roots in the order in which a text says them."""
    return [word for word in map(root, words_of(text)) if word in words]


def _values_differ(one: Clause, other: Clause) -> bool:
    """Return whether the clauses differ in one value and agree in every other."""
    if len(one.values) != len(other.values):
        return False
    pairs = [pair for pair in zip(one.values, other.values, strict=True) if _told(pair[0]) != _told(pair[1])]
    return len(pairs) == 1 and _is_apart(*pairs[0])


def _told(value: Value) -> tuple[str, float, float, str, str, str]:
    return _unit(value), value.low, value.high, value.bound, value.often, value.or_more


def _unit(value: Value) -> str:
    return value.unit.lower().rstrip("s")


_PLAIN_BOUNDS = frozenset(("", "about", "around", "approximately", "roughly", "between"))
_IN_SECONDS = dict(zip(TIMES, (1, 60, 3600, 86_400, 604_800, 2_629_800, 31_557_600), strict=True))


def _is_apart(one: Value, other: Value) -> bool:
    """Return whether two values of one kind exclude each other."""
    bounds = {one.bound, other.bound}
    if (len(bounds) > 1 and bounds - _PLAIN_BOUNDS) or (one.often, one.or_more) != (other.often, other.or_more):
        return False
    if _unit(one) in _IN_SECONDS and _unit(other) in _IN_SECONDS:
        mine, yours = _IN_SECONDS[_unit(one)], _IN_SECONDS[_unit(other)]
        return _exclude((one.low * mine, one.high * mine), (other.low * yours, other.high * yours))
    return _unit(one) == _unit(other) and _exclude((one.low, one.high), (other.low, other.high))


_ROUNDED = 1.15  # two values nearer than that may be one value


def _exclude(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether two ranges lie apart by more than rounding."""
    lower, upper = sorted((one, other))
    return lower[1] * _ROUNDED < upper[0]


_NUMBER = r"\d+(?:\.\d+)?"
_GIVEN = tuple(
    re.compile(
        rf"\b{figure.written}(?P<link>[^.;:|\d]{{0,40}}?)[ :|~<>–-]*(?<!\w)(?P<low>{_NUMBER})"
        rf"(?: ?(?:[–-]|to) ?(?P<high>{_NUMBER}))? ?(?P<unit>{figure.units})(?![\w/])",
        re.IGNORECASE,
    )
    for figure in FIGURES
)
_LINKING = _FILLERS | roots("drug parent reached plasma level takes seen occurs mean average")


def _figures(document: Document, spoken: Sequence[Spoken], topic: Topic) -> Iterator[Contradiction]:
    """Yield the sentences that give a figure with one meaning (half-life, incubation) two values."""
    for pattern in _GIVEN if topic.name else ():
        found = list(pattern.finditer(document.text))
        given: dict[tuple[str, frozenset[str]], list[tuple[Spoken, re.Match[str]]]] = {}
        for one in spoken if len(found) > 1 else ():
            here = [match for match in found if one.start <= match.start() < one.end]
            if len(here) == 1 and roots(here[0]["link"]) - roots(topic.name) <= _LINKING:
                narrowing = one.words & _NARROWS | _narrowing(one.path)
                given.setdefault((" ".join(here[0]["which"].lower().split()), narrowing), []).append((one, here[0]))
        for pairs in given.values():
            for (one, mine), (other, yours) in combinations(pairs, 2):
                if _exclude(_range(mine), _range(yours)):
                    yield _pair(one, other)


def _range(given: re.Match[str]) -> tuple[float, float]:
    """Return the range of a figure, a time in seconds."""
    unit = next((name for name in TIMES if given["unit"].lower().startswith(name[:2])), "hour")
    scale = _IN_SECONDS[unit] if given["unit"][0].isalpha() and not given["unit"].startswith("per") else 1
    return scale * float(given["low"]), scale * float(given["high"] or given["low"])


_DENIES = re.compile(r"\b(?:not|never|cannot|contraindicated|avoided)\b|n't\b", re.IGNORECASE)
_DEPENDS = re.compile(r"\?\s*$|\b(?:if|unless|but|or|whether|may|might)\b")
_VERDICTS = roots("contraindicated indicated recommended avoided given used advised should safe be suitable")


def _denials(document: Document, spoken: Sequence[Spoken]) -> Iterator[Contradiction]:
    """Yield the short sentences of which one denies what the other says, in the same words."""
    stated: dict[tuple[frozenset[str], frozenset[str]], list[Spoken]] = {}
    denied = []
    for one in spoken:
        text = document.text[one.start : one.end]
        said = one.words - _VERDICTS, frozenset(_MARK.findall(text)) - {"not", "never", "no"}
        if len(said[0]) < _FEWEST or len(text.split()) > 25 or _DEPENDS.search(text):
            continue
        if _DENIES.search(text):
            denied.append((said, one))
        else:
            stated.setdefault(said, []).append(one)
    for said, one in denied:
        for other in stated.get(said, ()):
            if one.lead == other.lead and _narrowing(one.path) == _narrowing(other.path):
                yield _pair(one, other)


_MOST = re.compile(
    r"\b[Tt]he most (?P<how>common|frequent|important|serious) (?P<what>[a-z][^.,;:()]{2,60}?)(?= (?:is|are)\b|[.,;()]|$)"
)
_ONE_OF = re.compile(
    r"\b(?:one of|among|second|third|next|after|following|in some|sometimes|may|might)\b", re.IGNORECASE
)
_IS = re.compile(
    r" (?:is|are) (?:the |an? )?(?P<who>[A-Za-z][^.,;:()]{2,60}?)(?=[.,;()]|$| (?:in|and|which|with|followed|but|at|among)\b)"
)
_WAS = re.compile(r"(?:^|[.;] )(?:the |an? )?(?P<who>[^.,;:()]{2,60}?) (?:is|are) $", re.IGNORECASE)


def _superlatives(document: Document, spoken: Sequence[Spoken], topic: Topic) -> Iterator[Contradiction]:
    """Yield the sentences that call two things the most common of one kind."""
    given: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Spoken, frozenset[str]]]] = {}
    for one in spoken:
        text = document.text[one.start : one.end]
        found = _MOST.search(text)
        if not found or _ONE_OF.search(text):
            continue
        who = _IS.match(text, found.end()) or _WAS.search(text[: found.start()])
        named = roots(who["who"]) if who else frozenset()
        kind = roots(f"{found['how']} {found['what']}") - roots(topic.name)
        if named and len(kind) > 1:
            given.setdefault((kind, (one.words - named) & _NARROWS | _narrowing(one.path)), []).append((one, named))
    for pairs in given.values():
        for (one, mine), (other, yours) in combinations(pairs, 2):
            if not mine & yours and not _terms(document, one, mine) & _terms(document, other, yours):
                yield _pair(one, other)


def _terms(document: Document, one: Spoken, named: frozenset[str]) -> set[str]:
    """Return the terms of the lexicon that a sentence names by some of the words: two names of one term are no two things."""
    found = terms_in(document.text, one.start, one.end)
    return {term.term for term in found if roots(document.text[term.start : term.end]) & named}
