"""The forms that delete an account: by its holder, who gives the password; by an administrator, who gives the reason."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, TextAreaField
from wtforms.validators import InputRequired, Length


class DeleteForm(FlaskForm):
    """The password again, and that the consequences were read."""

    password = PasswordField("Your password", [InputRequired("Enter your password."), Length(max=1_000)])
    understood = BooleanField(
        "I have read what is deleted and what is kept.", [InputRequired("Read the list above, then tick this.")]
    )


class OrderForm(FlaskForm):
    """Why an administrator deletes an account at once."""

    reason = TextAreaField("Reason", [InputRequired("Give the reason."), Length(max=500)])
