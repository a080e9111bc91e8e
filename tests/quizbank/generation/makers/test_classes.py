"""A scale is asked by its name, from its middle, and by a description that no other class shares and that tells no place."""

import pytest

from tests.quizbank.generation.sources import document_of, made_of

TYPES = (
    "Split of the lateral plateau",
    "Split with a depressed fragment",
    "Pure central depression",
    "Medial plateau fracture",
)


def stems(heading: str, told: tuple[str, ...] = TYPES, codes: tuple[str, ...] = ("I", "II", "III", "IV")) -> list[str]:
    rows = "\n".join(f"- **Type {code}**: {text}" for code, text in zip(codes, told, strict=True))
    body = f"## {heading}\n\n{rows}\n\n## Care\n\nA plate holds the fracture of the plateau until bone has healed."
    made = made_of(document_of(body, "Tibial plateau fracture"), 0)
    return [item.content.stem for item in made.items if item.maker == "classes"]


def test_a_scale_is_called_by_its_name() -> None:
    [stem] = stems("Schatzker classification")
    assert stem.startswith("In tibial plateau fracture, which Schatzker type is described by “")


@pytest.mark.parametrize("heading", ["Types", "Radiographic types", "Clinical classification"])
def test_a_scale_without_a_name_is_left_to_the_author(heading: str) -> None:
    assert stems(heading) == []


def test_the_ends_of_a_scale_are_not_asked() -> None:
    [stem] = stems("Schatzker types")
    assert TYPES[0].lower() not in stem.lower()
    assert TYPES[-1].lower() not in stem.lower()


def test_a_scale_with_a_gap_is_not_asked() -> None:
    assert stems("Schatzker types", codes=("I", "II", "IV", "V")) == []


@pytest.mark.parametrize(
    "told", ["Moderate depression of the centre", "As type I with depression", "Larger split", "Three"]
)
def test_what_tells_the_place_is_no_description(told: str) -> None:
    assert stems("Schatzker types", (TYPES[0], told, told, TYPES[3])) == []


def offered(title: str) -> tuple[list[str], int]:
    """Return the options of the one item on the Schatzker types, and the place of its key."""
    rows = "\n".join(f"- **Type {code}**: {text}" for code, text in zip(("I", "II", "III", "IV"), TYPES, strict=True))
    made = made_of(document_of(f"## Schatzker types\n\n{rows}", title), 0)
    [item] = [one for one in made.items if one.maker == "classes"]
    [place] = [at for at, option in enumerate(item.content.options) if option.id in item.content.key]
    return [option.text for option in item.content.options], place


def test_options_stand_in_the_order_of_the_scale_without_a_gap() -> None:
    everything = ["Type I", "Type II", "Type III", "Type IV"]
    texts, _ = offered("Tibial plateau fracture")
    start = everything.index(texts[0])
    assert texts == everything[start : start + len(texts)]
