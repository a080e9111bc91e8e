"""The forms that edit and reject an item; an option without text, or one that is marked so, is left out."""

import secrets
from collections.abc import Sequence
from typing import Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from quizbank.items.content import ItemContent, Option
from quizbank.items.options import MAX_OPTION, MAX_STEM

ROWS, EMPTY, MOST = 6, 2, 20
"""A form shows at least so many rows, so many of them empty, and reads at most so many."""


class OptionForm(Form):
    """One option: its text, why it is right or wrong, whether it is right, whether it is left out."""

    id = HiddenField()
    text = TextAreaField("Text", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    rationale = TextAreaField("Why it is right or wrong", [Length(max=1_000)], render_kw={"rows": 2})
    is_key = BooleanField("Right answer")
    left_out = BooleanField("Leave out")


class ContentForm(FlaskForm):
    """Stem, options and rationale of a question with lettered options."""

    stem = TextAreaField("Question", [InputRequired("Write the question."), Length(max=MAX_STEM)])
    options = FieldList(FormField(OptionForm), min_entries=ROWS, max_entries=MOST)
    rationale = TextAreaField("Explanation shown after submission", [Length(max=2_000)])

    @classmethod
    def showing(cls, content: ItemContent, left_out: Sequence[Option] = (), **more: object) -> Self:
        """Return the form filled from a content; ``left_out`` are options that are offered but not taken yet."""
        rows: list[dict[str, object]] = [
            {
                "id": one.id,
                "text": one.text,
                "rationale": one.rationale,
                "is_key": one.id in content.key,
                "left_out": one in left_out,
            }
            for one in (*content.options, *left_out)
        ]
        rows += [{} for _ in range(max(EMPTY, ROWS - len(rows)))]
        return cls(data={"stem": content.stem, "options": rows, "rationale": content.rationale, **more})

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        """Return what the form says as content; ids of known options stay, new options get a random one."""
        rows = [entry.form for entry in self.options if (entry.form.text.data or "").strip()]
        rows = [row for row in rows if not row.left_out.data]
        ids = [row.id.data if (row.id.data or "").isalnum() else secrets.token_hex(3) for row in rows]
        options = tuple(
            Option(option_id[:12], " ".join(row.text.data.split()), (row.rationale.data or "").strip())
            for option_id, row in zip(ids, rows, strict=True)
        )
        key = tuple(option.id for option, row in zip(options, rows, strict=True) if row.is_key.data)
        return content_class(  # type: ignore[call-arg]
            stem=(self.stem.data or "").strip(),
            options=options,
            key=key,
            rationale=(self.rationale.data or "").strip(),
        )


class ItemForm(ContentForm):
    """The same of an item that is in the bank; ``version`` is the number that is being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    quote = TextAreaField("Words of the document it rests on", [Length(max=3_000)])


class RejectForm(FlaskForm):
    """Why an item is set aside."""

    note = StringField("Reason", [Length(max=500)])
