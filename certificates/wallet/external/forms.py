"""Forms about credit earned elsewhere and about topics: shape and messages, no rules."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DecimalField, SelectField, SelectMultipleField, StringField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from certificates.wallet.lines import plain_line
from quizbank.web.numbers import InRange

DAY = "Choose a day, such as 2031-12-31."
FILE_HELP = "PDF, PNG or JPEG, up to 10 MB."


class TopicsForm(FlaskForm):
    """Which topics credit is about: those that rules ask for, and others in the person's own words."""

    topics = SelectMultipleField(
        "Topics that rules ask for",
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
        validate_choice=False,
    )
    others = StringField(
        "Other topics",
        [Length(max=600)],
        filters=[plain_line],
        description="In your own words, parted by commas. You may leave this empty.",
    )

    def offer(self, topics: Iterable[tuple[str, str]]) -> None:
        """Offer topics by name and label."""
        self.topics.choices = [SelectChoice(name, label) for name, label in topics]

    def show(self, kept: Iterable[str]) -> None:
        """Show the topics that are kept; call it after ``offer`` for a form that was not sent."""
        offered = {choice.value for choice in self.topics.choices or ()}
        self.topics.data = [name for name in kept if name in offered]
        self.others.data = ", ".join(name for name in kept if name not in offered)

    def chosen(self) -> list[str]:
        """Return the topics chosen and typed."""
        return [*(self.topics.data or []), *(self.others.data or "").split(",")]


class ExternalForm(TopicsForm):
    """Credit earned elsewhere, as its owner enters it."""

    title = StringField(
        "Title of the activity", [DataRequired("Enter what it was called."), Length(max=300)], filters=[plain_line]
    )
    provider = StringField("Provider", [DataRequired("Enter who provided it."), Length(max=200)], filters=[plain_line])
    credit_type = SelectField("Type of credit")
    label = StringField(
        "Its name, when it is another type",
        [Length(max=60)],
        filters=[plain_line],
        description="Such as Category 2 credit. Else empty.",
    )
    amount = DecimalField(
        "Amount", [InputRequired("Enter how much."), InRange(0, 1_000, "Enter an amount from 0.01 to 999.99.")]
    )
    completed_on = DateField("Completed on", [InputRequired(DAY)])
    file = FileField("Certificate", description=FILE_HELP + " You may leave this empty.")

    def offer_types(self, types: Iterable[tuple[str, str]]) -> None:
        """Offer types of credit by name and label."""
        self.credit_type.choices = [SelectChoice(name, label) for name, label in types]


class CertificateForm(FlaskForm):
    """The PDF of a certificate whose credential is to be read."""

    file = FileField("Certificate (PDF)", [FileRequired("Choose the PDF of the certificate.")])
