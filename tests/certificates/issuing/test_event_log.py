"""The log on a real database: every event in it, provable, in the same transaction as what it tells of."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.checkpoint import read_note
from certificates.issuing.log import hashed_serial, replayed
from certificates.issuing.merkle import consistency_proof, includes, inclusion_proof, is_consistent, leaf_hash, root
from certificates.issuing.models import LogEntry
from certificates.issuing.operations import (
    adopt_certificates,
    ensure_file,
    provider_signer,
    reissue_certificate,
    revoke_certificate,
)
from certificates.issuing.queries import entries_of, log_size, logged_node, statement_hash
from certificates.issuing.tokens import public_key
from quizbank.accounts.roles import ADMINISTRATOR
from tests.certificates.issuing.keys import OURS
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_certificate
from tests.fences import lift_fences

Db = scoped_session[Session]


def entries(session: Db) -> list[LogEntry]:
    return list(session.scalars(select(LogEntry).order_by(LogEntry.number)))


def events(session: Db) -> list[str]:
    return [json.loads(entry.leaf)["event"] for entry in entries(session)]


def test_whole_life_of_a_certificate_is_in_the_log(session: Db) -> None:
    administrator = make_account(ADMINISTRATOR)
    first = make_certificate()
    session.commit()
    file = ensure_file(first, FIXED_NOW)
    second = reissue_certificate(first, "Name misspelled.", administrator.id, FIXED_NOW)
    revoke_certificate(second, "Issued by mistake.", administrator.id, FIXED_NOW)
    assert events(session) == ["issued", "rendered", "issued", "superseded", "revoked"]
    old = replayed(entry.leaf for entry in entries_of(first.id))
    assert (old.state, old.stated, old.file) == ("superseded", statement_hash(first), file.sha256)
    assert old.replaced_by == hashed_serial(second.serial)
    assert replayed(entry.leaf for entry in entries_of(second.id)).state == "revoked"


def test_log_tells_nothing_personal(session: Db) -> None:
    certificate = make_certificate()
    told = "".join(entry.leaf for entry in entries(session))
    for private in (certificate.serial, certificate.name, certificate.learner.email, certificate.activity.title):
        assert private not in told


def test_every_entry_is_provable_and_every_checkpoint_is_signed_and_consistent(session: Db) -> None:
    for _ in range(6):
        make_certificate()
    key = public_key(provider_signer().chain[0])
    size = log_size()
    top = root(size, logged_node)
    for entry in entries(session):
        proof = inclusion_proof(entry.number, size, logged_node)
        assert includes(entry.number, size, leaf_hash(entry.leaf.encode()), proof, top)
        note = read_note(entry.checkpoint or "", [key])
        assert (note.origin, note.size) == ("127.0.0.1:8000/v/log", entry.number + 1)
        assert is_consistent(note.size, size, note.root, top, consistency_proof(note.size, size, logged_node))


def test_event_that_is_undone_leaves_no_gap(session: Db) -> None:
    make_certificate()
    session.commit()
    make_certificate()
    session.rollback()
    make_certificate()
    assert [entry.number for entry in entries(session)] == [0, 1]


def test_database_refuses_a_fork(session: Db) -> None:
    certificate = make_certificate()
    session.add(LogEntry(number=0, certificate_id=certificate.id, leaf="{}", hashes="0" * 64))
    with pytest.raises(IntegrityError), session.no_autoflush:
        session.flush()
    session.rollback()


def test_certificate_is_logged_unsigned_without_a_key_and_the_next_signature_covers_it(app: Flask, session: Db) -> None:
    path = app.config["SIGNING_KEY"]
    app.config["SIGNING_KEY"] = f"{path}.not-there"
    make_certificate()
    app.config["SIGNING_KEY"] = path
    make_certificate()
    unsigned, signed = entries(session)
    assert unsigned.checkpoint is None
    assert read_note(signed.checkpoint or "", [public_key(provider_signer().chain[0])]).size == 2


def test_certificates_from_before_the_log_are_adopted_once(session: Db) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, FIXED_NOW)
    lift_fences(session)
    for entry in entries(session):
        session.delete(entry)
    session.flush()
    assert adopt_certificates(FIXED_NOW) == 1
    assert adopt_certificates(FIXED_NOW) == 0
    assert events(session) == ["issued", "revoked"]


def test_checkpoint_of_another_key_is_not_ours(session: Db) -> None:
    make_certificate()
    with pytest.raises(ValueError, match="not signed"):
        read_note(entries(session)[0].checkpoint or "", [OURS.public_key])
