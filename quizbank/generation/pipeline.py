"""A document tree and a seed in; items, suggestions, refusals and objectives out, the same ones every time."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import LETTERED, Candidate, Choice, one_line
from quizbank.generation.contents import content_of_candidate, offered_options
from quizbank.generation.corrections import WordCorrection, with_corrections
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
from quizbank.items.content import Citation, ItemContent

# How many suggestions an author is shown at most: twice what an expert would ask of a text (tests/corpus/expert: 12 to 14
# questions of one of 600 to 1,000 words), so that there is a choice, best first.
FEWEST_SUGGESTIONS, SUGGESTIONS_PER_1000_WORDS = 20, 30
MANY_CONTRADICTIONS = 3  # so many that an author should hear of them before reading any question
READY, SUGGESTION = "ready", "suggestion"
ENOUGH = "Nothing is missing; the quiz has enough questions of this kind without it."
UNLICENSED = "Questions by the pattern “{pattern}” have no licence yet: read it first."
PATTERN_OF = {maker.name: maker.pattern for maker in MAKERS}
SUGGESTING = frozenset(check.name for check in CHECKS if check.suggests)
DOUBTING = frozenset(check.name for check in CHECKS if check.doubts)


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
    content: ItemContent
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
    document: Document,
    seed: int,
    limit: int | None = None,
    licences: Sequence[Licence] | None = None,
    corrections: Sequence[WordCorrection] = (),
) -> Generation:
    """Return the items of a document; the same document and seed give the same generation in every process.

    Only makers whose pattern holds one of the ``licences`` (those shipped, unless given) write ready items. Questions
    are in the words that ``corrections`` put right; what they cite stays as the document says it.
    """
    if reason := refusal(document):
        return Generation(note=reason)
    context = read_context(document, corrections)
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
    return Generation(items, suggestions, rejected, objectives, _notes(context, items, suggestions))


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
        lacking = self.candidate.missing
        if doubt := next((result.detail for result in self.failed if result.name in DOUBTING), ""):
            return f"{doubt} Also missing: {lacking.rstrip('.')}." if lacking else doubt
        if self.failed:
            return lacking or self.failed[0].detail
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
        found = (with_corrections(one, context.corrections) for one in maker.make(document, statements, rng))
        made += [choose_distractors(candidate, context) for candidate in found]
    return made


def _judge(candidate: Candidate, context: Context) -> tuple[CheckResult, ...]:
    found = [(check, check.find(candidate, context)) for check in CHECKS if candidate.type not in check.skips]
    return tuple(CheckResult(check.name, not problem, problem or check.says) for check, problem in found)


def _finished(judged: Sequence[Judged], status: str, order: str) -> tuple[GeneratedItem, ...]:
    rng = random.Random(order)  # noqa: S311 - repeatable, not secret
    places = iter(key_positions([one.candidate for one in judged if one.candidate.type in LETTERED], rng))
    return tuple(_item(one, status, _options(one.candidate, places, rng, order)) for one in judged)


def _options(candidate: Candidate, places: Iterator[int], rng: random.Random, order: str) -> list[Choice]:
    """Return the options as they are offered; a type without letters draws for itself and moves nobody else's key."""
    if candidate.type in LETTERED:
        return ordered_options(candidate, next(places), rng)
    own = random.Random(f"{order}:{candidate.stem}")  # noqa: S311 - repeatable, not secret
    return offered_options(candidate, own)


def _item(judged: Judged, status: str, options: Sequence[Choice]) -> GeneratedItem:
    candidate = judged.candidate
    offered = sorted(choice.text for choice in (*candidate.prompts, *options))
    named = "|".join((candidate.maker, str(candidate.citation.start), candidate.stem, *offered))
    return GeneratedItem(
        id=hashlib.sha256(named.encode()).hexdigest()[:12],
        type=candidate.type,
        content=content_of_candidate(candidate, options),
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


def _notes(context: Context, items: Sequence[GeneratedItem], suggestions: Sequence[GeneratedItem]) -> str:
    """Return why nothing is ready, if so, and that the document contradicts itself, if it does so in many places."""
    notes = [_note(context.document, items, suggestions)]
    if len(context.contradictions) >= MANY_CONTRADICTIONS:
        first = context.contradictions[0]
        one, other = (one_line(context.document.quote(*place), 120).rstrip(".") for place in (first.one, first.other))
        notes.append(
            f"The document contradicts itself in {len(context.contradictions)} places, for instance “{one}” and “{other}”; "
            "what rests on them waits as suggestions until somebody finds out which is right."
        )
    return " ".join(filter(None, notes))


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
