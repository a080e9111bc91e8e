"""The only writers of deletions: ask for one, take it back, carry it out; and erase what need not be proved any longer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.issuing.operations import IssueRefused, erase_certificate, issue_certificate
from certificates.privacy.holdings import DELETED, HOLDINGS, Holding
from certificates.privacy.models import AccountDeletion
from certificates.privacy.queries import (
    WRONG_PASSWORD,
    erasable_certificates,
    erasable_lines,
    is_last_administrator,
    open_deletion,
    owned_by,
    paid_plan,
    provable_since,
    subjects_of,
    table_of,
    uncertified_claims,
)
from certificates.privacy.retention import ASKED, DONE, TAKEN_BACK, due_at
from certificates.reporting.models import ReportLine
from certificates.surveys.operations import erase_texts
from quizbank.accounts.models import Account
from quizbank.accounts.operations import erase_words, pseudonymise_account, record_audit
from quizbank.db import db
from quizbank.plans.models import HOUSE, Subscription
from quizbank.plans.operations import change_subscription
from quizbank.plans.subscription import CANCELED_NOW

UNTOLD = "other"
"""The profession of a deleted account of which nobody has to report anything any more."""


class DeletionRefused(ValueError):
    """The account cannot be deleted now; the message says why and what to do."""


def ask_deletion(account: Account, actor_id: int, now: datetime, reason: str = "") -> AccountDeletion:
    """Ask for an account to be deleted in 14 days, until when its holder may take it back; a second time changes nothing.

    Raises DeletionRefused.
    """
    if waiting := open_deletion(account.id):
        return waiting
    require_deletable(account, now)
    deletion = AccountDeletion(
        account_id=account.id, asked_by_id=actor_id, reason=reason.strip(), asked_at=now, due_at=due_at(now)
    )
    try:
        with db.session.begin_nested():
            db.session.add(deletion)
    except IntegrityError:  # a twin of this request was faster
        if waiting := open_deletion(account.id):
            return waiting
        raise
    record_audit("account.deletion_asked", f"account:{account.id}", actor_id, now)
    return deletion


def require_deletable(account: Account, now: datetime) -> None:
    """Raise DeletionRefused for an account that cannot be deleted as things stand."""
    if account.deleted_at is not None:
        raise DeletionRefused("This account was deleted already.")
    if is_last_administrator(account.id):
        raise DeletionRefused("Nobody else administers this site. Make somebody else an administrator first.")
    if plan := paid_plan(account.id, now):
        raise DeletionRefused(
            f"A plan is still paid for through {plan.origin}. Cancel it first, so that nothing more is charged."
        )


def take_back(account_id: int, now: datetime) -> bool:
    """Take back the request to delete an account; return whether one was waiting. The database decides a race."""
    moved = end_request(account_id, TAKEN_BACK, now)
    if moved is not None:
        record_audit("account.deletion_taken_back", f"account:{account_id}", account_id, now)
    return moved is not None


def end_request(account_id: int, state: str, now: datetime, request_id: int | None = None) -> int | None:
    """Move the waiting request of an account (or just this one) to its end, once; return its id, None when there was none."""
    waiting = update(AccountDeletion).where(AccountDeletion.account_id == account_id, AccountDeletion.state == ASKED)
    if request_id is not None:
        waiting = waiting.where(AccountDeletion.id == request_id)
    return db.session.execute(
        waiting.values(state=state, ended_at=now).returning(AccountDeletion.id)
    ).scalar_one_or_none()


def note_wrong_password(account_id: int, now: datetime) -> None:
    """Write down that somebody in a person's session did not know the password."""
    record_audit(WRONG_PASSWORD, f"account:{account_id}", account_id, now)


def order_deletion(account: Account, actor_id: int, reason: str, now: datetime) -> None:
    """Delete an account at once, as an administrator who gives the reason. Raises DeletionRefused."""
    if not reason.strip():
        raise DeletionRefused("Give the reason: it is the proof of why the account was deleted.")
    deletion = ask_deletion(account, actor_id, now, reason)
    deletion.asked_by_id, deletion.reason = actor_id, reason.strip()
    db.session.flush()
    delete_account(account, now)


