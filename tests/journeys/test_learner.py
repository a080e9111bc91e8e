"""A learner's story: from signing in to a certificate that a stranger verifies; and what happens without a pass."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import update
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import utc_now
from quizbank.time_words import day_words
from tests.certificates.issuing.pdf_reading import qr_of, text_of
from tests.factories import EVALUATION, make_account, make_activity, responses
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
Start = Callable[..., Walk]
TITLE = "Recognising heart failure early"


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(items=4, now=utc_now(), title=TITLE)


@pytest.fixture
def learner(session: Db) -> Account:
    return make_account(name="Dr. Ada Lovelace")


def answers(session: Db, attempt_id: int, right: int) -> dict[str, object]:
    """Return the form of an attempt with so many right answers, as one page posts it."""
    session.rollback()
    chosen = responses(session.get_one(Attempt, attempt_id), right)
    fields = {f"choice-{number}": response["choice"] for number, response in chosen.items()}
    return {"item": [str(number) for number in chosen], "go": "review", **fields}


def secrets_of(session: Db, attempt_id: int) -> list[str]:
    """Return everything about an attempt's items that no page may tell before submission."""
    session.rollback()
    contents = contents_of(state_of(attempt_id).slots).values()
    return [content.rationale for content in contents] + [o.rationale for content in contents for o in content.options]


def take(walk: Walk, session: Db, activity: Activity, right: int) -> tuple[int, str]:
    """Start, answer on one page, review, submit; return the attempt and the result."""
    page = walk.go(f"/attempts/start/{activity.id}")
    attempt_id = int(page.rpartition("/")[2])
    walk.go(f"/attempts/{attempt_id}/answers", **answers(session, attempt_id, right))
    return attempt_id, walk.send(f"/attempts/{attempt_id}/submit")


