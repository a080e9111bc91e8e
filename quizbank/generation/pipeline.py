"""A document tree and a seed in; items, suggestions, refusals and objectives out, the same ones every time."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.distractors import choose_distractors
from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.model import Context, read_context
from quizbank.generation.licences import Licence, licence_of, shipped_licences
from quizbank.generation.makers import MAKERS
from quizbank.generation.ordering import ordered_options
from quizbank.generation.patterns import Pattern
from quizbank.generation.refusal import refusal
from quizbank.generation.selection import key_positions, select, spread, unlike
from quizbank.generation.statements.reading import read_statements
from quizbank.generation.topic import read_topic
from quizbank.generation.wording import counted
from quizbank.items.content import Citation, Option
from quizbank.items.types import MultipleResponse, SingleBestAnswer

LETTERS = "abcdefgh"
# How many suggestions an author is shown at most: twice what an expert would ask of a text (tests/corpus/expert: 12 to 14
# questions of one of 600 to 1,000 words), so that there is a choice, best first.
FEWEST_SUGGESTIONS, SUGGESTIONS_PER_1000_WORDS = 20, 30
READY, SUGGESTION = "ready", "suggestion"
ENOUGH = "Nothing is missing; the quiz has enough questions of this kind without it."
UNLICENSED = "Questions by the pattern “{pattern}” have no licence yet: read it first."
PATTERN_OF = {maker.name: maker.pattern for maker in MAKERS}
SUGGESTING = frozenset(check.name for check in CHECKS if check.suggests)


@dataclass(frozen=True)
class CheckResult:
    """What one check found: ``detail`` is a plain sentence either way."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class GeneratedItem:
    """A ready item, or a suggestion an author must finish; ``missing`` says what it lacks, "" for a ready one.

    ``alternatives`` are further wrong options, best first. ``proof`` says in words what proves the options wrong, and
    ``version`` is that of the maker's ``pattern``. ``origins`` says of each option where it comes from (Choice.origin);
    ``model`` is the language model that wrote options or stem, "" when none did.
    """

    id: str
    type: str
    content: SingleBestAnswer | MultipleResponse
    citation: Citation
    objective: str
    maker: str
    checks: tuple[CheckResult, ...]
    status: str = READY
    missing: str = ""
    pattern: str = ""
    version: int = 0
    proof: str = ""
    alternatives: tuple[Choice, ...] = ()
    origins: tuple[str, ...] = ()
    model: str = ""

    def origin_of(self, option_id: str) -> str:
        """Return where an option comes from."""
        ids = [option.id for option in self.content.options]
        return dict(zip(ids, self.origins, strict=False)).get(option_id, "document")


@dataclass(frozen=True)
class Rejected:
    """A candidate the gate refused, and the first check that did."""

    stem: str
    check: str
    detail: str


