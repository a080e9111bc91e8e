"""The only writers of share links, their views and the access log; the database settles every race."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import current_app
from flask_security import hash_password, verify_password
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from certificates.issuing.operations import addresses_here, provider_signer
from certificates.issuing.queries import fallen_numbers, issuer_certificates
from certificates.issuing.signing_keys import SigningKeyUnusable, published_certificates
from certificates.issuing.status import LIST_SIZE, list_number, status_token
from certificates.issuing.tokens import public_jwk, public_key
from certificates.sharing.letters import opened_letter
from certificates.sharing.links import (
    DOWNLOADED,
    LIVE,
    MAX_DAYS,
    MAX_ENTRIES,
    MAX_REFUSALS_NOTED,
    MAX_VIEWS,
    MAX_WRONG_TRIES,
    SHOWN,
    WRONG_PASSCODE,
    AskedLink,
    hashed,
    may_go_on,
)
from certificates.sharing.models import ShareAccess, ShareEntry, ShareLink, ShareView
from certificates.sharing.packet import Keys
from certificates.sharing.queries import FoundLink, is_fresh, link_numbered, view_by
from certificates.sharing.records.queries import KINDS
from quizbank.accounts.models import Account
from quizbank.accounts.names import printable_name
from quizbank.accounts.operations import lock_person, record_audit
from quizbank.db import db
from quizbank.post.operations import write_message
from quizbank.post.queries import address_of

HANDLE_BYTES = 12
LOOKS = (SHOWN, DOWNLOADED)


class ShareRefused(ValueError):
    """A link cannot be made as asked; the message says why and what to do."""


class AskedBefore(ShareRefused):
    """The same form was sent before with other values; the link made then stands."""


class LinkClosed(Exception):
    """A link does not open; ``outcome`` is what its access log will say, ``link_id`` None for an unknown token."""

    def __init__(self, link_id: int | None, outcome: str) -> None:
        super().__init__(outcome)
        self.link_id = link_id
        self.outcome = outcome


@dataclass(frozen=True)
class Opened:
    """A link that was opened: where its view is shown."""

    handle: str


def create_link(account_id: int, asked: AskedLink, token: str, now: datetime) -> ShareLink:
    """Make a link to some of a person's own records; the same token again returns the link made before.

    Raises ShareRefused, or NameRefused for a recipient that cannot be printed.
    """
    recipient = printable_name(asked.recipient)
    require_within_limits(asked)
    lock_person(account_id)  # else a record could be deleted between the look at it and the link
    require_own(account_id, asked)
    passcode = hash_password(asked.passcode) if asked.passcode else None
    try:
        with db.session.begin_nested():
            return insert_link(account_id, asked, recipient, passcode, token, now)
    except IntegrityError:
        link = db.session.scalar(select(ShareLink).where(ShareLink.token_hash == hashed(token)))
        if link is None or link.account_id != account_id:
            raise
        if not is_same(link, asked, recipient):
            raise AskedBefore(
                "This form was sent before with other values, and that link was made. Open the form anew for another."
            ) from None
        return link


def require_within_limits(asked: AskedLink) -> None:
    """Raise ShareRefused unless a link has something to show, and an end."""
    if not asked.picks:
        raise ShareRefused("Choose at least one record to share.")
    if len(set(asked.picks)) > MAX_ENTRIES:
        raise ShareRefused(f"A link shows up to {MAX_ENTRIES} records. Make a second link for the others.")
    if not 1 <= asked.days <= MAX_DAYS or not 1 <= asked.max_views <= MAX_VIEWS:
        raise ShareRefused(f"A link is open for 1 to {MAX_DAYS} days and 1 to {MAX_VIEWS} views.")


def require_own(account_id: int, asked: AskedLink) -> None:
    """Raise ShareRefused unless every record picked is this person's to share."""
    own = {(kind.name, number) for kind in KINDS for number, _ in kind.offered(account_id)}
    if not set(asked.picks) <= own:
        raise ShareRefused("One of these records cannot be shared any more. Open the form anew and choose again.")


