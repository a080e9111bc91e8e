"""A document and a citation in; the little of the document that a language model is shown out, or why nothing is."""

from dataclasses import dataclass

from quizbank.documents.passage import passage_around
from quizbank.documents.tree import Document
from quizbank.generation.language_model.vetting import gives_orders
from quizbank.generation.topic import read_topic
from quizbank.items.content import Citation

MAX_SENTENCE = 2_000


class NotShown(ValueError):
    """This part of the document is not shown to a language model; the words say why."""


@dataclass(frozen=True)
class Excerpt:
    """All that leaves: the cited words, the paragraph or list around them, its headings and the document's topic."""

    sentence: str
    passage: str
    headings: tuple[str, ...]
    topic: str

    @property
    def words(self) -> str:
        """Return all of it as one text."""
        return "\n".join((self.topic, *self.headings, self.passage))


def excerpt_of(document: Document, citation: Citation) -> Excerpt:
    """Return what may be shown around a citation; raises NotShown."""
    around = passage_around(document, citation.start, citation.end)
    passage = f"{around.before}{around.cited}{around.after}"
    if any(out.quote and out.quote in passage for out in document.left_out):
        passage = citation.quote
    excerpt = Excerpt(citation.quote, passage, citation.path, read_topic(document).name)
    if len(excerpt.sentence) > MAX_SENTENCE:
        raise NotShown("The cited part is too long to be shown to a language model.")
    if any(warning.kind == "personal" and warning.quote in excerpt.words for warning in document.warnings):
        raise NotShown("The passage may hold personal details; it is not shown to a language model.")
    if gives_orders(excerpt.words):
        raise NotShown("The passage reads like instructions to a program; it is not shown to a language model.")
    return excerpt
