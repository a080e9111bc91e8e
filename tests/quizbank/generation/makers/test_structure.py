"""Structures become questions among neighbors; what is only written as such waits for its author."""

from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.pipeline import READY, SUGGESTION, GeneratedItem, generate
from tests.quizbank.generation.sources import prose

SENTENCE = "Deltoid is supplied by the axillary nerve. The lingual nerve may be damaged when a flap is raised on the inner side."


def _items() -> list[GeneratedItem]:
    made = generate(prose(SENTENCE), 7, licences=AS_IF_LICENSED)
    return [one for one in (*made.items, *made.suggestions) if one.pattern == "anatomy"]


def test_a_nerve_known_to_supply_a_muscle_is_ready_and_names_no_topic() -> None:
    [item] = [one for one in _items() if one.status == READY]
    assert item.content.stem == "Which nerve supplies deltoid?"
    assert {one.text for one in item.content.options} >= {"Axillary nerve", "Suprascapular nerve"}


def test_a_nerve_at_risk_waits_for_a_look_at_what_else_could_be_right() -> None:
    [item] = [one for one in _items() if one.status == SUGGESTION]
    assert "which nerve may be damaged" in item.content.stem
    assert "what else could be right" in item.missing or "proves" in item.missing
