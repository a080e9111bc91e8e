"""The form that swaps an option: which alternative comes in for which option, of which version."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange


class SwapForm(FlaskForm):
    """An alternative by its place in the version's list, an option by its id."""

    version = IntegerField(validators=[InputRequired()])
    alternative = IntegerField(validators=[InputRequired(), NumberRange(min=0, max=99)])
    option = StringField(validators=[InputRequired(), Length(max=12)])
