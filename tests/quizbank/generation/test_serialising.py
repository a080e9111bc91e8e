"""The report has the promised shape and reads back."""

import json

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.serialising import DamagedGeneration, generation_from_json, generation_to_json
from tests.quizbank.generation.sources import SAMPLES, made_of

DOCUMENT = read_document(SAMPLES[0].name, SAMPLES[0].read_bytes())
GENERATION = made_of(DOCUMENT, 1)
ITEM_KEYS = ["id", "type", "stem", "options", "key", "rationale", "citation", "objective", "maker", "checks"]
ITEM_KEYS += ["status", "missing", "pattern", "version", "proof", "alternatives", "origins", "model"]


def test_report_has_the_promised_keys() -> None:
    report = generation_to_json(DOCUMENT, GENERATION)
    assert list(report) == ["document", "items", "suggestions", "rejected", "left_out", "objectives"]
    item = next(one for one in report["items"] if one["type"] == "single_best_answer")
    assert list(item) == ITEM_KEYS
    assert list(item["citation"]) == ["start", "end", "quote", "path"]
    assert list(item["options"][0]) == ["id", "text", "rationale"]
    assert list(item["checks"][0]) == ["name", "passed", "detail"]


def test_report_reads_back_to_the_same_generation() -> None:
    stored = json.loads(json.dumps(generation_to_json(DOCUMENT, GENERATION)))
    assert generation_from_json(stored) == GENERATION


def test_older_report_without_origins_reads_back() -> None:
    stored = json.loads(json.dumps(generation_to_json(DOCUMENT, GENERATION)))
    for item in stored["items"]:
        del item["origins"], item["model"]
    assert {origin for item in generation_from_json(stored).items for origin in item.origins} == {"document"}


def test_damaged_report_is_refused() -> None:
    with pytest.raises(DamagedGeneration):
        generation_from_json({"items": [{}]})
