"""The form that builds a survey, and the form that asks its questions."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from certificates.surveys.questions import CHOICE, CHOICES, KINDS, LIKERT, MAX_QUESTIONS, TEXT, Question, Row
from quizbank.web.numbers import InRange

SPARE_ROWS = 2
OPTIONAL = " (optional)"


class NewSurveyForm(FlaskForm):
    """What a new survey is called."""

    name = StringField("Name", [InputRequired("Give the survey a name."), Length(max=100)])


class QuestionForm(Form):
    """One question as it is typed; a row without a text is none."""

    question_id = HiddenField(validators=[Length(max=40)])
    place = IntegerField("Place", [Optional(), InRange(1, 999)])
    kind = SelectField("Asks for", choices=[SelectChoice(name, label) for name, label in KINDS.items()])
    text = StringField("Question", [Length(max=2_000)])
    required = BooleanField("An answer is required")
    choices = TextAreaField("Choices, one per line", [Length(max=4_000)])

    def row(self) -> Row:
        """Return what was typed."""
        return Row(
            self.question_id.data or "",
            self.kind.data or "",
            self.text.data or "",
            bool(self.required.data),
            self.choices.data or "",
            self.place.data,
        )


class SurveyForm(FlaskForm):
    """All questions of a survey. ``seen`` is the version that the person began with."""

    seen = IntegerField("Version", [InputRequired("Open the survey again."), InRange(1)], widget=HiddenInput())
    questions = FieldList(FormField(QuestionForm), max_entries=MAX_QUESTIONS + SPARE_ROWS)

    def rows(self) -> list[Row]:
        """Return every question as it was typed."""
        return [entry.form.row() for entry in self.questions]


class ChooseForm(FlaskForm):
    """Which survey an activity asks."""

    survey = SelectField("Survey", choices=[])


def survey_values(number: int, questions: Sequence[Question]) -> dict[str, object]:
    """Return what the form shows for a version: its questions, and spare rows for more."""
    rows: list[dict[str, object]] = [
        {
            "question_id": question.id,
            "place": place,
            "kind": question.kind,
            "text": question.text,
            "required": question.required,
            "choices": "\n".join(choice.text for choice in question.choices),
        }
        for place, question in enumerate(questions, start=1)
    ]
    spare = [{"required": True} for _ in range(min(SPARE_ROWS, MAX_QUESTIONS + SPARE_ROWS - len(rows)))]
    return {"seen": number, "questions": [*rows, *spare]}


class EvaluationForm(FlaskForm):
    """The questions of a survey; ``version`` is which one, 0 = the shipped one. What is an answer, answers.py decides."""

    version = IntegerField(widget=HiddenInput(), default=0)

    @classmethod
    def asking(cls, questions: Sequence[Question], version_id: int | None) -> "EvaluationForm":
        """Return the form of these questions, filled in as it was sent."""
        fields = {question.id: field_of(question) for question in questions}
        form: EvaluationForm = type("AskingForm", (cls,), fields)()
        form.version.data = version_id or 0
        return form

    def given(self, questions: Sequence[Question]) -> Mapping[str, list[str]]:
        """Return what was sent for each question."""
        return {question.id: list(self[question.id].raw_data or ()) for question in questions}

    def mark(self, wrong: Mapping[str, str]) -> None:
        """Say beside each question what is wrong with its answer."""
        for question_id, words in wrong.items():
            self[question_id].errors = [words]


def field_of(question: Question) -> Field:
    """Return the field that asks a question."""
    label = question.text + ("" if question.required else OPTIONAL)
    choices = [SelectChoice(choice.id, choice.text) for choice in question.answers]
    makers = {
        LIKERT: lambda: RadioField(label, choices=choices, validate_choice=False),
        CHOICE: lambda: RadioField(label, choices=choices, validate_choice=False),
        CHOICES: lambda: SelectMultipleField(
            label,
            choices=choices,
            validate_choice=False,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        ),
        TEXT: lambda: TextAreaField(label),
    }
    found: Field = makers[question.kind]()
    return found
