"""What a language model's work on one document needs: the document, the gate's context, the model, seed and licences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.gate.model import Context
from quizbank.generation.language_model.prompts import PROMPT_VERSION, Prompt, Reply
from quizbank.generation.licences import Licence, licence_of
from quizbank.generation.patterns import Pattern

Ask = Callable[[Prompt], Reply]
"""Gives a prompt to the model and returns a reply that follows the prompt's schema; raises client.ModelFault."""


@dataclass(frozen=True)
class Assignment:
    """``ask`` reaches the model called ``model``; the same seed shuffles options the same way."""

    document: Document
    context: Context
    model: str
    ask: Ask
    seed: int
    licences: Sequence[Licence] = ()

    def pattern(self, work: str = "") -> Pattern:
        """Return the pattern that items of this model belong to; each kind of work earns its own licence."""
        name = ":".join(part for part in ("model", self.model, str(PROMPT_VERSION), work) if part)
        return Pattern(name, PROMPT_VERSION, "Nothing: a language model wrote the wrong options.")

    def licence(self, work: str = "") -> Licence | None:
        """Return the licence that lets this model's items be ready, None when it has none."""
        return licence_of(self.pattern(work), self.licences)
