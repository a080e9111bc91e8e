"""The form that claims credit, and the form that corrects a claim."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from quizbank.activities.formats import plain_amount
from quizbank.web.numbers import InRange

TOLD = "Kept with the claim and its certificate, and told to the learner."


def amount_of(text: str | Decimal) -> Decimal:
    """Return an amount as posted; raises ValueError for what is no number."""
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("This is no amount.") from error
    if not amount.is_finite():
        raise ValueError("This is no amount.")
    return amount


class CorrectionForm(FlaskForm):
    """What a claim is to count from now on, and why. ``seen`` is how many corrections it had when this was shown."""

    seen = IntegerField(
        "Correction", [InputRequired("Open the claim again."), InRange(0, 10_000)], widget=HiddenInput()
    )
    amount = SelectField("It counts", coerce=amount_of)
    reason = TextAreaField(
        "Reason", [InputRequired("Say why the claim is corrected."), Length(max=1_000)], description=TOLD
    )

    @classmethod
    def offering(cls, amounts: Sequence[Decimal], now: Decimal, seen: int) -> "CorrectionForm":
        """Return the form offering these amounts, or none, to a claim that counts something now."""
        form = cls()
        form.amount.choices = amount_choices(amounts, None if form.is_submitted() else now)
        if not form.is_submitted():
            form.seen.data, form.amount.data = seen, next((amount for amount in amounts if amount != now), Decimal(0))
        return form

    def show_again(self, amounts: Sequence[Decimal], now: Decimal, seen: int) -> None:
        """Ask again about the claim as it stands now: with what was typed, without the amount it counts already."""
        self.amount.choices = amount_choices(amounts, now)
        self.seen.data, self.seen.raw_data = seen, None


def amount_choices(amounts: Sequence[Decimal], left_out: Decimal | None) -> list[SelectChoice]:
    """Return the choices of a correction: every amount but one, and nothing."""
    kept = [SelectChoice(f"{amount:.2f}", plain_amount(amount)) for amount in amounts if amount != left_out]
    return [*kept, SelectChoice("0.00", "nothing: the claim is withdrawn, for good")]


class ClaimForm(FlaskForm):
    """How much credit of one type is claimed, and the attestation."""

    credit_type = HiddenField()
    amount = SelectField("Credit to claim", coerce=amount_of)
    attested = BooleanField("", [InputRequired("Please confirm the statement to claim credit.")])

    @classmethod
    def offering(cls, name: str, amounts: Sequence[Decimal], is_sent: bool) -> "ClaimForm":
        """Return the form of a type offering these amounts, the last one chosen; ``is_sent``: filled in as it was sent.

        A page may show several, so each field's id ends with the type's name.
        """
        form = cls() if is_sent else cls(formdata=None)
        form.amount.choices = [SelectChoice(f"{amount:.2f}", plain_amount(amount)) for amount in amounts]
        form.credit_type.data = name
        if form.amount.data is None:
            form.amount.data = amounts[-1]
        for one in form:
            one.id = one.label.field_id = f"{one.short_name}-{name}"
        return form
