"""Time stamps: a server's token is taken only when it was granted for what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from asn1crypto import cms, tsp

from certificates.issuing.signing import SEQUENCE, der
from certificates.issuing.timestamps import LONGEST_ANSWER, StampRefused, stamp_at, token_of
from tests.certificates.issuing.test_signing import dating_stamp

DIGEST = b"\1" * 32


def granted(token: bytes) -> bytes:
    """Return a server's answer with this token."""
    return bytes(
        tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}).dump()
    )


@contextmanager
def serving(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """Run a server on this machine that gives one answer; yield its address and what it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        thread.join()


def test_server_is_asked_for_the_digest_and_its_token_comes_back() -> None:
    token = dating_stamp()(DIGEST)
    with serving(granted(token)) as (url, asked):
        assert stamp_at(url)(DIGEST) == token
    question = tsp.TimeStampReq.load(asked[0], strict=True)
    assert question["message_imprint"]["hashed_message"].native == DIGEST
    assert question["cert_req"].native


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"nonsense", 200, "no time stamp"),
        (b"", 500, "cannot be reached"),
        (b"", 302, "cannot be reached"),
        (b"0" * (LONGEST_ANSWER + 2), 200, "more than a time stamp"),
    ],
)
def test_anything_else_is_refused_in_words(answer: bytes, status: int, words: str) -> None:
    with serving(answer, status) as (url, _), pytest.raises(StampRefused, match=words):
        stamp_at(url)(DIGEST)


def test_token_about_something_else_is_refused() -> None:
    with pytest.raises(StampRefused, match="something else"):
        token_of(granted(dating_stamp()(b"\2" * 32)), DIGEST)


def test_refusal_of_the_server_is_no_time_stamp() -> None:
    refusal = der(SEQUENCE, tsp.PKIStatusInfo({"status": "rejection"}).dump())
    with pytest.raises(StampRefused, match="no time stamp"):
        token_of(refusal, DIGEST)


def test_token_that_could_not_be_checked_later_is_refused() -> None:
    token = cms.ContentInfo.load(dating_stamp()(DIGEST))
    token["content"]["signer_infos"][0]["signature"] = bytes(128)
    with pytest.raises(StampRefused, match="nobody could check later"):
        token_of(granted(token.dump(force=True)), DIGEST)