@dataclass(frozen=True)
class Generation:
    """All that was made of a document. ``note`` says in words why there is little or nothing, "" otherwise."""

    items: tuple[GeneratedItem, ...] = ()
    suggestions: tuple[GeneratedItem, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    objectives: tuple[str, ...] = ()
    note: str = ""


def generate(
    document: Document, seed: int, limit: int | None = None, licences: Sequence[Licence] | None = None
) -> Generation:
    """Return the items of a document; the same document and seed give the same generation in every process.

    Only makers whose pattern holds one of the ``licences`` (those shipped, unless given) write ready items.
    """
    if reason := refusal(document):
        return Generation(note=reason)
    context = read_context(document)
    held = shipped_licences() if licences is None else licences
    order = f"{seed}:{hashlib.sha256(document.text.encode()).hexdigest()}"
    made = _candidates(document, order, context)
    judged = [Judged(candidate, _judge(candidate, context), held) for candidate in made]
    chosen = select([one.candidate for one in judged if not one.failed and one.licence], limit)
    facts = {candidate.fact for candidate in chosen}
    left = [one for one in judged if one.is_usable and one.candidate.fact not in facts]
    kept = {id(candidate) for candidate in unlike([one.candidate for one in left], chosen)}
    most = max(FEWEST_SUGGESTIONS, SUGGESTIONS_PER_1000_WORDS * document.words // 1000)
    possible = [one for one in left if id(one.candidate) in kept]
    worth = set(map(id, spread([one.candidate for one in possible], most)))
    suggested = sorted((one for one in possible if id(one.candidate) in worth), key=lambda one: one.place)
    by_candidate = {id(one.candidate): one for one in judged}
    items = _finished([by_candidate[id(candidate)] for candidate in chosen], READY, order)
    suggestions = _finished(suggested, SUGGESTION, order)
    rejected = tuple(one.refused() for one in judged if not one.is_usable)
    objectives = tuple(dict.fromkeys(item.objective for item in items))
    return Generation(items, suggestions, rejected, objectives, _note(document, items, suggestions))


@dataclass(frozen=True)
class Judged:
    """A candidate, what the gate's checks found, and the licences that may let it be asked."""

    candidate: Candidate
    results: tuple[CheckResult, ...]
    licences: Sequence[Licence]

    @property
    def pattern(self) -> Pattern:
        return PATTERN_OF[self.candidate.maker]

    @property
    def licence(self) -> Licence | None:
        return licence_of(self.pattern, self.licences)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        return tuple(result for result in self.results if not result.passed)

    @property
    def is_usable(self) -> bool:
        """Return whether nothing failed that an author could not mend."""
        return all(result.name in SUGGESTING for result in self.failed)

    @property
    def place(self) -> tuple[int, str]:
        return self.candidate.citation.start, self.candidate.stem

    @property
    def missing(self) -> str:
        """Return what keeps the candidate from being a ready item."""
        if self.failed:
            return self.candidate.missing or self.failed[0].detail
        return ENOUGH if self.licence else UNLICENSED.format(pattern=self.pattern.name)

    def refused(self) -> Rejected:
        """Return the first check that refuses the candidate for good."""
        first = next(result for result in self.failed if result.name not in SUGGESTING)
        return Rejected(self.candidate.stem, first.name, first.detail)


def _candidates(document: Document, order: str, context: Context) -> list[Candidate]:
    statements = read_statements(document)
    made = []
    for maker in MAKERS:
        rng = random.Random(f"{order}:{maker.name}")  # noqa: S311 - repeatable, not secret
        made += [choose_distractors(candidate, context) for candidate in maker.make(document, statements, rng)]
    return made


def _judge(candidate: Candidate, context: Context) -> tuple[CheckResult, ...]:
    found = [(check, check.find(candidate, context)) for check in CHECKS]
    return tuple(CheckResult(check.name, not problem, problem or check.says) for check, problem in found)


def _finished(judged: Sequence[Judged], status: str, order: str) -> tuple[GeneratedItem, ...]:
    rng = random.Random(order)  # noqa: S311 - repeatable, not secret
    places = key_positions([one.candidate for one in judged], rng)
    return tuple(
        _item(one, status, ordered_options(one.candidate, place, rng))
        for one, place in zip(judged, places, strict=True)
    )


def _item(judged: Judged, status: str, options: Sequence[Choice]) -> GeneratedItem:
    candidate = judged.candidate
    lettered = tuple(Option(LETTERS[number], choice.text, choice.rationale) for number, choice in enumerate(options))
    key = tuple(option.id for option, choice in zip(lettered, options, strict=True) if choice in candidate.keys)
    content_class = MultipleResponse if candidate.type == "multiple_response" else SingleBestAnswer
    named = "|".join(
        (candidate.maker, str(candidate.citation.start), candidate.stem, *sorted(choice.text for choice in options))
    )
    return GeneratedItem(
        id=hashlib.sha256(named.encode()).hexdigest()[:12],
        type=candidate.type,
        content=content_class(candidate.stem, lettered, key, candidate.rationale),
        citation=candidate.citation,
        objective=candidate.objective,
        maker=candidate.maker,
        checks=judged.results,
        status=status,
        missing=judged.missing if status == SUGGESTION else "",
        pattern=judged.pattern.name,
        version=judged.pattern.version,
        proof=candidate.proof,
        alternatives=tuple(replace(choice, span=None) for choice in candidate.spare),
        origins=tuple(choice.origin for choice in options),
    )


def _note(document: Document, items: Sequence[GeneratedItem], suggestions: Sequence[GeneratedItem]) -> str:
    if items:
        return ""
    if suggestions:
        wait = "waits" if len(suggestions) == 1 else "wait"
        return (
            f"No question is ready by itself; {counted(len(suggestions), 'suggestion')} {wait} to be read and finished."
        )
    counts = ((document.words, "word"), (len(document.sections), "section"), (len(suggestions), "suggestion to finish"))
    found = ", ".join(counted(number, noun) for number, noun in counts)
    if not read_topic(document).name:
        return f"There is too little to ask about: no title names a topic in a few words (found: {found})."
    return f"There is too little to ask about: nothing proves one answer right and the others wrong (found: {found})."
