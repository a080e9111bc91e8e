"""Reads of share links: proofs of many records cost no more questions than those of one."""

from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.orm import scoped_session

from certificates.sharing.records.queries import proofs_of
from quizbank.db import db
from tests.factories import make_account, make_attempt, make_certificate, make_claim


def test_proofs_of_many_records_are_read_at_once(session: scoped_session[Session]) -> None:
    learner, counted = make_account(), {}
    for number in (1, 6):
        picked = [make_certificate(make_claim(make_attempt(learner=learner, right=3))).id for _ in range(number)]
        session.commit()
        statements: list[str] = []

        def heard(*given: object, told: list[str] = statements) -> None:
            told.append(str(given[2]))

        event.listen(db.engine, "before_cursor_execute", heard)
        proofs = proofs_of(picked)
        event.remove(db.engine, "before_cursor_execute", heard)
        assert all(proof.entries for proof in proofs.values())
        counted[number] = len(statements)
    assert counted[6] == counted[1]
