"""The form that confirms a batch: why, and how many the person saw."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput


class BatchForm(FlaskForm):
    """Why something is done to many certificates, and to how many."""

    reason = TextAreaField("Reason", [Length(max=1_000)])
    seen = IntegerField("How many", widget=HiddenInput())
    token = HiddenField("Token", [InputRequired("Reload the page, then press again."), Length(max=40)])
