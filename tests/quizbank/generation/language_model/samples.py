"""A suggestion that lacks wrong options, made by hand so that it does not depend on what makers write."""

from quizbank.documents.tree import Document
from quizbank.generation.pipeline import SUGGESTION, CheckResult, GeneratedItem
from quizbank.items.content import Citation, Option
from quizbank.items.types import SingleBestAnswer
from tests.quizbank.generation.language_model.fake_model import RIGHT, SENTENCE, STEM
from tests.quizbank.generation.sources import prose

DOCUMENT = prose(SENTENCE)


def suggestion_in(document: Document, sentence: str = SENTENCE) -> GeneratedItem:
    """Return a suggestion that cites a sentence of a document under its heading Care."""
    start = document.text.index(sentence)
    reason = f"The source says: “{sentence}”"
    return GeneratedItem(
        id="b037515acf8f",
        type="single_best_answer",
        content=SingleBestAnswer(STEM, (Option("a", RIGHT, reason),), ("a",), reason),
        citation=Citation(start, start + len(sentence), sentence, ("Care",)),
        objective="Explain the principles of valve surgery",
        maker="open_question",
        checks=(CheckResult("enough_options", False, "Fewer than two wrong options can be proved."),),
        status=SUGGESTION,
        missing="wrong answers of the same kind",
        pattern="open",
        version=1,
        origins=("document",),
    )


BARE = suggestion_in(DOCUMENT)
