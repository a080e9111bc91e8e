"""What a maker hands over and the gate judges: a question with its keys, ranked distractors, citation and proof."""

import re
from dataclasses import dataclass, replace

from quizbank.documents.tree import Document
from quizbank.generation.statements.model import Phrase, Source
from quizbank.items.content import Citation


@dataclass(frozen=True)
class Choice:
    """One possible option: its text, why it is right or wrong by the document, and the span it quotes, if any.

    ``origin`` tells the reviewer where it comes from: "document", "lexicon" (a term of the same kind), "number" (another
    value on the scale) or "model". ``warning`` says what nobody has proved of it, "" when it is proved wrong.
    """

    text: str
    rationale: str
    span: tuple[int, int] | None = None
    origin: str = "document"
    warning: str = ""


LETTERED = ("single_best_answer", "multiple_response")
"""The types whose right options stand among wrong ones that must look alike."""
UNLETTERED = ("true_false", "numeric", "matching", "ordering", "short_answer", "cloze")
"""The types for which checks of how options look beside each other have no meaning."""


JUDGED = "judged:"
"""Opens the fact of a statement to judge; behind it stands the fact of the question it was made from."""


@dataclass(frozen=True)
class Candidate:
    """A possible item. ``distractors`` come best first, more than needed; ``missing`` says what an author must add.

    ``fact`` names what is asked for: two candidates with one fact never meet in a quiz. ``used`` are the spans of the
    document that stem and options repeat. ``ordered`` options keep their order (numbers); the others are shuffled.
    ``beside`` is the span of a table or list whose other rows speak of the other options. ``spare`` are distractors that
    were not chosen, best first: an author may swap them in. ``worth`` says which suggestions are shown first.
    ``whole``: the stem names something that the lexicon knows, and needs no topic besides. ``renamed``: the key is the lexicon's
    name of what is cited.

    What the other types hold: "true_false" a statement as stem, one key and one distractor with the texts True and False;
    "numeric" one key, the number in plain digits, its ``unit``, and what counts as right from ``low`` to ``high`` (both ""
    for the number alone); "matching" ``prompts``, one key for each in their order, and distractors that are left over;
    "ordering" the steps in their right order as keys, and no distractor; "short_answer" the answer that is shown as the only key;
    "cloze" the right choice of each gap as keys, the others as distractors.
    """

    maker: str
    type: str
    stem: str
    keys: tuple[Choice, ...]
    distractors: tuple[Choice, ...]
    citation: Citation
    rationale: str
    objective: str
    topic: str
    fact: str
    proof: str
    used: tuple[tuple[int, int], ...] = ()
    ordered: bool = False
    missing: str = ""
    wanted: int = 3
    beside: tuple[int, int] | None = None
    spare: tuple[Choice, ...] = ()
    worth: int = 0
    prompts: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    unit: str = ""
    whole: bool = False
    renamed: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Return everything a learner reads of the item."""
        return (self.stem, *(choice.text for choice in (*self.prompts, *self.options)))

    @property
    def options(self) -> tuple[Choice, ...]:
        """Return keys and distractors together."""
        return self.keys + self.distractors

    def with_distractors(self, distractors: tuple[Choice, ...]) -> "Candidate":
        """Return the candidate with other distractors."""
        return replace(self, distractors=distractors)


def cite(document: Document, source: Source) -> Citation:
    """Return the citation of a statement's source, its quote exactly the document's characters."""
    return Citation(source.start, source.end, document.quote(source.start, source.end), source.path)


def quoted(phrase: Phrase, rationale: str, warning: str = "") -> Choice:
    """Return an option that repeats words of the document."""
    return Choice(phrase.text, rationale, (phrase.start, phrase.end), "document", warning)


def spans(*phrases: Phrase) -> tuple[tuple[int, int], ...]:
    """Return the spans of phrases."""
    return tuple((phrase.start, phrase.end) for phrase in phrases)


def one_line(text: str, most: int = 220) -> str:
    """Return a quote on one line, cut at a word when it is long."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= most else line[:most].rpartition(" ")[0] + " …"
