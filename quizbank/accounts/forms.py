"""Forms for people: signing in, adding one, changing one's profile."""

from typing import Any

from flask_security import PasswordUtil
from flask_security.forms import LoginForm
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from quizbank.accounts.names import MAX_TYPED, TOO_LONG
from quizbank.accounts.roles import LEARNER, PROFESSIONS, ROLES
from quizbank.web.errors import refuse

JUDGED_CHARACTERS = 72
"""zxcvbn refuses longer input."""
LONGEST_PASSWORD = 1_000


class SignInForm(LoginForm):
    """E-mail address and password. There is no "remember me": a session ends with the browser, or by signing out."""

    remember = None


class LongPasswords(PasswordUtil):
    """Takes long passwords: what lies beyond the part that can be judged only makes them stronger."""

    def normalize(self, password: str) -> str:
        whole = super().normalize(password)
        if len(whole) > LONGEST_PASSWORD:
            refuse(400, f"A password may have up to {LONGEST_PASSWORD:,} characters.")
        return whole

    def validate(self, password: str, is_register: bool, **more: Any) -> tuple[list[str] | None, str]:
        whole = self.normalize(password)
        problems, _judged = super().validate(whole[:JUDGED_CHARACTERS], is_register, **more)
        return problems, whole


class ProfileForm(FlaskForm):
    """How a person is named on certificates, and the profession that decides the wording."""

    name = StringField(
        "Full name, as printed on certificates",
        [InputRequired("Enter your name."), Length(max=MAX_TYPED, message=TOO_LONG)],
    )
    profession = SelectField("Profession", choices=[SelectChoice(name, label) for name, label in PROFESSIONS.items()])


class PersonForm(ProfileForm):
    """A new person, added by an administrator."""

    email = EmailField("E-mail address", [InputRequired("Enter an e-mail address."), Length(max=254)])
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(name, f"{name.capitalize()}: {meaning}") for name, meaning in ROLES.items()],
        default=[LEARNER],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