def test_learner_finds_takes_and_passes_an_activity(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    ada = walk(learner)
    assert TITLE in ada.see("/")
    page = ada.see(f"/attempts/activity/{activity.id}")
    assert "Pass mark</dt><dd>70%" in page
    assert "Grace Author, MD" in page
    assert "no relevant financial relationships" in page
    assert "Oedema of the legs comes late." in ada.see(f"/attempts/activity/{activity.id}/read")
    attempt_id, result = take(ada, session, activity, right=4)
    assert "You passed" in result
    assert all(secret in result for secret in secrets_of(session, attempt_id))
    assert '<mark class="cited">' in result


def test_no_page_tells_the_key_before_submission(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    ada = walk(learner)
    place = ada.go(f"/attempts/start/{activity.id}")
    attempt_id = int(place.rpartition("/")[2])
    hidden = secrets_of(session, attempt_id)
    pages = [ada.see(place), ada.see(f"{place}?view=page"), ada.see(f"{place}/review"), ada.see("/")]
    pages.append(ada.send(f"{place}/answers", **answers(session, attempt_id, right=2)))
    assert not any(secret in page for page in pages for secret in hidden)
    assert ada.client.get(f"{place}/result").status_code == 404


def test_learner_leaves_and_finds_every_answer_again(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    place = walk(learner).go(f"/attempts/start/{activity.id}")
    first = answers(session, int(place.rpartition("/")[2]), right=4)["choice-1"]
    walk(learner).send(f"{place}/answers", **{"item": "1", "choice-1": first, "go": "autosave"})
    later = walk(learner)
    assert "1 of 4 answered" in later.see("/")
    assert later.see(f"{place}?item=1").count(" checked") == 1
    assert later.go(f"/attempts/start/{activity.id}") == place


def test_pass_leads_through_evaluation_and_claim_to_a_certificate(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    ada = walk(learner)
    attempt_id, _ = take(ada, session, activity, right=4)
    assert "How was it?" in ada.see(f"/credits/{attempt_id}")
    assert "Please choose an answer." in ada.send(f"/credits/{attempt_id}/evaluation", 400)
    assert "Claim your credit" in ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    assert "Please confirm" in ada.send(f"/credits/{attempt_id}/claim", 400, amount="0.25")
    page = ada.send(f"/credits/{attempt_id}/claim", amount="0.25", attested="y")
    assert "Your certificate" in page
    assert "Dr. Ada Lovelace" in page
    assert TITLE in ada.see("/issuing/mine")


def test_points_are_offered_and_certified_whole(walk: Start, session: Db, learner: Account) -> None:
    hours = make_activity(items=4, now=utc_now(), minutes=120, credit_type="cpd", maximum_credit=Decimal(2))
    ada = walk(learner)
    attempt_id, _ = take(ada, session, hours, right=4)
    page = ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    assert "In whole numbers, matching the time you spent." in page
    assert re.findall(r"<option[^>]*>([^<]+)</option>", page) == ["1", "2"]
    ada.send(f"/credits/{attempt_id}/claim", 400, amount="0.50", attested="y")
    assert "awarded 1 CPD point" in ada.send(f"/credits/{attempt_id}/claim", amount="1.00", attested="y")


def test_pass_is_claimed_once_in_each_type_with_a_certificate_each(walk: Start, session: Db, learner: Account) -> None:
    credits = {"ama_pra_1": "0.5", "acpe": "0.5", "participation": "0.5"}
    several = make_activity(items=4, now=utc_now(), minutes=30, credits=credits)
    ada = walk(learner)
    start = ada.see(f"/attempts/activity/{several.id}")
    assert "up to 0.5 <em>AMA PRA Category 1 Credits</em>™" in start
    assert 'up to 0.5 ACPE contact hours <span class="meta">(only: Pharmacist)' in start
    assert "designates this enduring material for a maximum of 0.5" in start
    attempt_id, _ = take(ada, session, several, right=4)
    page = ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    assert page.count("Claim credit and get the certificate") == 2
    assert "ACPE contact hours can be claimed by Pharmacist." in page
    ada.send(f"/credits/{attempt_id}/claim", 409, credit_type="acpe", amount="0.50", attested="y")
    page = ada.send(f"/credits/{attempt_id}/claim", credit_type="ama_pra_1", amount="0.25", attested="y")
    assert "0.25 <em>AMA PRA Category 1 Credits</em>™, claimed on" in page
    assert page.count("Claim credit and get the certificate") == 1
    page = ada.send(f"/credits/{attempt_id}/claim", credit_type="participation", amount="0.50", attested="y")
    assert page.count("See the certificate") == 2
    mine = ada.see("/issuing/mine")
    assert mine.count("Download PDF") == 2
    assert "awarded 0.25 <em>AMA PRA Category 1 Credits</em>™" in mine
    assert "participated for 0.5 hours" in mine


def certificate_of(walk: Walk, session: Db, activity: Activity) -> tuple[str, bytes]:
    """Let a learner earn a certificate; return its address and its PDF."""
    attempt_id, _ = take(walk, session, activity, right=4)
    walk.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    walk.send(f"/credits/{attempt_id}/claim", amount="0.25", attested="y")
    place = walk.client.get(f"/issuing/attempt/{attempt_id}").location
    return place, walk.download(f"{place}/certificate.pdf")


def test_certificate_is_one_page_and_a_stranger_follows_its_code(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    _, pdf = certificate_of(walk(learner), session, activity)
    (address,) = qr_of(pdf)
    serial = address.rpartition("/")[2]
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1
    assert [word for word in ("Dr. Ada Lovelace", TITLE, serial) if word not in text_of(pdf)] == [], text_of(pdf)
    page = walk().see(urlsplit(address).path)
    assert all(word in page for word in ("Valid", "Dr. Ada Lovelace", TITLE, serial, "0.25"))
    assert learner.email not in page


def test_new_name_leaves_an_issued_certificate_as_it_was(
    walk: Start, session: Db, activity: Activity, learner: Account
) -> None:
    ada = walk(learner)
    place, pdf = certificate_of(ada, session, activity)
    assert "Saved." in ada.send("/accounts/profile", name="Ada King", profession="physician")
    assert ada.download(f"{place}/certificate.pdf") == pdf
    assert "Dr. Ada Lovelace" in ada.see(place)


def test_second_attempt_waits_for_the_cooldown_and_a_third_is_refused(
    walk: Start, session: Db, learner: Account
) -> None:
    strict = make_activity(items=4, now=utc_now(), max_attempts=2, cooldown_hours=24)
    ada = walk(learner)
    _, result = take(ada, session, strict, right=1)
    assert "Not passed this time" in result
    assert "The next attempt opens on" in ada.send(f"/attempts/start/{strict.id}")
    session.execute(update(Attempt).values(submitted_at=utc_now() - timedelta(hours=25), started_at=Attempt.started_at))
    session.commit()
    assert "1 of 2 left" in ada.see(f"/attempts/activity/{strict.id}")
    take(ada, session, strict, right=2)
    assert "You have used all 2 attempts." in ada.send(f"/attempts/start/{strict.id}")


def test_learner_sees_local_time_on_every_page(
    walk: Start, session: Db, activity: Activity, learner: Account, auckland: ZoneInfo
) -> None:
    ada = walk(learner)
    place = ada.go(f"/attempts/start/{activity.id}")
    saved = ada.send(f"{place}/answers", item="1", go="autosave")
    zone = utc_now().astimezone(auckland).tzname() or ""
    day = day_words(utc_now().astimezone(auckland))
    assert re.search(rf'"saved_at":"\d\d:\d\d {zone}"', saved)
    assert re.search(rf"Saved \d\d:\d\d {zone}", ada.see(place))
    assert re.search(rf"saved {day} \d\d:\d\d {zone}", ada.see("/"))
    assert re.search(rf"{day} \d\d:\d\d {zone}", ada.see(f"/attempts/activity/{activity.id}"))


def test_failed_attempt_gives_no_way_to_credit(walk: Start, session: Db, activity: Activity, learner: Account) -> None:
    ada = walk(learner)
    attempt_id, _ = take(ada, session, activity, right=1)
    assert "open once you have passed" in ada.see(f"/credits/{attempt_id}", 403)
    ada.send(f"/credits/{attempt_id}/claim", 403, amount="0.25", attested="y")
    assert "No certificates yet" in ada.see("/issuing/mine")
