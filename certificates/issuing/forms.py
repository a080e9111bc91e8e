"""The forms that revoke and replace certificates."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quizbank.accounts.names import MAX_TYPED, TOO_LONG


class RevokeForm(FlaskForm):
    """Why a certificate is revoked."""

    reason = TextAreaField("Reason", [InputRequired("Say why the certificate is revoked."), Length(max=1_000)])


class ReissueForm(FlaskForm):
    """Why a certificate is replaced, and the name to print on the new one."""

    name = StringField(
        "Name", [InputRequired("Give the name to print."), Length(max=MAX_TYPED, message=TOO_LONG)], id="new-name"
    )
    reason = TextAreaField(
        "Reason", [InputRequired("Say why the certificate is replaced."), Length(max=1_000)], id="new-reason"
    )
