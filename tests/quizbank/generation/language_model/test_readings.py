"""Readers who are not told the key must find exactly the key, wherever it stands, or they are not believed."""

from typing import Any

from quizbank.generation.language_model.excerpts import Excerpt
from quizbank.generation.language_model.prompts import Prompt
from quizbank.generation.language_model.readings import finds_the_key, picked, surely_wrong
from quizbank.items.content import Option
from quizbank.items.types import MultipleResponse, SingleBestAnswer
from tests.quizbank.generation.language_model.fake_model import RIGHT, SENTENCE, WRONG, Mind

EXCERPT = Excerpt(SENTENCE, SENTENCE, ("Care",), "valve surgery")
OPTIONS = tuple(Option(letter, text) for letter, text in zip("abcd", (RIGHT, *WRONG[:3]), strict=True))
CONTENT = SingleBestAnswer("Why?", OPTIONS, ("a",))


def always(*ids: str) -> Any:
    """Return a reader that picks the same letters whatever is asked."""

    def ask(prompt: Prompt) -> dict[str, Any]:
        return {"answers": list(ids)}

    return ask


def test_a_reader_who_finds_the_key_twice_is_believed() -> None:
    assert finds_the_key(Mind().ask, EXCERPT, CONTENT)


def test_a_reader_who_always_picks_one_place_is_not() -> None:
    assert not any(finds_the_key(always(letter), EXCERPT, CONTENT) for letter in "abcd")


def test_more_or_less_than_the_key_is_not_the_key() -> None:
    assert not finds_the_key(Mind(right=(RIGHT, WRONG[0])).ask, EXCERPT, CONTENT)
    assert not finds_the_key(always(), EXCERPT, CONTENT)
    assert not finds_the_key(always("a", "b", "c", "d"), EXCERPT, CONTENT)


def test_every_key_of_several_must_be_found() -> None:
    several = MultipleResponse("Which?", OPTIONS, ("a", "b"))
    assert finds_the_key(Mind(right=(RIGHT, WRONG[0])).ask, EXCERPT, several)
    assert not finds_the_key(Mind().ask, EXCERPT, several)


def test_options_are_lettered_anew_for_the_reader() -> None:
    assert picked(always("a"), EXCERPT, "Why?", OPTIONS[::-1]) == [WRONG[2]]


def test_what_could_be_right_as_well_is_dropped() -> None:
    mind = Mind(right=(RIGHT, WRONG[1]))
    assert surely_wrong(mind.ask, EXCERPT, "Why?", RIGHT, WRONG) == (WRONG[0], *WRONG[2:])


def test_a_reader_who_calls_everything_wrong_is_not_believed() -> None:
    assert surely_wrong(Mind(right=()).ask, EXCERPT, "Why?", RIGHT, WRONG) == ()


def test_doubt_counts_against_an_option() -> None:
    def unsure(prompt: Prompt) -> dict[str, Any]:
        return {"could_be_right": "yes" if prompt.given["answer"] == RIGHT else "unsure"}

    assert surely_wrong(unsure, EXCERPT, "Why?", RIGHT, WRONG) == ()
