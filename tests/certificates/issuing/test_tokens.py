"""Tokens: only what the expected key signed with ES256 is read."""

import hmac
import json
from base64 import urlsafe_b64encode

import pytest
from joserfc import jws

from certificates.issuing.tokens import (
    TokenRejected,
    canonical_json,
    public_jwk,
    read_token,
    signed_token,
    thumbprint,
    unpadded,
)
from tests.certificates.issuing.keys import OURS, THEIRS

TOKEN = signed_token({"name": "Ἀντιγόνη", "b": 1, "a": 2}, "vc+jwt", "https://x/jwks/", OURS)
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(".")


def with_header(**values: object) -> str:
    return unpadded(canonical_json({"alg": "ES256", **values}))


def test_token_is_read_back_with_the_key_that_signed_it() -> None:
    assert read_token(TOKEN, [OURS.public_key]) == {"a": 2, "b": 1, "name": "Ἀντιγόνη"}
    assert read_token(TOKEN, [THEIRS.public_key, OURS.public_key])["b"] == 1


def test_token_names_its_key_and_is_the_same_each_time() -> None:
    header = jws.extract_compact(TOKEN.encode()).headers()
    assert header == {"alg": "ES256", "typ": "vc+jwt", "kid": f"https://x/jwks/{thumbprint(OURS.public_key)}"}
    assert signed_token({"a": 2, "b": 1, "name": "Ἀντιγόνη"}, "vc+jwt", "https://x/jwks/", OURS) == TOKEN


def test_public_jwk_holds_nothing_private() -> None:
    assert public_jwk(OURS.public_key).keys() == {"kty", "crv", "x", "y", "kid", "alg", "use"}


def test_token_of_another_key_is_rejected() -> None:
    with pytest.raises(TokenRejected, match="not signed by this issuer"):
        read_token(TOKEN, [THEIRS.public_key])


def hmac_with_the_public_key() -> str:
    signed = f"{with_header(alg='HS256')}.{PAYLOAD}"
    return f"{signed}.{unpadded(hmac.digest(OURS.pem, signed.encode(), 'sha256'))}"


@pytest.mark.parametrize(
    "forged",
    [
        f"{with_header(alg='none')}.{PAYLOAD}.",
        f"{with_header(alg='None')}.{PAYLOAD}.",
        f"{with_header(alg='none')}.{PAYLOAD}.{SIGNATURE}",
        f"{with_header(alg='ES256K')}.{PAYLOAD}.{SIGNATURE}",
        hmac_with_the_public_key(),
        f"{HEADER}.{PAYLOAD}.",
        f"{HEADER}.{PAYLOAD}",
        f"{HEADER}.{unpadded(canonical_json({'name': 'Somebody else'}))}.{SIGNATURE}",
        f"{with_header(crit=['b64'], b64=False)}.{PAYLOAD}.{SIGNATURE}",
        f"{with_header(jwk=public_jwk(THEIRS.public_key))}.{PAYLOAD}.{SIGNATURE}",
        f"{HEADER}.{PAYLOAD}.{unpadded(bytes(64))}",
        "",
        "a.b.c",
        "é.é.é",
        "x" * 300_000,
        urlsafe_b64encode(json.dumps([1] * 10).encode()).decode(),
    ],
)
def test_forged_tokens_are_rejected(forged: str) -> None:
    with pytest.raises(TokenRejected):
        read_token(forged, [OURS.public_key])


def test_token_that_holds_no_object_is_rejected() -> None:
    listed = signed_token([1], "vc+jwt", "", OURS)  # type: ignore[arg-type]
    with pytest.raises(TokenRejected, match="no object"):
        read_token(listed, [OURS.public_key])


@pytest.mark.parametrize("place", [0, len(HEADER) + 3, len(TOKEN) - 20])
def test_changed_character_is_noticed(place: int) -> None:
    changed = TOKEN[:place] + ("A" if TOKEN[place] != "A" else "B") + TOKEN[place + 1 :]
    with pytest.raises(TokenRejected):
        read_token(changed, [OURS.public_key])
