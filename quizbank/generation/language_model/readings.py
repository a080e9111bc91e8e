"""A finished item in; whether readers who are not told the key find exactly the key, and which answers could be right."""

from collections.abc import Sequence
from dataclasses import replace

from quizbank.generation.language_model.assignment import Ask
from quizbank.generation.language_model.excerpts import Excerpt
from quizbank.generation.language_model.prompts import also_right_prompt, answer_prompt
from quizbank.items.content import ItemContent, Option


def finds_the_key(ask: Ask, excerpt: Excerpt, content: ItemContent) -> bool:
    """Return whether the model, passage open, picks exactly the key, and does so again when every option has moved.

    A model that always picks the first option would otherwise pass for one item in as many as there are options.
    """
    keys = [option.text for option in content.options if option.id in content.key]
    orders = (content.options, content.options[1:] + content.options[:1])
    return all(picked(ask, excerpt, content.stem, order) == sorted(keys) for order in orders)


def picked(ask: Ask, excerpt: Excerpt, stem: str, options: Sequence[Option]) -> list[str]:
    """Return the texts the model picks from options lettered in the order given, sorted."""
    shown = [replace(option, id=letter) for option, letter in zip(options, "abcdefgh", strict=False)]
    answers = ask(answer_prompt(excerpt, stem, shown))["answers"]
    return sorted(option.text for option in shown if option.id in answers)


def surely_wrong(ask: Ask, excerpt: Excerpt, stem: str, key: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of which the model says that they could not be right as well.

    It is asked the same of the key, unnamed: whoever does not know the key for right is not believed on the others.
    """
    if ask(also_right_prompt(excerpt, stem, key))["could_be_right"] != "yes":
        return ()
    return tuple(text for text in texts if ask(also_right_prompt(excerpt, stem, text))["could_be_right"] == "no")
