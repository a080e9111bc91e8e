"""Reads of a person's wallet: what they are known by, licenses, and every line of their transcript."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app
from flask_security import current_user
from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import selectinload

from certificates.credits.models import CreditClaim
from certificates.credits.queries import CREDITED
from certificates.credits.wording import is_awarded
from certificates.issuing.inspection import inspect_signature
from certificates.issuing.judging import Issuer, IssuerUnreadable, read_issuers
from certificates.issuing.models import Certificate
from certificates.issuing.queries import issuer_certificates
from certificates.wallet.entries import CLAIMED, HERE, OTHER, VALID, Entry
from certificates.wallet.external.reading import PARTICIPATION, Stated, proof_from_json, read_certificate
from certificates.wallet.licenses.reminders import DAYS, Reminder, step_at
from certificates.wallet.models import (
    ClaimTopics,
    ExternalCredit,
    ExternalFile,
    FollowedRules,
    Identity,
    License,
    LicenseDocument,
    LicenseNotice,
)
from certificates.wallet.requirements.rules import SHIPPED, RuleSet, read_rules, rules_in
from certificates.wallet.requirements.standing import CycleUnknown, Holder, Standing, standings
from quizbank.accounts.models import Account
from quizbank.accounts.queries import Person
from quizbank.activities.credit_types import own_types, type_from_json
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.queries import CREDIT_TYPES, credit_types
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.local_time import local_date
from quizbank.post.kinds import REMINDER
from quizbank.post.queries import server_here, unreached_because
from quizbank.rulefiles.kinds import RuleFileKind, Texts
from quizbank.rulefiles.queries import text_in_force
from quizbank.web.errors import hide


def type_labels() -> dict[str, str]:
    """Return the labels of the credit types known here, by name."""
    return {kind.name: kind.label for kind in credit_types().types}


def identity_of(account_id: int) -> Identity | None:
    """Return who a person is to boards, None when nothing was entered."""
    return db.session.scalar(select(Identity).where(Identity.account_id == account_id))


def names_of(person: Person) -> list[str]:
    """Return the names under which certificates of a person may run: the account's, and that in the identity."""
    identity = identity_of(person.id)
    return [person.name, f"{identity.given_name} {identity.family_name}" if identity else ""]


def licenses_of(account_id: int) -> Sequence[License]:
    """Return a person's licenses, the next to expire first, those that do not expire last."""
    query = select(License).where(License.account_id == account_id)
    return db.session.scalars(query.order_by(License.expires_on.is_(None), License.expires_on, License.id)).all()


def expiring_licenses(today: date) -> Iterator[tuple[License, set[int]]]:
    """Yield everybody's licenses that expire soon or have expired lately, each with the steps of reminding written."""
    query = select(License).where(
        License.expires_on <= today + timedelta(days=max(DAYS)), License.expires_on >= today - timedelta(days=max(DAYS))
    )
    for found in db.session.scalars(query.options(selectinload(License.notices)).order_by(License.id)):
        yield found, {notice.days for notice in found.notices if notice.expires_on == found.expires_on}


def reminders_of(account_id: int, today: date) -> list[Reminder]:
    """Return the reminders that a person has not put away, the most urgent first."""
    query = (
        select(License.id, License.body, License.number, License.expires_on, LicenseNotice.days)
        .outerjoin(
            LicenseNotice,
            (LicenseNotice.license_id == License.id)
            & (LicenseNotice.expires_on == License.expires_on)
            & LicenseNotice.dismissed_at.is_not(None),
        )
        .where(License.account_id == account_id, License.expires_on <= today + timedelta(days=max(DAYS)))
        .order_by(License.expires_on, License.id)
    )
    found: dict[int, Reminder] = {}
    put_away: set[tuple[int, int]] = set()
    for row in db.session.execute(query):
        step = step_at(row.expires_on, today)
        if step is not None:
            label = f"{row.body}, {row.number}"
            found[row.id] = Reminder(row.id, label, row.expires_on, step, (row.expires_on - today).days)
            put_away.add((row.id, -1 if row.days is None else row.days))
    return [one for one in found.values() if (one.license_id, one.days) not in put_away]


def bytes_kept(account_id: int) -> int:
    """Return how many bytes of files a wallet holds."""
    documents = select(func.sum(LicenseDocument.size)).join(License).where(License.account_id == account_id)
    files = select(func.sum(ExternalFile.size)).join(ExternalCredit).where(ExternalCredit.account_id == account_id)
    return (db.session.scalar(documents) or 0) + (db.session.scalar(files) or 0)


