"""What is exported is everything about the person and nothing about anybody else."""

import json
from datetime import datetime

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from certificates.designing.operations import choose_design
from certificates.issuing.choice import DesignChoice
from certificates.privacy.holdings import OF_PEOPLE, OF_STAFF, OF_WALLETS, Holding
from certificates.privacy.package import data_json
from certificates.privacy.queries import counts_of, held_about, is_last_administrator
from quizbank.accounts.operations import set_active
from quizbank.generation.models import Correction, Succession
from quizbank.items.operations import reject_version, revise_item
from quizbank.items.queries import content_of
from tests.certificates.privacy.people import make_whole, render, revoke
from tests.factories import (
    make_account,
    make_activity,
    make_attempt,
    make_document,
    make_item,
    make_picture,
    make_suggestion,
)

Db = scoped_session[Session]


def exported(account_id: int, now: datetime) -> str:
    return data_json(held_about(account_id), now).decode()


def test_somebody_with_everything_gets_every_field(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    render(whole, now)
    revoke(whole, now)
    held = held_about(whole.account.id)
    shown = [holding for holding in (*OF_PEOPLE, *OF_WALLETS) if holding.shows and holding.name != "audit_trail"]
    assert [holding.name for holding in shown if not held[holding.name]] == []
    assert [(h.name, row) for h in shown for row in held[h.name] if row.keys() != h.shows.keys()] == []
    never = {(h.name, field) for h in shown for field in h.shows if all(row[field] is None for row in held[h.name])}
    assert never <= {
        ("account", "deleted_at"),
        ("background_jobs", "finished_at"),
        ("background_jobs", "refusal"),
        ("certificates", "replaces"),
        ("plans", "past_due_since"),
    }, "nothing else is empty for a person with everything"


def test_export_says_what_people_read(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    held = json.loads(exported(whole.account.id, now))["held"]
    assert held["account"][0]["email"] == "adamark@example.org"
    assert held["roles"] == [{"role": "learner"}]
    assert held["credits"][0]["amount"] == "0.25"
    assert held["credits"][0]["claimed_at"] == "2030-05-06T07:20:09+00:00"
    assert held["certificates"][0]["facts"]["recipient"] == "Ada Lovelace"
    assert held["evaluations"][0]["answers"]["change"] == "I, adamark, will change"
    noted = [line for line in held["audit_trail"] if line["action"] == "account.noted"]
    assert noted == [
        {
            "at": now.isoformat(),
            "action": "account.noted",
            "by": "somebody else",
            "subject": f"account:{whole.account.id}",
            "facts": {"note": "spoke of adamark"},
        }
    ]


def test_answers_are_exported_without_what_is_right(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    steps = held_about(whole.account.id)["answers"]
    kept = {name for step in steps for name in step["payload"]}
    assert {"slot", "response", "score", "passed"} <= kept
    assert kept & {"fractions", "fraction", "slots", "seed", "by"} == set()


def test_answers_are_exported_in_words_too(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    told = held_about(whole.account.id)["answers_in_words"]
    assert len(told) == 6
    assert "Left anterior descending artery" in told[0]["answer"]
    assert told[0]["question"].startswith("Which vessel supplies")
    assert told[3]["answer"] != told[0]["answer"], "an open attempt has no answer yet"


def test_nothing_of_a_second_person_is_exported(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    other = make_whole("Zelda Other", "zeldamark", now)
    render(other, now)
    revoke(other, now)
    text = exported(whole.account.id, now)
    for word in ("zelda", "Alex Administrator", other.certificate.serial, "Grace Author"):
        assert word.casefold() not in text.casefold(), word
    assert "password" not in json.loads(text)["held"]["account"][0]
    assert whole.account.password not in text
    assert whole.account.fs_uniquifier not in text


def test_administrators_export_names_nobody_they_acted_on(session: Db, now: datetime) -> None:
    administrator = make_account("administrator", "Alex Administrator")
    ada = make_account(name="Ada Lovelace", email="adamark@example.org")
    set_active(ada, False, administrator.id, now)
    lines = held_about(administrator.id)["audit_trail"]
    closed = [line for line in lines if line["action"] == "account.closed"]
    assert [(line["by"], line["subject"], line["facts"]) for line in closed] == [
        ("you", "something that is not about you", {})
    ]
    assert "adamark" not in exported(administrator.id, now)


@pytest.fixture
def author_id(session: Db, now: datetime) -> int:
    """Return the id of somebody who left something in every table of the provider's material."""
    author = make_account("author", "Grace Author")
    document, newer = make_document(author), make_document(author)
    session.add(Correction(document_id=document.id, original="a", corrected="b", account_id=author.id, made_at=now))
    session.add(Succession(document_id=newer.id, replaces_id=document.id, account_id=author.id, added_at=now))
    version = make_item(document)
    revised = revise_item(version, content_of(version), [], author.id, now)
    reject_version(revised, author.id, "not worth asking", now)
    make_suggestion(document, id="s").decided_by_id = None
    activity = make_activity(document=document)
    activity.created_by_id = author.id
    make_picture(author)
    choose_design(activity.id, DesignChoice("plain", "a4-portrait"), author.id, now)
    session.flush()
    return author.id


OF_AUTHORS = [
    holding
    for holding in OF_STAFF
    if holding.name
    in ("documents_added", "item_versions_written", "items_reviewed", "corrections", "documents_replaced")
    or holding.name in ("activities_proposed", "pictures_added", "designs_chosen")
]


def test_author_gets_what_they_left_on_the_providers_material(session: Db, now: datetime, author_id: int) -> None:
    held = held_about(author_id)
    assert [holding.name for holding in OF_AUTHORS if not held[holding.name]] == []
    assert held["items_reviewed"][0]["note"] == "not worth asking"


def test_page_counts_only_what_is_there(session: Db, now: datetime) -> None:
    account = make_account()
    counted: dict[str, int] = {holding.name: number for holding, number in counts_of(account.id)}
    assert counted == {"account": 1, "roles": 1}
    whole = make_whole("Ada Lovelace", "adamark", now)
    found: list[tuple[Holding, int]] = counts_of(whole.account.id)
    assert {"attempts", "credits", "certificates", "audit_trail"} <= {holding.name for holding, _ in found}


def test_last_administrator_is_known(session: Db, now: datetime) -> None:
    first = make_account("administrator")
    assert is_last_administrator(first.id)
    second = make_account("administrator")
    assert not is_last_administrator(first.id)
    set_active(second, False, first.id, now)
    assert is_last_administrator(first.id)
    assert not is_last_administrator(make_account().id)


def test_score_of_a_pre_test_is_exported_only_after_an_attempt_that_counts(session: Db, now: datetime) -> None:
    activity, learner = make_activity(pre_test=True, now=now), make_account()
    make_attempt(activity, learner, right=2, now=now)
    held = held_about(learner.id)
    assert [row["score"] for row in held["attempts"]] == [None]
    assert [row for row in held["answers"] if "score" in row["payload"]] == []
    make_attempt(activity, learner, right=3, now=now)
    held = held_about(learner.id)
    assert [round(row["score"]) for row in held["attempts"]] == [67, 100]
    assert len([row for row in held["answers"] if "score" in row["payload"]]) == 2
