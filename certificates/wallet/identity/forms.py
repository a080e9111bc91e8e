"""Forms of identity: names, NPI, birth month and day; a board's number; consent."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from certificates.wallet.lines import plain_line
from quizbank.accounts.names import MAX_TYPED, TOO_LONG
from quizbank.time_words import MONTHS

NOT_TOLD = SelectChoice("", "Not told")


class IdentityForm(FlaskForm):
    """Who the person is to boards."""

    given_name = StringField("Given name", [Length(max=MAX_TYPED, message=TOO_LONG)])
    family_name = StringField("Family name", [Length(max=MAX_TYPED, message=TOO_LONG)])
    npi = StringField(
        "NPI", [Length(max=30)], description="National Provider Identifier of the United States: ten digits."
    )
    month = SelectField(
        "Month of birth", choices=[NOT_TOLD, *(SelectChoice(f"{n:02}", name) for n, name in enumerate(MONTHS, 1))]
    )
    day = SelectField("Day of birth", choices=[NOT_TOLD, *(SelectChoice(f"{n:02}", str(n)) for n in range(1, 32))])

    def birthday(self) -> str:
        """Return month and day as they are typed in one line, empty when neither was told."""
        return f"{self.month.data}-{self.day.data}" if self.month.data or self.day.data else ""


class BoardForm(FlaskForm):
    """The number under which a board knows the person."""

    board = StringField("Board", [DataRequired("Enter the board's name."), Length(max=120)], filters=[plain_line])
    number = StringField("Your number there", [DataRequired("Enter the number."), Length(max=60)], filters=[plain_line])
