"""Judges an item that a person edited: its content and source go through the gate again, check results come out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.corrections import WordCorrection
from quizbank.generation.gate import CHECKS, proved
from quizbank.generation.gate.model import read_context
from quizbank.generation.lexicon.facts import AMOUNTS, wording_in
from quizbank.generation.makers import fact
from quizbank.generation.topic import read_topic
from quizbank.items.content import Citation, ItemContent, Option
from quizbank.items.types import Cloze, Matching, Numeric, Ordering, ShortAnswer

PROOF = "a person edited this item and answers for its options"
SAYS = {"proved": "A person answers for the options.", "enough_options": "There are enough wrong options."}
"""What a pass tells the author where a person stands in for the document."""
NONE: Mapping[str, str] = {}


def judge_edited(
    document: Document,
    content: ItemContent,
    citation: Citation,
    objective: str,
    maker: str = "edited",
    warnings: Mapping[str, str] = NONE,
    corrections: Sequence[WordCorrection] = (),
) -> list[dict[str, Any]]:
    """Return the result of every check, as an item version keeps them: name, passed, detail.

    ``maker`` wrote the question first: what its numbers or words may do, they still may. ``warnings`` tell by option
    what nobody has proved of it; such an item is never approved together with others. ``corrections`` are the words of
    the document that people put right.
    """
    candidate = as_candidate(document, content, citation, objective, maker)
    context = read_context(document, corrections)
    found = {check: check.find(candidate, context) for check in CHECKS if content.type not in check.skips}
    found[proved.CHECK] = unproved_words([one.text for one in candidate.distractors if one.text in warnings], warnings)
    return [
        {"name": check.name, "passed": not problem, "detail": problem or SAYS.get(check.name, check.says)}
        for check, problem in found.items()
    ]


def unproved_words(options: Sequence[str], warnings: Mapping[str, str]) -> str:
    """Return what nobody has proved, options with the same warning together."""
    by_warning: dict[str, list[str]] = {}
    for option in options:
        by_warning.setdefault(warnings[option], []).append(f"“{option}”")
    return " ".join(f"{', '.join(named)}: {warning}" for warning, named in by_warning.items())


def as_candidate(
    document: Document, content: ItemContent, citation: Citation, objective: str, maker: str = "edited"
) -> Candidate:
    """Return an edited item as the gate reads items."""
    is_of_lexicon = maker in (*fact.GROUPS, *fact.ESSENTIALS, *AMOUNTS)
    keys = keys_of(content)
    right = tuple(as_cited(one, citation) for one in keys) if is_of_lexicon else keys
    wrong = tuple(as_choice(option) for option in content.options if option.id not in content.key)
    return Candidate(
        maker=maker,
        type=content.type,
        stem=content.filled if isinstance(content, Cloze) else content.stem,
        keys=right,
        distractors=wrong,
        citation=citation,
        rationale=content.rationale,
        objective=objective,
        topic=read_topic(document).name,
        fact="edited",
        beside=rows_beside(document, content, citation),
        proof=PROOF,
        wanted=len(wrong),
        prompts=() if isinstance(content, Cloze) else tuple(map(as_choice, content.prompts)),
        low=content.low if isinstance(content, Numeric) else "",
        high=content.high if isinstance(content, Numeric) else "",
        unit=content.unit,
        renamed=is_of_lexicon,
    )


def as_cited(key: Choice, citation: Citation) -> Choice:
    """Return a key of the lexicon with the span of the cited words that are another name of it, if there are any."""
    found = wording_in(citation.quote, key.text)
    return replace(key, span=(citation.start + found[0], citation.start + found[1])) if found else key


def rows_beside(document: Document, content: ItemContent, citation: Citation) -> tuple[int, int] | None:
    """Return the span of the list around the citation when a row of it opens with each option: it tells them apart."""
    for _, block in document.blocks():
        if block.start <= citation.start < block.end and block.entries:
            rows = [document.quote(entry.start, entry.end) for entry in block.entries]
            opened = [re.compile(rf"\W*{re.escape(option.text)}\b") for option in content.options]
            return (block.start, block.end) if opened and all(any(map(one.match, rows)) for one in opened) else None
    return None


def keys_of(content: ItemContent) -> tuple[Choice, ...]:
    """Return the right options: in the order of the key where it tells one, else as they stand."""
    if isinstance(content, Numeric):
        return (Choice(content.value, content.rationale),)
    if isinstance(content, ShortAnswer):
        return (Choice(content.key[0], content.rationale),)  # the others are spellings the document need not have
    options = {option.id: as_choice(option) for option in content.options}
    if isinstance(content, Matching | Ordering | Cloze):
        return tuple(options[option_id] for option_id in content.key if option_id in options)
    return tuple(choice for option_id, choice in options.items() if option_id in content.key)


def as_choice(option: Option) -> Choice:
    """Return an option as the gate reads options."""
    return Choice(option.text, option.rationale)