def external_count(account_id: int) -> int:
    """Return how many lines of credit from elsewhere a wallet holds."""
    return db.session.scalar(select(func.count()).where(ExternalCredit.account_id == account_id)) or 0


def claimed_entries(account_id: int) -> list[Entry]:
    """Return the credit that a person claimed here, one line per certificate; a claim without one is a line as well.

    The one place that reads claims for the wallet. What a certificate states is taken from its frozen facts.
    """
    facts, evidence = Certificate.facts, Certificate.evidence
    query = (
        select(
            *(CreditClaim.id, CreditClaim.credit_type, CreditClaim.claimed_at, CREDITED.label("credited")),
            ActivityCredit.terms,
            *(
                Attempt.submitted_at,
                Activity.title,
                func.coalesce(CreditClaim.profession, Account.profession).label("profession"),
                ClaimTopics.topics,
            ),
            *(Certificate.id.label("certificate_id"), Certificate.state, Certificate.serial, Certificate.name),
            facts["title"].as_string().label("stated_title"),
            facts["provider"].as_string().label("provider"),
            facts["credits"].as_string().label("stated_amount"),
            facts["completed_on"].as_string().label("completed_on"),
            evidence["is_awarded"].as_boolean().label("is_awarded"),
        )
        .join(Attempt, CreditClaim.attempt_id == Attempt.id)
        .join(Activity, CreditClaim.activity_id == Activity.id)
        .join(Account, CreditClaim.learner_id == Account.id)
        .join(CreditClaim.credit)
        .outerjoin(Certificate, Certificate.claim_id == CreditClaim.id)
        .outerjoin(ClaimTopics, ClaimTopics.claim_id == CreditClaim.id)
        .where(CreditClaim.learner_id == account_id, or_(CREDITED > 0, Certificate.id.is_not(None)))
    )
    return [claimed_entry(row) for row in db.session.execute(query)]


def claimed_entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """Return one claim, with one of its certificates, as a line."""
    kind = type_from_json(row.terms) if row.terms else credit_types().named(row.credit_type)
    awarded = is_awarded(row.profession, kind) if row.is_awarded is None else row.is_awarded
    completed = (
        date.fromisoformat(row.completed_on) if row.completed_on else local_date(row.submitted_at or row.claimed_at)
    )
    return Entry(
        id=row.id,
        origin=HERE,
        title=row.stated_title or row.title,
        provider=row.provider or current_app.config["PROVIDER_NAME"],
        credit_type=row.credit_type if awarded else OTHER,
        label=kind.label if awarded else PARTICIPATION,
        amount=Decimal(row.stated_amount or row.credited),
        completed_on=completed,
        topics=tuple(row.topics or ()),
        state=row.state or CLAIMED,
        certificate_id=row.certificate_id,
        serial=row.serial or "",
        name=row.name or "",
    )


def external_credits_of(account_id: int) -> Sequence[ExternalCredit]:
    """Return a person's credit from elsewhere, the latest first."""
    query = select(ExternalCredit).where(ExternalCredit.account_id == account_id)
    return db.session.scalars(query.order_by(ExternalCredit.completed_on.desc(), ExternalCredit.id.desc())).all()


def external_entries(account_id: int) -> list[Entry]:
    """Return a person's credit from elsewhere as lines; how a certificate of this house stands is asked anew."""
    columns = ExternalCredit.__table__.c
    query = (
        select(*columns, ExternalFile.credit_id.label("file_of"), Certificate.state)
        .outerjoin(ExternalFile, ExternalFile.credit_id == columns.id)
        .outerjoin(Certificate, Certificate.serial == columns.serial)
        .where(columns.account_id == account_id)
    )
    return [external_entry(row) for row in db.session.execute(query)]


def external_entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """Return one external credit as a line."""
    name, signer, address = proof_from_json(row.proof)
    return Entry(
        id=row.id,
        origin=row.origin,
        title=row.title,
        provider=row.provider,
        credit_type=row.credit_type,
        label=row.label or credit_types().named(row.credit_type).label,
        amount=Decimal(row.amount),
        completed_on=row.completed_on,
        topics=tuple(row.topics),
        state=row.state or VALID,
        serial=row.serial or "",
        name=name,
        signer=signer,
        has_file=row.file_of is not None,
        address=address,
    )


def entries_of(account_id: int) -> list[Entry]:
    """Return every line of a person's transcript, the latest first."""
    lines = [*claimed_entries(account_id), *external_entries(account_id)]
    return sorted(lines, key=lambda entry: (entry.completed_on, entry.origin, entry.id), reverse=True)


