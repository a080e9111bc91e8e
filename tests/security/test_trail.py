"""The audit trail tells every act that matters, once, with who did it and to what; and one changed byte anywhere is found."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from quizbank.accounts.audit import FREE_TEXTS
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.operations import erase_words, record_audit
from quizbank.accounts.queries import check_trail
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from tests.architecture.modules import CODE
from tests.factories import (
    EVALUATION,
    PASSWORD,
    make_account,
    make_activity,
    make_attempt,
    make_certificate,
    make_claim,
    make_item,
    make_share,
    responses,
    sign_in,
)
from tests.fences import lift_fences

Db = scoped_session[Session]


@dataclass(frozen=True)
class Scene:
    """Somebody signed in, somebody who administers, and what they act on; ``app`` starts further browsers."""

    app: Flask
    ada: Account
    alex: Account
    ours: FlaskClient
    theirs: FlaskClient

    def passed(self) -> Attempt:
        return make_attempt(make_activity(now=utc_now()), self.ada, right=3, now=utc_now())

    def certificate(self) -> Certificate:
        return make_certificate(make_claim(self.passed()))


@pytest.fixture
def scene(app: Flask, session: Db) -> Scene:
    ada, alex = make_account(), make_account(ADMINISTRATOR, "Alex Administrator")
    make_account(ADMINISTRATOR)
    return Scene(app, ada, alex, sign_in(app.test_client(), ada), sign_in(app.test_client(), alex))


Told = dict[str, tuple[str, int | None]]
"""By action, the subject and the actor of the one line that tells of it."""


def signs_in(scene: Scene) -> Told:
    form = {"email": scene.ada.email, "password": PASSWORD}
    assert scene.app.test_client().post("/accounts/sign-in", data=form).status_code == 302
    return {"signed in": (f"account:{scene.ada.id}", scene.ada.id)}


def is_refused_at_the_door(scene: Scene) -> Told:
    form = {"email": scene.ada.email, "password": "wrong"}
    assert scene.app.test_client().post("/accounts/sign-in", data=form).status_code == 200
    return {"sign-in refused": (f"account:{scene.ada.id}", None)}


def nobody_is_refused_at_the_door(scene: Scene) -> Told:
    form = {"email": "nobody@example.org", "password": "wrong"}
    assert scene.app.test_client().post("/accounts/sign-in", data=form).status_code == 200
    return {"sign-in refused": ("account:unknown", None)}


def signs_out(scene: Scene) -> Told:
    assert scene.ours.post("/accounts/sign-out").status_code == 302
    return {"signed out": (f"account:{scene.ada.id}", scene.ada.id)}


def is_refused_a_page(scene: Scene) -> Told:
    assert scene.ours.get("/accounts/trail").status_code == 403
    return {"denied": ("/accounts/trail", scene.ada.id)}


def is_refused_anothers_certificate(scene: Scene) -> Told:
    eve = make_account(name="Eve")
    place = f"/issuing/{scene.certificate().id}"
    assert sign_in(scene.app.test_client(), eve).get(place).status_code == 404
    return {"denied": (place, eve.id)}


def publishes(scene: Scene) -> Told:
    activity = make_activity(publish=False, now=utc_now())
    assert scene.theirs.post(f"/activities/{activity.id}/publish").status_code == 302
    return {"activity.published": (f"activity:{activity.id}", scene.alex.id)}


def approves(scene: Scene) -> Told:
    version = make_item()
    assert scene.theirs.post(f"/items/versions/{version.id}/approve").status_code == 302
    return {"item.approved": (f"item:{version.item_id}", scene.alex.id)}


def submits(scene: Scene) -> Told:
    attempt = make_attempt(make_activity(now=utc_now()), scene.ada, now=utc_now())
    fields = {f"choice-{number}": given["choice"] for number, given in responses(attempt, 3).items()}
    form = {"item": [*map(str, range(1, 4))], "go": "review", **fields}
    assert scene.ours.post(f"/attempts/{attempt.id}/answers", data=form).status_code == 302
    assert scene.ours.post(f"/attempts/{attempt.id}/submit").status_code == 302
    return {"attempt.submitted": (f"attempt:{attempt.id}", scene.ada.id)}


def claims(scene: Scene) -> Told:
    attempt = scene.passed()
    scene.ours.post(f"/credits/{attempt.id}/evaluation", data=EVALUATION)
    form = {"amount": "0.25", "attested": "y"}
    for _ in range(2):
        assert scene.ours.post(f"/credits/{attempt.id}/claim", data=form).status_code == 302
    db.session.rollback()
    number = db.session.scalars(select(Certificate.id)).one()
    return {
        "credit.claimed": (f"attempt:{attempt.id}", scene.ada.id),
        "certificate.issued": (f"certificate:{number}", scene.ada.id),
    }


def revokes(scene: Scene) -> Told:
    certificate = scene.certificate()
    place = f"/issuing/{certificate.id}/revoke"
    assert scene.theirs.post(place, data={"reason": "not there"}).status_code == 302
    assert scene.theirs.post(place, data={"reason": "not there"}).status_code == 409
    return {"certificate.revoked": (f"certificate:{certificate.id}", scene.alex.id)}


def replaces(scene: Scene) -> Told:
    certificate = scene.certificate()
    form = {"reason": "typo", "name": "Ada King"}
    assert scene.theirs.post(f"/issuing/{certificate.id}/reissue", data=form).status_code == 302
    return {"certificate.superseded": (f"certificate:{certificate.id}", scene.alex.id)}


def downloads_certificates(scene: Scene) -> Told:
    scene.certificate()
    assert scene.theirs.post("/issuing/bundle").status_code == 200
    return {"certificates.bundled": ("1 certificates", scene.alex.id)}


def corrects_a_claim(scene: Scene) -> Told:
    claim = scene.certificate().claim
    form = {"seen": "0", "amount": "0.00", "reason": "was not there"}
    assert scene.theirs.post(f"/credits/claims/{claim.id}", data=form).status_code == 302
    return {"credit.corrected": (f"claim:{claim.id}", scene.alex.id)}


def shares(scene: Scene) -> Told:
    form = {
        "records": f"certificate:{scene.certificate().id}",
        "recipient": "A hospital",
        "days": "30",
        "max_views": "3",
    }
    assert scene.ours.post("/sharing/new", data={**form, "idempotency_key": "k"}).status_code == 200
    assert scene.ours.post("/sharing/new", data={**form, "idempotency_key": "k"}).status_code == 200
    return {"share.created": ("share:1", scene.ada.id)}


def stops_sharing(scene: Scene) -> Told:
    link = make_share(scene.certificate(), now=utc_now())
    for _ in range(2):
        assert scene.ours.post(f"/sharing/{link.id}/revoke").status_code == 302
    return {"share.revoked": (f"share:{link.id}", scene.ada.id)}


def copies_own_data(scene: Scene) -> Told:
    assert scene.ours.post("/privacy/export").status_code == 302
    return {"data.exported": (f"account:{scene.ada.id}", scene.ada.id)}


def asks_to_be_deleted(scene: Scene) -> Told:
    form = {"password": PASSWORD, "understood": "y"}
    for _ in range(2):
        assert scene.ours.post("/privacy/delete", data=form).status_code == 302
    return {"account.deletion_asked": (f"account:{scene.ada.id}", scene.ada.id)}


def does_not_know_the_password(scene: Scene) -> Told:
    assert scene.ours.post("/privacy/delete", data={"password": "x", "understood": "y"}).status_code == 400
    return {"account.deletion_refused": (f"account:{scene.ada.id}", scene.ada.id)}


def deletes_somebody(scene: Scene) -> Told:
    place = f"/privacy/people/{scene.ada.id}"
    assert scene.theirs.post(place, data={"reason": "asked in writing"}).status_code == 302
    return {"account.deleted": (f"account:{scene.ada.id}", scene.alex.id)}


def closes_an_account(scene: Scene) -> Told:
    assert scene.theirs.post(f"/accounts/{scene.ada.id}/active", data={"active": "0"}).status_code == 302
    return {"account.closed": (f"account:{scene.ada.id}", scene.alex.id)}


ACTS = (
    *(signs_in, is_refused_at_the_door, nobody_is_refused_at_the_door, signs_out, is_refused_a_page),
    *(is_refused_anothers_certificate, publishes, approves, submits, claims, revokes, replaces, downloads_certificates),
    *(corrects_a_claim, shares, stops_sharing),
    *(copies_own_data, asks_to_be_deleted, does_not_know_the_password, deletes_somebody, closes_an_account),
)
"""A new act that matters gets a function here that does it through its page."""


def lines(session: Db) -> list[AuditEntry]:
    session.rollback()
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_act_is_told_once_with_actor_and_subject(session: Db, scene: Scene, act: Callable[[Scene], Told]) -> None:
    session.commit()
    told = act(scene)
    found = [(line.action, line.subject, line.actor_id) for line in lines(session) if line.action in told]
    assert sorted(found) == sorted((action, subject, actor) for action, (subject, actor) in told.items())
    assert check_trail().broken is None


def test_new_signing_key_is_told_of(app: Flask, session: Db, tmp_path: Path) -> None:
    app.config["SIGNING_KEY"] = str(tmp_path / "key.pem")
    runner = app.test_cli_runner()
    for words in (["init-key"], ["init-key"], ["init-key", "--replace"]):
        session.commit()
        runner.invoke(args=["issuing", *words])
    told = [(line.action, line.actor_id) for line in lines(session)]
    assert told == [("signing_key.made", None), ("signing_key.replaced", None)]
    subjects = {line.subject for line in lines(session)}
    assert len(subjects) == 2
    assert all(subject.startswith("signing_key:") for subject in subjects)


def test_key_made_before_the_database_is_made_all_the_same(app: Flask, session: Db, tmp_path: Path) -> None:
    app.config["SIGNING_KEY"] = str(tmp_path / "key.pem")
    session.execute(text("ALTER TABLE audit_entry RENAME TO not_there_yet"))
    session.commit()
    answer = app.test_cli_runner().invoke(args=["issuing", "init-key"])
    session.rollback()
    session.execute(text("ALTER TABLE not_there_yet RENAME TO audit_entry"))
    session.commit()
    assert answer.exit_code == 0
    assert (tmp_path / "key.pem").exists()


CHANGES = {
    "id": "UPDATE audit_entry SET id = 900 WHERE id = 2",
    "at": "UPDATE audit_entry SET at = '2030-05-06 07:08:08.000000' WHERE id = 2",
    "actor_id": "UPDATE audit_entry SET actor_id = 2 WHERE id = 2",
    "action": "UPDATE audit_entry SET action = 'signed im' WHERE id = 2",
    "subject": "UPDATE audit_entry SET subject = 'account:2' WHERE id = 2",
    "facts": """UPDATE audit_entry SET facts = '{"method": "PORT"}' WHERE id = 2""",
    "previous_hash": "UPDATE audit_entry SET previous_hash = 'x' || substr(previous_hash, 2) WHERE id = 2",
    "hash": "UPDATE audit_entry SET hash = 'x' || substr(hash, 2) WHERE id = 2",
    "words": "UPDATE audit_words SET text = 'nothing to hide.' WHERE entry_id = 3",
    "salt": "UPDATE audit_words SET salt = 'x' || substr(salt, 2) WHERE entry_id = 3",
    "name": "UPDATE audit_words SET name = 'note' WHERE entry_id = 3",
    "whose words": "UPDATE audit_words SET entry_id = 1 WHERE entry_id = 3",
    "words gone": "DELETE FROM audit_words WHERE entry_id = 3",
    "words erased without a word": "UPDATE audit_words SET text = NULL, erased_in_id = 2 WHERE entry_id = 3",
    "line gone": "DELETE FROM audit_entry WHERE id = 2",
}
UNREADABLE = {
    "a time that is none": "UPDATE audit_entry SET at = 'yesterday' WHERE id = 2",
    "facts that are no JSON": "UPDATE audit_entry SET facts = '{' WHERE id = 2",
    "bytes for words": "UPDATE audit_entry SET subject = x'ff00' WHERE id = 2",
}


@pytest.fixture
def written(session: Db) -> Engine:
    """Write four lines, the third with words that are sealed, and return the engine."""
    ada, moment = make_account(), utc_now().replace(microsecond=0)
    make_account()
    for number in range(2):
        record_audit("signed in", f"account:{ada.id}", ada.id, moment + timedelta(seconds=number), method="POST")
    record_audit("certificate.revoked", "certificate:1", ada.id, moment, reason="nothing to hide")
    record_audit("signed out", f"account:{ada.id}", ada.id, moment, method="POST")
    session.commit()
    assert check_trail().broken is None
    session.rollback()
    return db.engine


def assert_found(app: Flask, engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        lift_fences(connection)
        connection.execute(text(statement))
    answer = app.test_cli_runner().invoke(args=["accounts", "check-audit"])
    assert answer.exit_code == 1, answer.output
    assert "The audit trail was changed at entry" in answer.output


@pytest.mark.parametrize("column", CHANGES)
def test_one_change_in_any_column_is_found(app: Flask, written: Engine, column: str) -> None:
    assert_found(app, written, CHANGES[column])


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_even_be_read_is_found_and_named(app: Flask, written: Engine, what: str) -> None:
    if written.dialect.name == "postgresql":
        pytest.skip("PostgreSQL itself refuses such values")
    assert_found(app, written, UNREADABLE[what])


def test_words_are_erased_and_the_chain_still_holds(session: Db, written: Engine) -> None:
    erase_words({"certificate:1"}, record_audit("account.deleted", "account:1", 1, utc_now()))
    session.commit()
    assert [line.told for line in lines(session) if "reason" in line.facts] == [{"reason": "(erased)"}]
    assert check_trail().broken is None


def test_same_short_words_have_another_seal_each_time(session: Db, written: Engine) -> None:
    for _ in range(2):
        record_audit("certificate.revoked", "certificate:1", None, utc_now(), reason="no")
    session.commit()
    seals = [line.facts["reason"] for line in lines(session) if line.told.get("reason") == "no"]
    assert len(set(seals)) == 2


PLAIN_FACTS = {
    *(
        "activity",
        "amount",
        "broken",
        "by",
        "count",
        "counts",
        "credit",
        "entries",
        "from_document",
        "hash",
        "item",
        "items",
        "method",
        "minutes",
    ),
    *("act", "client", "days", "fields", "kind", "passcode", "rules", "survey", "tries", "what"),
    *("passed", "record", "reminder", "roles", "seed", "serial", "sha256", "suggestions", "version"),
}
"""Facts that hold numbers, names of kinds and hashes, never words that people typed."""


def test_words_that_people_type_are_told_under_names_that_are_sealed() -> None:
    told = {
        (module.name, keyword.arg)
        for module in CODE
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_audit"
        for keyword in node.keywords
        if keyword.arg
    }
    unknown = sorted((name, fact) for name, fact in told if fact not in FREE_TEXTS | PLAIN_FACTS)
    assert unknown == [], (
        "Can a person type what stands there? Then call it reason, note or label (quizbank/accounts/audit.py seals those); "
        "if it is a number, a kind or a hash, add its name to PLAIN_FACTS."
    )


def test_author_reads_the_words_and_the_download_has_what_seals_them(app: Flask, session: Db, written: Engine) -> None:
    alex = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    assert "reason: nothing to hide" in alex.get("/accounts/trail").text
    assert "nothing to hide" in alex.get("/accounts/trail.csv").text
    assert sign_in(app.test_client(), make_account(AUTHOR)).get("/accounts/trail.csv").status_code == 403
