"""The form that takes a document: a file, or pasted text with a name."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, ValidationError


class DocumentForm(FlaskForm):
    """Either a file or pasted text."""

    file = FileField("File", description="Plain text, Markdown, HTML, PDF or Word (DOCX), up to 20 MB.")
    pasted = TextAreaField("Or paste the text", [Length(max=1_500_000)])
    name = StringField("Name for pasted text", [Length(max=150)])

    def validate_file(self, field: FileField) -> None:
        """Refuse when neither or both are given."""
        pasted = (self.pasted.data or "").strip()
        if not field.data and not pasted:
            raise ValidationError("Choose a file or paste some text.")
        if field.data and pasted:
            raise ValidationError("Choose a file or paste text, not both.")

    def given(self) -> tuple[str, bytes]:
        """Return the document's name and bytes."""
        if self.file.data:
            return self.file.data.filename or "document", self.file.data.read()
        name = (self.name.data or "").strip() or "Pasted text"
        return f"{name}.txt", (self.pasted.data or "").encode()
