"""The forms that swap an option (which alternative comes in for which), put words right and ask for new candidates of a section."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from quizbank.generation.corrections import LONGEST
from quizbank.web.numbers import InRange


class SwapForm(FlaskForm):
    """An alternative by its place in the version's list, an option by its id."""

    version = IntegerField(validators=[InputRequired()])
    alternative = IntegerField(validators=[InputRequired(), InRange(min=0, max=99)])
    option = StringField(validators=[InputRequired(), Length(max=12)])


class CorrectionForm(FlaskForm):
    """Doubtful words of the document, and how they are to be written."""

    original = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    corrected = StringField(validators=[InputRequired(), Length(max=LONGEST)])


class SectionForm(FlaskForm):
    """The section that is to be written again, by its place in the document."""

    section = SelectField("Section", coerce=int)
