"""The forms that edit and reject an item; an option without text is left out."""

import secrets

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from quizbank.items.choices import MAX_OPTION, MAX_STEM
from quizbank.items.content import ItemContent, Option

MAX_OPTIONS = 6


class OptionForm(Form):
    """One option: its text, why it is right or wrong, and whether it is right."""

    id = HiddenField()
    text = StringField("Text", [Length(max=MAX_OPTION)])
    rationale = TextAreaField("Why it is right or wrong", [Length(max=1_000)])
    is_key = BooleanField("Right answer")


class ItemForm(FlaskForm):
    """Stem, options and rationale of an item with lettered options."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    stem = TextAreaField("Question", [InputRequired("Write the question."), Length(max=MAX_STEM)])
    options = FieldList(FormField(OptionForm), min_entries=MAX_OPTIONS, max_entries=MAX_OPTIONS)
    rationale = TextAreaField("Explanation shown after submission", [Length(max=2_000)])

    @classmethod
    def showing(cls, content: ItemContent, version: int) -> "ItemForm":
        """Return the form filled from a content; ``version`` is the number that is being edited."""
        rows = [
            {"id": o.id, "text": o.text, "rationale": o.rationale, "is_key": o.id in content.key}
            for o in content.options
        ]
        return cls(data={"version": version, "stem": content.stem, "options": rows, "rationale": content.rationale})

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        """Return what the form says as content; ids of known options stay, new options get a random one."""
        rows = [entry.form for entry in self.options if (entry.form.text.data or "").strip()]
        ids = [row.id.data if (row.id.data or "").isalnum() else secrets.token_hex(3) for row in rows]
        options = tuple(
            Option(option_id[:12], row.text.data.strip(), (row.rationale.data or "").strip())
            for option_id, row in zip(ids, rows, strict=True)
        )
        key = tuple(option.id for option, row in zip(options, rows, strict=True) if row.is_key.data)
        return content_class(  # type: ignore[call-arg]
            stem=(self.stem.data or "").strip(),
            options=options,
            key=key,
            rationale=(self.rationale.data or "").strip(),
        )


class RejectForm(FlaskForm):
    """Why an item is set aside."""

    note = StringField("Reason", [Length(max=500)])
