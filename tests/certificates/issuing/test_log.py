"""The log's leaves: canonical, nameless, and enough to tell a certificate's state."""

import json

from certificates.issuing.facts import to_json
from certificates.issuing.log import LoggedState, hashed_serial, hashed_statement, leaf_of, logged_time, replayed
from tests.certificates.issuing.samples import ORDINARY, SERIAL, make_facts
from tests.clock import FIXED_NOW

ISSUED = leaf_of("issued", SERIAL, FIXED_NOW, stated="f" * 64)
RENDERED = leaf_of("rendered", SERIAL, FIXED_NOW, file="a" * 64)
REVOKED = leaf_of("revoked", SERIAL, FIXED_NOW)
SUPERSEDED = leaf_of("superseded", SERIAL, FIXED_NOW, by="b" * 64)


def test_leaf_is_canonical_json_and_names_nobody() -> None:
    assert json.dumps(json.loads(ISSUED), sort_keys=True, separators=(",", ":")) == ISSUED
    assert SERIAL not in ISSUED
    assert json.loads(ISSUED)["serial"] == hashed_serial(SERIAL)


def test_state_follows_from_the_leaves() -> None:
    assert replayed([]) == LoggedState("unknown")
    assert replayed([ISSUED, RENDERED]) == LoggedState("valid", "f" * 64, "a" * 64)
    assert replayed([ISSUED, REVOKED, RENDERED]) == LoggedState(
        "revoked", "f" * 64, "a" * 64, logged_time(FIXED_NOW), None
    )
    assert replayed([ISSUED, SUPERSEDED]).replaced_by == "b" * 64


def test_statement_hash_changes_with_anything_frozen() -> None:
    facts = to_json(ORDINARY)
    hashes = {
        hashed_statement(facts, None, "classic", "1", FIXED_NOW),
        hashed_statement(to_json(make_facts(recipient="Another")), None, "classic", "1", FIXED_NOW),
        hashed_statement(facts, {"activity": 1}, "classic", "1", FIXED_NOW),
        hashed_statement(facts, None, "modern", "1", FIXED_NOW),
        hashed_statement(facts, None, "classic", "2", FIXED_NOW),
        hashed_statement(facts, None, "classic", "1", FIXED_NOW.replace(year=2031)),
    }
    assert len(hashes) == 6
    assert hashed_statement(dict(reversed(facts.items())), None, "classic", "1", FIXED_NOW) in hashes
