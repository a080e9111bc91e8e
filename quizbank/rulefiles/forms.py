"""The form of a rule file: a file, or the text itself, with a note on what is new."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from quizbank.web.numbers import InRange

MOST_BYTES = 300_000
TOO_LONG = f"A rule file has at most {MOST_BYTES:,} bytes."


class RuleFileForm(FlaskForm):
    """The text of a rule file. A chosen file takes the place of what is typed.

    ``seen`` is the version looked at, ``shown`` the hash of the text whose changes the page told.
    """

    seen = IntegerField("Version", [InputRequired("Open the page again."), InRange(0, 1_000_000)], widget=HiddenInput())
    file = FileField("A file from this computer")
    text = TextAreaField(
        "Or the text itself", [Length(max=MOST_BYTES, message=TOO_LONG)], render_kw={"spellcheck": "false"}
    )
    shown = HiddenField()
    note = StringField("What is new, for those who look later", [Length(max=200)])

    def take_file(self) -> bool:
        """Put what the chosen file says into the text; False, with an error at the file, when it is no text."""
        given = self.file.data
        if isinstance(given, FileStorage) and given.filename:
            content = given.read(MOST_BYTES + 1)
            try:
                self.text.data = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.file.errors = ["This is no text in UTF-8. Save it as plain text (UTF-8) and choose it again."]
                return False
            if len(content) > MOST_BYTES:
                self.file.errors = [TOO_LONG]
                return False
        self.text.data = plain(self.text.data or "")
        return True


def plain(text: str) -> str:
    """Return a text with one kind of line ends, as forms and systems differ in them; one of blanks alone is empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.strip() else ""
