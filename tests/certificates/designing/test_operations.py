"""Choosing designs: the latest choice counts, what was issued stays, and pictures are kept for as long as needed."""

import io

import pytest
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session, scoped_session

from certificates.designing.models import LOGO, SIGNATURE, Picture
from certificates.designing.operations import ChoiceRefused, add_picture, choose_design, withdraw_picture
from certificates.designing.queries import choice_for, choices_of_activities, pictures_of, pictures_to_choose
from certificates.issuing.choice import DesignChoice
from certificates.issuing.facts import Signatory, from_json
from certificates.issuing.operations import ensure_file
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import utc_now
from tests.certificates.issuing.pdf_reading import sizes_of, text_of
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]


@pytest.fixture
def actor(session: Db) -> Account:
    return make_account(ADMINISTRATOR)


def drawn(shade: int = 0) -> bytes:
    picture = Image.new("L", (300, 120), 255)
    ImageDraw.Draw(picture).line([(20, 100), (150, 20), (280, 100)], shade, 6)
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    return buffer.getvalue()


def added(actor: Account, kind: str = LOGO, shade: int = 0) -> Picture:
    return add_picture(drawn(shade), kind, "A picture", actor.id, utc_now())


def test_latest_choice_of_an_activity_counts_before_the_provider_s(actor: Account) -> None:
    activity, other = make_activity(), make_activity()
    choose_design(None, DesignChoice("modern"), actor.id, utc_now())
    choose_design(activity.id, DesignChoice("plain", "a4-portrait"), actor.id, utc_now())
    choose_design(activity.id, DesignChoice("plain", "letter-portrait"), actor.id, utc_now())
    assert choice_for(activity.id).sheet == "letter-portrait"
    assert choice_for(other.id).design == "modern"
    assert {one.id: own for one, own in choices_of_activities()} == {activity.id: True, other.id: False}
    choose_design(activity.id, None, actor.id, utc_now())
    assert choice_for(activity.id).design == "modern"


def test_settings_say_who_signs_until_somebody_chooses(session: Db) -> None:
    assert choice_for(None).design == "classic"
    assert choice_for(None).signatories == ()


def test_certificate_carries_what_was_chosen_and_never_changes(actor: Account, session: Db) -> None:
    attempt = make_attempt(right=3)
    logo, signature = added(actor), added(actor, SIGNATURE, 40)
    signed = (Signatory("Helen R. Castellanos, MD", "Chair", signature.sha256),)
    choose_design(
        attempt.activity_id, DesignChoice("modern", "letter-portrait", logo.sha256, signed), actor.id, utc_now()
    )
    certificate = make_certificate(make_claim(attempt))
    withdraw_picture(logo, actor.id, utc_now())
    choose_design(attempt.activity_id, DesignChoice("plain", "a4-portrait"), actor.id, utc_now())
    session.commit()
    facts = from_json(certificate.facts)
    assert (facts.design, facts.sheet, facts.logo) == ("modern", "letter-portrait", logo.sha256)
    assert set(pictures_of(facts)) == {logo.sha256, signature.sha256}
    pdf = ensure_file(certificate, utc_now()).content
    assert sizes_of(pdf) == [(612, 792)]
    assert "Helen R. Castellanos, MD" in text_of(pdf)


def test_same_picture_is_kept_once_and_comes_back_when_added_again(actor: Account) -> None:
    first = added(actor)
    withdraw_picture(first, actor.id, utc_now())
    assert pictures_to_choose(LOGO) == []
    again = added(actor)
    assert again is first
    assert [picture.sha256 for picture in pictures_to_choose(LOGO)] == [first.sha256]
    assert pictures_to_choose(SIGNATURE) == []


def test_picture_that_was_withdrawn_or_is_of_another_kind_cannot_be_chosen(actor: Account) -> None:
    signature = added(actor, SIGNATURE)
    with pytest.raises(ChoiceRefused, match="logo is not among"):
        choose_design(None, DesignChoice(logo=signature.sha256), actor.id, utc_now())


def test_provider_always_has_a_design(actor: Account) -> None:
    with pytest.raises(ChoiceRefused, match="needs a design"):
        choose_design(None, None, actor.id, utc_now())
