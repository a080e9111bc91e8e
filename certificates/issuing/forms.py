"""The forms that look up and revoke certificates."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class VerifyForm(FlaskForm):
    """A serial as printed on a certificate."""

    class Meta:
        csrf = False  # a public search: it changes nothing and its address may be shared

    code = StringField("Serial from the certificate", [InputRequired("Enter the serial."), Length(max=100)])


class RevokeForm(FlaskForm):
    """Why a certificate is revoked."""

    reason = TextAreaField("Reason", [InputRequired("Say why the certificate is revoked."), Length(max=1_000)])
