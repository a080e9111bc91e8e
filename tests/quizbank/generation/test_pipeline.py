"""A document and a seed give the same honest items every time, or a plain reason why there are none."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Block, Document, Entry, Section, Sentence, Warning
from tests.quizbank.generation.sources import LISTS, SAMPLES, document_of, made_of, prose


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_document_yields_a_quiz(path: Path) -> None:
    generation = made_of(read_document(path.name, path.read_bytes()), seed=1)
    assert len(generation.items) >= 10
    assert len({item.maker for item in generation.items}) >= 5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_item_is_complete_and_quotes_its_span(path: Path) -> None:
    document = read_document(path.name, path.read_bytes())
    for item in made_of(document, seed=2).items:
        assert item.content.problems() == []
        assert document.quote(item.citation.start, item.citation.end) == item.citation.quote
        assert all(check.passed for check in item.checks)


def test_seed_changes_order_or_choice() -> None:
    document = read_document(SAMPLES[0].name, SAMPLES[0].read_bytes())
    assert made_of(document, 1) == made_of(document, 1)
    assert made_of(document, 1) != made_of(document, 2)


def test_limit_is_kept() -> None:
    document = read_document(SAMPLES[0].name, SAMPLES[0].read_bytes())
    assert len(made_of(document, 1, limit=3).items) == 3


def test_item_ids_are_unique() -> None:
    generation = made_of(read_document(SAMPLES[0].name, SAMPLES[0].read_bytes()), 1)
    ids = [item.id for item in (*generation.items, *generation.suggestions)]
    assert len(set(ids)) == len(ids)


def test_listed_member_never_stands_wrong() -> None:
    for item in made_of(document_of(LISTS), 3).items:
        wrong = {one.text for one in item.content.options if one.id not in item.content.key}
        if "contraindications" in item.content.stem:
            assert wrong <= {"Mitral stenosis", "Aortic dissection", "Papillary rupture"}


def test_document_in_another_language_is_refused_in_words() -> None:
    generation = made_of(Document("Chirurgie", "Bonjour", "fr", ()), 1)
    assert generation.items == ()
    assert "not in English" in generation.note


def test_too_little_is_said_with_what_was_found() -> None:
    generation = made_of(prose("Rest helps."), 1)
    assert generation.items == ()
    assert "too little" in generation.note
    assert "2 words" in generation.note


def test_title_without_a_topic_is_said() -> None:
    generation = made_of(Document("scan_0042.pdf", "Rest helps.", "en", ()), 1)
    assert "no title names a topic" in generation.note


def test_question_without_rivals_becomes_a_suggestion() -> None:
    [suggestion] = made_of(prose("Results of surgery have improved due to better imaging and planning."), 1).suggestions
    assert suggestion.missing == "wrong answers of the same kind"
    assert [one.text for one in suggestion.content.options] == ["Better imaging and planning"]


def test_vague_word_in_an_answer_is_left_to_an_author_who_sees_it() -> None:
    [suggestion] = made_of(prose("Warfarin is avoided because bleeding may occur."), 1).suggestions
    assert [one.text for one in suggestion.content.options] == ["Bleeding may occur"]
    assert [one.name for one in suggestion.checks if not one.passed and one.name == "vague_terms"] == ["vague_terms"]


def test_document_that_contradicts_itself_is_told_and_asked_about_only_by_an_author() -> None:
    text = (
        "# Dengue\n\n## Course\n\nThe incubation period is 2 to 4 days. Give paracetamol 500 mg every 6 hours for fever. "
        "Steroids do not shorten the illness.\n\n## Care\n\nThe incubation period of dengue is 7 to 10 days. "
        "Give paracetamol 250 mg every 6 hours for fever. Steroids shorten the illness.\n"
    )
    made = made_of(read_document("dengue.md", text.encode()), 1)
    told = {one.content.stem: one.missing for one in made.suggestions}
    assert made.items == ()
    assert "contradicts itself in 3 places, for instance “The incubation period is 2 to 4 days” and “" in made.note
    assert told["In dengue, what is the incubation period?"].startswith(
        "The document contradicts itself: “The incubation"
    )
    assert told["In dengue, what should be given every 6 hours for fever?"].endswith(
        "Also missing: wrong answers of the same kind."
    )


def test_misspelled_words_are_not_repeated() -> None:
    document = document_of("## Causes\n\n- Calcificatoin (most common cause)\n- Rheumatic fever\n- Bicuspid valve\n")
    start = document.text.index("Calcificatoin")
    warning = Warning("spelling", start, start + 13, "Calcificatoin", "Did you mean calcification?")
    generation = made_of(replace(document, warnings=(warning,)), 1)
    assert generation.items == ()
    assert generation.rejected[0].check == "undamaged"


def tree(lines: list[str]) -> Document:
    """Return a tree of lines that alternate between lists and paragraphs under standard names."""
    text = "\n".join(lines)
    sections, start = [], 0
    for number, line in enumerate(lines):
        end = start + len(line)
        sentences = (Sentence(start, end),) if line.strip() else ()
        kind = ("Indications", "Contraindications", "Care")[number % 3]
        block = Block("paragraph", start, end, sentences)
        if number % 3 < 2:
            block = Block("list", start, end, (), (Entry(start, end, sentences),) * 3)
        sections.append(Section((kind,), start, end, (block,) if sentences else ()))
        start = end + 1
    return Document("Heart surgery", text, "en", tuple(sections))


LINES = st.text(max_size=80) | st.sampled_from(
    [
        "Skin grafts repair burns and wounds but are unsuitable in scars.",
        "((((",
        "A dietitian should **",
        "6 to 10 weeks",
        "- - -",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=12), st.integers(0, 3))
def test_any_text_is_survived_and_every_item_is_supported(lines: list[str], seed: int) -> None:
    document = tree(lines)
    for item in made_of(document, seed).items:
        assert document.quote(item.citation.start, item.citation.end) == item.citation.quote
        assert item.content.problems() == []


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "(" * 200_000, "A, " * 80_000, " " * 200_000 + "x", "the most common " * 20_000]
)
def test_hostile_text_ends_soon(text: str) -> None:
    assert made_of(tree([text, text, text]), 1).items == ()
