"""The forms that edit and reject an item, one for each way a type is written; a row without text is left out."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, Self

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from quizbank.items.content import ItemContent, Option
from quizbank.items.numbers import NoNumber, read_number
from quizbank.items.options import MAX_OPTION, MAX_STEM
from quizbank.items.types import Cloze, Matching, MultipleResponse, Numeric, Ordering, ShortAnswer, TrueFalse
from quizbank.items.types.cloze import MAX_GAPS, gap_of
from quizbank.items.types.numeric import MAX_UNIT
from quizbank.web.numbers import InRange

ROWS, EMPTY, MOST, MOST_CHOICES = 6, 2, 20, 26
"""A form shows at least so many rows, so many of them empty, and reads at most so many."""
Row = dict[str, object]


class ContentForm(FlaskForm):
    """What every item has; ``section`` is the template that draws the rest."""

    section: ClassVar[str]

    stem = TextAreaField("Question", [InputRequired("Write the question."), Length(max=MAX_STEM)])
    rationale = TextAreaField("Explanation shown after submission", [Length(max=2_000)])

    @classmethod
    def showing(cls, content: ItemContent, left_out: Sequence[Option] = ()) -> Self:
        """Return the form filled from a content; ``left_out`` are options that are offered but not taken yet."""
        shared = {"stem": content.stem, "rationale": content.rationale}
        return cls(data={**shared, **cls.parts_of(content, left_out)})

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        """Return what the type's own fields show of a content."""
        raise NotImplementedError

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        """Return what the form says as content."""
        raise NotImplementedError

    @property
    def words(self) -> dict[str, str]:
        """Return the fields that every content has."""
        return {"stem": (self.stem.data or "").strip(), "rationale": (self.rationale.data or "").strip()}


