"""The child process may be slow, greedy, die or babble: its caller gets the answer or a clear error."""

import os
import signal
import sys
import time

import pytest

from quizbank.documents.confined import read_document_confined, run_confined
from quizbank.documents.errors import EmptyDocument, ReadingStopped, UnreadableDocument
from quizbank.documents.progress import Progress, Told, page_of
from quizbank.documents.readers import pdf
from quizbank.documents.reading import read_document

HERE = "tests.quizbank.documents.test_confined"


def echo(payload: bytes) -> bytes:
    return payload[::-1]


def babble(payload: bytes) -> bytes:
    sys.stdout.write("library chatter")
    os.write(1, b"more chatter")
    return b"answer"


def sleep(payload: bytes) -> bytes:
    time.sleep(30)
    return b""


def spin(payload: bytes) -> bytes:
    while True:
        pass


def devour(payload: bytes) -> bytes:
    return bytes(4 * 1024 * 1024 * 1024)


def die(payload: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def leave(payload: bytes) -> bytes:
    os._exit(0)


def fail(payload: bytes) -> bytes:
    raise KeyError("secret path /srv")


def tell_environment(payload: bytes) -> bytes:
    return os.environ.get("SECRET_KEY", "nothing").encode()


def count_pages(payload: bytes, told: Told) -> bytes:
    for number in range(1, 4):
        told(page_of(number, 3))
    return b"told the pages"


def tell_nonsense(payload: bytes, told: Told) -> bytes:
    told(Progress("w" * 500, 9, 2))
    told(page_of(1, 1))
    return b"told done\n"


def tell_for_ever(payload: bytes, told: Told) -> bytes:
    while True:
        told(page_of(1, 1))


def test_what_the_child_tells_arrives_beside_the_answer() -> None:
    heard: list[Progress] = []
    assert run_confined(f"{HERE}:count_pages", b"", told=heard.append) == b"told the pages"
    assert heard == [page_of(1, 3), page_of(2, 3), page_of(3, 3)]


def test_what_the_child_tells_is_dropped_when_it_cannot_be() -> None:
    heard: list[Progress] = []
    assert run_confined(f"{HERE}:tell_nonsense", b"", told=heard.append) == b"told done\n"
    assert heard == [page_of(1, 1)]


def test_a_child_that_only_tells_is_ended_when_its_time_is_over() -> None:
    with pytest.raises(ReadingStopped, match="too much time"):
        run_confined(f"{HERE}:tell_for_ever", b"", seconds=1, told=lambda progress: None)


def test_the_child_ends_with_whoever_listens() -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt(progress.words)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt, match="Reading page 1 of 1"):
        run_confined(f"{HERE}:tell_for_ever", b"", told=stop)
    assert time.monotonic() - began < 20


def test_pages_of_a_pdf_are_told_from_the_child() -> None:
    (example,) = pdf.examples()
    heard: list[Progress] = []
    read_document_confined(*example, told=heard.append)
    assert [progress.words for progress in heard] == ["Reading page 1 of 1", "Finding headings, lists and tables"]


def test_a_large_answer_to_a_large_payload_arrives_whole() -> None:
    payload = os.urandom(8 * 1024 * 1024)
    assert run_confined(f"{HERE}:echo", payload) == payload[::-1]


def test_the_answer_of_any_function_comes_back() -> None:
    assert run_confined(f"{HERE}:echo", b"abc") == b"cba"


def test_what_libraries_print_does_not_reach_the_answer() -> None:
    assert run_confined(f"{HERE}:babble", b"") == b"answer"


@pytest.mark.parametrize("function", ["sleep", "spin"])
def test_time_running_out_ends_the_child_with_a_sentence(function: str) -> None:
    with pytest.raises(ReadingStopped, match="too much time"):
        run_confined(f"{HERE}:{function}", b"", seconds=1)


def test_too_much_memory_ends_the_child_with_a_sentence() -> None:
    with pytest.raises(ReadingStopped, match="too much memory"):
        run_confined(f"{HERE}:devour", b"")


@pytest.mark.parametrize("function", ["leave", "fail", "missing"])
def test_a_child_that_breaks_down_says_nothing_of_its_inside(function: str) -> None:
    with pytest.raises(ReadingStopped) as caught:
        run_confined(f"{HERE}:{function}", b"")
    assert "secret" not in str(caught.value)


def test_a_killed_child_is_an_error_and_no_hang() -> None:
    with pytest.raises(ReadingStopped):
        run_confined(f"{HERE}:die", b"")


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    assert run_confined(f"{HERE}:tell_environment", b"") == b"nothing"


def test_a_document_read_in_the_child_equals_one_read_here() -> None:
    content = b"Burns\n\nFirst aid\nCool the burn at once with running water."
    assert read_document_confined("burns.txt", content) == read_document("burns.txt", content)


def test_a_refusal_in_the_child_keeps_its_kind_and_words() -> None:
    with pytest.raises(EmptyDocument, match="Upload a document that holds text"):
        read_document_confined("burns.txt", b" ")


def test_any_name_is_only_a_name() -> None:
    document = read_document_confined("../../\x00\ud800\u202e.txt", b"Cool the burn at once.")
    assert document.text == "Cool the burn at once."


def test_a_large_upload_is_refused_without_a_child() -> None:
    with pytest.raises(UnreadableDocument, match="larger than"):
        read_document_confined("burns.txt", b"a" * (21 * 1024 * 1024))
