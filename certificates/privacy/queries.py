"""Reads of what is held about a person, as the table of decisions says; and of requests to delete an account."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Column, ColumnElement, FromClause, Select, Table, exists, func, or_, select
from sqlalchemy.orm import aliased

from certificates.credits.models import CreditClaim
from certificates.credits.queries import CREDITED
from certificates.issuing.keeping import may_be_cleared
from certificates.issuing.models import SUPERSEDED, Certificate
from certificates.privacy.holdings import HOLDINGS, Holding
from certificates.privacy.models import AccountDeletion
from certificates.privacy.retention import ASKED, WRONG_WITHIN, first_provable
from certificates.reporting.models import ReportLine
from certificates.wallet.models import ExternalCredit, ExternalFile, License, LicenseDocument
from quizbank.accounts.models import Account, AuditEntry, Role
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.attempts.limits import PRE_TEST
from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.local_time import day_start, local_date
from quizbank.plans.models import HOUSE, Subscription

EXPORT = "privacy.export"
WRONG_PASSWORD = "account.deletion_refused"  # noqa: S105 - the name of an action
TRAIL = "audit_trail"
IN_WORDS = "answers_in_words"


def table_of(holding: Holding) -> Table:
    """Return the table that a holding is about."""
    return db.metadata.tables[holding.table]


def referred(column: Column[Any]) -> Column[Any]:
    """Return the column that a foreign key refers to: the key of a row, where another key leads elsewhere with it."""
    targets = [key.column for key in column.foreign_keys]
    return next((target for target in targets if target.primary_key), targets[0])


def owned_by(table: Table, whose: str, account_id: int) -> ColumnElement[bool]:
    """Return the condition that rows of a table belong to a person, along the way that ``whose`` tells."""
    first, _, rest = whose.partition(".")
    if not rest:
        return table.c[first] == account_id
    target = referred(table.c[first])
    return table.c[first].in_(select(target).where(owned_by(target.table, rest, account_id)))


class Ways:
    """Builds a select over a table and the rows that its columns refer to."""

    def __init__(self, table: Table) -> None:
        self.source: FromClause = table
        self.reached: dict[str, FromClause] = {"": table}

    def column(self, path: str) -> Any:
        """Return a column by its way, "activity_id.title"; the rows on the way are joined once."""
        way, _, last = path.rpartition(".")
        return self.at(way).c[last]

    def at(self, way: str) -> Any:
        """Return the table at the end of a way of columns that refer to others."""
        if way not in self.reached:
            before, _, step = way.rpartition(".")
            here = self.at(before).c[step]
            target = referred(here)
            self.reached[way] = target.table.alias()
            self.source = self.source.outerjoin(self.reached[way], here == self.reached[way].c[target.name])
        return self.reached[way]


def rows_query(holding: Holding, account_id: int) -> Select[Any]:
    """Return the query for what is exported of a holding, in the order of its rows."""
    table, ways = table_of(holding), Ways(table_of(holding))
    columns = [ways.column(path).label(name) for name, path in holding.shows.items()]
    query = select(*columns).select_from(ways.source).where(owned_by(table, holding.whose, account_id))
    return query.order_by(*table.primary_key.columns)


def exported_rows(holding: Holding, account_id: int) -> list[dict[str, Any]]:
    """Return what is exported of a holding."""
    if holding.name == TRAIL:
        return trail_of(account_id)
    if not holding.shows:
        return []
    rows = [dict(row) for row in db.session.execute(rows_query(holding, account_id)).mappings()]
    for name, keys in holding.keeps.items():
        for row in rows:
            row[name] = {key: value for key, value in row[name].items() if key in keys}
    return rows


def held_about(account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is exported about a person, by the names of the holdings; and their answers in words."""
    held = {holding.name: exported_rows(holding, account_id) for holding in HOLDINGS}
    withhold_scores(held, set(db.session.scalars(pre_tests_to_follow(account_id))))
    return {**held, IN_WORDS: answers_in_words(account_id)}


