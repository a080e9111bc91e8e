"""The forms that choose a design with logo and signatories, and that add pictures."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from certificates.designing.models import LOGO, SIGNATURE, Picture
from certificates.issuing.choice import DesignChoice
from certificates.issuing.designs import usable_designs
from certificates.issuing.examples import EXAMPLES
from certificates.issuing.facts import MAX_SIGNATORIES, SIGNATORY_LIMITS, Signatory
from certificates.issuing.sheets import SHEETS

NONE = "None"


def layouts() -> list[SelectChoice]:
    """Return every design on every sheet it is made for, as ``<design>/<sheet>`` with its words."""
    return [
        SelectChoice(f"{design.name}/{sheet}", f"{design.title} · {SHEETS[sheet].label}")
        for design in usable_designs()[0]
        for sheet in design.sheets
        if sheet in SHEETS
    ]


def pictures_as_choices(pictures: Sequence[Picture]) -> list[SelectChoice]:
    """Return the pictures to choose from, and none."""
    return [SelectChoice("", NONE), *(SelectChoice(picture.sha256, picture.label) for picture in pictures)]


class SignatoryForm(Form):
    """One signatory; a row without anything is nobody."""

    name = StringField("Name", [Length(max=SIGNATORY_LIMITS["name"])])
    title = StringField("Title", [Length(max=SIGNATORY_LIMITS["title"])])
    picture = SelectField("Signature", default="")


class ChoiceForm(FlaskForm):
    """Design and sheet, logo, signatories, and what the preview shows."""

    layout = SelectField("Design and paper")
    logo = SelectField("Logo", default="")
    signatories = FieldList(FormField(SignatoryForm), min_entries=MAX_SIGNATORIES, max_entries=MAX_SIGNATORIES)
    example = SelectField("Preview with", choices=[SelectChoice(name, told[0]) for name, told in EXAMPLES.items()])

    def offer(self, logos: Sequence[Picture], signatures: Sequence[Picture]) -> None:
        """Fill in what can be chosen."""
        self.layout.choices = layouts()
        self.logo.choices = pictures_as_choices(logos)
        for entry in self.signatories:
            entry.form.picture.choices = pictures_as_choices(signatures)

    def choice(self) -> DesignChoice:
        """Return what the form says."""
        design, _, sheet = (self.layout.data or "").partition("/")
        rows = [entry.form for entry in self.signatories]
        given = [
            Signatory((row.name.data or "").strip(), (row.title.data or "").strip(), row.picture.data or None)
            for row in rows
        ]
        signatories = tuple(one for one in given if one.name or one.title or one.picture)
        return DesignChoice(design, sheet, self.logo.data or None, signatories)


def choice_values(choice: DesignChoice) -> dict[str, object]:
    """Return a choice as the form shows it."""
    signatories = [{"name": one.name, "title": one.title, "picture": one.picture or ""} for one in choice.signatories]
    return {"layout": f"{choice.design}/{choice.sheet}", "logo": choice.logo or "", "signatories": signatories}


class PictureForm(FlaskForm):
    """A picture to add: what it is, what it is called, and the file."""

    kind = SelectField("What it is", choices=[SelectChoice(LOGO, "Logo"), SelectChoice(SIGNATURE, "Signature")])
    label = StringField("Called", [InputRequired("Say what or whose it is."), Length(max=80)])
    file = FileField("Picture", description="PNG or JPEG, dark ink on white or transparent ground, up to 2 MB.")
