"""Credentials: read by an independent Open Badges library, and rejected by both when anything is wrong."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from certificates.issuing.addresses import Addresses
from certificates.issuing.credential import Stated, credential_payload, credential_token, read_credential
from certificates.issuing.evidence import hashed_identity
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.status import require_standing, status_token
from certificates.issuing.tokens import TokenRejected, canonical_json, read_token, signed_token, unpadded
from tests.certificates.issuing.keys import EVIDENCE, OURS, THEIRS
from tests.certificates.issuing.samples import NAMES, ORDINARY, PARTICIPATION, make_facts
from tests.clock import FIXED_NOW

NUMBER = 41


def stated(facts: CertificateFacts = ORDINARY, **evidence: Any) -> Stated:
    return Stated(facts, replace(EVIDENCE, **evidence), FIXED_NOW.replace(year=2020), NUMBER)


TOKEN = credential_token(stated(), OURS)
ADDRESSES = Addresses.of(ORDINARY)


def read(token: str) -> dict[str, Any]:
    return read_credential(token, [OURS.public_key], FIXED_NOW)


def test_independent_library_reads_name_credit_and_learner() -> None:
    found = OB3Verifier(OURS.pem).verify(TOKEN)
    assert (found.id, found.issuer.name) == (ORDINARY.verify_url, ORDINARY.provider)
    assert (found.achievement.name, found.achievement.credits_available) == (ORDINARY.title, 2.0)
    assert found.credits_earned == 1.25
    named, hashed = found.identifiers
    assert (named.identity_type, named.identity_hash, named.hashed) == ("name", ORDINARY.recipient, False)
    assert hashed.identity_hash == hashed_identity("alexandra@example.org", hashed.salt or "")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_of_any_script_is_in_it_as_it_was_given(name: str) -> None:
    token = credential_token(stated(make_facts(recipient=name)), OURS)
    assert OB3Verifier(OURS.pem).verify(token).identifiers[0].identity_hash == name
    assert read(token)["credentialSubject"]["identifier"][0]["identityHash"] == name


def test_address_of_the_learner_is_nowhere_in_it() -> None:
    assert "alexandra@" not in str(read(TOKEN))


def test_participant_has_earned_no_credit_and_the_activity_still_tells_what_it_offers() -> None:
    found = OB3Verifier(OURS.pem).verify(credential_token(stated(PARTICIPATION, is_awarded=False), OURS))
    assert found.credits_earned is None
    assert found.achievement.credits_available == 2.0


def test_same_certificate_gives_the_same_token() -> None:
    assert credential_token(stated(), OURS) == TOKEN


def test_claimed_credit_keeps_its_quarters() -> None:
    found = read(credential_token(stated(make_facts(credits=Decimal("0.75"))), OURS))
    assert found["credentialSubject"]["creditsEarned"] == 0.75


def altered(change: Callable[[dict[str, Any]], object], key: Any = OURS) -> str:
    """Return the credential with a change, signed by a key."""
    payload = credential_payload(stated(), ADDRESSES)
    change(payload)
    return signed_token(payload, "vc+jwt", ADDRESSES.key_prefix, key)


HEADER, _, SIGNATURE = TOKEN.split(".")
SOMEBODY = unpadded(canonical_json({**read_token(TOKEN, [OURS.public_key]), "name": "Another activity"}))
FORGED = {
    "tampered": f"{HEADER}.{SOMEBODY}.{SIGNATURE}",
    "no algorithm": f"{unpadded(canonical_json({'alg': 'none'}))}.{SOMEBODY}.",
    "wrong key": altered(lambda _: None, THEIRS),
    "another issuer": altered(lambda payload: payload.update(iss="https://evil.example")),
    "another id": altered(lambda payload: payload.update(jti="https://evil.example")),
    "no badge": altered(lambda payload: payload.update(type=["VerifiableCredential"])),
    "from the future": altered(lambda payload: payload.update(nbf=9_999_999_999, validFrom="2286-11-20T17:46:39Z")),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_forged_credential_is_rejected_by_both(token: str) -> None:
    with pytest.raises(TokenRejected):
        read(token)
    with pytest.raises(OB3VerificationError):
        OB3Verifier(OURS.pem).verify(token)


def test_revoked_credential_is_rejected_by_both_and_its_neighbour_is_not() -> None:
    today = FIXED_NOW.now(FIXED_NOW.tzinfo)  # the library looks at the clock itself

    def download_of(*fallen: int) -> Callable[[str], bytes]:
        return lambda _: status_token(ADDRESSES, 0, fallen, today, OURS).encode()

    OB3Verifier(OURS.pem).verify(TOKEN, check_status=True, download=download_of(NUMBER + 1))
    with pytest.raises(OB3VerificationError, match="revocation"):
        OB3Verifier(OURS.pem).verify(TOKEN, check_status=True, download=download_of(NUMBER))
    listed = read_token(status_token(ADDRESSES, 0, [NUMBER], today, OURS), [OURS.public_key])
    with pytest.raises(TokenRejected, match="revoked"):
        require_standing(read(TOKEN), listed, today)
