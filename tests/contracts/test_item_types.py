"""What every item type keeps to, run the same way for each row of the registry."""

import json
import random
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quizbank.attempts.feedback import Mistyped, question
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


def with_another_key(content: ItemContent) -> ItemContent:
    """Return the same question with everything changed that a learner must not see: key, reasons, how it is graded."""
    keys = {"value": "7", "low": "6.5", "high": "7.5", "rule": "exact", "rationale": "Because."}
    own = {one.name for one in fields(content)}  # type: ignore[arg-type]
    changes: dict[str, Any] = {name: value for name, value in keys.items() if name in own}
    for name in ("options", "prompts"):
        if name in own:
            changes[name] = tuple(replace(one, rationale="Another reason.") for one in getattr(content, name))
    if "key" in own:
        changes["key"] = (content.options[-1].id,) if content.field == "choice" else content.key[::-1]
    return replace(content, **changes)  # type: ignore[type-var]


def drawn(content: ItemContent, response: Response) -> str:
    """Return the HTML of an item as it is asked."""
    slot = Slot(1, 1, 1, 1.0, tuple(option.id for option in content.options))
    return str(template_of(content).answer(question(slot, content, response)))


def template_of(content: ItemContent) -> Any:
    """Return the macros of a type's template."""
    language = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return language.get_template(f"items/types/{content.type}.html").make_module()


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
def test_right_response_earns_everything(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    right = content.right_response()
    assert content.grade(right) == 1
    assert content.is_answered(right)
    assert content.summarise(right)
    assert all(part.is_right and part.given for part in content.parts(right))


@pytest.mark.parametrize(("kind", "example"), VALID, ids=name_of)
def test_field_that_is_filled_from_a_response_is_read_as_the_same_response(
    kind: type[ItemContent], example: Example
) -> None:
    content = CONTENTS[kind.type]
    response = content.parse(example.fields)
    assert content.parse({content.field: list(content.values(response))}) == response


@every_type
def test_whole_and_right_are_told_apart(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    for example in kind.examples()[1]:
        if example.fraction is not None:
            response = content.parse(example.fields)
            parts = content.parts(response)
            assert not parts or all(part.is_right for part in parts) == (example.fraction == 1)
            assert response or not content.is_answered(response)


@every_type
@given(seed=st.integers(0, 500))
def test_options_are_shown_in_an_order_that_the_seed_repeats_and_the_key_does_not_tell(
    kind: type[ItemContent], seed: int
) -> None:
    content = CONTENTS[kind.type]
    shown = content.shuffled_options(random.Random(seed))
    assert shown == content.shuffled_options(random.Random(seed))
    assert sorted(shown) == sorted(option.id for option in content.options)
    assert len(content.key) < 2 or shown != content.key


@every_type
def test_content_with_other_ids_asks_the_same(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    named = content.with_ids({one.id: f"x{one.id}" for one in (*content.prompts, *content.options)})
    assert named.summarise(named.right_response()) == content.summarise(content.right_response())
    assert named.problems() == []


@every_type
def test_blank_response_earns_nothing_and_says_nothing(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    assert content.parse({}) == {}
    assert content.grade({}) == 0
    assert content.summarise({}) == ""
    assert not content.is_answered({})
    assert not any(part.is_right or part.given for part in content.parts({}))


@every_type
@given(draw=st.data())
def test_fraction_of_any_accepted_response_is_between_0_and_1(kind: type[ItemContent], draw: st.DataObject) -> None:
    content = CONTENTS[kind.type]
    values = [value for example in kind.examples()[1] for value in example.fields.get(content.field, ())]
    given = draw.draw(st.lists(st.sampled_from([*values, "", "z", ":", "1:1"]), max_size=len(values)))
    try:
        response = content.parse({content.field: given})
    except InvalidResponse:
        return
    assert 0 <= content.grade(response) <= 1
    assert content.parse({content.field: list(content.values(response))}) == response


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
@pytest.mark.parametrize("damage", ["", " ", [], ["z"], None, 7], ids=repr)
def test_damaged_content_is_refused_or_has_problems(kind: type[ItemContent], damage: Any) -> None:
    stored = CONTENTS[kind.type].to_json()
    for name in set(stored) - {"schema", "rationale", "unit"}:
        try:
            assert kind.from_json({**stored, name: damage}).problems(), name
        except InvalidContent:
            continue


@every_type
def test_item_is_drawn_with_its_stem_and_all_options(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    page = drawn(replace(content, stem="Is 1 < 2 & 3 > 2?"), {})  # type: ignore[type-var]
    assert "Is 1 &lt; 2 &amp; 3 &gt; 2?" in page
    assert all(option.text in page for option in content.options)
    assert all(prompt.text in page for prompt in content.prompts)
    assert content.unit in page
    assert " checked" not in page
    assert " selected" not in page


@every_type
def test_given_answer_is_drawn_as_chosen(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    right = content.right_response()
    page = drawn(content, right)
    assert all(f'value="{value}"' in page for value in content.values(right))
    assert page.count(" checked") + page.count(" selected") == (len(content.values(right)) if content.options else 0)
    assert page != drawn(content, {})


@every_type
def test_question_is_drawn_the_same_whatever_the_key_is(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    other = with_another_key(content)
    assert other.right_response() != content.right_response()
    assert drawn(content, {}) == drawn(other, {})
    for response in (content.right_response(), other.right_response()):
        assert drawn(content, response) == drawn(other, response)


@every_type
def test_mistyped_answer_is_drawn_with_its_problem(kind: type[ItemContent]) -> None:
    content = CONTENTS[kind.type]
    slot = Slot(1, 1, 1, 1.0, tuple(option.id for option in content.options))
    asked = question(slot, content, {}, Mistyped(("a < b",), "Write <digits>."))
    page = template_of(content).answer(asked)
    assert "Write &lt;digits&gt;." in page
    assert not asked.is_answered
