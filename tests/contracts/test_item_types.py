"""What every item type keeps to, run the same way for each row of the registry."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quizbank.attempts.feedback import question
from quizbank.attempts.log import Slot
from quizbank.items.content import Example, InvalidContent, InvalidResponse, ItemContent, Response
from quizbank.items.types import ITEM_TYPES, item_type

TEMPLATES = Path(__file__).parents[2] / "templates"
CONTENTS = {kind.type: kind.examples()[0] for kind in ITEM_TYPES}
EXAMPLES = [(kind, example) for kind in ITEM_TYPES for example in kind.examples()[1]]
VALID = [(kind, example) for kind, example in EXAMPLES if example.fraction is not None]
INVALID = [(kind, example) for kind, example in EXAMPLES if example.fraction is None]

every_type = pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.type)


def name_of(value: object) -> str:
    return value.name if isinstance(value, Example) else value.type  # type: ignore[attr-defined]


def drawn(content: ItemContent, response: Response) -> str:
    """Return the HTML of an item as it is asked."""
    slot = Slot(1, 1, 1, 1.0, tuple(option.id for option in content.options))
    language = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    page = language.get_template(f"items/types/{content.type}.html")
    return page.make_module().answer(question(slot, content, response))  # type: ignore[attr-defined, no-any-return]


def test_every_type_has_its_own_name_and_label() -> None:
    assert len({kind.type for kind in ITEM_TYPES}) == len({kind.label for kind in ITEM_TYPES}) == len(ITEM_TYPES)


@every_type
def test_type_is_found_by_its_name(kind: type[ItemContent]) -> None:
    assert item_type(kind.type) is kind


def test_unknown_type_is_refused() -> None:
    with pytest.raises(InvalidContent, match="essay"):
        item_type("essay")


@every_type
def test_examples_show_right_wrong_or_partly_right_blank_and_invalid(kind: type[ItemContent]) -> None:
    fractions = [example.fraction for example in kind.examples()[1]]
    assert 1 in fractions
    assert 0 in fractions
    assert None in fractions
    assert any(not example.fields for example in kind.examples()[1])


@pytest.mark.parametrize(("kind", "example"), VALID, ids=name_of)
def test_example_earns_what_it_says(kind: type[ItemContent], example: Example) -> None:
    content = CONTENTS[kind.type]
    assert content.grade(content.parse(example.fields)) == pytest.approx(example.fraction)


@pytest.mark.parametrize(("kind", "example"), INVALID, ids=name_of)
def test_invalid_example_is_refused(kind: type[ItemContent], example: Example) -> None:
    with pytest.raises(InvalidResponse):
        CONTENTS[kind.type].parse(example.fields)


@every_type
def test_key_earns_everything(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    assert content.grade(content.parse({"choice": list(content.key)})) == 1


@every_type
def test_blank_response_earns_nothing_and_says_nothing(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    assert content.parse({}) == {}
    assert content.grade({}) == 0
    assert content.summarise({}) == ""


@every_type
@given(draw=st.data())
def test_fraction_of_any_accepted_response_is_between_0_and_1(kind: type[ItemContent], draw: st.DataObject) -> None:
    content = CONTENTS[kind.type]
    ids = [option.id for option in content.options]
    fields = {"choice": draw.draw(st.lists(st.sampled_from([*ids, "", "z"]), max_size=len(ids)))}
    try:
        response = content.parse(fields)
    except InvalidResponse:
        return
    assert 0 <= content.grade(response) <= 1
    assert content.parse({"choice": response.get("choice", [])}) == response


@pytest.mark.parametrize(("kind", "example"), VALID, ids=name_of)
def test_response_survives_json(kind: type[ItemContent], example: Example) -> None:
    response = CONTENTS[kind.type].parse(example.fields)
    assert json.loads(json.dumps(response)) == response


@every_type
def test_content_survives_json(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    assert kind.from_json(json.loads(json.dumps(content.to_json()))) == content


@every_type
def test_content_of_a_newer_schema_is_refused(kind: type[ItemContent]) -> None:
    with pytest.raises(InvalidContent, match="another version"):
        kind.from_json({**CONTENTS[kind.type].to_json(), "schema": kind.schema + 1})


@every_type
def test_example_content_is_complete(kind: type[ItemContent]) -> None:
    assert CONTENTS[kind.type].problems() == []


@every_type
@pytest.mark.parametrize("damage", [{"stem": " "}, {"options": ()}, {"key": ()}, {"key": ("z",)}], ids=str)
def test_damaged_content_has_problems(kind: type[ItemContent], damage: dict[str, Any]) -> None:
    assert replace(CONTENTS[kind.type], **damage).problems()  # type: ignore[type-var]


@every_type
def test_item_is_drawn_with_its_stem_and_all_options(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    page = drawn(replace(content, stem="Is 1 < 2 & 3 > 2?"), {})  # type: ignore[type-var]
    assert "Is 1 &lt; 2 &amp; 3 &gt; 2?" in page
    assert all(option.text in page for option in content.options)
    assert " checked" not in page


@every_type
def test_given_answer_is_drawn_as_chosen(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    chosen = content.parse({"choice": list(content.key)})
    assert drawn(content, chosen).count(" checked") == len(content.key)


@every_type
def test_question_is_drawn_the_same_whatever_the_key_is(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    options = tuple(replace(option, rationale="Another reason.") for option in content.options)
    other = replace(content, key=(content.options[-1].id,), options=options, rationale="Because.")  # type: ignore[type-var]
    assert drawn(content, {}) == drawn(other, {})
