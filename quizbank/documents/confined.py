"""A function's name and its input bytes in; its output bytes out, from a child process that may die without harm.

The child has its own limits of processor time and memory and is killed when the clock runs out. Nothing it writes is
trusted beyond its frame: lines that tell how far it is, one status line, then the payload. Run as
``python -m quizbank.documents.confined``.
"""

import contextlib
import importlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from quizbank.documents.errors import ReadingStopped, UnreadableDocument
from quizbank.documents.progress import Progress, Told, from_line, quiet, to_line
from quizbank.documents.reading import MAX_BYTES, read_document
from quizbank.documents.serialising import DamagedTree, document_from_json, document_to_json
from quizbank.documents.tree import Document

ROOT = Path(__file__).resolve().parents[2]
# py3langid unpacks its model into a temporary file; nothing else is written.
_SCRATCH = 128 * 1024 * 1024
_DONE, _REFUSED = b"done\n", b"refused\n"
_TOLD = b"told "
_PIECE = 64 * 1024
WAIT = 3
"""How many times its processor seconds a child may take by the clock: the machine may be busy with other things."""

_STOPPED = (
    "Reading this document was stopped because it needs too much {what}. Upload a shorter or simpler version of it."
)
_DIED = (
    "Reading this document failed: the file is damaged or built in a way that cannot be read. "
    "Save it anew or paste its text."
)


def read_document_confined(
    name: str, content: bytes, *, seconds: int = 60, memory_mb: int = 1024, told: Told = quiet
) -> Document:
    """Read a file as ``read_document`` does, in a child process; any failure is an ``UnreadableDocument``."""
    if len(content) > MAX_BYTES:
        return read_document(name, content)  # refused by its size, with the same words as everywhere
    header = json.dumps({"name": name}).encode() + b"\n"
    written = run_confined(
        "quizbank.documents.confined:read_framed", header + content, seconds=seconds, memory_mb=memory_mb, told=told
    )
    try:
        return document_from_json(json.loads(written))
    except (ValueError, DamagedTree) as error:
        raise ReadingStopped(_DIED) from error


def read_framed(payload: bytes, told: Told) -> bytes:
    """Read a document inside the child: a line with the name as JSON, then the file; the tree comes back as JSON."""
    header, _, content = payload.partition(b"\n")
    return json.dumps(document_to_json(read_document(json.loads(header)["name"], content, told))).encode()


def run_confined(
    function: str, payload: bytes, *, seconds: int = 60, memory_mb: int = 1024, told: Told | None = None
) -> bytes:
    """Call ``module:function`` with the payload in a child process and return what it returns.

    With ``told`` the function is handed one too, and what it tells arrives here while it works. A ``ValueError`` raised
    inside comes out as ``UnreadableDocument`` with the same words; whatever else happens to the child comes out as
    ``ReadingStopped``. What ``told`` raises ends the child.
    """
    command = [sys.executable, "-m", "quizbank.documents.confined", function, str(seconds), str(memory_mb)]
    with tempfile.TemporaryFile() as given:
        given.write(payload)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter and module; the payload goes through stdin
            [*command, "told"] if told else command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(),
            start_new_session=True,
        )
        try:
            written = _heard(child, WAIT * seconds, told or quiet)
        except subprocess.TimeoutExpired as error:
            raise ReadingStopped(_STOPPED.format(what="time")) from error
        finally:
            _end(child)
    return _answer(written, child.returncode)


def _heard(child: "subprocess.Popen[bytes]", seconds: float, told: Told) -> bytes:
    """Return what the child writes until it ends, without what it told on the way; raises TimeoutExpired."""
    assert child.stdout is not None  # noqa: S101 -- it was given a pipe
    deadline = time.monotonic() + seconds
    written = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0 and selector.select(left):
            piece = os.read(child.stdout.fileno(), _PIECE)
            if not piece:
                child.wait(max(0.0, deadline - time.monotonic()))
                return bytes(written)
            written += piece
            _pass_on(written, told)
    raise subprocess.TimeoutExpired(child.args, seconds)


def _pass_on(written: bytearray, told: Told) -> None:
    """Take the whole lines that tell progress from the beginning of what was written, and tell them."""
    while written.startswith(_TOLD) and (end := written.find(b"\n")) > 0:
        progress = from_line(bytes(written[len(_TOLD) : end]))
        del written[: end + 1]
        if progress:
            told(progress)


def _environment() -> dict[str, str]:
    """Give the child what Python needs and none of the application's secrets."""
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR"}
    }
    # numpy's threads would each reserve address space that the limit counts.
    return kept | {
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child's whole session, so that nothing it started lives on."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout:
        child.stdout.close()


def _answer(written: bytes, status: int) -> bytes:
    if status == 0 and written.startswith(_DONE):
        return written[len(_DONE) :]
    if status == 0 and written.startswith(_REFUSED):
        raise _refusal(written[len(_REFUSED) :])
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise ReadingStopped(_STOPPED.format(what="time"))
    raise ReadingStopped(_DIED)


def _refusal(written: bytes) -> UnreadableDocument:
    try:
        told = json.loads(written)
    except ValueError:
        return ReadingStopped(_DIED)
    if not isinstance(told, dict) or not isinstance(told.get("message"), str):
        return ReadingStopped(_DIED)
    kinds: dict[str, type[UnreadableDocument]] = {kind.__name__: kind for kind in UnreadableDocument.__subclasses__()}
    return kinds.get(str(told.get("kind")), UnreadableDocument)(told["message"][:500])


def _limit(seconds: int, memory_mb: int) -> None:
    """Take away what the child must not use; the second hard limit kills where the first only signals."""
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_SCRATCH, _SCRATCH))


def _function(path: str) -> Callable[..., bytes]:
    module, _, name = path.partition(":")
    return cast(Callable[..., bytes], getattr(importlib.import_module(module), name))


def _called(function: str, payload: bytes, *told: Told) -> bytes:
    """Return the framed answer of the function."""
    try:
        return _DONE + _function(function)(payload, *told)
    except MemoryError:
        return _refused(ReadingStopped(_STOPPED.format(what="memory")))
    except RecursionError:
        return _refused(ReadingStopped(_DIED))
    except ValueError as error:
        known = isinstance(error, UnreadableDocument)
        return _refused(error if known else UnreadableDocument(_DIED))


def _refused(error: ValueError) -> bytes:
    return _REFUSED + json.dumps({"kind": type(error).__name__, "message": str(error)}).encode()


def main(arguments: Sequence[str]) -> None:
    """Answer one call: payload from stdin, framed answer to the stdout this process was given."""
    function, seconds, memory_mb, *telling = arguments
    # Libraries may print: what they write goes nowhere, the answer goes through a descriptor of its own.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit(int(seconds), int(memory_mb))

    def tell(progress: Progress) -> None:
        answer.write(_TOLD + to_line(progress) + b"\n")
        answer.flush()

    answer.write(_called(function, sys.stdin.buffer.read(), *([tell] if telling else [])))
    answer.close()


if __name__ == "__main__":
    main(sys.argv[1:])
