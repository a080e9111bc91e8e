"""A suggestion goes in; the same suggestion with wrong options that a language model wrote comes out, or why it does not.

The model never touches key, citation or objective. What it writes is vetted, read again by passes that do not know the
key, and judged by the gate like everything else; the result is ready only while the model holds a licence.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizbank.generation.candidates import LETTERED, Candidate, Choice
from quizbank.generation.contents import LETTERS
from quizbank.generation.distractors import choose_distractors
from quizbank.generation.edited import as_candidate
from quizbank.generation.gate import CHECKS
from quizbank.generation.language_model.assignment import Assignment
from quizbank.generation.language_model.excerpts import Excerpt, NotShown, excerpt_of
from quizbank.generation.language_model.prompts import distractors_prompt
from quizbank.generation.language_model.readings import finds_the_key, surely_wrong
from quizbank.generation.language_model.vetting import asks_the_same, is_hostile, unfit
from quizbank.generation.ordering import ordered_options
from quizbank.generation.pipeline import READY, SUGGESTION, CheckResult, GeneratedItem
from quizbank.generation.wording import capitalised
from quizbank.items.content import Option

MODEL = "model"
RATIONALE = "The source does not give this answer."
UNREAD = "A language model wrote the wrong options and nothing in the document proves them wrong: check each one."
UNREAD_ONE = "A language model wrote it and nothing in the document proves it wrong."
MAY_FAIL = frozenset(("proved",))
"""The one check that a model's options cannot pass without a licence."""


class NotFinished(ValueError):
    """The model's work is not good enough, and the suggestion stays as it was; the words say why."""


@dataclass(frozen=True)
class Draft:
    """What a model proposes for an item: stems, best first, and texts of wrong options, best first."""

    stems: tuple[str, ...]
    texts: tuple[str, ...]


def needs_options(item: GeneratedItem) -> bool:
    """Return whether a suggestion lacks something that other wrong options can give."""
    return item.type in LETTERED and item.status == SUGGESTION and any(not check.passed for check in item.checks)


def finish(item: GeneratedItem, work: Assignment) -> GeneratedItem:
    """Return a suggestion with wrong options; raises NotFinished, or ModelFault when the model fails."""
    excerpt = shown(item, work)
    keys = [choice.text for choice in keys_of(item)]
    reply = work.ask(distractors_prompt(excerpt, item.content.stem, keys))
    return complete(item, Draft((reply["stem"], item.content.stem), tuple(reply["distractors"])), excerpt, work)


def shown(item: GeneratedItem, work: Assignment) -> Excerpt:
    """Return what the model is shown for an item; raises NotFinished."""
    try:
        return excerpt_of(work.document, item.citation)
    except NotShown as error:
        raise NotFinished(str(error)) from error


def complete(item: GeneratedItem, draft: Draft, excerpt: Excerpt, work: Assignment, kind: str = "") -> GeneratedItem:
    """Return an item with what its draft proposes after vetting, readings and gate; raises NotFinished or ModelFault."""
    keys = [choice.text for choice in keys_of(item)]
    fit = passing(item, vetted(draft, keys, excerpt), work, kind)
    wrong = surely_wrong(work.ask, excerpt, item.content.stem, keys[0], fit)
    if len(wrong) < 2:
        raise NotFinished(f"Of the model's {len(draft.texts)} wrong options, {len(wrong)} stood up to its own reading.")
    candidate, checks = judged(item, draft, wrong, excerpt, work, kind)
    rng = random.Random(f"{work.seed}:{item.id}:options")  # noqa: S311 - repeatable, not secret
    options = ordered_options(candidate, rng.randrange(len(candidate.options)), rng)
    made = _item(item, candidate, options, checks, work, kind)
    if not finds_the_key(work.ask, excerpt, made.content):
        raise NotFinished("A reader who was not told the key did not find exactly the key.")
    return made


def keys_of(item: GeneratedItem) -> tuple[Choice, ...]:
    """Return the right options of an item."""
    return tuple(_choice(item, option) for option in item.content.options if option.id in item.content.key)


def vetted(draft: Draft, keys: Sequence[str], excerpt: Excerpt) -> tuple[str, ...]:
    """Return the texts that may stand beside the keys; raises NotFinished when the model followed something else."""
    if any(is_hostile(text) for text in (*draft.stems, *draft.texts)):
        raise NotFinished("The model's reply holds a link or speaks of instructions; all of it is refused.")
    written = dict.fromkeys(capitalised(text.strip().rstrip(" .")) for text in draft.texts)
    problems = {text: unfit(text, keys, excerpt.sentence) for text in written}
    fit = tuple(text for text, problem in problems.items() if not problem)
    if len(fit) < 2:
        why = next((problem for problem in problems.values() if problem), "they repeat each other")
        raise NotFinished(f"Fewer than two of the model's wrong options can be used: {why}.")
    return fit


