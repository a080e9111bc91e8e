"""The form in which a person chooses which messages to get."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from quizbank.post.kinds import CHOICES, RECORD, REMINDER


class ChoiceForm(FlaskForm):
    """A switch for each group of messages."""

    record = BooleanField(CHOICES[RECORD])
    reminder = BooleanField(CHOICES[REMINDER])
