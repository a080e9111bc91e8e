"""The form that plans an activity: what it is, what it takes, what it gives, who made it, how many items per objective."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from quizbank.activities.credit_types import CreditType
from quizbank.activities.faculty import persons_to_json
from quizbank.activities.formats import FORMATS, is_on_step
from quizbank.activities.modes import FEEDBACK, LAYOUTS, MAX_MINUTES, MODES, level
from quizbank.activities.readiness import Disclosure, Person

NATURES = (
    "Employee",
    "Researcher",
    "Consultant",
    "Advisor",
    "Speaker",
    "Contractor",
    "Royalties or patent",
    "Executive",
    "Ownership",
)
FACULTY_ROWS = 3
MAX_OBJECTIVES = 60
MAX_PEOPLE = 30
MAX_CREDITS = 60
COLUMNS = (
    "title", "format", "instructions", "pass_mark", "max_attempts", "cooldown_hours", "minutes",
    "released_on", "reviewed_on", "expires_on", "commercial_support", "mode", "layout", "time_limit",
    "shuffle_items", "shuffle_options", "ask_confidence", "follow_up", "pre_test", "feedback_checked",
    "feedback_submitted", "feedback_final",
)  # fmt: skip
"""The fields that are columns of an activity under the same name."""
SWITCHES = ("shuffle_items", "shuffle_options", "ask_confidence", "follow_up", "pre_test")
"""Those of them that say yes or no."""
ORDERS = {"yes": "Another one in every attempt", "no": "As written, for everybody"}


def choices_of(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Return the choices of a list of labels by name."""
    return [SelectChoice(name, label) for name, label in labels.items()]


