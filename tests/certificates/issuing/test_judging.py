"""Judging a real certificate as somebody else would: with the published key and a status list."""

from datetime import datetime
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.issuing.addresses import Addresses
from certificates.issuing.credential import Stated, attached_credential, credential_token
from certificates.issuing.judging import (
    ALTERED,
    FALLEN,
    GENUINE,
    NOT_OURS,
    IssuerUnreadable,
    judge,
    read_issuers,
)
from certificates.issuing.rendering import render_certificate
from certificates.issuing.signing import Seal
from certificates.issuing.status import status_token
from certificates.issuing.tokens import canonical_json, public_jwk
from tests.certificates.issuing.keys import EVIDENCE, OURS, THEIRS
from tests.certificates.issuing.samples import NAMES, ORDINARY, make_facts
from tests.clock import FIXED_NOW

NUMBER = 3
ISSUERS = OURS.chain


@cache
def certificate(name: str = ORDINARY.recipient, signer: object = OURS) -> bytes:
    """Return a signed certificate with its credential."""
    facts = make_facts(recipient=name)
    stated = Stated(facts, EVIDENCE, FIXED_NOW.replace(year=2027), NUMBER)
    token = credential_token(stated, OURS)
    return render_certificate(facts, "classic", Seal(signer), attached=attached_credential(token))  # type: ignore[arg-type]


def status_list(*fallen: int, now: datetime = FIXED_NOW) -> str:
    return status_token(Addresses.of(ORDINARY), 0, fallen, now, OURS)


def test_genuine_certificate_is_told_with_what_it_states() -> None:
    found = judge(certificate(), ISSUERS, None, FIXED_NOW)
    assert found.code == GENUINE
    assert f"Name: {ORDINARY.recipient}" in found.lines
    assert f"Activity: {ORDINARY.title}" in found.lines
    assert "Credit: is awarded 1.25 AMA PRA Category 1 Credits™" in found.lines


@pytest.mark.parametrize("script", ["arabic", "devanagari", "combining"])
def test_name_of_any_script_is_read_from_the_file_as_it_was_given(script: str) -> None:
    assert f"Name: {NAMES[script]}" in judge(certificate(NAMES[script]), ISSUERS, None, FIXED_NOW).lines


def test_changed_byte_is_said_so() -> None:
    whole = certificate()
    for place in range(0, len(whole), len(whole) // 97):
        changed = bytearray(whole)
        changed[place] ^= 1
        assert judge(bytes(changed), ISSUERS, None, FIXED_NOW).code in (ALTERED, NOT_OURS), place


def test_certificate_of_another_provider_is_not_ours() -> None:
    assert judge(certificate(), THEIRS.chain, None, FIXED_NOW).code == NOT_OURS


def test_credential_of_another_signer_inside_is_said_so() -> None:
    found = judge(certificate(signer=THEIRS), THEIRS.chain, None, FIXED_NOW)
    assert found.code == ALTERED
    assert "credential inside is not in order" in found.lines[-1]


def test_status_list_says_whether_it_stands() -> None:
    assert judge(certificate(), ISSUERS, status_list(NUMBER + 1), FIXED_NOW).code == GENUINE
    assert judge(certificate(), ISSUERS, status_list(NUMBER), FIXED_NOW).code == FALLEN
    old = status_list(now=FIXED_NOW.replace(year=2029))
    assert "out of date" in judge(certificate(), ISSUERS, old, FIXED_NOW).lines[-1]


PEM = OURS.chain[0].public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    "content",
    [
        PEM,
        OURS.pem,
        canonical_json(public_jwk(OURS.public_key)),
        canonical_json({"keys": [public_jwk(OURS.public_key)]}),
    ],
    ids=["certificate", "key", "jwk", "jwks"],
)
def test_issuer_is_read_in_every_form_it_is_published_in(content: bytes) -> None:
    assert judge(certificate(), read_issuers(content), None, FIXED_NOW).code == GENUINE


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"keys": []}', b"-----BEGIN PUBLIC KEY-----", b"\xff"])
def test_file_that_holds_no_issuer_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(IssuerUnreadable, match="It holds n"):
        read_issuers(content)


def test_unsigned_file_is_not_ours() -> None:
    assert judge(b"%PDF-1.7", ISSUERS, None, FIXED_NOW).code == NOT_OURS


def test_authority_is_not_taken_for_the_issuer() -> None:
    key = OURS.private_key
    builder = x509.CertificateBuilder(
        issuer_name=OURS.chain[0].subject,
        subject_name=OURS.chain[0].subject,
        public_key=key.public_key(),
        serial_number=5,
        not_valid_before=FIXED_NOW,
        not_valid_after=FIXED_NOW.replace(year=2040),
    ).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    authority = builder.sign(key, SHA256())
    read = read_issuers(PEM + authority.public_bytes(Encoding.PEM))
    assert read == list(OURS.chain)
