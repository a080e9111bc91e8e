"""Public documents for machines: the issuer and its keys, lists of what was revoked, and the log with its proofs."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from certificates.issuing.credential import MEDIA_TYPE, issuer_document
from certificates.issuing.merkle import ProofUnusable
from certificates.issuing.operations import addresses_here, provider_signer
from certificates.issuing.queries import (
    fallen_numbers,
    issuer_certificates,
    latest_checkpoint,
    leaves_from,
    log_consistency,
    newest_number,
)
from certificates.issuing.signing_keys import SigningKeyUnusable, published_certificates
from certificates.issuing.status import LIST_SIZE, list_number, status_token
from certificates.issuing.tokens import public_jwk, public_key
from quizbank.db import utc_now
from quizbank.web.entrance import EVERYONE, open_to
from quizbank.web.errors import refuse

proofs_pages = Blueprint("proofs", __name__)

MINUTES_CACHED = 5
LEAVES_AT_ONCE = 1_000
NO_KEY = "This provider has no usable signing key yet."


def public(response: Response, mimetype: str = "") -> BaseResponse:
    """Let anybody's cache keep a document for a few minutes, and ask for it again only when it changed."""
    response.cache_control.public = True
    response.cache_control.max_age = MINUTES_CACHED * 60
    response.mimetype = mimetype or response.mimetype or "text/plain"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)


@proofs_pages.get("/.well-known/issuer.json")
@open_to(EVERYONE)
def issuer() -> BaseResponse:
    """Give who issues: the profile that every credential names."""
    return public(jsonify(issuer_document(addresses_here(), current_app.config["PROVIDER_NAME"])))


def jwks() -> list[dict[str, Any]]:
    """Return every key that ever signed here, the present first."""
    try:
        return [public_jwk(public_key(certificate)) for certificate in issuer_certificates()]
    except SigningKeyUnusable:
        refuse(503, NO_KEY)


@proofs_pages.get("/.well-known/jwks.json")
@open_to(EVERYONE)
def keys() -> BaseResponse:
    """Give the keys that check credentials, status lists and checkpoints."""
    return public(jsonify({"keys": jwks()}), "application/jwk-set+json")


@proofs_pages.get("/.well-known/jwks/<thumbprint>")
@open_to(EVERYONE)
def key(thumbprint: str) -> BaseResponse:
    """Give the one key that a token names in its ``kid``."""
    found = next((jwk for jwk in jwks() if jwk["kid"] == thumbprint), None)
    if found is None:
        refuse(404, "No key of this provider has this thumbprint.")
    return public(jsonify(found), "application/jwk+json")


@proofs_pages.get("/.well-known/certificate-issuers.pem")
@open_to(EVERYONE)
def issuers() -> BaseResponse:
    """Give the certificates with which the signature of any certificate issued here can be checked, the present first."""
    pem = published_certificates(Path(current_app.config["SIGNING_KEY"]))
    if not pem:
        refuse(404, NO_KEY)
    return public(Response(pem, mimetype="application/pem-certificate-chain"))


@proofs_pages.get("/v/status/<int:listed>")
@open_to(EVERYONE)
def status(listed: int) -> BaseResponse:
    """Give a list of which certificates do not stand any more, signed for today."""
    if listed > list_number(newest_number()):
        refuse(404, "There is no such status list yet.")
    fallen = fallen_numbers(listed * LIST_SIZE, (listed + 1) * LIST_SIZE)
    try:
        token = status_token(addresses_here(), listed, fallen, utc_now(), provider_signer())
    except SigningKeyUnusable:
        refuse(503, NO_KEY)
    return public(Response(token, mimetype=MEDIA_TYPE))


@proofs_pages.get("/v/log/checkpoint")
@open_to(EVERYONE)
def checkpoint() -> BaseResponse:
    """Give the signed checkpoint of the log as it stands; whoever keeps one can prove any later change of the past."""
    latest = latest_checkpoint()
    if latest is None:
        refuse(404, "The log has no signed checkpoint yet.")
    return public(Response(latest.checkpoint, mimetype="text/plain"))


@proofs_pages.get("/v/log/leaves")
@open_to(EVERYONE)
def leaves() -> BaseResponse:
    """Give up to 1,000 leaves of the log from ``start``, one a line: all that is needed to make its root oneself."""
    start = max(0, min(request.args.get("start", 0, type=int), 2**31 - 1))
    lines = "".join(f"{leaf}\n" for leaf in leaves_from(start, LEAVES_AT_ONCE))
    return public(Response(lines, mimetype="text/plain"))


@proofs_pages.get("/v/log/consistency")
@open_to(EVERYONE)
def consistency() -> BaseResponse:
    """Give the proof that the log of ``old`` entries is the beginning of the present one."""
    try:
        return public(jsonify(log_consistency(request.args.get("old", -1, type=int))))
    except ProofUnusable as error:
        refuse(404, str(error))
