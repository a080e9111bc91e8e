"""Judges an item that a person edited: its content and source go through the gate again, check results come out."""

from typing import Any

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice
from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.model import read_context
from quizbank.generation.topic import read_topic
from quizbank.items.content import Citation, ItemContent, Option

PROOF = "a person edited this item and answers for its options"


def judge_edited(document: Document, content: ItemContent, citation: Citation, objective: str) -> list[dict[str, Any]]:
    """Return the result of every check, as an item version keeps them: name, passed, detail."""
    candidate = as_candidate(document, content, citation, objective)
    context = read_context(document)
    found = [(check, check.find(candidate, context)) for check in CHECKS]
    return [{"name": check.name, "passed": not problem, "detail": problem or check.says} for check, problem in found]


def as_candidate(document: Document, content: ItemContent, citation: Citation, objective: str) -> Candidate:
    """Return an edited item as the gate reads items."""
    right = tuple(as_choice(option) for option in content.options if option.id in content.key)
    wrong = tuple(as_choice(option) for option in content.options if option.id not in content.key)
    return Candidate(
        maker="edited",
        type=content.type,
        stem=content.stem,
        keys=right,
        distractors=wrong,
        citation=citation,
        rationale=content.rationale,
        objective=objective,
        topic=read_topic(document).name,
        fact="edited",
        proof=PROOF,
        wanted=len(wrong),
    )


def as_choice(option: Option) -> Choice:
    """Return an option as the gate reads options."""
    return Choice(option.text, option.rationale)
