"""Numbers in forms: what was typed goes in; it is within its range, or the form says so, whatever it is."""

from decimal import Decimal

from wtforms import Field, Form
from wtforms.validators import NumberRange, StopValidation

BEYOND = 10**15


class InRange(NumberRange):
    """The library's range, which fails itself on numbers that no arithmetic can be done with: sNaN, hundreds of digits."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise StopValidation or ValidationError unless the number is within the range."""
        if field.data is not None and not (Decimal(field.data).is_finite() and -BEYOND < field.data < BEYOND):
            raise StopValidation(str(self.message or "Give a number that can be."))
        super().__call__(form, field)
