"""The forms that revoke certificates."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class RevokeForm(FlaskForm):
    """Why a certificate is revoked."""

    reason = TextAreaField("Reason", [InputRequired("Say why the certificate is revoked."), Length(max=1_000)])
