"""A document tree and a seed in; items, suggestions, refusals and objectives out, the same ones every time."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.distractors import choose_distractors
from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.distinct_options import MISSING
from quizbank.generation.gate.exclusive import UNPROVED
from quizbank.generation.gate.model import Context, read_context
from quizbank.generation.makers import MAKERS
from quizbank.generation.ordering import ordered_options
from quizbank.generation.refusal import refusal
from quizbank.generation.selection import apart, key_positions, select
from quizbank.generation.statements.reading import read_statements
from quizbank.generation.topic import read_topic
from quizbank.generation.wording import counted
from quizbank.items.content import Citation, Option
from quizbank.items.types import MultipleResponse, SingleBestAnswer

LETTERS = "abcdefgh"
VERSION = "2"


@dataclass(frozen=True)
class CheckResult:
    """What one check found: ``detail`` is a plain sentence either way."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class GeneratedItem:
    """A finished item, or (with ``missing``) a suggestion an author must finish."""

    id: str
    type: str
    content: SingleBestAnswer | MultipleResponse
    citation: Citation
    objective: str
    maker: str
    checks: tuple[CheckResult, ...]
    missing: str = ""


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


def generate(document: Document, seed: int, limit: int | None = None) -> Generation:
    """Return the items of a document; the same document and seed give the same generation in every process."""
    if reason := refusal(document):
        return Generation(note=reason)
    context = read_context(document)
    judged = [(candidate, _judge(candidate, context)) for candidate in _candidates(document, seed, context)]
    passed = [(candidate, results) for candidate, results in judged if all(result.passed for result in results)]
    chosen = select([candidate for candidate, _ in passed], limit)
    results_of = {id(candidate): results for candidate, results in judged}
    items = _finished(chosen, results_of, seed)
    open_ones = apart([candidate for candidate, results in judged if _only_lacks_distractors(candidate, results)])
    open_ones.sort(key=lambda candidate: (candidate.citation.start, candidate.stem))
    facts = {candidate.fact for candidate in chosen}
    suggestions = _finished([one for one in open_ones if one.fact not in facts], results_of, seed)
    rejected = tuple(_refusal(candidate, results) for candidate, results in judged if not _usable(candidate, results))
    objectives = tuple(dict.fromkeys(item.objective for item in items))
    return Generation(items, suggestions, rejected, objectives, _note(document, items, suggestions))


def _candidates(document: Document, seed: int, context: Context) -> list[Candidate]:
    statements = read_statements(document)
    made = []
    for maker in MAKERS:
        rng = random.Random(f"{seed}:{maker.name}")  # noqa: S311 - repeatable, not secret
        made += [choose_distractors(candidate, context) for candidate in maker.make(document, statements, rng)]
    return made


def _judge(candidate: Candidate, context: Context) -> tuple[CheckResult, ...]:
    found = [(check, check.find(candidate, context)) for check in CHECKS]
    return tuple(CheckResult(check.name, not problem, problem or check.says) for check, problem in found)


def _only_lacks_distractors(candidate: Candidate, results: Sequence[CheckResult]) -> bool:
    failed = [result for result in results if not result.passed]
    return bool(failed) and all(result.detail in (MISSING, UNPROVED) for result in failed)


def _usable(candidate: Candidate, results: Sequence[CheckResult]) -> bool:
    return all(result.passed for result in results) or _only_lacks_distractors(candidate, results)


def _refusal(candidate: Candidate, results: Sequence[CheckResult]) -> Rejected:
    failed = [result for result in results if not result.passed]
    first = next((result for result in failed if result.detail not in (MISSING, UNPROVED)), failed[0])
    return Rejected(candidate.stem, first.name, first.detail)


def _finished(
    candidates: Sequence[Candidate], results_of: dict[int, tuple[CheckResult, ...]], seed: int
) -> tuple[GeneratedItem, ...]:
    rng = random.Random(f"{seed}:order")  # noqa: S311 - repeatable, not secret
    places = key_positions(candidates, rng)
    return tuple(
        _item(candidate, results_of[id(candidate)], ordered_options(candidate, place, rng))
        for candidate, place in zip(candidates, places, strict=True)
    )


def _item(candidate: Candidate, checks: tuple[CheckResult, ...], options: Sequence[Choice]) -> GeneratedItem:
    lettered = tuple(
        Option(LETTERS[number], choice.text, _rationale(choice, candidate)) for number, choice in enumerate(options)
    )
    key = tuple(option.id for option, choice in zip(lettered, options, strict=True) if choice in candidate.keys)
    content_class = MultipleResponse if candidate.type == "multiple_response" else SingleBestAnswer
    content = content_class(candidate.stem, lettered, key, candidate.rationale)
    named = "|".join(
        (candidate.maker, str(candidate.citation.start), candidate.stem, *sorted(choice.text for choice in options))
    )
    identity = hashlib.sha256(named.encode()).hexdigest()[:12]
    missing = next((check.detail for check in checks if not check.passed), "")
    return GeneratedItem(
        identity,
        candidate.type,
        content,
        candidate.citation,
        candidate.objective,
        candidate.maker,
        checks,
        candidate.missing or missing,
    )


def _rationale(choice: Choice, candidate: Candidate) -> str:
    return f"{'Right' if choice in candidate.keys else 'Wrong'}. {choice.rationale}"


def _note(document: Document, items: Sequence[GeneratedItem], suggestions: Sequence[GeneratedItem]) -> str:
    if items:
        return ""
    counts = ((document.words, "word"), (len(document.sections), "section"), (len(suggestions), "suggestion to finish"))
    found = ", ".join(counted(number, noun) for number, noun in counts)
    if not read_topic(document).name:
        return f"There is too little to ask about: no title names a topic in a few words (found: {found})."
    return f"There is too little to ask about: nothing proves one answer right and the others wrong (found: {found})."
