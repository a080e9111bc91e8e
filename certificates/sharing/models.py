"""Rows of share links: what is shared, with whom, how often it was looked at, and what came of each try."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.issuing.models import Certificate
from certificates.sharing.links import standing
from certificates.wallet.models import ExternalCredit, License
from quizbank.accounts.models import Account
from quizbank.db import Model, UtcDateTime

ONE_OF_THREE = (
    "(certificate_id IS NOT NULL AND credit_id IS NULL AND license_id IS NULL)"
    " OR (certificate_id IS NULL AND credit_id IS NOT NULL AND license_id IS NULL)"
    " OR (certificate_id IS NULL AND credit_id IS NULL AND license_id IS NOT NULL)"
)


class ShareLink(Model):
    """A link that shows some of a person's records to whoever holds its token.

    ``views`` counts the browser sessions it was opened in, ``wrong_tries`` wrong passcodes since the last right one.
    ``seen_at`` is when its owner took notice of the first opening.
    """

    __tablename__ = "share_link"
    __table_args__ = (
        CheckConstraint("max_views > 0 AND views >= 0 AND views <= max_views", name="views_within_cap"),
        CheckConstraint("wrong_tries >= 0", name="wrong_tries_counted"),
        CheckConstraint("(views = 0) = (first_opened_at IS NULL)", name="first_opened_at_with_views"),
        CheckConstraint("seen_at IS NULL OR first_opened_at IS NOT NULL", name="seen_after_opening"),
        Index("ix_share_link_account_id_created_at", "account_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recipient: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    passcode: Mapped[str | None] = mapped_column(String(255))
    max_views: Mapped[int]
    views: Mapped[int] = mapped_column(default=0)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    entries: Mapped[list["ShareEntry"]] = relationship(order_by="ShareEntry.id")

    def standing(self, now: datetime) -> str:
        """Return how the link stands at a moment."""
        views = (self.views, self.max_views)
        return standing(self.revoked_at, self.expires_at, views, self.wrong_tries, self.account.active, now)


class ShareEntry(Model):
    """One record that a link shows. A record its owner deletes takes its entry along, so its number never shows another."""

    __tablename__ = "share_entry"
    __table_args__ = (
        UniqueConstraint("link_id", "certificate_id"),
        UniqueConstraint("link_id", "credit_id"),
        UniqueConstraint("link_id", "license_id"),
        CheckConstraint(ONE_OF_THREE, name="one_record"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    credit_id: Mapped[int | None] = mapped_column(ForeignKey("external_credit.id", ondelete="CASCADE"), index=True)
    license_id: Mapped[int | None] = mapped_column(ForeignKey("license.id", ondelete="CASCADE"), index=True)

    certificate: Mapped[Certificate | None] = relationship()
    credit: Mapped[ExternalCredit | None] = relationship()
    license: Mapped[License | None] = relationship()


class ShareView(Model):
    """One view: what one browser session saw of a link, however often it is reloaded; the database allows one.

    ``handle`` is its place in addresses, ``viewer_hash`` the hash of the secret in the session's cookie.
    """

    __tablename__ = "share_view"
    __table_args__ = (UniqueConstraint("link_id", "viewer_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"))
    handle: Mapped[str] = mapped_column(String(20), unique=True)
    viewer_hash: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    link: Mapped[ShareLink] = relationship()


class ShareAccess(Model):
    """One line of the access log, insert-only: when, from which kind of program, and what came of it. No address."""

    __tablename__ = "share_access"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('shown', 'downloaded', 'wrong_passcode', 'revoked', 'locked', 'expired', 'used_up', 'closed')",
            name="outcome_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_link.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    client: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
