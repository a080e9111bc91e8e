"""Tables, labelled lines and sections of techniques are pairs; lists of classes and columns of remarks are none."""

from quizbank.generation.statements.model import Pairs
from tests.quizbank.generation.sources import document_of, said

TABLE = """
## Antidotes

| Poison | Antidote | Comment |
|---|---|---|
| Opioids | Naloxone | Short |
| Paracetamol | Acetylcysteine | Early |
| Iron | Deferoxamine | Late |
| Heparin | Protamine | Slow |
"""
TESTS = """
## Diagnostic tests

- **Blood culture**: positive in half of patients
- **Marrow culture**: the most sensitive of all
- **Stool culture**: low yield in the first week
- **Widal test**: poorly specific in endemic areas
"""
TECHNIQUES = """
## Skin graft

Skin grafts repair burns.

## Rotation flap

A rotation flap can close sacral ulcers.

## Direct repair

Edges are sutured without tension.

## Muscle flap

It fills deep cavities. It bleeds more.
"""


def pairs(body: str, title: str = "Poisoning") -> list[Pairs]:
    return said(document_of(body, title), Pairs)


def test_every_column_that_says_something_of_its_row_is_matched() -> None:
    [found] = pairs(TABLE)
    assert (found.noun, found.what) == ("poison", "its antidote")
    assert [(row.label.text, row.description.text) for row in found.rows][:2] == [
        ("Opioids", "Naloxone"),
        ("Paracetamol", "Acetylcysteine"),
    ]


def test_a_header_that_is_a_clause_or_a_verb_is_asked_as_one() -> None:
    assert [one.what for one in pairs(TABLE.replace("Comment", "What happens"))] == ["its antidote", "what happens"]
    assert "what it blocks" in [one.what for one in pairs(TABLE.replace("Comment", "Blocks"))]


def test_labelled_lines_are_pairs_named_after_their_heading() -> None:
    [found] = pairs(TESTS, "Typhoid Fever")
    assert (found.noun, found.what) == ("diagnostic test", "its description")
    assert [row.label.text for row in found.rows] == ["Blood culture", "Marrow culture", "Stool culture", "Widal test"]


def test_sections_with_names_of_their_own_are_pairs_without_their_subject() -> None:
    [found] = pairs(TECHNIQUES, "Wound Reconstruction")
    assert found.noun == "technique"
    assert [row.description.text for row in found.rows] == [
        "Repair burns",
        "Can close sacral ulcers",
        "Edges are sutured without tension",
        "Fills deep cavities",
    ]


def test_classes_of_a_scale_and_short_lists_are_none() -> None:
    classes = "\n".join(f"- **Stage {code}**: another wound of some depth" for code in ("I", "II", "III", "IV"))
    assert pairs(f"## Stages\n\n{classes}\n") == []
    assert pairs("\n".join(TESTS.splitlines()[:-1]), "Typhoid Fever") == []


def test_every_row_stands_where_it_says() -> None:
    document = document_of(TABLE + TESTS, "Poisoning")
    for one in said(document, Pairs):
        for row in one.rows:
            assert row.label.text.lower() == document.text[row.label.start : row.label.end].lower()
