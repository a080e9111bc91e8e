"""The forms of verification: a serial as printed, and the file of a certificate."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length


class VerifyForm(FlaskForm):
    """A serial as printed on a certificate."""

    class Meta:
        csrf = False  # a public search: it changes nothing and its address may be shared

    code = StringField("Serial from the certificate", [InputRequired("Enter the serial."), Length(max=100)])


class FileForm(FlaskForm):
    """The PDF of a certificate, and the serial it is thought to have."""

    file = FileField("PDF of the certificate", [FileRequired("Choose the PDF of the certificate.")])
    code = HiddenField("Serial", [Length(max=100)])
