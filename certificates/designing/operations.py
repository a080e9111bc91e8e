"""The only writers of pictures for certificates and of what was chosen for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import null

from certificates.designing.models import LOGO, SIGNATURE, Choice, Picture
from certificates.designing.pictures import clean_picture
from certificates.designing.queries import pictures_to_choose
from certificates.issuing.choice import DesignChoice, choice_to_json, problems_of
from quizbank.accounts.operations import record_audit
from quizbank.db import db

PROVIDER = "provider"


class ChoiceRefused(ValueError):
    """Certificates cannot look like this; the message says why and what to do."""


def add_picture(upload: bytes, kind: str, label: str, actor_id: int, now: datetime) -> Picture:
    """Keep a picture, cleaned, and return it; the same picture again is the same row. Raises PictureRefused."""
    clean = clean_picture(upload)
    existing = db.session.get(Picture, (clean.sha256, kind))
    picture = existing or Picture(
        sha256=clean.sha256,
        kind=kind,
        content=clean.content,
        width=clean.width,
        height=clean.height,
        added_at=now,
        added_by_id=actor_id,
    )
    picture.label, picture.withdrawn_at = label.strip()[:80], None
    db.session.add(picture)
    db.session.flush()
    record_audit("certificate_picture.added", f"{kind}:{clean.sha256[:16]}", actor_id, now, label=picture.label)
    return picture


def withdraw_picture(picture: Picture, actor_id: int, now: datetime) -> None:
    """Let a picture be chosen no more; certificates that carry it keep it. A second time changes nothing."""
    if picture.withdrawn_at is None:
        picture.withdrawn_at = now
        record_audit("certificate_picture.withdrawn", f"{picture.kind}:{picture.sha256[:16]}", actor_id, now)


def choose_design(activity_id: int | None, choice: DesignChoice | None, actor_id: int, now: datetime) -> None:
    """Let certificates issued from now on look like this: those of an activity, or all that have no choice of their own.

    None lets an activity follow the provider again. Raises ChoiceRefused. What was issued before never changes.
    """
    if choice and (problems := unfit(choice)):
        raise ChoiceRefused(" ".join(problems))
    if choice is None and activity_id is None:
        raise ChoiceRefused("The provider needs a design.")
    content: Any = choice_to_json(choice) if choice else null()
    db.session.add(Choice(activity_id=activity_id, content=content, chosen_at=now, chosen_by_id=actor_id))
    subject = f"activity:{activity_id}" if activity_id else PROVIDER
    told = {"design": choice.design, "sheet": choice.sheet} if choice else {"design": PROVIDER}
    record_audit("certificate_design.chosen", subject, actor_id, now, **told)


def unfit(choice: DesignChoice) -> list[str]:
    """Return what is wrong with a choice, with the pictures as they are now."""
    logos, signatures = ({picture.sha256 for picture in pictures_to_choose(kind)} for kind in (LOGO, SIGNATURE))
    return problems_of(choice, logos, signatures)