def passing(item: GeneratedItem, texts: Sequence[str], work: Assignment, kind: str) -> tuple[str, ...]:
    """Return the texts that no check refuses for good; raises NotFinished when fewer than two are left."""
    details = {text: _refusal(_candidate(item, item.content.stem, (text,), work, kind), work) for text in texts}
    left = tuple(text for text, detail in details.items() if not detail)
    if len(left) < 2:
        raise NotFinished(f"The model's wrong options do not pass the checks: {next(filter(None, details.values()))}")
    return left


def _refusal(candidate: Candidate, work: Assignment) -> str:
    """Return what a check says that other options beside these could not mend, "" when none does."""
    asked = (check for check in CHECKS if check.doubts or not check.suggests)
    return next(filter(None, (check.find(candidate, work.context) for check in asked)), "")


def judged(
    item: GeneratedItem, draft: Draft, wrong: Sequence[str], excerpt: Excerpt, work: Assignment, kind: str
) -> tuple[Candidate, tuple[CheckResult, ...]]:
    """Return the first stem with options that pass the gate, and the gate's results; raises NotFinished."""
    detail = ""
    for stem in stems(draft, item, excerpt):
        candidate = choose_distractors(_candidate(item, stem, wrong, work, kind), work.context)
        checks = tuple(_checked(candidate, work))
        detail = next((one.detail for one in checks if not one.passed and one.name not in MAY_FAIL), "")
        if not detail and any(choice.origin == MODEL for choice in candidate.distractors):
            return candidate, checks
    raise NotFinished(f"The model's wrong options do not pass the checks: {detail or 'none of them is better.'}")


def stems(draft: Draft, item: GeneratedItem, excerpt: Excerpt) -> tuple[str, ...]:
    """Return the draft's stems that ask what the item asks, and the item's own last."""
    asked, keys = item.content.stem, [choice.text for choice in keys_of(item)]
    same = [stem for stem in draft.stems if asks_the_same(stem, asked, keys, excerpt.words)]
    return tuple(dict.fromkeys((*same, asked)))


def _candidate(item: GeneratedItem, stem: str, wrong: Sequence[str], work: Assignment, kind: str) -> Candidate:
    """Return the item as the gate reads it: its own wrong options first, then the model's."""
    own = tuple(_choice(item, option) for option in item.content.options if option.id not in item.content.key)
    written = tuple(Choice(text, RATIONALE, origin=MODEL) for text in wrong)
    both = own + tuple(one for one in written if one.text.casefold() not in {choice.text.casefold() for choice in own})
    licence = work.licence(kind)
    edited = as_candidate(work.document, replace(item.content, stem=stem), item.citation, item.objective)  # type: ignore[type-var]
    return replace(
        edited,
        maker=item.maker,
        keys=keys_of(item),
        distractors=both[:3] if item.type == "multiple_response" else both,
        fact=f"item:{item.id}",
        proof=f"a licensed language model wrote them ({licence.words})" if licence else "",
        used=((item.citation.start, item.citation.end),),
        ordered=all(any(character.isdigit() for character in choice.text) for choice in (*keys_of(item), *both)),
        wanted=3,
    )


def _choice(item: GeneratedItem, option: Option) -> Choice:
    return Choice(option.text, option.rationale, origin=item.origin_of(option.id))


def _checked(candidate: Candidate, work: Assignment) -> Iterator[CheckResult]:
    for check in CHECKS:
        problem = check.find(candidate, work.context)
        yield CheckResult(check.name, not problem, problem or check.says)


def _item(
    item: GeneratedItem,
    candidate: Candidate,
    options: Sequence[Choice],
    checks: tuple[CheckResult, ...],
    work: Assignment,
    kind: str,
) -> GeneratedItem:
    lettered = tuple(Option(LETTERS[number], choice.text, choice.rationale) for number, choice in enumerate(options))
    key = tuple(option.id for option, choice in zip(lettered, options, strict=True) if choice in candidate.keys)
    pattern = work.pattern(kind)
    offered = {choice.text.casefold() for choice in options}
    spare = tuple(replace(choice, warning=UNREAD_ONE) for choice in candidate.spare if choice.origin == MODEL)
    return replace(
        item,
        content=replace(item.content, stem=candidate.stem, options=lettered, key=key),  # type: ignore[type-var]
        checks=checks,
        status=READY if work.licence(kind) else SUGGESTION,
        missing="" if work.licence(kind) else UNREAD,
        pattern=pattern.name,
        version=pattern.version,
        proof=candidate.proof,
        alternatives=tuple(one for one in (*item.alternatives, *spare) if one.text.casefold() not in offered),
        origins=tuple(choice.origin for choice in options),
        model=work.model,
    )
