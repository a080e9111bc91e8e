"""The only writers of who a person is to boards, and of their consent to reporting."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from certificates.wallet.identifiers import IdentifierRefused, checked_birthday, checked_npi
from certificates.wallet.models import BoardIdentifier, Identity, ReportingConsent
from certificates.wallet.queries import identity_of
from quizbank.accounts.names import printable_name
from quizbank.accounts.operations import record_audit
from quizbank.db import db

CONSENT_WORDS = (
    "I agree that the credit I claim here is reported to accreditors, certifying boards and licensing boards, with my "
    "name, birth month and day, NPI or license number, and what I completed."
)
MAX_BOARDS = 20


def ensure_identity(account_id: int, now: datetime) -> Identity:
    """Return a person's row, made on first use; two requests at once make one."""
    if found := identity_of(account_id):
        return found
    try:
        with db.session.begin_nested():
            made = Identity(account_id=account_id, changed_at=now)
            db.session.add(made)
            db.session.flush()
            return made
    except IntegrityError:
        found = identity_of(account_id)
        if found is None:
            raise
        return found


def save_identity(
    account_id: int, given_name: str, family_name: str, npi: str, birthday: str, now: datetime
) -> Identity:
    """Keep who a person is to boards; raises NameRefused or IdentifierRefused. The audit trail names fields, no values."""
    checked = {
        "given_name": printable_name(given_name) if given_name.strip() else "",
        "family_name": printable_name(family_name) if family_name.strip() else "",
        "npi": checked_npi(npi),
        "birthday": checked_birthday(birthday),
    }
    identity = ensure_identity(account_id, now)
    changed = sorted(name for name, value in checked.items() if getattr(identity, name) != value)
    for name, value in checked.items():
        setattr(identity, name, value)
    if changed:
        identity.changed_at = now
        record_audit("identity.changed", f"account:{account_id}", account_id, now, fields=changed)
    db.session.flush()
    return identity


def keep_board(account_id: int, board: str, number: str, now: datetime) -> BoardIdentifier:
    """Keep the number a board knows the person by, in place of an earlier one; raises IdentifierRefused."""
    identity = ensure_identity(account_id, now)
    known = next((one for one in identity.boards if one.board.casefold() == board.casefold()), None)
    if known is None:
        if len(identity.boards) >= MAX_BOARDS:
            raise IdentifierRefused(f"There is room for {MAX_BOARDS} boards. Remove one first.")
        known = BoardIdentifier(board=board, number=number)
        identity.boards.append(known)
    known.number = number
    db.session.flush()
    record_audit("identity.board_kept", f"account:{account_id}", account_id, now, label=board)
    return known


def remove_board(identity: Identity, board: BoardIdentifier, now: datetime) -> None:
    """Forget a board's number."""
    identity.boards.remove(board)
    db.session.flush()
    record_audit(
        "identity.board_removed", f"account:{identity.account_id}", identity.account_id, now, label=board.board
    )


def set_consent(account_id: int, is_given: bool, now: datetime) -> Identity:
    """Give or withdraw consent to reporting; saying the same again changes nothing."""
    identity = ensure_identity(account_id, now)
    if bool(identity.consent) == is_given:
        return identity
    identity.consents.append(ReportingConsent(is_given=is_given, words=CONSENT_WORDS, at=now))
    db.session.flush()
    action = "identity.consent_given" if is_given else "identity.consent_withdrawn"
    record_audit(action, f"account:{account_id}", account_id, now)
    return identity
