"""Rows are matched only where no word gives a pair away and no two could change places."""

import random

from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.pairs import make
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import document_of

ROWS = {
    "Opioids": "Naloxone",
    "Paracetamol": "Acetylcysteine",
    "Iron": "Deferoxamine",
    "Heparin": "Protamine",
    "Methanol": "Fomepizole",
    "Digoxin": "Specific Fab fragments",
}


def made(rows: dict[str, str], what: str = "Antidote") -> list[Candidate]:
    table = "\n".join(f"| {label} | {text} |" for label, text in rows.items())
    document = document_of(f"## Antidotes\n\n| Poison | {what} |\n|---|---|\n{table}\n", "Poisoning")
    return list(make(document, read_statements(document), random.Random(3)))


def test_each_prompt_has_its_own_option_and_a_sixth_row_is_left_over() -> None:
    [candidate] = made(ROWS)
    pairs = {prompt.text: key.text for prompt, key in zip(candidate.prompts, candidate.keys, strict=True)}
    assert candidate.stem == "In poisoning, match each poison with its antidote."
    assert len(pairs) == 5
    assert pairs.items() <= ROWS.items()
    assert [one.text for one in candidate.distractors] == [text for text in ROWS.values() if text not in pairs.values()]


def test_a_row_whose_words_tell_its_pair_is_left_out() -> None:
    [candidate] = made({**ROWS, "Iron": "Iron chelator"})
    assert "Iron" not in [prompt.text for prompt in candidate.prompts]


def test_rows_that_might_change_places_are_not_asked_together() -> None:
    four = dict(list(ROWS.items())[:4])
    assert made({**four, "Heparin": "Naloxone again"}) == []
    assert made({**four, "Heparin": "Same as above"}) == []


def test_numbers_alone_are_not_matched() -> None:
    assert made({label: str(number) for number, label in enumerate(ROWS)}) == []


def test_a_bare_code_is_named_with_its_noun() -> None:
    rows = {"1": "Rapid upstroke", "2": "Long plateau", "3": "Final repolarization", "4": "Resting potential"}
    table = "\n".join(f"| {label} | {text} |" for label, text in rows.items())
    document = document_of(f"## Phases\n\n| Phase | Event |\n|---|---|\n{table}\n", "Action Potential")
    [candidate] = make(document, read_statements(document), random.Random(1))
    assert [prompt.text for prompt in candidate.prompts] == ["Phase 1", "Phase 2", "Phase 3", "Phase 4"]