def insert_link(
    account_id: int, asked: AskedLink, recipient: str, passcode: str | None, token: str, now: datetime
) -> ShareLink:
    """Insert a link with its entries and its line in the audit trail."""
    link = ShareLink(
        account_id=account_id,
        recipient=recipient,
        token_hash=hashed(token),
        passcode=passcode,
        max_views=asked.max_views,
        views=0,
        wrong_tries=0,
        created_at=now,
        expires_at=now + timedelta(days=asked.days),
    )
    db.session.add(link)
    db.session.flush()
    columns = {kind.name: kind.column for kind in KINDS}
    for kind, number in dict.fromkeys(asked.picks):
        db.session.add(ShareEntry(link_id=link.id, **{columns[kind]: number}))
    db.session.flush()
    facts = {"records": len(set(asked.picks)), "views": asked.max_views, "until": link.expires_at.isoformat()}
    record_audit("share.created", f"share:{link.id}", account_id, now, **facts, passcode=passcode is not None)
    return link


def is_same(link: ShareLink, asked: AskedLink, recipient: str) -> bool:
    """Return whether a link is what is asked for."""
    columns = {kind.name: kind.column for kind in KINDS}
    picked = {(kind, getattr(entry, column)) for entry in link.entries for kind, column in columns.items()}
    held = {(kind, number) for kind, number in picked if number is not None}
    lasts = link.expires_at - link.created_at
    return (held, link.recipient, link.max_views, lasts, link.passcode is not None) == (
        set(asked.picks),
        recipient,
        asked.max_views,
        timedelta(days=asked.days),
        bool(asked.passcode),
    )


