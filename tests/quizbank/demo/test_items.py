"""The demo's handwritten questions are complete, rest on words of their document, and pass the checks."""

import pytest

from quizbank.demo.items import HANDWRITTEN, OBJECTIVE, SAMPLE, Handwritten
from quizbank.documents.reading import read_document
from quizbank.generation.carrying import path_at
from quizbank.generation.edited import judge_edited
from quizbank.items.content import Citation
from tests.quizbank.generation.sources import SAMPLES

FILE = next(path for path in SAMPLES if path.name == SAMPLE)
DOCUMENT = read_document(FILE.name, FILE.read_bytes())


@pytest.mark.parametrize("one", HANDWRITTEN, ids=lambda one: one.content.type)
def test_question_is_complete_and_passes_the_checks(one: Handwritten) -> None:
    assert one.content.problems() == []
    start, end = DOCUMENT.text.index(one.first), DOCUMENT.text.index(one.last) + len(one.last)
    citation = Citation(start, end, DOCUMENT.quote(start, end), path_at(DOCUMENT, start))
    failed = [result for result in judge_edited(DOCUMENT, one.content, citation, OBJECTIVE) if not result["passed"]]
    assert failed == []


def test_each_type_is_written_once() -> None:
    types = sorted(one.content.type for one in HANDWRITTEN)
    assert types == ["cloze", "matching", "numeric", "ordering", "short_answer", "true_false"]
