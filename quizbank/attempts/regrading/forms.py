"""The form that confirms a regrade."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length


class RegradeForm(FlaskForm):
    """Why, whether passes may be lost, and the seal of what was shown."""

    reason = StringField("Reason", [InputRequired("Say why the item is regraded."), Length(min=5, max=500)], default="")
    allow_lowering = BooleanField("Take a pass away where the corrected score no longer reaches the pass mark")
    shown = HiddenField()
