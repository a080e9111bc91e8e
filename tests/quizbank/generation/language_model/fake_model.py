"""A small server on this machine that speaks the protocol of language models, well or badly, and keeps what it was sent."""

import json
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from quizbank.generation.language_model.client import MAX_REPLY, Endpoint
from quizbank.generation.language_model.prompts import Prompt

Json = dict[str, Any]
WRONG = (
    "Shorter stays and rehabilitation",
    "Newer drugs and dressings",
    "Stricter referral and triage",
    "Lower costs and fees",
)
STEM = "In valve surgery, why have results improved?"
RIGHT = "Better imaging and planning"
SENTENCE = "Results have improved due to better imaging and planning."


@dataclass
class Mind:
    """What a model would say: its wrong options and stem, the answers it takes for right, and an item of its own."""

    distractors: Sequence[str] = WRONG
    stem: str = STEM
    right: Sequence[str] = (RIGHT,)
    item: Json = field(default_factory=dict)

    def reply(self, name: str, given: Json) -> Json:
        """Return the reply to a prompt of a name."""
        if name == "distractors":
            return {"stem": self.stem, "distractors": list(self.distractors)}
        if name == "answer":
            return {"answers": [one["id"] for one in given["options"] if one["text"] in self.right]}
        if name == "also_right":
            return {"could_be_right": "yes" if given["answer"] in self.right else "no"}
        return self.item

    def ask(self, prompt: Prompt) -> Json:
        """Answer a prompt without any server."""
        return self.reply(prompt.name, dict(prompt.given))


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: Json


class Server(ThreadingHTTPServer):
    """Answers by ``behave`` and keeps what was received; ``over`` is set when the test ends."""

    daemon_threads = True
    behave: "Behave"

    def __init__(self, pem: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scheme = "https" if pem else "http"
        if pem:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.received: list[Received] = []
        self.over = Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about clients that hang up: they are meant to."""

    def endpoint(self, seconds: float = 20, key: str = "") -> Endpoint:
        """Return the endpoint that leads here."""
        return Endpoint(f"{self.scheme}://127.0.0.1:{self.server_port}/v1", "fake", key, seconds)


class Handler(BaseHTTPRequestHandler):
    """Keeps a request and lets the server's behaviour answer it."""

    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append(Received(self.path, dict(self.headers), body))
        self.server.behave(self, body)

    def log_message(self, *_arguments: object) -> None:
        """Keep the test's output clean."""

    def answer(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


Behave = Callable[[Handler, Json], None]


@contextmanager
def serving(behave: Behave, pem: Path | None = None) -> Iterator[Server]:
    """Serve while the test runs, over https when a certificate is given."""
    with Server(pem) as server:
        server.behave = behave
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def completion(content: object) -> bytes:
    """Return the protocol's frame around a model's words."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def thinking(mind: Mind) -> Behave:
    """Answer as the mind says."""

    def behave(handler: Handler, body: Json) -> None:
        name = body["response_format"]["json_schema"]["name"]
        handler.answer(completion(json.dumps(mind.reply(name, json.loads(body["messages"][1]["content"])))))

    return behave


def saying(content: object) -> Behave:
    """Answer every prompt with the same words in the protocol's frame."""
    return lambda handler, body: handler.answer(completion(content))


def sending(content: bytes, status: int = 200, **headers: str) -> Behave:
    """Answer with these bytes."""
    return lambda handler, body: handler.answer(content, status, **headers)


def at_first(first: Behave, then: Behave) -> Behave:
    """Behave one way once and another way afterwards."""
    return lambda handler, body: (first if len(handler.server.received) == 1 else then)(handler, body)


def silent(handler: Handler, body: Json) -> None:
    """Say nothing until the test is over."""
    handler.server.over.wait(10)


def dripping(handler: Handler, body: Json) -> None:
    """Send a header that never ends, byte by byte, faster than any pause that a socket would notice."""
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"X")


def dripping_body(handler: Handler, body: Json) -> None:
    """Send a body that never ends, byte by byte."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")


def hanging_up(handler: Handler, body: Json) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def breaking_off(handler: Handler, body: Json) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def flooding(handler: Handler, body: Json) -> None:
    """Send more than anyone should read, for as long as anyone reads."""
    handler.send_response(200)
    handler.end_headers()
    sent = 0
    while sent < 64 * MAX_REPLY:
        sent += handler.wfile.write(b" " * 65536)