def pre_tests_to_follow(account_id: int) -> Select[int]:
    """Return the ids of a person's pre-tests after which no attempt that counts was submitted yet."""
    counted = aliased(Attempt)
    is_followed = exists().where(
        counted.learner_id == account_id,
        counted.activity_id == Attempt.activity_id,
        counted.number > PRE_TEST,
        counted.submitted_at.is_not(None),
    )
    return select(Attempt.id).where(Attempt.learner_id == account_id, Attempt.number == PRE_TEST, ~is_followed)


def withhold_scores(held: Mapping[str, Sequence[dict[str, Any]]], attempts: Collection[int]) -> None:
    """Take the scores of these attempts out: with the answers beside them they tell what is right before it counts."""
    for row in held["attempts"]:
        if row["attempt"] in attempts:
            row["score"] = None
    for row in held["answers"]:
        if row["attempt"] in attempts:
            row["payload"] = {name: value for name, value in row["payload"].items() if name != "score"}


def answers_in_words(account_id: int) -> list[dict[str, Any]]:
    """Return what a person was asked and what they answered, without a word about what was right."""
    told = []
    for attempt_id in db.session.scalars(
        select(Attempt.id).where(Attempt.learner_id == account_id).order_by(Attempt.id)
    ):
        state = state_of(attempt_id)
        contents = contents_of(state.slots)
        for slot in state.slots:
            content = contents[slot.version_id]
            answer = content.summarise(state.responses.get(slot.number, {}))
            told.append({"attempt": attempt_id, "slot": slot.number, "question": content.stem, "answer": answer})
    return told


def counts_of(account_id: int) -> list[tuple[Holding, int]]:
    """Return the holdings that have rows about a person, with how many."""
    counted = []
    for holding in HOLDINGS:
        table = table_of(holding)
        number = select(func.count()).select_from(table).where(owned_by(table, holding.whose, account_id))
        counted.append((holding, db.session.scalar(number) or 0))
    return [(holding, number) for holding, number in counted if number and (holding.shows or holding.name == TRAIL)]


def subjects_of(account_id: int) -> set[str]:
    """Return what the audit trail calls a person and what is theirs."""
    kinds: Mapping[str, Any] = {
        "attempt": select(Attempt.id).where(Attempt.learner_id == account_id),
        "certificate": select(Certificate.id).where(Certificate.learner_id == account_id),
        "subscription": select(Subscription.id).where(Subscription.account_id == account_id),
    }
    found = {f"{kind}:{number}" for kind, query in kinds.items() for number in db.session.scalars(query)}
    return {f"account:{account_id}", *found}


def trail_of(account_id: int) -> list[dict[str, Any]]:
    """Return the lines of the audit trail by a person or about them; of what is not theirs only what they did and when."""
    own = subjects_of(account_id)
    listed = sorted(own)
    found: dict[int, AuditEntry] = {}
    for start in range(0, len(listed), 500):
        by_or_about = or_(AuditEntry.actor_id == account_id, AuditEntry.subject.in_(listed[start : start + 500]))
        found |= {entry.id: entry for entry in db.session.scalars(select(AuditEntry).where(by_or_about))}
    return [trail_line(found[number], account_id, own) for number in sorted(found)]


def trail_line(entry: AuditEntry, account_id: int, own: set[str]) -> dict[str, Any]:
    """Return a line of the trail as its person gets it."""
    is_own = entry.subject in own
    return {
        "at": entry.at,
        "action": entry.action,
        "by": "you" if entry.actor_id == account_id else "somebody else" if entry.actor_id else "the program",
        "subject": entry.subject if is_own else "something that is not about you",
        "facts": entry.told if is_own else {},
    }


def exports_of(account_id: int, since: datetime) -> Sequence[Job]:
    """Return the exports that a person asked for since then, the latest first."""
    query = select(Job).where(Job.kind == EXPORT, Job.account_id == account_id, Job.created_at >= since)
    return db.session.scalars(query.order_by(Job.id.desc())).all()


def export_is_over(job_id: int, file_name: str, now: datetime) -> bool:
    """Return whether a file in the folder of exports is of no use any more."""
    job = db.session.get(Job, job_id)
    if job is None or job.account_id is None:
        return True
    is_gone = db.session.get_one(Account, job.account_id).deleted_at is not None
    return is_gone or may_be_cleared(file_name, job.finished_at, now)


