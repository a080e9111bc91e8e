"""The form that makes a share link, and the one that opens it."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from certificates.sharing.links import (
    DEFAULT_DAYS,
    DEFAULT_VIEWS,
    LONGEST_PASSCODE,
    MAX_DAYS,
    MAX_ENTRIES,
    MAX_VIEWS,
    SHORTEST_PASSCODE,
    AskedLink,
    pick_of,
    plain_passcode,
)
from quizbank.web.numbers import InRange

Offered = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""What may be picked: a heading, and under it values with their words."""


class ShareForm(FlaskForm):
    """What is shared, with whom, how long and how often."""

    records = SelectMultipleField(
        "Records",
        [
            InputRequired("Choose at least one record."),
            Length(max=MAX_ENTRIES, message=f"Choose up to {MAX_ENTRIES} records."),
        ],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    recipient = StringField(
        "Who is it for?",
        [InputRequired("Name the recipient."), Length(max=120, message="Use up to 120 characters.")],
        description="Such as “St. Mary's Hospital, credentialing office”. The recipient sees this name.",
    )
    days = IntegerField(
        "Open for how many days?",
        [InputRequired("Give a number of days."), InRange(1, MAX_DAYS, f"Choose 1 to {MAX_DAYS} days.")],
        default=DEFAULT_DAYS,
        description="You can close the link earlier at any time.",
    )
    max_views = IntegerField(
        "How many views?",
        [InputRequired("Give a number of views."), InRange(1, MAX_VIEWS, f"Choose 1 to {MAX_VIEWS} views.")],
        default=DEFAULT_VIEWS,
        description="One browser session is one view, however often the page is reloaded.",
    )
    passcode = StringField(
        "Passcode",
        [
            Optional(),
            Length(
                SHORTEST_PASSCODE,
                LONGEST_PASSCODE,
                f"Use {SHORTEST_PASSCODE} to {LONGEST_PASSCODE} characters, or leave it empty.",
            ),
        ],
        filters=[plain_passcode],
        description="Tell it to the recipient by another way than the link, such as by phone.",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    @classmethod
    def offering(cls, offered: Offered, chosen: Sequence[str] = ()) -> "ShareForm":
        """Return the form with these records to choose from."""
        form = cls()
        choices = [choice for _, group in offered for choice in group]
        form.records.choices = [SelectChoice(value, words) for value, words in choices]
        if not form.is_submitted():
            form.records.data = [value for value, _ in choices if value in chosen]
        return form

    def asked(self) -> AskedLink:
        """Return what the person asks for."""
        picks = tuple(pick_of(value) for value in self.records.data or [])
        return AskedLink(
            self.recipient.data or "", self.days.data or 0, self.max_views.data or 0, self.passcode.data or "", picks
        )


class OpenForm(FlaskForm):
    """The key of a link, and the passcode if the link has one. Nothing is told apart: whatever does not open is refused."""

    key = StringField("Key")
    passcode = StringField(
        "Passcode",
        filters=[plain_passcode],
        description="Only if you were given one.",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
