"""The form that confirms a sending: why, and to how many the person saw."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput


class SendingForm(FlaskForm):
    """Why certificates are sent, and to how many people."""

    reason = TextAreaField("Reason", [Length(max=1_000)])
    seen = IntegerField("How many", widget=HiddenInput())
    token = HiddenField("Token", [InputRequired("Reload the page, then press again."), Length(max=40)])