def rules_here() -> tuple[RuleSet, ...]:
    """Return the rules that this provider offers; those of its own file, or the samples."""
    return rules_in(text_in_force(REQUIREMENTS))


def said_about_rules(text: str, texts: Texts) -> dict[str, object]:
    """Return the sets of rules in a file, by name, the samples for none; raises DamagedFile. The other file has the types."""
    known = frozenset(kind.name for kind in own_types(texts[CREDIT_TYPES.name]).types)
    return {rules.name: rules for rules in read_rules(text or REQUIREMENTS.example, known)}


def people_following(name: str) -> str:
    """Return how many people follow a set of rules, in words; empty for nobody."""
    people = db.session.scalar(
        select(func.count(FollowedRules.account_id.distinct())).where(FollowedRules.rules == name)
    )
    if not people:
        return ""
    return f"{people} {'person follows' if people == 1 else 'people follow'} it and will be told to choose other rules."


REQUIREMENTS = RuleFileKind(
    name="requirements",
    title="What boards ask for",
    about="The rules of your learners' boards, each with its source and the day it was compared with it.",
    without="Only the samples of invented boards",
    setting="REQUIREMENTS_FILE",
    example=SHIPPED.read_text(encoding="utf-8"),
    read=said_about_rules,
    used=people_following,
)


def rules_named(name: str) -> RuleSet | None:
    """Return a set of rules by its name, None when it is offered no more."""
    return next((rules for rules in rules_here() if rules.name == name), None)


def followed_by(account_id: int) -> Sequence[FollowedRules]:
    """Return the rules that a person follows, in the order of choosing them, with their licenses."""
    query = select(FollowedRules).where(FollowedRules.account_id == account_id)
    loaded = query.options(selectinload(FollowedRules.license)).order_by(FollowedRules.id)
    return db.session.scalars(loaded).all()


def reminded_followers() -> Sequence[int]:
    """Return who follows rules and gets reminders by mail; nobody where no mail is sent, since asking costs time."""
    if server_here() is None:
        return []
    query = select(FollowedRules.account_id).join(Account, FollowedRules.account_id == Account.id)
    reached = query.where(unreached_because(REMINDER).is_(None)).distinct()
    return db.session.scalars(reached.order_by(FollowedRules.account_id)).all()


def standings_of(
    followed: FollowedRules, entries: Sequence[Entry], birthday: str, today: date
) -> tuple[RuleSet | None, list[Standing], str]:
    """Return the rules that are followed, how credit stands in every cycle, and what keeps that from being told."""
    rules = rules_named(followed.rules)
    if rules is None:
        return None, [], "These rules are not offered any more. Stop following them and choose others."
    license = followed.license
    holder = Holder(
        birthday=birthday,
        issued_on=license.issued_on if license else None,
        expires_on=license.expires_on if license else None,
        starts_on=followed.starts_on,
        exemptions=frozenset(followed.exemptions),
    )
    try:
        return rules, standings(rules, entries, holder, today), ""
    except CycleUnknown as unknown:
        return rules, [], str(unknown)


Owned = TypeVar("Owned", License, ExternalCredit, FollowedRules)
"""Rows of a wallet that have an address."""


def own_row(model: type[Owned], row_id: int) -> Owned:
    """Return a row of the wallet of whoever is signed in; anyone else's is not there."""
    found = db.get_or_404(model, row_id)
    if found.account_id != current_user.id:
        hide()
    return found


def birthday_of(account_id: int) -> str:
    """Return a person's birth month and day, empty when it was not entered."""
    return db.session.scalar(select(Identity.birthday).where(Identity.account_id == account_id)) or ""


def read_file(content: bytes, now: datetime) -> tuple[Stated, bool]:
    """Return what the certificate in a file states, and whether this provider signed it; raises CertificateUnreadable.

    Known are this provider's keys, and those of others in the file of the setting KNOWN_ISSUERS.
    """
    own, others = issuer_certificates(), other_issuers(current_app.config["KNOWN_ISSUERS"])
    is_theirs = bool(others) and inspect_signature(content, own).state == "foreign"
    return read_certificate(content, others if is_theirs else own, type_labels(), now), not is_theirs


@cache
def other_issuers(path: str) -> tuple[Issuer, ...]:
    """Return the other providers whose certificates are read; raises IssuerUnreadable."""
    try:
        return tuple(read_issuers(Path(path).read_bytes())) if path else ()
    except OSError as error:
        raise IssuerUnreadable(f"The issuers in {path} cannot be read: {error}.") from error