def delete_account(account: Account, now: datetime, due_id: int | None = None) -> bool:
    """Carry out the request that waits for an account; return whether one did. All in one transaction, or nothing.

    ``due_id``: only this request, since its holder may have taken it back and asked again meanwhile. Credit that must be
    provable is certified first, under the name it was earned with. Raises DeletionRefused.
    """
    request_id = end_request(account.id, DONE, now, due_id)
    if request_id is None:
        return False
    asked = db.session.get_one(AccountDeletion, request_id, populate_existing=True)
    db.session.refresh(account, with_for_update=True)
    require_deletable(account, now)
    certify_claims(account.id, now)
    cancel_plans(account.id, asked.asked_by_id, now)
    profession = account.profession if must_be_reported(account.id, now) else UNTOLD
    subjects = subjects_of(account.id)
    told = record_audit("account.deleted", f"account:{account.id}", asked.asked_by_id, now, reason=asked.reason)
    pseudonymise_account(account, profession, now)
    for holding in HOLDINGS:
        settle(holding, account.id)
    erase_texts(account.id)
    erase_words({subject for subject in subjects if not subject.startswith("certificate:")}, told)
    db.session.expire_all()  # rows were changed by table, behind the back of what was loaded before
    erase_old(now)
    return True


def certify_claims(account_id: int, now: datetime) -> None:
    """Issue what is still to be issued, so that the record of each claim stands on its own; raises DeletionRefused."""
    try:
        for claim in uncertified_claims(account_id):
            issue_certificate(claim, now)
    except IssueRefused as error:
        raise DeletionRefused(
            f"Credit was claimed that has no certificate yet, and its record needs one: {error} Correct that first."
        ) from error


def cancel_plans(account_id: int, actor_id: int, now: datetime) -> None:
    """End the plans that were granted here; those that are paid for keep an account from being deleted."""
    granted = select(Subscription).where(Subscription.account_id == account_id, Subscription.origin == HOUSE)
    for subscription in db.session.scalars(granted).all():
        if subscription.standing.is_in_force(now):
            change_subscription(subscription, CANCELED_NOW, actor_id, now, reason="The account is deleted.")


def must_be_reported(account_id: int, now: datetime) -> bool:
    """Return whether reports of the last six years count this person by profession."""
    claimed = select(CreditClaim.id).where(CreditClaim.learner_id == account_id)
    return db.session.scalar(claimed.where(CreditClaim.claimed_at >= provable_since(now)).limit(1)) is not None


def settle(holding: Holding, account_id: int) -> None:
    """Do to the rows of a holding what was decided for a deletion."""
    table = table_of(holding)
    mine = owned_by(table, holding.whose, account_id)
    if holding.fate == DELETED:
        db.session.execute(delete(table).where(mine))
        return
    plain = {name: value for name, value in holding.blanks.items() if "." not in name}
    if plain:
        db.session.execute(update(table).where(mine).values(plain))
    for path, value in holding.blanks.items():
        name, _, key = path.partition(".")
        if key:
            blank_inside(holding, account_id, name, key, value)


def blank_inside(holding: Holding, account_id: int, name: str, key: str, value: object) -> None:
    """Blank one key of a JSON column, where it is there."""
    table = table_of(holding)
    identity = list(table.primary_key.columns)
    query = select(*identity, table.c[name].label("held")).where(owned_by(table, holding.whose, account_id))
    for row in db.session.execute(query).mappings().all():
        held: Mapping[str, Any] = row["held"] or {}
        if key in held:
            this = [column == row[column.name] for column in identity]
            db.session.execute(update(table).where(*this).values({name: {**held, key: value}}))


def erase_old(now: datetime) -> int:
    """Erase the certificates of deleted accounts that need not be proved any longer; return how many.

    With them go the names in what was reported to accreditors.
    """
    ids = erasable_certificates(now)
    for certificate_id in ids:
        erase_certificate(db.session.get_one(Certificate, certificate_id), now)
    erase_lines(now)
    return len(ids)


def erase_lines(now: datetime) -> None:
    """Erase whom lines of reports named, for deleted accounts whose credit need not be proved any longer."""
    blank = dict.fromkeys(("given_name", "family_name", "birthday", "npi", "license_state", "license_number"), "")
    for line_id in erasable_lines(now):
        db.session.execute(update(ReportLine).where(ReportLine.id == line_id).values(blank))
