"""Reads of what was chosen for certificates: for one activity, its provider, and the pictures to choose from."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from certificates.designing.models import Choice, Picture
from certificates.issuing.choice import DesignChoice, choice_from_json
from certificates.issuing.facts import CertificateFacts, Signatory
from quizbank.activities.models import Activity
from quizbank.db import db


def choice_for(activity_id: int | None) -> DesignChoice:
    """Return how certificates of an activity look: its own choice, the provider's, or what the settings say."""
    own = latest_choice(activity_id)
    if own is not None and own.content is not None:
        return choice_from_json(own.content)
    return choice_for(None) if activity_id is not None else DesignChoice(signatories=signatories_of_settings())


def latest_choice(activity_id: int | None) -> Choice | None:
    """Return what was chosen last for an activity, or for all without a choice of their own when there is none."""
    query = select(Choice).where(Choice.activity_id.is_not_distinct_from(activity_id))
    return db.session.scalars(query.order_by(Choice.id.desc()).limit(1)).first()


def signatories_of_settings() -> tuple[Signatory, ...]:
    """Return who signs where nobody has chosen yet."""
    name, title = current_app.config["SIGNATORY"], current_app.config["SIGNATORY_TITLE"]
    return (Signatory(name, title),) if name else ()


def pictures_to_choose(kind: str) -> Sequence[Picture]:
    """Return the pictures of a kind that may be chosen, the latest first."""
    query = select(Picture).where(Picture.kind == kind, Picture.withdrawn_at.is_(None))
    return db.session.scalars(query.order_by(Picture.added_at.desc(), Picture.sha256)).all()


def pictures_of(facts: CertificateFacts) -> dict[str, bytes]:
    """Return the pictures that a certificate carries, by their SHA-256."""
    named = [name for name in (facts.logo, *(one.picture for one in facts.signatories)) if name]
    if not named:
        return {}
    rows = db.session.scalars(select(Picture).where(Picture.sha256.in_(named))).all()
    return {picture.sha256: picture.content for picture in rows}


def choices_of_activities() -> list[tuple[Activity, bool]]:
    """Return every activity, the latest first, and whether it has a choice of its own."""
    latest: dict[int, bool] = {}
    rows = db.session.execute(select(Choice.activity_id, Choice.content).order_by(Choice.id)).all()
    latest.update({activity_id: content is not None for activity_id, content in rows if activity_id is not None})
    activities = db.session.scalars(select(Activity).order_by(Activity.id.desc())).all()
    return [(activity, latest.get(activity.id, False)) for activity in activities]
