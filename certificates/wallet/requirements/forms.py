"""Forms about rules: choosing a set of them, and what of a person decides how they apply."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional


class ChooseForm(FlaskForm):
    """Which rules apply, and for which license."""

    rules = SelectField("Rules")
    license = SelectField(
        "For the license", description="Cycles that go by a license take its days. You may choose none."
    )

    def offer(self, rules: Iterable[tuple[str, str]], licenses: Iterable[tuple[int, str]]) -> None:
        """Offer rules by name and title, and licenses by id and words."""
        self.rules.choices = [SelectChoice(name, title) for name, title in rules]
        self.license.choices = [SelectChoice("", "None"), *(SelectChoice(str(one), said) for one, said in licenses)]


class AppliesForm(FlaskForm):
    """The day a cycle began, and the exemptions that the person says apply."""

    starts_on = DateField("A cycle of yours began on", [Optional()])
    exemptions = SelectMultipleField(
        "These apply to me in the present cycle",
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )

    def offer(self, exemptions: Iterable[tuple[str, str]]) -> None:
        """Offer exemptions by name and label."""
        self.exemptions.choices = [SelectChoice(name, label) for name, label in exemptions]
