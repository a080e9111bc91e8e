"""What a document can be read to say: frozen statements with their spans, and why nothing else is also true."""

from dataclasses import dataclass

from quizbank.generation.lexicon.facts import Fact
from quizbank.generation.lexicon.reading import ListKind, Measure, TermGroup


@dataclass(frozen=True)
class Phrase:
    """Words of the document (``start``, ``end``) and how they are written in an item (natural case, no full stop)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """The span that establishes a statement, the headings above it, and the topic's name inside a sentence.

    ``place`` is how a stem opens that does not name the topic otherwise: "In asthma", "For metformin".
    """

    start: int
    end: int
    path: tuple[str, ...]
    topic: str
    place: str = ""


@dataclass(frozen=True)
class ListMembership:
    """The document lists ``members`` under a standard list name; kinds set apart from it hold none of them.

    ``entries`` are the words of every entry, those too long or too mixed to be a member included.
    """

    source: Source
    kind: ListKind
    members: tuple[Phrase, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Described:
    """A label and the one thing said of it: a classification entry, a label list, a table row, a heading + line."""

    label: Phrase
    description: Phrase
    start: int
    end: int


@dataclass(frozen=True)
class LabelList:
    """Labels of one kind with their descriptions. ``proof`` says why a description fits one label alone."""

    source: Source
    noun: str
    labels: tuple[Described, ...]
    proof: str


@dataclass(frozen=True)
class Superlative:
    """One of the listed (or named) members is the most common; the rest therefore are not."""

    source: Source
    question: str
    member: Phrase
    siblings: tuple[Phrase, ...]


@dataclass(frozen=True)
class OrderedLine:
    """First-line, second-line … treatment, each named in its own heading: an order the document itself gives."""

    source: Source
    rank: str
    treatment: Phrase
    others: tuple[tuple[str, Phrase], ...]
    treated: str


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and the question that asks for it; ``frame`` is how every option puts it ("About {}").

    ``named``: the source gives it as a figure of the topic by a name with one meaning ("the half-life"). ``plain``: it is a
    time, and a sentence of one clause tells it.
    """

    source: Source
    question: str
    value: Phrase
    low: float
    high: float
    unit: str
    used: tuple[Phrase, ...]
    frame: str = "{}"
    named: bool = False
    plain: bool = False


@dataclass(frozen=True)
class Purpose:
    """A measure known to the lexicon and the aim the document gives for it."""

    source: Source
    question: str
    aim: Phrase
    measure: Measure
    used: tuple[Phrase, ...]


@dataclass(frozen=True)
class TermUse:
    """A term (or two) of a lexicon group fills a slot in a sentence; siblings of the group do not."""

    source: Source
    question: str
    group: TermGroup
    terms: tuple[str, ...]
    answer: Phrase
    siblings: tuple[str, ...]
    used: tuple[Phrase, ...]


@dataclass(frozen=True)
class Structure:
    """A vessel, nerve or opening that serves what a question names; ``siblings`` do not, as far as the lexicon knows.

    ``noun`` is what the question calls it ("artery"). There are no siblings where the lexicon does not know the same.
    """

    source: Source
    question: str
    noun: str
    answer: Phrase
    siblings: tuple[str, ...]
    used: tuple[Phrase, ...]


@dataclass(frozen=True)
class Known:
    """The document says a fact of the lexicon, its answer in these words.

    ``support`` counts the words of the question that are said beside it; ``doubt`` is what an author must decide first.
    """

    source: Source
    fact: Fact
    answer: Phrase
    support: int = 0
    doubt: str = ""


@dataclass(frozen=True)
class Contrast:
    """The document itself sets ``key`` apart from ``others`` in one breath, so the others are false here.

    ``closed``: key and others are all there is (more, less, the same); the others are then no words of the document.
    """

    source: Source
    question: str
    key: Phrase
    others: tuple[Phrase, ...]
    reason: str
    used: tuple[Phrase, ...]
    closed: bool = False


@dataclass(frozen=True)
class Pairs:
    """A list whose rows each have a name and one thing said of it: ``what`` is "its effect", "what it supplies".

    ``noun`` is what the rows are, in the singular, "" when nothing says it.
    """

    source: Source
    noun: str
    what: str
    rows: tuple[Described, ...]


@dataclass(frozen=True)
class Sequence:
    """The numbered steps of a procedure that are short orders, each with its number."""

    source: Source
    steps: tuple[tuple[int, Phrase], ...]


@dataclass(frozen=True)
class Opposed:
    """Two lists under opposed names ("early" against "late") that divide one kind of thing (``noun``, in the singular)."""

    source: Source
    side: str
    against: str
    noun: str
    members: tuple[Phrase, ...]
    others: tuple[Phrase, ...]


@dataclass(frozen=True)
class Open:
    """Worth asking, but nothing proves any other answer wrong: the author supplies what is ``missing``.

    Answers of one ``rule`` may stand beside each other as candidates for wrong options. ``worth`` orders what is shown first.
    ``members``: several answers that are right, of a list.
    """

    source: Source
    question: str
    key: Phrase
    missing: str
    used: tuple[Phrase, ...]
    rule: str = ""
    worth: int = 0
    members: tuple[Phrase, ...] = ()


Statement = (
    ListMembership
    | LabelList
    | Pairs
    | Superlative
    | OrderedLine
    | Quantity
    | Purpose
    | TermUse
    | Structure
    | Known
    | Contrast
    | Sequence
    | Opposed
    | Open
)
