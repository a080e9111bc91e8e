"""Time stamps (RFC 3161): a server's address goes in, a function comes out that has digests dated there."""

from functools import partial
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from asn1crypto import tsp
from asn1crypto.core import Asn1Value

from certificates.issuing.dated import is_dated
from certificates.issuing.signing import Stamp

SECONDS = 20
LONGEST_ANSWER = 64 * 1024
GRANTED = ("granted", "granted_with_mods")


class StampRefused(RuntimeError):
    """The time-stamp server did not date a signature; the message says why. Asking again later may help."""


class NoRedirects(HTTPRedirectHandler):
    """Goes nowhere but to the address in the settings."""

    def redirect_request(self, *_: object) -> None:
        """Refuse every redirect."""


def stamp_at(url: str) -> Stamp:
    """Return a function that has a SHA-256 digest dated by the server; it raises StampRefused."""
    return partial(stamped, url)


def stamped(url: str, digest: bytes) -> bytes:
    """Return the server's token over a digest, as DER; raises StampRefused."""
    asked = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
            "cert_req": True,
        }
    )
    return token_of(answer(url, asked.dump()), digest)


def answer(url: str, question: bytes) -> bytes:
    """Return what the server answers; raises StampRefused when it cannot be reached or answers at length."""
    request = Request(url, question, {"Content-Type": "application/timestamp-query"})  # noqa: S310 - http(s), from the settings
    try:
        with build_opener(NoRedirects).open(request, timeout=SECONDS) as reply:
            content: bytes = reply.read(LONGEST_ANSWER + 1)
    except (HTTPException, OSError, URLError, ValueError) as error:
        raise StampRefused(f"The time-stamp server {url} cannot be reached: {error}") from error
    if len(content) > LONGEST_ANSWER:
        raise StampRefused(f"The time-stamp server {url} answers with more than a time stamp.")
    return content


def token_of(reply: bytes, digest: bytes) -> bytes:
    """Return the token in an answer; raises StampRefused unless it was granted for this digest."""
    try:
        read = tsp.TimeStampResp.load(reply, strict=True)
        if read["status"]["status"].native not in GRANTED:
            raise StampRefused(f"The time-stamp server refuses: {read['status'].native}")
        stated: Asn1Value = read["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        dated = stated["message_imprint"]["hashed_message"].native
        token = bytes(read["time_stamp_token"].dump())
        is_whole = dated != digest or is_dated(token, digest)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StampRefused(f"What the time-stamp server answers is no time stamp: {error}") from error
    if dated != digest:
        raise StampRefused("The time stamp is about something else.")
    if not is_whole:
        raise StampRefused(
            "The time stamp holds what nobody could check later, or its signature is wrong. Use another server."
        )
    return token
