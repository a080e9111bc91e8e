"""What a check is: a name, a function from candidate and context to a problem, and one good and one bad example."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizbank.documents.tree import Block, Document, Section, Sentence
from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.contradictions import Contradiction, contradictions
from quizbank.generation.corrections import WordCorrection
from quizbank.generation.spoken import Spoken, read_spoken
from quizbank.generation.topic import read_topic
from quizbank.items.content import Citation


@dataclass(frozen=True)
class Context:
    """What a check may look at besides the candidate: the document, all that it says, in order and by its words, and where it
    contradicts itself.
    """

    document: Document
    spoken: tuple[Spoken, ...] = ()
    spoken_with: Mapping[str, Sequence[int]] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    corrections: Sequence[WordCorrection] = ()

    def spoken_in(self, start: int, end: int) -> Sequence[Spoken]:
        """Return what is said in a span, whole or in part."""
        first = bisect_right(self.spoken, start, key=lambda one: one.end)
        last = bisect_left(self.spoken, end, key=lambda one: one.start)
        return self.spoken[first:last]


def read_context(document: Document, corrections: Sequence[WordCorrection] = ()) -> Context:
    """Return the context of a document, its sentences read once for all candidates, and the words people put right."""
    spoken = tuple(read_spoken(document))
    spoken_with: dict[str, list[int]] = {}
    for number, one in enumerate(spoken):
        for word in one.all_words:
            spoken_with.setdefault(word, []).append(number)
    against = contradictions(document, spoken, read_topic(document))
    return Context(document, spoken, spoken_with, against, corrections)


@dataclass(frozen=True)
class Check:
    """``find`` returns the problem in words, or "" when there is none; ``says`` is what a pass tells the author.

    ``suggests``: an author can mend the problem by other options or by taking it upon themselves, so that a candidate
    which fails nothing worse becomes a suggestion instead of being refused. ``doubts``: the problem lies in what the
    document says, so an author is told it first, whatever else is missing. ``besides`` is what the document of the bad
    example says beside its quote. ``skips`` are the item types for which the check has no meaning.
    """

    name: str
    says: str
    find: Callable[[Candidate, Context], str]
    good: Candidate
    bad: Candidate
    suggests: bool = False
    doubts: bool = False
    besides: str = ""
    skips: tuple[str, ...] = ()


def compares(candidate: Candidate) -> bool:
    """Return whether a candidate asks which of two things is more so: its options say one word in every degree."""
    return candidate.maker == "contrast" and "ompared with" in candidate.stem


_QUOTE = "Skin grafts repair superficial wounds and burns but are unpredictable in irradiated tissue."

EXAMPLE = Candidate(
    maker="example",
    type="single_best_answer",
    stem="In wound repair, in which of the following are skin grafts unpredictable?",
    keys=(Choice("Irradiated tissue", "The source says so."),),
    distractors=(Choice("Superficial wounds", "Repaired."), Choice("Burns", "Repaired.")),
    citation=Citation(0, len(_QUOTE), _QUOTE, ("Skin grafts",)),
    rationale="The source says so.",
    objective="Compare the options used in wound repair",
    topic="wound repair",
    fact="example",
    proof="the source sets them apart",
)


def variant(stem: str = "", key: str = "", wrong: tuple[str, ...] = (), quote: str = "", **changes: str) -> Candidate:
    """Return the example with another stem, key, distractors or quote."""
    candidate = replace(EXAMPLE, **changes)  # type: ignore[arg-type]
    if stem:
        candidate = replace(candidate, stem=stem)
    if key:
        candidate = replace(candidate, keys=(Choice(key, "The source says so."),))
    if wrong:
        candidate = replace(candidate, distractors=tuple(Choice(text, "Not named.") for text in wrong))
    if quote:
        candidate = replace(candidate, citation=Citation(0, len(quote), quote, candidate.citation.path))
    return candidate


def context_of(candidate: Candidate, besides: str = "") -> Context:
    """Return the context of an example: a document that holds its quote, and another sentence where one is given."""
    text = f"{candidate.citation.quote} {besides}".strip()
    spans = [(0, candidate.citation.end)] + ([(candidate.citation.end + 1, len(text))] if besides else [])
    sentences = tuple(Sentence(start, end) for start, end in spans)
    section = Section((), 0, len(text), (Block("paragraph", 0, len(text), sentences),))
    return read_context(Document("Wound repair", text, "en", (section,)))
