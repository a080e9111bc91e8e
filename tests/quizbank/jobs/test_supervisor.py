"""Web and worker together: whichever dies is started again, both stop with the supervisor, however it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from quizbank.jobs.supervisor import Child, bracketed, is_free, web_command, worker_command
from tests.clock import eventually

ROOT = Path(__file__).parents[3]
SLEEPERS = """
import sys
from quizbank.jobs.supervisor import serve
sleep = [sys.executable, "-c", "import time; time.sleep(3600)"]
serve({"web": sleep, "worker": sleep}, ".")
"""


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a supervisor; leave no process of it behind."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})})
    try:
        yield process
    finally:
        family = [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
        process.kill()
        process.wait()
        psutil.wait_procs(family, timeout=10)


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return sorted(psutil.Process(process.pid).children(), key=lambda child: child.pid)


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_killed_child_is_started_again() -> None:
    with running([sys.executable, "-c", SLEEPERS]) as supervisor:
        eventually(lambda: len(children(supervisor)) == 2)
        kept, killed = children(supervisor)
        killed.kill()
        eventually(lambda: len(children(supervisor)) == 2 and killed not in children(supervisor))
        assert kept in children(supervisor)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_all_and_exits_0(number: signal.Signals) -> None:
    with running([sys.executable, "-c", SLEEPERS]) as supervisor:
        eventually(lambda: len(children(supervisor)) == 2)
        family = children(supervisor)
        supervisor.send_signal(number)
        assert supervisor.wait(15) == 0
        eventually(lambda: all(map(is_gone, family)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_killed_supervisor_leaves_no_orphans() -> None:
    with running([sys.executable, "-c", SLEEPERS]) as supervisor:
        eventually(lambda: len(children(supervisor)) == 2)
        family = children(supervisor)
        supervisor.kill()
        eventually(lambda: all(map(is_gone, family)))


def test_child_that_dies_at_once_is_not_started_at_once_again() -> None:
    child = Child("web", [sys.executable, "-c", "pass"], ".")
    child.keep_alive(time.monotonic())
    assert child.process is not None
    child.process.wait(20)
    child.keep_alive(child.started + 0.1)
    assert (child.process, child.pause, child.start_at) == (None, 0.5, child.started + 0.6)


def test_child_that_does_not_stop_is_killed() -> None:
    child = Child("web", [sys.executable, "-c", "import time; time.sleep(3600)"], ".")
    child.keep_alive(time.monotonic())
    child.stop(deadline=0)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_addresses_are_written_as_gunicorn_reads_them() -> None:
    assert "--bind=127.0.0.1:8000" in web_command("127.0.0.1", 8000)
    assert bracketed("::1") == "[::1]"
    assert worker_command()[1:] == ["-m", "flask", "--app", "app", "jobs", "work"]


def test_port_in_use_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        assert not is_free("127.0.0.1", port)


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/static/mark.svg")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_real_web_server_and_worker_run_and_stop_together(sqlite_file: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database_url = f"sqlite:///{shutil.copy(sqlite_file, tmp_path)}"
    environment = {"DATABASE_URL": database_url, "DEMO": "1", "INSTANCE_PATH": str(tmp_path / "instance")}
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "serve", "--port", str(port)]
    with running(command, environment) as supervisor:
        eventually(lambda: answers(port), within=60, every=0.2)
        worker = next(child for child in children(supervisor) if child.cmdline()[-1] == "work")
        supervisor.terminate()
        assert supervisor.wait(30) == 0
        assert is_gone(worker)
        assert not answers(port)
