"""Forms about plans: granting one, extending, canceling with a reason, importing a list."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quizbank.plans.catalogue import Plan

DAY = "Choose a day, such as 2031-12-31."


class GrantForm(FlaskForm):
    """A plan for one person."""

    email = EmailField("E-mail address of the person", [InputRequired("Enter an e-mail address."), Length(max=254)])
    plan = SelectField("Plan")
    until = DateField("Until and including", [InputRequired(DAY)])
    reason = StringField("Note (the person sees it)", [Length(max=300)])

    @classmethod
    def offering(cls, plans: Iterable[Plan]) -> "GrantForm":
        """Return the form with these plans to choose from."""
        form = cls()
        form.plan.choices = [SelectChoice(plan.name, plan.title) for plan in plans]
        return form


class ExtendForm(FlaskForm):
    """A later (or earlier) last day."""

    until = DateField("Until and including", [InputRequired(DAY)])


class CancelForm(FlaskForm):
    """Ends a subscription at once."""

    reason = StringField(
        "Reason (the person sees it)",
        [InputRequired("Give the reason: it stands in the audit trail."), Length(max=300)],
    )


class ImportForm(FlaskForm):
    """A list of people and their plans."""

    file = FileField("CSV file", [FileRequired("Choose a file.")])
