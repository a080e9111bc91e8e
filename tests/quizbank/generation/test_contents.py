"""Candidates become the content of their type, and the whole way to a printed report stays open to them."""

import json
import random
from dataclasses import replace

import pytest

from quizbank.generation import pipeline
from quizbank.generation.candidates import Candidate
from quizbank.generation.contents import content_of_candidate, offered_options
from quizbank.generation.edited import as_candidate, judge_edited
from quizbank.generation.gate import CHECKS
from quizbank.generation.gate.model import read_context
from quizbank.generation.makers import Maker
from quizbank.generation.patterns import CONTRASTS
from quizbank.generation.pipeline import Generation
from quizbank.generation.serialising import generation_from_json, generation_to_json
from quizbank.items.types import Matching, Numeric, Ordering, TrueFalse
from tests.quizbank.generation.sources import made_of
from tests.quizbank.generation.unlettered import CANDIDATES, DOCUMENT, NUMBER, PAIRS, STATEMENT, STEPS, choices, make

every_candidate = pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda candidate: candidate.type)


def written(candidate: Candidate, seed: int = 1) -> object:
    return content_of_candidate(candidate, offered_options(candidate, random.Random(seed)))


@pytest.fixture
def generation(monkeypatch: pytest.MonkeyPatch) -> Generation:
    """Return what a document yields when one maker writes one item of each type."""
    monkeypatch.setattr(pipeline, "MAKERS", (Maker("contrast", CONTRASTS, make),))
    return made_of(DOCUMENT, 1)


def test_statement_is_judged_by_true_and_false() -> None:
    content = written(STATEMENT)
    assert isinstance(content, TrueFalse)
    assert [(option.id, option.text) for option in content.options] == [("true", "True"), ("false", "False")]
    assert content.key == ("true",)
    other = replace(STATEMENT, keys=choices("False"), distractors=choices("True"))
    assert written(other) == replace(content, key=("false",))


def test_number_is_right_within_its_range() -> None:
    content = written(NUMBER)
    assert content == Numeric(NUMBER.stem, "5", "4", "5", "days", "The source says so.")
    exact = written(replace(NUMBER, low="", high=""))
    assert isinstance(exact, Numeric)
    assert (exact.low, exact.high) == ("5", "5")


def test_every_prompt_has_its_own_key_and_extra_options_are_left_over() -> None:
    content = written(PAIRS)
    assert isinstance(content, Matching)
    assert (
        content.summarise(content.right_response())
        == "Split grafts → Burns; Full grafts → Face; Composite grafts → Nose"
    )
    assert len(content.options) == 4


def test_steps_are_not_kept_in_their_right_order() -> None:
    for seed in range(30):
        content = written(STEPS, seed)
        assert isinstance(content, Ordering)
        assert [option.id for option in content.options] == ["a", "b", "c"]
        assert content.key != ("a", "b", "c")
        assert content.summarise(content.right_response()) == "1. Debridement; 2. Harvest; 3. Fixation"


@every_candidate
def test_content_is_complete_and_passes_the_gate(candidate: Candidate) -> None:
    assert written(candidate).problems() == []  # type: ignore[attr-defined]
    context = read_context(DOCUMENT)
    found = {check.name: check.find(candidate, context) for check in CHECKS if candidate.type not in check.skips}
    assert {name: problem for name, problem in found.items() if problem} == {}


@every_candidate
def test_edited_content_is_judged_as_it_was_made(candidate: Candidate) -> None:
    content = content_of_candidate(candidate, offered_options(candidate, random.Random(1)))
    read = as_candidate(DOCUMENT, content, candidate.citation, candidate.objective)
    assert [key.text for key in read.keys] == [key.text for key in candidate.keys]
    assert [prompt.text for prompt in read.prompts] == [prompt.text for prompt in candidate.prompts]
    assert (read.low, read.high, read.unit) == (candidate.low, candidate.high, candidate.unit)
    results = judge_edited(DOCUMENT, content, candidate.citation, candidate.objective)
    assert [result for result in results if not result["passed"]] == []
    assert "complete" in {result["name"] for result in results}
    assert not {"length", "convergence", "homogeneous", "enough_options"} & {result["name"] for result in results}


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (replace(NUMBER, keys=choices("five")), "as digits"),
        (replace(NUMBER, low="6", high="7"), "lie in the range"),
        (replace(PAIRS, keys=PAIRS.keys[:2]), "an answer of its own"),
        (replace(STEPS, keys=STEPS.keys[:2]), "3 to 8 steps"),
        (replace(STATEMENT, distractors=()), "True and False"),
    ],
)
def test_candidate_that_lacks_something_is_refused_by_the_gate(broken: Candidate, problem: str) -> None:
    found = [check.find(broken, read_context(DOCUMENT)) for check in CHECKS if check.name == "complete"]
    assert problem in found[0]


def test_statement_that_asks_or_exaggerates_is_noticed() -> None:
    context = read_context(DOCUMENT)
    failed = {
        check.name
        for check in CHECKS
        if check.find(replace(STATEMENT, stem="Are skin grafts always vascularized within 5 days?"), context)
    }
    assert {"question", "vague_terms", "complete"} <= failed


def test_all_types_go_from_the_maker_to_the_report(generation: Generation) -> None:
    assert {item.type for item in generation.items} == {"true_false", "numeric", "matching", "ordering"}
    rows = {row["type"]: row for row in generation_to_json(DOCUMENT, generation)["items"]}
    assert (rows["numeric"]["options"], rows["numeric"]["key"]) == ([], ["5"])
    assert [rows["numeric"][name] for name in ("value", "low", "high", "unit")] == ["5", "4", "5", "days"]
    assert [row["text"] for row in rows["matching"]["prompts"]] == [prompt.text for prompt in PAIRS.prompts]
    assert rows["ordering"]["rule"] == "pairs"
    assert "prompts" not in rows["true_false"]


def test_report_of_all_types_reads_back(generation: Generation) -> None:
    stored = json.loads(json.dumps(generation_to_json(DOCUMENT, generation)))
    assert generation_from_json(stored) == generation


def test_same_seed_gives_the_same_items_of_all_types(generation: Generation) -> None:
    assert made_of(DOCUMENT, 1) == generation
