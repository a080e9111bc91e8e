"""Reads of activities: what readiness looks at, what is open to learners."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from quizbank.accounts.models import Account, Role
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.activities.assembly import Need, assemble
from quizbank.activities.availability import PUBLISHED, WARNING_DAYS
from quizbank.activities.credit_types import EXAMPLE, CreditType, CreditTypes, Offer, own_types, type_from_json
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.readiness import Plan
from quizbank.db import db
from quizbank.documents.queries import tree_of
from quizbank.documents.tree import Document
from quizbank.items.models import ItemVersion, Review
from quizbank.items.queries import published_versions_of
from quizbank.local_time import local_date
from quizbank.rulefiles.kinds import RuleFileKind, Texts
from quizbank.rulefiles.queries import text_in_force


def credit_types() -> CreditTypes:
    """Return the credit types known here."""
    return own_types(text_in_force(CREDIT_TYPES))


def said_about_types(text: str, _texts: Texts) -> dict[str, object]:
    """Return what a file of credit types says: each own type, and what new activities may offer; raises DamagedFile."""
    found = own_types(text)
    own = found.types[len(own_types("").types) :]
    return {**{kind.name: kind for kind in own}, "New activities may offer": Offered(found.offered)}


def drafts_offering(name: str) -> str:
    """Return how many drafts offer a type of credit, in words; empty for none."""
    query = select(func.count()).where(ActivityCredit.credit_type == name, ActivityCredit.designated_at.is_(None))
    drafts = db.session.scalar(query) or 0
    return (
        f"{drafts} {'draft offers' if drafts == 1 else 'drafts offer'} it and cannot be published so." if drafts else ""
    )


@dataclass(frozen=True)
class Offered:
    """The names of the types that new activities may offer."""

    types: tuple[str, ...]


CREDIT_TYPES = RuleFileKind(
    name="credit-types",
    title="Own credit types",
    about="Types of credit of your own, beside those that come with the program, and which types new activities may offer.",
    without="Only the types that come with the program",
    setting="CREDIT_TYPES_FILE",
    example=EXAMPLE.read_text(encoding="utf-8"),
    read=said_about_types,
    used=drafts_offering,
)


def kind_of(credit: ActivityCredit) -> CreditType:
    """Return the type of credit that an activity offers: as it was designated, in a draft as it is now."""
    return type_from_json(credit.terms) if credit.terms else credit_types().named(credit.credit_type)


def offers_of(activity: Activity) -> list[Offer]:
    """Return the credit that an activity offers, in order."""
    return [Offer(kind_of(credit), credit.maximum) for credit in activity.credits]


def available_versions(activity: Activity) -> Mapping[str, Sequence[int]]:
    """Return the published versions of the activity's document by the objective they were written for."""
    found: dict[str, list[int]] = {}
    for version in published_versions_of(activity.document_id):
        found.setdefault(version.objective, []).append(version.id)
    return found


def needs_of(activity: Activity) -> list[Need]:
    """Return the activity's specification."""
    return [Need(o.id, o.source, o.item_count) for o in activity.objectives]


def plan_of(activity: Activity) -> Plan:
    """Return the facts that readiness looks at; the items counted for an objective are those it would be given."""
    chosen = assemble(needs_of(activity), available_versions(activity))
    given = Counter(objective_id for objective_id, _ in chosen)
    version_ids = [version_id for _, version_id in chosen]
    return Plan(
        title=activity.title,
        instructions=activity.instructions,
        pass_mark=activity.pass_mark,
        minutes=activity.minutes,
        credits=tuple(offers_of(activity)),
        released_on=activity.released_on,
        reviewed_on=activity.reviewed_on,
        expires_on=activity.expires_on,
        references=tuple(activity.references),
        faculty=persons_from_json(activity.faculty),
        asked_items=tuple((o.text, o.item_count, given[o.id]) for o in activity.objectives),
        drafted_on=local_date(activity.created_at),
        format=activity.format,
        words=activity.document.words,
        body=body_of(tree_of(activity.document)),
        commercial_support=activity.commercial_support,
        unsigned=unsigned_stems(version_ids),
        unsourced=unsourced_stems(version_ids),
    )


def body_of(document: Document) -> str:
    """Return what a document says outside its bibliography."""
    blocks = [block for section in document.sections if not section.references for block in section.blocks]
    return "\n".join(document.quote(block.start, block.end) for block in blocks)


def unsigned_stems(version_ids: Collection[int]) -> tuple[str, ...]:
    """Return the stems of the versions that no person has approved."""
    approved = select(Review.version_id).where(Review.verdict == "approved")
    query = select(ItemVersion.stem).where(ItemVersion.id.in_(version_ids), ItemVersion.id.not_in(approved))
    return tuple(db.session.scalars(query.order_by(ItemVersion.id)))


def unsourced_stems(version_ids: Collection[int]) -> tuple[str, ...]:
    """Return the stems of the versions that cite no words, or that neither a maker nor a person has signed as theirs."""
    query = select(ItemVersion).where(ItemVersion.id.in_(version_ids)).order_by(ItemVersion.id)
    versions = db.session.scalars(query)
    return tuple(v.stem for v in versions if not (v.citation.get("quote") and (v.provenance or v.created_by_id)))


def expiring_activities(today: date, most: int = 10) -> Sequence[Activity]:
    """Return the published activities of which an expiry warning is due, the most urgent first, at most so many."""
    last = today + timedelta(days=max(WARNING_DAYS))
    query = select(Activity).where(Activity.state == PUBLISHED, Activity.expires_on.between(today, last))
    return db.session.scalars(query.order_by(Activity.expires_on, Activity.id).limit(most)).all()


def keepers_of(activity: Activity) -> Sequence[int]:
    """Return the ids of those who may act on an activity and are to be told: administrators, and the author who built it."""
    administers = Account.roles.any(Role.name == ADMINISTRATOR)
    built = and_(Account.id == activity.created_by_id, Account.roles.any(Role.name == AUTHOR))
    query = select(Account.id).where(Account.active, or_(administers, built)).order_by(Account.id)
    return db.session.scalars(query).all()


def open_activities(today: date) -> Sequence[Activity]:
    """Return what learners can start today, the newest first."""
    query = (
        select(Activity)
        .where(Activity.state == PUBLISHED, Activity.released_on <= today, Activity.expires_on >= today)
        .order_by(Activity.published_at.desc(), Activity.id.desc())
        .options(selectinload(Activity.credits))
    )
    return db.session.scalars(query).all()
