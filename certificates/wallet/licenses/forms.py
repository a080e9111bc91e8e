"""Forms of licenses: the license itself, and a document of it."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from certificates.wallet.licenses.kinds import KINDS
from certificates.wallet.lines import plain_line

YEARS = range(1920, 2200)


def within_reach(_form: FlaskForm, field: DateField) -> None:
    """Refuse a day that no license has."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(f"Choose a day between {YEARS.start} and {YEARS.stop - 1}.")


class LicenseForm(FlaskForm):
    """A license."""

    kind = SelectField("Kind", choices=[SelectChoice(name, label) for name, label in KINDS.items()])
    body = StringField(
        "State or body that issued it", [DataRequired("Enter who issued it."), Length(max=120)], filters=[plain_line]
    )
    number = StringField("Number", [DataRequired("Enter its number."), Length(max=60)], filters=[plain_line])
    issued_on = DateField("Issued on", [Optional(), within_reach])
    expires_on = DateField(
        "Expires on", [Optional(), within_reach], description="Its last day. Leave it empty when it does not expire."
    )


class DocumentForm(FlaskForm):
    """A scan or file of a license."""

    file = FileField("Document", [FileRequired("Choose a file.")], description="PDF, PNG or JPEG, up to 10 MB.")
