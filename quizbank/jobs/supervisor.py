"""Keeps the web server and one worker alive together: commands in, both running until the supervisor is stopped."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from quizbank.jobs.context import StopSwitch
from quizbank.jobs.rules import restart_pause
from quizbank.jobs.worker import stop_on_signals, wait

LOOK_SECONDS = 0.2
GRACE_SECONDS = 20.0
PR_SET_PDEATHSIG = 1
logger = logging.getLogger(__name__)


def web_command(host: str, port: int) -> list[str]:
    """Return the command that serves the web pages. Loaded once and shared: a killed process is replaced at once."""
    size = ["--preload", "--workers=2", "--threads=4", "--graceful-timeout=15", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", f"--bind={bracketed(host)}:{port}", *size, "app:create_app()"]


def worker_command() -> list[str]:
    """Return the command that runs one worker."""
    return [sys.executable, "-m", "flask", "--app", "app", "jobs", "work"]


def bracketed(host: str) -> str:
    """Return a host as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def is_free(host: str, port: int) -> bool:
    """Return whether nothing listens there yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@dataclass
class Child:
    """One process that is started again whenever it ends."""

    name: str
    command: Sequence[str]
    folder: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    start_at: float = field(default_factory=time.monotonic)

    def keep_alive(self, now: float) -> None:
        """Start the process if it does not run and its pause is over; notice that it ended."""
        if self.process is not None and self.process.poll() is not None:
            self.pause = restart_pause(self.pause, now - self.started)
            self.start_at = now + self.pause
            logger.warning("%s ended (%s), starts again in %.1f s", self.name, self.process.returncode, self.pause)
            self.process = None
        if self.process is None and now >= self.start_at:
            ended = partial(end_with_parent, os.getpid())
            self.process = subprocess.Popen(self.command, cwd=self.folder, preexec_fn=ended)  # noqa: S603, PLW1509 - our own command; this process has one thread
            self.started = now

    def stop(self, deadline: float) -> None:
        """Wait for the process, already asked to stop, until the deadline; then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s does not stop and is killed", self.name)
            self.process.kill()
            self.process.wait()


def end_with_parent(parent: int) -> None:
    """Ask Linux to stop this process when its parent (a process id) dies, however it dies; other systems do not offer it.

    The signal must find no handler of the parent's, and a parent that died before it was asked sends none.
    """
    if sys.platform == "linux":
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def serve(commands: Mapping[str, Sequence[str]], folder: str) -> None:
    """Run the commands in the folder, each started again when it ends, until SIGINT or SIGTERM."""
    stop = StopSwitch()
    stop_on_signals(stop)
    children = [Child(name, command, folder) for name, command in commands.items()]
    while not stop.pulled:
        for child in children:
            child.keep_alive(time.monotonic())
        wait(stop, LOOK_SECONDS)
    stop_all(children)


def stop_all(children: Sequence[Child]) -> None:
    """Ask all processes to stop, then wait for each."""
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        if child.process is not None:
            child.process.terminate()
    for child in children:
        child.stop(deadline)