def revoke_link(link: ShareLink, actor_id: int | None, now: datetime) -> bool:
    """Close a link at once, and every view of it; return whether it was open until now."""
    changed = db.session.scalar(
        update(ShareLink)
        .where(ShareLink.id == link.id, ShareLink.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(ShareLink.id)
    )
    if changed:
        record_audit("share.revoked", f"share:{link.id}", actor_id, now)
    return changed is not None


def revoke_all_links(account_id: int, actor_id: int | None, now: datetime) -> int:
    """Close every link of a person, as when the account is deleted; return how many were open."""
    query = select(ShareLink).where(ShareLink.account_id == account_id, ShareLink.revoked_at.is_(None))
    return sum(revoke_link(link, actor_id, now) for link in db.session.scalars(query).all())


def take_notice(link: ShareLink, now: datetime) -> None:
    """Note that the owner has seen that a link was opened."""
    if link.first_opened_at is not None and link.seen_at is None:
        link.seen_at = now
        db.session.flush()


@cache
def nobodys_passcode() -> str:
    """Return the hash of a passcode that nobody knows: what is compared where there is none takes as long."""
    return hash_password(secrets.token_urlsafe(16))


def is_right_passcode(link: FoundLink | None, given: str) -> bool:
    """Return whether a passcode opens a link. Takes as long for an unknown link, and for one without a passcode."""
    kept = link.passcode if link else None
    is_equal = bool(verify_password(given or " ", kept or nobodys_passcode()))
    return is_equal if kept else link is not None


def open_link(link: FoundLink | None, is_right: bool, viewer: str, client: str, now: datetime) -> Opened:
    """Let a browser session (``viewer`` is its secret) see a link, and count that as one view however often it asks.

    The database decides whether a view is left: one UPDATE counts it and checks everything that can close a link. Raises
    LinkClosed, after which nothing of the transaction may be kept.
    """
    if link is None:
        raise LinkClosed(None, "")
    standing, view = link.standing(now), view_by(link.id, viewer)
    if view is not None and is_fresh(view, now) and may_go_on(standing):
        return Opened(view.handle)
    if standing != LIVE:
        raise LinkClosed(link.id, standing)
    if not is_right:
        raise LinkClosed(link.id, WRONG_PASSCODE)
    try:
        with db.session.begin_nested():
            return count_view(link, view, viewer, client, now)
    except IntegrityError:  # the same browser session pressed twice; its first press counts for both
        if (view := view_by(link.id, viewer)) is None:
            raise
        return Opened(view.handle)


def count_view(link: FoundLink, view: ShareView | None, viewer: str, client: str, now: datetime) -> Opened:
    """Count one more view; an old one of this browser session is begun anew. Raises LinkClosed and IntegrityError."""
    if not take_one_view(link.id, now):
        present = link_numbered(link.id)
        raise LinkClosed(link.id, present.standing(now) if present else "")
    if view is None:
        handle = secrets.token_urlsafe(HANDLE_BYTES)
        view = ShareView(link_id=link.id, handle=handle, viewer_hash=hashed(viewer))
        db.session.add(view)
    view.opened_at = now
    db.session.add(ShareAccess(link_id=link.id, at=now, client=client, outcome=SHOWN))
    db.session.flush()
    record_audit("share.viewed", f"share:{link.id}", None, now, client=client)
    if link.views == 0:
        tell_owner(link.id, now)
    return Opened(view.handle)


def tell_owner(link_id: int, now: datetime) -> None:
    """Write the message that a link was opened for the first time; two first openings at once are told once."""
    owner = db.session.scalars(select(ShareLink.account_id).where(ShareLink.id == link_id)).one()
    write_message(owner, opened_letter(link_id, address_of(f"/sharing/{link_id}")), now)


def take_one_view(link_id: int, now: datetime) -> bool:
    """Count one view of a link if it is open and has one left, and return whether it was counted."""
    is_owner_active = select(Account.active).where(Account.id == ShareLink.account_id).scalar_subquery()
    counted = db.session.execute(
        update(ShareLink)
        .where(
            ShareLink.id == link_id,
            ShareLink.revoked_at.is_(None),
            ShareLink.expires_at > now,
            ShareLink.views < ShareLink.max_views,
            ShareLink.wrong_tries < MAX_WRONG_TRIES,
            is_owner_active.is_(True),
        )
        .values(views=ShareLink.views + 1, wrong_tries=0, first_opened_at=func.coalesce(ShareLink.first_opened_at, now))
        .returning(ShareLink.id)
        .execution_options(synchronize_session=False)
    )
    return counted.scalar_one_or_none() is not None


def note_refusal(link_id: int, outcome: str, client: str, now: datetime) -> None:
    """Write into a link's access log that it did not open; a wrong passcode counts towards its lock."""
    if outcome == WRONG_PASSCODE:
        tries = db.session.scalar(
            update(ShareLink)
            .where(ShareLink.id == link_id)
            .values(wrong_tries=ShareLink.wrong_tries + 1)
            .returning(ShareLink.wrong_tries)
        )
        if tries == MAX_WRONG_TRIES:
            record_audit("share.locked", f"share:{link_id}", None, now, tries=tries)
    refused = select(func.count(ShareAccess.id)).where(
        ShareAccess.link_id == link_id, ShareAccess.outcome.not_in(LOOKS)
    )
    if (db.session.scalar(refused) or 0) < MAX_REFUSALS_NOTED:
        db.session.add(ShareAccess(link_id=link_id, at=now, client=client, outcome=outcome))
        db.session.flush()


def note_download(link_id: int, what: str, client: str, now: datetime) -> None:
    """Write a download into a link's access log and into the audit trail."""
    db.session.add(ShareAccess(link_id=link_id, at=now, client=client, outcome=DOWNLOADED))
    db.session.flush()
    record_audit("share.downloaded", f"share:{link_id}", None, now, what=what, client=client)


def keys_to_check_with(link: ShareLink, now: datetime) -> Keys:
    """Return what the provider publishes at this moment to check the certificates of a link with."""
    issuers = published_certificates(Path(current_app.config["SIGNING_KEY"]))
    jwks = {"keys": [public_jwk(public_key(one)) for one in issuer_certificates()]}
    lists = {list_number(entry.certificate_id) for entry in link.entries if entry.certificate_id}
    try:
        signer = provider_signer()
    except SigningKeyUnusable:
        return Keys(issuers, jwks, {})
    fallen = {one: fallen_numbers(one * LIST_SIZE, (one + 1) * LIST_SIZE) for one in sorted(lists)}
    tokens = {one: status_token(addresses_here(), one, numbers, now, signer) for one, numbers in fallen.items()}
    return Keys(issuers, jwks, tokens)