def certificates_to_pack(account_id: int) -> Sequence[int]:
    """Return the ids of a person's certificates that have a PDF or will have one."""
    query = select(Certificate.id).where(Certificate.learner_id == account_id, Certificate.erased_at.is_(None))
    return db.session.scalars(query.order_by(Certificate.id)).all()


def open_deletion(account_id: int) -> AccountDeletion | None:
    """Return the request to delete an account that waits, if there is one."""
    query = select(AccountDeletion).where(AccountDeletion.account_id == account_id, AccountDeletion.state == ASKED)
    return db.session.scalar(query)


def due_deletions(now: datetime) -> Sequence[int]:
    """Return the ids of requests whose time to be taken back is over."""
    query = select(AccountDeletion.id).where(AccountDeletion.state == ASKED, AccountDeletion.due_at <= now)
    return db.session.scalars(query.order_by(AccountDeletion.id)).all()


def wrong_passwords(account_id: int, now: datetime) -> int:
    """Return how often a wrong password was given lately where one confirms a deletion."""
    query = select(func.count(AuditEntry.id)).where(
        AuditEntry.action == WRONG_PASSWORD, AuditEntry.actor_id == account_id, AuditEntry.at > now - WRONG_WITHIN
    )
    return db.session.scalar(query) or 0


def is_last_administrator(account_id: int) -> bool:
    """Return whether nobody else could administer if this account were gone."""
    administrators = select(Account.id).where(Account.active, Account.roles.any(Role.name == ADMINISTRATOR))
    return set(db.session.scalars(administrators)) == {account_id}


def paid_plan(account_id: int, now: datetime) -> Subscription | None:
    """Return a plan that a payment service still charges for."""
    query = select(Subscription).where(
        Subscription.account_id == account_id,
        Subscription.origin != HOUSE,
        Subscription.state != "canceled",
        Subscription.ends_at > now,
    )
    return db.session.scalars(query.limit(1)).first()


def uncertified_claims(account_id: int) -> Sequence[CreditClaim]:
    """Return a person's claims that have no certificate which counts."""
    certified = select(Certificate.claim_id).where(Certificate.state != SUPERSEDED)
    query = select(CreditClaim).where(
        CreditClaim.learner_id == account_id, CreditClaim.id.not_in(certified), CREDITED > 0
    )
    return db.session.scalars(query.order_by(CreditClaim.id)).all()


def provable_since(now: datetime) -> datetime:
    """Return the moment since which claims must be provable."""
    return day_start(first_provable(local_date(now)))


def erasable_certificates(now: datetime) -> Sequence[int]:
    """Return the ids of certificates of deleted accounts that need not be kept any longer."""
    query = (
        select(Certificate.id)
        .join(CreditClaim, Certificate.claim_id == CreditClaim.id)
        .join(Account, Certificate.learner_id == Account.id)
        .where(Account.deleted_at.is_not(None), Certificate.erased_at.is_(None))
        .where(CreditClaim.claimed_at < provable_since(now))
    )
    return db.session.scalars(query.order_by(Certificate.id)).all()


def erasable_lines(now: datetime) -> Sequence[int]:
    """Return the ids of lines of reports that name people of deleted accounts and need not be kept any longer."""
    query = (
        select(ReportLine.id)
        .join(CreditClaim, ReportLine.claim_id == CreditClaim.id)
        .join(Account, CreditClaim.learner_id == Account.id)
        .where(
            Account.deleted_at.is_not(None), ReportLine.family_name != "", CreditClaim.claimed_at < provable_since(now)
        )
    )
    return db.session.scalars(query.order_by(ReportLine.id)).all()


def wallet_files(account_id: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a person uploaded to the wallet, each under a name of its own."""
    documents = select(LicenseDocument).join(License).where(License.account_id == account_id)
    for document in db.session.scalars(documents.order_by(LicenseDocument.id)):
        yield f"licenses/{document.id}-{document.name}", document.content
    files = select(ExternalFile).join(ExternalCredit).where(ExternalCredit.account_id == account_id)
    for file in db.session.scalars(files.order_by(ExternalFile.credit_id)):
        yield f"credit-from-elsewhere/{file.credit_id}-{file.name}", file.content


def provider_name() -> str:
    """Return who holds the data."""
    return str(current_app.config["PROVIDER_NAME"])
