"""Forms about reports: saying that one was handed over."""

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired


class SentForm(FlaskForm):
    """The word of the person who handed the report over."""

    confirmed = BooleanField(
        "I have submitted it, and the other side took it.",
        [InputRequired("Tick the box only when the other side has taken the report.")],
    )
