"""Forms for people: adding one, changing one's profile."""

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from quizbank.accounts.roles import LEARNER, PROFESSIONS, ROLES


class ProfileForm(FlaskForm):
    """How a person is named on certificates, and the profession that decides the wording."""

    name = StringField("Full name, as printed on certificates", [InputRequired("Enter your name."), Length(max=200)])
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
