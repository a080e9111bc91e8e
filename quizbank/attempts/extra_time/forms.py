"""The form that gives one learner more time: an e-mail address and minutes."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length

from quizbank.activities.modes import MAX_MINUTES
from quizbank.web.numbers import InRange


class ExtraTimeForm(FlaskForm):
    """Who, and how many minutes; 0 takes extra time back."""

    email = StringField("E-mail address of the learner", [InputRequired("Say who needs more time."), Length(max=254)])
    minutes = IntegerField(
        "Extra minutes",
        [
            InputRequired("Give whole minutes, 0 to take extra time back."),
            InRange(0, MAX_MINUTES, f"Give 0 to {MAX_MINUTES} minutes."),
        ],
        description="For every attempt. 0 takes extra time back.",
    )
