"""Credit from both sides: an administrator builds a survey and corrects a claim, a learner answers and sees what counts."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.surveys.models import Evaluation
from quizbank.accounts.models import Account, AuditEntry
from quizbank.activities.models import Activity
from quizbank.db import utc_now
from quizbank.spreadsheets import plain_cell
from tests.certificates.credits.test_wording import IN_ITALICS, strays
from tests.factories import EVALUATION, make_account, make_activity, make_attempt
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
Start = Callable[..., Walk]
QUESTIONS = {
    "seen": "1",
    "questions-0-question_id": "objectives_met",
    "questions-0-kind": "likert",
    "questions-0-text": "It met its objectives.",
    "questions-0-required": "y",
    "questions-0-place": "2",
    "questions-1-kind": "choice",
    "questions-1-text": "Where do you work?",
    "questions-1-required": "y",
    "questions-1-choices": "Hospital\nPractice",
    "questions-1-place": "1",
    "questions-2-kind": "choices",
    "questions-2-text": "What will you change?",
    "questions-2-choices": "Diagnosis\nTreatment",
    "questions-3-kind": "text",
    "questions-3-text": "What was missing?",
    "questions-4-kind": "text",
    "questions-4-text": "",
}


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account("administrator", "Alex Administrator")


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(now=utc_now(), title="Recognising heart failure", minutes=60, credits={"ama_pra_1": "1"})


def passed_by(activity: Activity, name: str) -> tuple[Account, int]:
    """Return a new learner who passed, and the attempt."""
    learner = make_account(name=name)
    return learner, make_attempt(activity, learner, right=3, now=utc_now()).id


def test_administrator_builds_a_survey_that_learners_answer_and_reads_the_results(
    walk: Start, session: Db, administrator: Account, activity: Activity
) -> None:
    activity_id = activity.id
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    alex, ada = walk(administrator), walk(learner)
    place = alex.go("/surveys/", name="Ours")
    assert "The activity met its stated learning objectives." in alex.see(place)
    assert "give 2 to 12 choices" in alex.send(place, 400, **{**QUESTIONS, "questions-1-choices": "Hospital"})
    assert "Saved as version 2" in alex.send(place, **QUESTIONS)
    assert "Someone else changed this survey" in alex.send(place, 400, **{**QUESTIONS, "questions-3-text": "Another?"})
    preview = alex.see(f"{place}/preview")
    assert preview.index("Where do you work?") < preview.index("It met its objectives.")
    assert "Saved." in alex.send(f"/surveys/activity/{activity_id}", survey=place.rpartition("/")[2])
    assert "Nobody has evaluated it yet" in alex.see(f"/surveys/results/{activity_id}")

    page = ada.see(f"/credits/{attempt_id}")
    (version,) = re.findall(r'name="version"[^>]*value="(\d+)"', page)
    ids = dict(re.findall(r'<fieldset class="field" id="(\w+)"[^>]*> <legend>([^<]+)</legend>', page))
    where, change = (
        next(key for key, text in ids.items() if text.startswith(words)) for words in ("Where", "What will")
    )
    refused = ada.send(f"/credits/{attempt_id}/evaluation", 400, version=version, **{where: "c9"})
    assert "Choose among the answers of this page." in refused
    assert "Please choose an answer." in refused
    assert "Other questions are asked" in ada.send(f"/credits/{attempt_id}/evaluation", 400, **EVALUATION)
    answers = {"objectives_met": "4", where: "c2", change: ["c1", "c2"]}
    assert "Claim your credit" in ada.send(f"/credits/{attempt_id}/evaluation", version=version, **answers)
    session.rollback()
    assert session.scalars(select(Evaluation)).one().answers == {
        "objectives_met": 4, where: "c2", change: ["c1", "c2"], next(iter({"q1", "q2", "q3"} - {where, change})): "",
    }  # fmt: skip

    results = alex.see(f"/surveys/results/{activity_id}")
    assert "Ours, version 2: 1 person answered." in results
    assert "mean 4.0 of 5" in results
    assert ">All surveys</a>" in results
    assert "Nobody wrote anything." in results
    assert "Ada Lovelace" not in results
    sheet = alex.download(f"/surveys/results/{activity_id}/answers.csv").decode()
    assert "Practice,Agree,Diagnosis; Treatment," in sheet
    assert "Lovelace" not in sheet
    assert alex.download(f"/surveys/results/{activity_id}/answers.xlsx").startswith(b"PK")
    alex.see(f"/surveys/results/{activity_id}?version=99999", 404)


def test_formula_in_an_answer_is_only_text_in_the_download(
    walk: Start, session: Db, administrator: Account, activity: Activity
) -> None:
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    formula = '=HYPERLINK("http://evil.example")'
    walk(learner).send(f"/credits/{attempt_id}/evaluation", **{**EVALUATION, "change": formula})
    sheet = walk(administrator).download(f"/surveys/results/{activity.id}/answers.csv").decode()
    assert plain_cell(formula).startswith("'=")
    assert "'=HYPERLINK" in sheet


def test_administrator_corrects_a_claim_and_the_learner_sees_what_counts(
    walk: Start, session: Db, administrator: Account, activity: Activity
) -> None:
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    ada, alex = walk(learner), walk(administrator)
    ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    ada.send(f"/credits/{attempt_id}/claim", amount="1.00", attested="y")
    assert "Ada Lovelace" in alex.see("/credits/?q=heart")
    assert "Nothing fits this search." in alex.see("/credits/?standing=withdrawn")
    claim = session.scalars(select(CreditClaim)).one()
    place = f"/credits/claims/{claim.id}"
    assert "Correct the claim" in alex.see(place)
    again = alex.send(place, 400, seen="0", amount="0.25", reason="")
    assert "Say why the claim is corrected." in again
    assert 'value="1.00"' not in again  # what it counts already is no correction
    same = alex.send(place, 409, seen="0", amount="1.00", reason="Typed with care.")
    assert "counts this amount already" in same
    assert "Typed with care." in same
    page = alex.send(place, seen="0", amount="0.25", reason="Only the first part was attended.")
    assert "Counts now</dt><dd>0.25" in page
    late = alex.send(place, 409, seen="0", amount="0.50", reason="Another reason.")
    assert "Someone else corrected" in late
    assert "Only the first part was attended." in late  # what the other one did, to be looked at
    assert re.search(r'name="seen"[^>]*value="1"', late)
    session.rollback()
    old, new = session.scalars(select(Certificate).order_by(Certificate.id))
    assert "awarded 0.25" in walk().see(f"/v/{new.serial}")
    assert "replaced by a newer one" in walk().see(f"/v/{old.serial}")
    mine = ada.see(f"/credits/{attempt_id}/claim")
    assert "Corrected to 0.25" in mine
    assert "Only the first part was attended." in mine
    alex.send(place, seen="1", amount="0.00", reason="Claimed for somebody else.")
    assert "revoked and is not valid" in walk().see(f"/v/{new.serial}")
    assert "Withdrawn on" in ada.see(f"/credits/{attempt_id}/claim")
    withdrawn = alex.see("/credits/?standing=withdrawn")
    assert "Ada Lovelace" in withdrawn
    assert "nothing, of 1 " in withdrawn


def test_claims_and_surveys_are_the_administrators(walk: Start, session: Db, activity: Activity) -> None:
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    ada = walk(learner)
    ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    ada.send(f"/credits/{attempt_id}/claim", amount="1.00", attested="y")
    claim_id = session.scalars(select(CreditClaim.id)).one()
    for address in ("/credits/", f"/credits/claims/{claim_id}", "/surveys/", f"/surveys/results/{activity.id}"):
        ada.see(address, 403)
    ada.send(f"/credits/claims/{claim_id}", 403, seen="0", amount="0.50", reason="I say so.")
    walk(make_account()).see(f"/issuing/claim/{claim_id}", 404)


def test_refused_claim_is_in_the_audit_trail_with_its_reason(walk: Start, session: Db, activity: Activity) -> None:
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    ada = walk(learner)
    ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    assert "does not offer" in ada.send(
        f"/credits/{attempt_id}/claim", 409, credit_type="cpd", amount="1", attested="y"
    )
    session.rollback()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "credit.refused")).one()
    assert (entry.subject, entry.actor_id) == (f"attempt:{attempt_id}", learner.id)
    assert "does not offer this type" in entry.told["reason"]


def test_every_page_sets_the_ama_phrase_in_italics(
    walk: Start, session: Db, administrator: Account, activity: Activity
) -> None:
    draft_id = make_activity(now=utc_now(), publish=False, maximum_credit=Decimal("0.75")).id
    learner, attempt_id = passed_by(activity, "Ada Lovelace")
    activity_id = activity.id
    ada, alex = walk(learner), walk(administrator)
    told = [walk(make_account()).see("/"), ada.see(f"/attempts/activity/{activity_id}")]
    told.append(ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION))
    told.append(ada.send(f"/credits/{attempt_id}/claim", 409, amount="7", attested="y", credit_type="cpd"))
    ada.send(f"/credits/{attempt_id}/claim", amount="0.25", attested="y")
    told.append(ada.see(f"/credits/{attempt_id}/claim"))
    claim_id = session.scalars(select(CreditClaim.id)).one()
    told += [alex.see(f"/activities/{one}") for one in (draft_id, activity_id)]
    told += [alex.see(address) for address in ("/activities/", "/credits/", f"/credits/claims/{claim_id}")]
    wrong = {"title": "T", "credits-0-credit_type": "ama_pra_1", "credits-0-maximum": "0.3"}
    told.append(alex.send(f"/activities/{draft_id}", 400, **wrong))
    seen = [re.sub(r'="[^"]*"', "", page) for page in told]
    assert sum("<em>AMA PRA Category 1 Credit" in page for page in seen) >= len(seen) - 1
    assert [page for page in seen if strays(IN_ITALICS.sub("", page))] == []