class OptionForm(Form):
    """One option: its text, why it is right or wrong, whether it is right, whether it is left out."""

    id = HiddenField()
    text = TextAreaField("Text", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    rationale = TextAreaField("Why it is right or wrong", [Length(max=1_000)], render_kw={"rows": 2})
    is_key = BooleanField("Right answer")
    left_out = BooleanField("Leave out")


class ChoiceForm(ContentForm):
    """A question with lettered options; ids of known options stay, new options get a random one."""

    section = "items/edit/options.html"

    options = FieldList(FormField(OptionForm), min_entries=ROWS, max_entries=MOST)

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        rows: list[Row] = [
            {**shown(one), "is_key": one.id in content.key, "left_out": one in left_out}
            for one in (*content.options, *left_out)
        ]
        return {"options": with_empty(rows)}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        rows = [row for row in written(self.options) if not row.left_out.data]
        options = tuple(map(option_in, rows))
        key = tuple(option.id for option, row in zip(options, rows, strict=True) if row.is_key.data)
        return content_class(**self.words, options=options, key=key)  # type: ignore[call-arg]


class SeveralForm(ChoiceForm):
    """A question with several right options, and what a partly right choice earns."""

    section = "items/edit/several.html"

    rule = SelectField(
        "A partly right choice earns",
        choices=[
            SelectChoice("balanced", "for each right choice, less one for each wrong one"),
            SelectChoice("per_option", "for each option that is rightly chosen or rightly left"),
            SelectChoice("exact", "nothing"),
        ],
    )

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        rule = content.rule if isinstance(content, MultipleResponse) else None
        return {**super().parts_of(content, left_out), "rule": rule}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        made = super().content(content_class)
        return replace(made, rule=self.rule.data or "")  # type: ignore[type-var]


class TrueFalseForm(ContentForm):
    """A statement, the verdict on it, and a reason for either verdict."""

    section = "items/edit/true_false.html"

    stem = TextAreaField("Statement", [InputRequired("Write the statement."), Length(max=MAX_STEM)])
    verdict = RadioField(
        "The statement is",
        choices=[SelectChoice("true", "True"), SelectChoice("false", "False")],
        validators=[Optional()],
    )
    if_true = TextAreaField("Shown beside “True”: why it is right or wrong", [Length(max=1_000)], render_kw={"rows": 2})
    if_false = TextAreaField(
        "Shown beside “False”: why it is right or wrong", [Length(max=1_000)], render_kw={"rows": 2}
    )

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        reasons = {f"if_{option.id}": option.rationale for option in content.options}
        return {"verdict": "".join(content.key[:1]), **reasons}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        reasons = (("true", "True", self.if_true), ("false", "False", self.if_false))
        options = tuple(Option(id, text, (field.data or "").strip()) for id, text, field in reasons)
        key = (self.verdict.data,) if self.verdict.data else ()
        return TrueFalse(**self.words, options=options, key=key)


class NumericForm(ContentForm):
    """A number, the range that counts as right, and the unit; an end that is left empty is the number itself."""

    section = "items/edit/numeric.html"

    value = StringField("Right number", [Length(max=40)], render_kw={"inputmode": "decimal"})
    unit = StringField("Unit", [Length(max=MAX_UNIT), Optional()])
    low = StringField("Right from", [Length(max=40), Optional()], render_kw={"inputmode": "decimal"})
    high = StringField("Right up to", [Length(max=40), Optional()], render_kw={"inputmode": "decimal"})

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        names = ("value", "unit", "low", "high") if isinstance(content, Numeric) else ()
        return {name: getattr(content, name) for name in names}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        unit = (self.unit.data or "").strip()
        value, low, high = (plain(field.data or "", unit) for field in (self.value, self.low, self.high))
        return Numeric(**self.words, value=value, low=low or value, high=high or value, unit=unit)


class ShortAnswerForm(ContentForm):
    """The answers that count as right, one to a line, the first of them the one that is shown."""

    section = "items/edit/short_answer.html"

    accepted = TextAreaField("Right answers, one to a line", [Length(max=4_100)], render_kw={"rows": 5})

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        return {"accepted": "\n".join(content.key)}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        lines = (" ".join(line.split()) for line in (self.accepted.data or "").splitlines())
        return ShortAnswer(**self.words, key=tuple(filter(None, lines)))


class GapChoiceForm(Form):
    """One choice of a gap: which gap, its text, whether it is right, why."""

    id = HiddenField()
    gap = IntegerField("Gap", [Optional(), InRange(1, MAX_GAPS)])
    text = TextAreaField("Choice", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    is_key = BooleanField("Right choice")
    rationale = TextAreaField("Why it is right or wrong", [Length(max=1_000)], render_kw={"rows": 2})


class ClozeForm(ContentForm):
    """A text with gaps, the choices of each gap, and what partly right gaps earn."""

    section = "items/edit/cloze.html"

    stem = TextAreaField("Text with gaps", [InputRequired("Write the text with its gaps."), Length(max=MAX_STEM)])
    choices = FieldList(FormField(GapChoiceForm), min_entries=ROWS, max_entries=MOST_CHOICES)
    rule = SelectField(
        "Partly right gaps earn",
        choices=[SelectChoice("per_gap", "for each right gap"), SelectChoice("exact", "nothing")],
    )

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        rows: list[Row] = [
            {**shown(one), "gap": int(gap_of(one.id)), "is_key": one.id in content.key} for one in content.options
        ]
        return {"choices": with_empty(rows), "rule": content.rule if isinstance(content, Cloze) else None}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        rows = sorted(written(self.choices), key=lambda row: row.gap.data or 0)
        options = tuple(gap_option_in(row) for row in rows)
        key = tuple(option.id for option, row in zip(options, rows, strict=True) if row.is_key.data)
        return Cloze(**self.words, options=options, key=key, rule=self.rule.data or "")


class PairForm(Form):
    """What is matched and its right answer; without a left side the answer is left over."""

    prompt_id = HiddenField()
    prompt = TextAreaField("Left side", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    id = HiddenField()
    text = TextAreaField("Its answer", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    rationale = TextAreaField("Why they belong together", [Length(max=1_000)], render_kw={"rows": 2})


class MatchingForm(ContentForm):
    """Pairs, and answers that are left over."""

    section = "items/edit/matching.html"

    pairs = FieldList(FormField(PairForm), min_entries=ROWS, max_entries=MOST)

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        options = {option.id: option for option in content.options}
        pairs = [(prompt, options.pop(key)) for prompt, key in zip(content.prompts, content.key, strict=False)]
        rows: list[Row] = [{**shown(right), "prompt_id": left.id, "prompt": left.text} for left, right in pairs]
        return {"pairs": with_empty([*rows, *map(shown, options.values())])}

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        rows = [entry.form for entry in self.pairs if (entry.form.text.data or entry.form.prompt.data or "").strip()]
        options = [option_in(row) for row in rows]
        paired = [
            (Option(id_in(row.prompt_id), " ".join(row.prompt.data.split())), option)
            for row, option in zip(rows, options, strict=True)
            if (row.prompt.data or "").strip()
        ]
        prompts, key = tuple(prompt for prompt, _ in paired), tuple(option.id for _, option in paired)
        return Matching(**self.words, options=tuple(options), key=key, prompts=prompts)


class StepForm(Form):
    """One step and its place in the right order."""

    id = HiddenField()
    place = IntegerField("Place", [Optional(), InRange(1, MOST)])
    text = TextAreaField("Step", [Length(max=MAX_OPTION)], render_kw={"rows": 1})
    rationale = TextAreaField("Why it has this place", [Length(max=1_000)], render_kw={"rows": 2})


class OrderingForm(ContentForm):
    """Steps with their places, and what a partly right order earns; a step without a place comes last."""

    section = "items/edit/ordering.html"

    steps = FieldList(FormField(StepForm), min_entries=ROWS, max_entries=MOST)
    rule = SelectField(
        "A partly right order earns",
        choices=[
            SelectChoice("pairs", "for each pair of neighbors in right order"),
            SelectChoice("longest", "for the longest run in right order"),
            SelectChoice("exact", "nothing"),
        ],
    )

    @classmethod
    def parts_of(cls, content: ItemContent, left_out: Sequence[Option]) -> Row:
        options = {option.id: option for option in content.options}
        rows: list[Row] = [{**shown(options[step]), "place": place} for place, step in enumerate(content.key, start=1)]
        return {"steps": with_empty(rows), "rule": content.rule if isinstance(content, Ordering) else None}

    def validate_steps(self, field: FieldList) -> None:
        places = [row.place.data for row in written(field) if row.place.data]
        for place in sorted(set(places)):
            if places.count(place) > 1:
                raise ValidationError(f"Two steps have place {place}. Give each step a place of its own.")

    def content(self, content_class: type[ItemContent]) -> ItemContent:
        rows = [(row.place.data or MOST + 1, option_in(row)) for row in written(self.steps)]
        key = tuple(option.id for _, option in sorted(rows, key=lambda row: row[0]))
        options = tuple(sorted((option for _, option in rows), key=lambda option: option.id))
        return Ordering(**self.words, options=options, key=key, rule=self.rule.data or "")


FORMS: tuple[tuple[type[ItemContent], type[ContentForm]], ...] = (
    (MultipleResponse, SeveralForm),
    (TrueFalse, TrueFalseForm),
    (Numeric, NumericForm),
    (ShortAnswer, ShortAnswerForm),
    (Cloze, ClozeForm),
    (Matching, MatchingForm),
    (Ordering, OrderingForm),
)
"""The form of each type that has more to say than lettered options, one of them right."""


def form_of(content_class: type[ItemContent]) -> type[ContentForm]:
    """Return the form that a type is written in."""
    return next((form for one, form in FORMS if one is content_class), ChoiceForm)


def shown(option: Option) -> Row:
    """Return what a row shows of an option."""
    return {"id": option.id, "text": option.text, "rationale": option.rationale}


def with_empty(rows: Iterable[Row]) -> list[Row]:
    """Return rows with empty ones behind them."""
    filled = list(rows)
    return filled + [{} for _ in range(max(EMPTY, ROWS - len(filled)))]


def written(entries: FieldList) -> list[Form]:
    """Return the rows that have a text."""
    return [entry.form for entry in entries if (entry.form.text.data or "").strip()]


def option_in(row: Form) -> Option:
    """Return the option that a row holds."""
    return Option(id_in(row.id), " ".join((row.text.data or "").split()), (row.rationale.data or "").strip())


def gap_option_in(row: Form) -> Option:
    """Return the choice that a row holds; its id begins with its gap, wherever it stood before."""
    known = (row.id.data or "").partition("-")[2]
    own = known[:12] if known.isalnum() else secrets.token_hex(3)
    return replace(option_in(row), id=f"{row.gap.data or 0}-{own}")


def id_in(field: HiddenField) -> str:
    """Return the id that a row holds, a random one for a new row."""
    known = field.data or ""
    return known[:12] if known.isalnum() else secrets.token_hex(3)


def plain(typed: str, unit: str) -> str:
    """Return a number as digits, or what was typed when it is none: the content says what is wrong with it."""
    try:
        return read_number(typed, unit) if typed.strip() else ""
    except NoNumber:
        return typed.strip()


class VersionForm(FlaskForm):
    """Which version of an item is edited, and for a stale one the words it rests on now."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired("Reload the page and edit the item again.")])
    quote = TextAreaField("Words of the document it rests on", [Length(max=3_000)])


class RejectForm(FlaskForm):
    """Why an item is set aside."""

    note = StringField("Reason", [Length(max=500)])
