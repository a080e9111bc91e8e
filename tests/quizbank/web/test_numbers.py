"""Numbers in forms: whatever is typed is answered with a sentence, never with a failure."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, Form, IntegerField

from quizbank.web.numbers import InRange

WORDS = "Choose 1 to 9."


class Numbers(Form):
    whole = IntegerField(validators=[InRange(1, 9, WORDS)], default=1)
    amount = DecimalField(validators=[InRange(1, 9, WORDS)], default=1)


@pytest.mark.parametrize("typed", ["1", "9", "5"])
def test_number_within_the_range_is_taken(typed: str) -> None:
    assert Numbers(MultiDict({"whole": typed, "amount": typed})).validate()


@pytest.mark.parametrize("typed", ["0", "10", "-1", "9" * 400, "-" + "9" * 400])
def test_number_without_the_range_is_refused_with_the_words_of_the_field(typed: str) -> None:
    form = Numbers(MultiDict({"whole": typed, "amount": typed}))
    assert not form.validate()
    assert form.errors == {"whole": [WORDS], "amount": [WORDS]}


@pytest.mark.parametrize("typed", ["NaN", "sNaN", "-sNaN", "Infinity", "1e999999", "1e2147483647"])
def test_amount_that_is_no_number_is_refused_with_the_words_of_the_field(typed: str) -> None:
    form = Numbers(MultiDict({"whole": "1", "amount": typed}))
    assert not form.validate()
    assert form.errors == {"amount": [WORDS]}