class EmptyInDraft(Optional):
    """May be empty while the activity is a draft; readiness asks for it before publication."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def is_manageable(_form: Form, field: DecimalField | IntegerField) -> None:
    """Stop at what no arithmetic can be done with: NaN, infinity, hundreds of digits."""
    if field.data is not None and not (Decimal(field.data).is_finite() and -1_000_000 < field.data < 1_000_000):
        raise StopValidation("Give a number that can be.")


class ObjectiveForm(Form):
    """One objective and how many items ask for it."""

    source = HiddenField(validators=[Length(max=300)])
    text = StringField("Objective", [Length(max=300)])
    item_count = IntegerField("Items", [EmptyInDraft(), is_manageable, NumberRange(0, 100)], default=0)


class PersonForm(Form):
    """One person in control of content, with at most one relationship."""

    name = StringField("Name", [Length(max=200)])
    credentials = StringField("Credentials", [Length(max=100)])
    role = StringField("Role", [Length(max=100)], default="Author")
    asked = BooleanField("Has no relevant financial relationships in the last 24 months")
    asked_on = DateField("Asked on", [EmptyInDraft()], description="Empty = the day this draft was made.")
    began_on = DateField("In this role since", [EmptyInDraft()], description="Empty = from publication on.")
    company = StringField("Company (name only)", [Length(max=200)])
    nature = SelectField(
        "Nature of the relationship", choices=[SelectChoice(nature) for nature in ("", *NATURES)], default=""
    )
    mitigation = StringField("How it was mitigated", [Length(max=300)])
    mitigated_on = DateField("Mitigated on", [EmptyInDraft()])

    def validate_name(self, field: StringField) -> None:
        """Refuse a row that says something about nobody."""
        if (self.company.data or self.nature.data or self.mitigation.data or "").strip() and not (
            field.data or ""
        ).strip():
            raise ValidationError("Say whose relationship this is.")

    def validate_company(self, field: StringField) -> None:
        """Refuse a relationship with nobody, and one of a person who is said to have none."""
        told = (field.data or "").strip()
        if not told and (self.nature.data or (self.mitigation.data or "").strip()):
            raise ValidationError("Name the company.")
        if told and self.asked.data:
            raise ValidationError("Either there are no relationships, or this one is disclosed.")

    def person(self) -> Person | None:
        """Return what the row says, None when it is empty."""
        if not (self.name.data or "").strip():
            return None
        disclosures: tuple[Disclosure, ...] = ()
        if (self.company.data or "").strip():
            disclosures = (
                Disclosure(
                    self.company.data.strip(),
                    self.nature.data or "",
                    self.mitigation.data or "",
                    self.mitigated_on.data,
                ),
            )
        return Person(
            self.name.data.strip(),
            self.credentials.data or "",
            self.role.data or "",
            self.asked.data,
            disclosures,
            self.asked_on.data,
            self.began_on.data,
        )


class CreditForm(Form):
    """At most how much of one type of credit; empty = the activity does not offer it. ``kind`` is set by ``know``."""

    kind: CreditType | None = None
    credit_type = HiddenField(validators=[Length(max=40)])
    maximum = DecimalField("Maximum", [EmptyInDraft(), is_manageable, NumberRange(0, 100)], places=2)

    def validate_maximum(self, field: DecimalField) -> None:
        """Credit moves in the steps of its type."""
        if field.data is None:
            return
        if self.kind is None:
            raise ValidationError("This type of credit is not known here. Leave it empty.")
        if not is_on_step(field.data, self.kind.step):
            raise ValidationError(f"{self.kind.label}: use {self.kind.step_words}, more than 0.")


class ActivityForm(FlaskForm):
    """Everything that can be changed in a draft activity. ``revision`` is the save that the person began with."""

    revision = IntegerField(
        "Draft", [InputRequired("Open the draft again."), is_manageable, NumberRange(1)], widget=HiddenInput()
    )
    title = StringField("Title", [InputRequired("Give the activity a title."), Length(max=300)])
    format = SelectField("Learning format", choices=[SelectChoice(name, label) for name, label in FORMATS.items()])
    instructions = TextAreaField("How to earn the credit", [Length(max=5_000)])
    objectives = FieldList(FormField(ObjectiveForm), max_entries=MAX_OBJECTIVES)
    pass_mark = IntegerField("Pass mark (percent)", [InputRequired(), is_manageable, NumberRange(1, 100)])
    max_attempts = IntegerField(
        "Attempts allowed", [Optional(), is_manageable, NumberRange(1, 100)], description="Empty = unlimited."
    )
    cooldown_hours = IntegerField(
        "Hours between attempts", [EmptyInDraft(), is_manageable, NumberRange(0, 720)], default=0
    )
    mode = SelectField("Mode", choices=choices_of(MODES), default="exam")
    layout = SelectField("Questions on a page", choices=choices_of(LAYOUTS), default="either")
    time_limit = IntegerField(
        "Time limit (minutes)",
        [Optional(), is_manageable, NumberRange(1, MAX_MINUTES)],
        description="Empty = none. Learners who need more time get it on the activity's page.",
    )
    shuffle_items = SelectField("Order of the questions", choices=choices_of(ORDERS), default="yes")
    shuffle_options = SelectField("Order of the options", choices=choices_of(ORDERS), default="yes")
    ask_confidence = SelectField(
        "Ask how sure learners are",
        choices=choices_of({"yes": "Yes, it is reported and never scored", "no": "No"}),
        default="yes",
    )
    follow_up = SelectField(
        "Follow-up after passing",
        choices=choices_of({"no": "No", "yes": "Yes, questions come back"}),
        default="no",
        description="About five minutes a week for those who passed. It shows right answers and touches no score.",
    )
    pre_test = SelectField(
        "Pre-test",
        choices=choices_of({"no": "No", "yes": "Yes, the questions are asked before reading too"}),
        default="no",
        description="It counts for nothing and shows no answers. Analysis compares what was known before and after.",
    )
    feedback_checked = SelectField(
        "When a question is checked (study mode)",
        choices=[choice for choice in choices_of(FEEDBACK) if choice.value != "score"],
        default="source",
        description="The first answer checked counts; trying again is practice.",
    )
    feedback_submitted = SelectField("After submitting", choices=choices_of(FEEDBACK), default="source")
    feedback_final = SelectField(
        "Once passed, out of attempts, or closed",
        choices=choices_of(FEEDBACK),
        default="source",
        description="At least as much as after submitting.",
    )
    minutes = IntegerField("Estimated time (minutes)", [InputRequired(), is_manageable, NumberRange(1, 3_000)])
    credits = FieldList(FormField(CreditForm), "Credit", max_entries=MAX_CREDITS)
    released_on = DateField("Release date", [EmptyInDraft()])
    reviewed_on = DateField("Last review", [EmptyInDraft()])
    expires_on = DateField("Expiry date", [EmptyInDraft()])
    references = TextAreaField(
        "References, one per line",
        [Length(max=20_000)],
        description="Author or body, title, and year, DOI or address of a guideline.",
    )
    commercial_support = TextAreaField(
        "Commercial support",
        [Length(max=1_000)],
        description="Empty = none. One supporter a line, company name only: “Acme Ltd: money” or “Acme Ltd: in kind, models”.",
    )
    faculty = FieldList(FormField(PersonForm), max_entries=MAX_PEOPLE)

    def know(self, kinds: Mapping[str, CreditType]) -> "ActivityForm":
        """Tell the rows of credit which types there are, by name; return the form."""
        for entry in self.credits:
            entry.form.kind = kinds.get(entry.form.credit_type.data or "")
            entry.form.maximum.label.text = entry.form.kind.label if entry.form.kind else entry.form.credit_type.data
        return self

    def validate_credits(self, _field: FieldList) -> None:
        """A type is offered once."""
        names = [name for name, _ in self.credit_rows()]
        if len(set(names)) < len(names):
            raise ValidationError("Each type of credit is offered once.")

    def validate_feedback_final(self, field: SelectField) -> None:
        """What was seen once cannot be hidden later."""
        first = self.feedback_submitted.data
        if first in FEEDBACK and field.data in FEEDBACK and level(field.data) < level(first):
            raise ValidationError("Choose at least as much as learners see after submitting.")

    def objective_rows(self) -> list[tuple[str, str, int]]:
        """Return (source, text, item count) of every objective that has a text."""
        rows = [entry.form for entry in self.objectives]
        return [
            (row.source.data or "", row.text.data.strip(), row.item_count.data or 0)
            for row in rows
            if (row.text.data or "").strip()
        ]

    def credit_rows(self) -> list[tuple[str, Decimal]]:
        """Return (type, maximum) of every type of credit that is offered."""
        rows = [(entry.form.credit_type.data or "", entry.form.maximum.data) for entry in self.credits]
        return [(name, maximum) for name, maximum in rows if maximum is not None]

    def persons(self) -> tuple[Person, ...]:
        """Return the faculty that was filled in; rows with one name are one person with several relationships."""
        found: dict[str, Person] = {}
        for entry in self.faculty:
            if person := entry.form.person():
                known = found.get(person.name, replace(person, disclosures=()))
                found[person.name] = replace(known, disclosures=known.disclosures + person.disclosures)
        return tuple(found.values())

    def reference_lines(self) -> list[str]:
        """Return the references, one per filled line."""
        return [line.strip() for line in (self.references.data or "").splitlines() if line.strip()][:200]

    def columns(self) -> dict[str, object]:
        """Return what the form says as columns of an activity."""
        given = {name: self[name].data for name in COLUMNS}
        given.update({name: self[name].data == "yes" for name in SWITCHES})
        empty = {"instructions": "", "cooldown_hours": 0, "commercial_support": ""}
        filled = {name: given[name] or nothing for name, nothing in empty.items()}
        return {
            **given,
            **filled,
            "references": self.reference_lines(),
            "faculty": persons_to_json(self.persons()),
        }

    def replaces(self, revision: int) -> None:
        """Let the next save replace a newer revision, which its author has been told of."""
        self.revision.data, self.revision.raw_data = revision, None

    def says(self) -> dict[str, object]:
        """Return what the form says by the label of each field; only what matters, so that two can be compared."""
        plain = {field.label.text: words_or_value(field.data) for field in self if field.name in COLUMNS}
        rows = {
            "Objectives and items": self.objective_rows(),
            "Credit": sorted(self.credit_rows()),
            "Faculty and planners": self.persons(),
        }
        return {**plain, "References": self.reference_lines(), **rows}


def words_or_value(value: object) -> object:
    """Return a text as its words, anything else as it is; what is empty is None."""
    return (value.split() if isinstance(value, str) else value) or None


def differences(mine: ActivityForm, theirs: ActivityForm) -> list[str]:
    """Return the labels of the fields in which two forms differ."""
    other = theirs.says()
    return [label for label, said in mine.says().items() if said != other[label]]


def activity_values(
    activity: object, persons: tuple[Person, ...], unused: Sequence[str], kinds: Sequence[str]
) -> dict[str, object]:
    """Return what the form shows for an activity: its fields, the objectives with approved items that it does not

    use yet (``unused``) as empty rows, a row for each type of credit (``kinds``), and spare rows for people."""
    values = {name: getattr(activity, name) for name in ("revision", *COLUMNS)}
    values.update({name: "yes" if values[name] else "no" for name in SWITCHES})
    values["references"] = "\n".join(activity.references)  # type: ignore[attr-defined]
    objectives = [{"source": o.source, "text": o.text, "item_count": o.item_count} for o in activity.objectives]  # type: ignore[attr-defined]
    values["objectives"] = [*objectives, *({"source": source} for source in unused)][:MAX_OBJECTIVES]
    maxima = {credit.credit_type: credit.maximum for credit in activity.credits}  # type: ignore[attr-defined]
    values["credits"] = [
        {"credit_type": name, "maximum": maxima.get(name)} for name in dict.fromkeys([*kinds, *maxima])
    ]
    people = [row for person in persons for row in person_rows(person)]
    values["faculty"] = (people + [{}] * max(1, FACULTY_ROWS - len(people)))[:MAX_PEOPLE]
    return values


def person_rows(person: Person) -> list[dict[str, str | bool | date | None]]:
    """Return the rows that show a person: one per relationship, at least one."""
    who: dict[str, str | bool | date | None] = {
        "name": person.name,
        "credentials": person.credentials,
        "role": person.role,
        "asked": person.asked,
        "asked_on": person.asked_on,
        "began_on": person.began_on,
    }
    relationships = [
        {
            "company": told.company,
            "nature": told.nature,
            "mitigation": told.mitigation,
            "mitigated_on": told.mitigated_on,
        }
        for told in person.disclosures
    ]
    return [{**who, **relationship} for relationship in relationships or [{}]]
