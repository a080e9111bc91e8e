"""The passage around a citation: the paragraph or list it stands in, exactly as the document has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.documents.passage import MAX_AROUND, Passage, passage_around
from quizbank.documents.tree import Block, Document, Section

TEXT = "Heart failure\nFatigue is common. Oedema is late.\nGive oxygen.\nCall for help."
PARAGRAPH = Block("paragraph", 14, 48)
LIST = Block("list", 49, 76)


def document(text: str = TEXT, *blocks: Block) -> Document:
    return Document("Heart failure", text, "en", (Section((), 0, len(text), blocks or (PARAGRAPH, LIST)),))


def test_cited_sentence_stands_in_its_paragraph() -> None:
    assert passage_around(document(), 14, 32) == Passage("", "Fatigue is common.", " Oedema is late.")
    assert passage_around(document(), 33, 48) == Passage("Fatigue is common. ", "Oedema is late.", "")


def test_citation_across_blocks_shows_both() -> None:
    assert passage_around(document(), 33, 61) == Passage(
        "Fatigue is common. ", "Oedema is late.\nGive oxygen.", "\nCall for help."
    )


def test_citation_outside_every_block_stands_alone() -> None:
    assert passage_around(document(), 0, 13) == Passage("", "Heart failure", "")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_passage_is_one_run_of_the_document(start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    found = passage_around(document(), start, end)
    assert found.cited == TEXT[start:end]
    assert found.before + found.cited + found.after in TEXT


@pytest.mark.parametrize("word", ["word ", "longer words here, "])
def test_long_paragraph_is_cut_between_words(word: str) -> None:
    text = word * 200 + "CITED" + (" " + word.strip()) * 200
    start = text.index("CITED")
    found = passage_around(document(text, Block("paragraph", 0, len(text))), start, start + 5)
    assert found.before.startswith(("…word", "…longer", "…words", "…here,"))
    assert found.after.endswith(("word…", "longer…", "words…", "here,…"))
    assert len(found.before) <= MAX_AROUND + 1
    assert len(found.after) <= MAX_AROUND + 1


def test_long_text_without_blanks_is_cut_but_not_lost() -> None:
    text = "漢" * 2_000
    found = passage_around(document(text, Block("paragraph", 0, len(text))), 1_000, 1_003)
    assert found.before == "…" + "漢" * MAX_AROUND
    assert found.after == "漢" * MAX_AROUND + "…"
