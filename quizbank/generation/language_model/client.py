"""A prompt goes to the endpoint that the settings name; a reply that follows the prompt's schema comes back.

The standard library's http.client is used since nothing else does less: it follows no redirect, asks no proxy, keeps no
cookie and logs nothing, so that what is sent goes to the one address that was set and nowhere else.
"""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from quizbank.generation.language_model.prompts import Prompt, Reply
from quizbank.generation.language_model.schemas import fits

MAX_REPLY = 256 * 1024
LONGEST_PAUSE = 5.0  # seconds, whatever Retry-After says
_BUSY = (429, 503)


class ModelFault(RuntimeError):
    """The language model gave no reply that can be used; the words say why and what to do."""


class ModelUnreachable(ModelFault):
    """Nothing answers at the address."""


class ModelSlow(ModelFault):
    """No whole reply came in time."""


class ModelBusy(ModelFault):
    """The endpoint asks to come back later."""


class ModelRefused(ModelFault):
    """The endpoint answers, but not with a reply: wrong key, wrong model, sent elsewhere."""


class ModelBroken(ModelFault):
    """What came back is cut off, too large or not in the protocol's form."""


class OffSchema(ModelFault):
    """The reply does not follow its schema."""


@dataclass(frozen=True)
class Endpoint:
    """Where the model is, its name, its key, and how many seconds one reply may take."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    retry_after: str
    content: bytes


def endpoint_from(settings: Mapping[str, Any]) -> Endpoint | None:
    """Return the endpoint that the settings name, None when there is none and nothing may be sent."""
    if not settings.get("CME_LLM_URL"):
        return None
    return Endpoint(
        settings["CME_LLM_URL"], settings["CME_LLM_MODEL"], settings["CME_LLM_KEY"], settings["CME_LLM_TIMEOUT"]
    )


def ask(endpoint: Endpoint, prompt: Prompt, seed: int, sleep: Callable[[float], None] = time.sleep) -> Reply:
    """Return the model's reply to a prompt; raises a ModelFault."""
    body = json.dumps(request_body(endpoint.model, prompt, seed), ensure_ascii=False).encode()
    answer = _post(endpoint, body)
    if answer.status in _BUSY:
        sleep(pause(answer.retry_after))
        answer = _post(endpoint, body)
    if answer.status != 200:
        raise _refusal(endpoint, answer.status)
    return _reply(answer.content, prompt)


def request_body(model: str, prompt: Prompt, seed: int) -> dict[str, Any]:
    """Return what is sent: nothing but the model's name, the prompt and how to reply."""
    named = {"name": prompt.name, "strict": True, "schema": prompt.schema}
    return {
        "model": model,
        "messages": prompt.messages(),
        "response_format": {"type": "json_schema", "json_schema": named},
        "temperature": 0,
        "seed": seed,
        "max_tokens": prompt.most_tokens,
    }


def pause(retry_after: str) -> float:
    """Return how many seconds to wait before the one retry."""
    return min(float(retry_after), LONGEST_PAUSE) if retry_after.isascii() and retry_after.isdigit() else 1.0


def _post(endpoint: Endpoint, body: bytes) -> Answer:
    """Send a body and read the answer, both before the time is over."""
    ends = time.monotonic() + endpoint.seconds
    connection = _connected(endpoint)
    try:
        with _cut_at(ends, connection.sock):
            connection.request("POST", urlsplit(endpoint.url).path + "/chat/completions", body, _headers(endpoint))
            response = connection.getresponse()
            answer = Answer(response.status, response.headers.get("Retry-After", ""), response.read(MAX_REPLY + 1))
    except (OSError, HTTPException) as error:
        if time.monotonic() >= ends or isinstance(error, TimeoutError):
            raise _slow(endpoint) from error
        raise ModelBroken("The language model broke off its reply; look into its log, then try again.") from error
    finally:
        connection.close()
    if time.monotonic() >= ends:
        raise _slow(endpoint)  # a reply without a length ends as well where it was cut
    return answer


def _connected(endpoint: Endpoint) -> HTTPConnection:
    """Return a connection that stands, over https with certificate and name verified."""
    address = urlsplit(endpoint.url)
    host, port, seconds = address.hostname or "", address.port, endpoint.seconds
    if address.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    else:
        connection = HTTPConnection(host, port, timeout=seconds)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        raise _unreachable(endpoint, error) from error
    return connection


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return {**headers, "Authorization": f"Bearer {endpoint.key}"} if endpoint.key else headers


@contextmanager
def _cut_at(ends: float, connected: socket) -> Iterator[None]:
    """Cut a connection when its time is over: a socket's own timeout begins anew with every byte that comes."""
    timer = Timer(max(0.0, ends - time.monotonic()), _cut, [connected])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connected: socket) -> None:
    """Let whoever reads from a connection read its end."""
    with suppress(OSError):  # it may have ended by itself
        socket.shutdown(connected, SHUT_RDWR)  # not SSLSocket's own, which would take the reader's state away


def _unreachable(endpoint: Endpoint, error: OSError) -> ModelFault:
    if isinstance(error, TimeoutError):
        return _slow(endpoint)
    if isinstance(error, ssl.SSLError):
        return ModelUnreachable(
            f"{endpoint.url} cannot be trusted: no valid certificate. Use the address that its certificate names, or install "
            "the authority that issued it."
        )
    return ModelUnreachable(f"Nothing answers at {endpoint.url}: start the language model or correct CME_LLM_URL.")


def _slow(endpoint: Endpoint) -> ModelFault:
    return ModelSlow(
        f"The language model gave no whole reply in {endpoint.seconds:g} seconds; raise CME_LLM_TIMEOUT or use a faster one."
    )


def _refusal(endpoint: Endpoint, status: int) -> ModelFault:
    """Return the fault that a status tells; the endpoint's own words are not repeated, anything could stand in them."""
    if status in _BUSY:
        return ModelBusy("The language model is busy; try again later.")
    if 300 <= status < 400:
        return ModelRefused(f"{endpoint.url} sends to another address, which is not followed: correct CME_LLM_URL.")
    if status in (401, 403):
        return ModelRefused(f"{endpoint.url} does not accept the key: correct CME_LLM_KEY.")
    if status == 404:
        return ModelRefused(
            f"{endpoint.url} knows no model “{endpoint.model}” or no chat: correct CME_LLM_URL or CME_LLM_MODEL."
        )
    return ModelRefused(
        f"{endpoint.url} refused the question (status {status}); use an endpoint that takes JSON schemas and look into its log."
    )


def _reply(content: bytes, prompt: Prompt) -> Reply:
    if len(content) > MAX_REPLY:
        raise ModelBroken(f"The language model's reply is larger than {MAX_REPLY // 1024} kB and was not read.")
    try:
        told = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ModelBroken("The reply is not that of an OpenAI-compatible endpoint; correct CME_LLM_URL.") from error
    try:
        reply = json.loads(told)
    except (ValueError, TypeError, RecursionError) as error:
        raise OffSchema("The language model's reply is not the JSON it was asked for.") from error
    if not fits(reply, prompt.schema):
        raise OffSchema("The language model's reply does not follow its schema.")
    return dict(reply)
