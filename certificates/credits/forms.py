"""The evaluation form and the claim form."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from certificates.credits.evaluation import LIKERT, STATEMENTS
from quizbank.activities.formats import plain_amount

AGREEMENT = [SelectChoice(value, label) for value, label in LIKERT.items()]
ANSWER = "Please choose an answer."


class EvaluationForm(FlaskForm):
    """Agreement with each statement, and one open question."""

    objectives_met = RadioField(STATEMENTS[0].text, [InputRequired(ANSWER)], choices=AGREEMENT)
    knowledge = RadioField(STATEMENTS[1].text, [InputRequired(ANSWER)], choices=AGREEMENT)
    practice = RadioField(STATEMENTS[2].text, [InputRequired(ANSWER)], choices=AGREEMENT)
    balanced = RadioField(STATEMENTS[3].text, [InputRequired(ANSWER)], choices=AGREEMENT)
    change = TextAreaField("What will you do differently, or what was missing? (optional)", [Length(max=2_000)])

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by field."""
        return {**{s.name: int(self[s.name].data) for s in STATEMENTS}, "change": self.change.data or ""}


def amount_of(text: str | Decimal) -> Decimal:
    """Return an amount as posted; raises ValueError for what is no number."""
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("This is no amount.") from error
    if not amount.is_finite():
        raise ValueError("This is no amount.")
    return amount


class ClaimForm(FlaskForm):
    """How much credit is claimed, and the attestation."""

    amount = SelectField("Credit to claim", coerce=amount_of)
    attested = BooleanField("", [InputRequired("Please confirm the statement to claim credit.")])

    @classmethod
    def offering(cls, amounts: Sequence[Decimal]) -> "ClaimForm":
        """Return the form offering these amounts, the last one chosen."""
        form = cls()
        form.amount.choices = [SelectChoice(f"{amount:.2f}", plain_amount(amount)) for amount in amounts]
        if form.amount.data is None:
            form.amount.data = amounts[-1]
        return form
