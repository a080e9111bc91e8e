"""What a download of many certificates costs the running platform, as JSON.

Puts so many certificates with real, signed PDFs into a database, starts gunicorn, signs an administrator in and asks for
all of them as one ZIP, as the button on the page does; tells when the first byte came, how long all took, how much memory
the workers grew by, and whether every PDF is whole.
Run: python benchmarks/bulk_download.py [--certificates 10000] [--engine sqlite|postgresql] [--rounds 2]
"""

import argparse
import csv
import hashlib
import io
import json
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import insert, select, update

from benchmarks.certificates import facts_of, ours_as_issued
from benchmarks.records import NOW, fill
from benchmarks.serving import AGENT, ENGINES, Browser, Door, Web, database, machine, serving
from certificates.issuing.facts import to_json
from certificates.issuing.models import Certificate, CertificateFile
from quizbank.accounts.models import Account
from quizbank.db import db

AT_ONCE = 200


def fill_with_files(count: int) -> float:
    """Put so many certificates with their PDFs into the database; return the seconds that making the PDFs took."""
    fill(count)
    spent = 0.0
    for start in range(0, count, AT_ONCE):
        files = []
        for number in range(start + 1, min(start + AT_ONCE, count) + 1):
            began = time.process_time()
            pdf = ours_as_issued(number)
            spent += time.process_time() - began
            facts = facts_of(number)
            stated = {"serial": facts.serial, "name": facts.recipient, "facts": to_json(facts)}
            db.session.execute(update(Certificate).where(Certificate.id == number).values(**stated))
            files.append(file_row(number, pdf))
        db.session.execute(insert(CertificateFile), files)
        db.session.commit()
    return spent


def file_row(number: int, pdf: bytes) -> dict[str, object]:
    digest = hashlib.sha256(pdf).hexdigest()
    return {
        "certificate_id": number, "content": pdf, "sha256": digest, "renderer": "benchmark", "rendered_at": NOW,
    }  # fmt: skip


def memory(web: Web) -> int:
    """Return the bytes that belong to the workers alone, without the pages they share."""
    return sum(one.memory_full_info().uss for one in web.workers())


@contextmanager
def highest_memory(web: Web) -> Iterator[list[int]]:
    """Lend a list with the most memory the workers had at any moment of the block."""
    highest, ended = [memory(web)], threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            highest[0] = max(highest[0], memory(web))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield highest
    finally:
        ended.set()
        watcher.join()


def download(browser: Browser, web: Web, target: Path) -> dict[str, float]:
    """Download all certificates into a file; return times and memory."""
    before, cpu, began = memory(web), web.cpu_seconds(), time.perf_counter()
    connection = HTTPConnection("127.0.0.1", browser.port, timeout=600)
    headers = {"User-Agent": AGENT, "Cookie": f"session={browser.cookie}"}
    form = urlencode({"csrf_token": browser.token})
    with highest_memory(web) as highest, target.open("wb") as file:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/issuing/bundle", form, {**headers, **kind})
        answer = connection.getresponse()
        if (answer.status, answer.getheader("Content-Type")) != (200, "application/zip"):
            raise SystemExit(f"{answer.status} {answer.getheader('Location')}")
        file.write(answer.read(1))
        first = time.perf_counter() - began
        while part := answer.read(1 << 20):
            file.write(part)
    connection.close()
    return {
        "first_byte_s": round(first, 3),
        "seconds": round(time.perf_counter() - began, 2),
        "server_cpu_s": round(web.cpu_seconds() - cpu, 2),
        "memory_growth_mb": round((highest[0] - before) / 2**20, 1),
        "megabytes": round(target.stat().st_size / 1e6, 1),
    }


def whole_files(target: Path) -> int:
    """Return how many PDFs of a ZIP have the hash that its manifest states."""
    with zipfile.ZipFile(target) as bundle:
        lines = csv.DictReader(io.StringIO(bundle.read("manifest.csv").decode("utf-8-sig")))
        return sum(hashlib.sha256(bundle.read(one["file"])).hexdigest() == one["sha256"] for one in lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--certificates", type=int, default=10_000)
    options.add_argument("--engine", choices=ENGINES, default="sqlite")
    options.add_argument("--rounds", type=int, default=2)
    chosen = options.parse_args()
    with database(chosen.engine) as place, tempfile.TemporaryDirectory() as folder:
        made = fill_with_files(chosen.certificates)
        administrator = db.session.scalars(select(Account.fs_uniquifier).where(Account.id == 1)).one()
        db.session.rollback()
        with serving(place) as web:
            browser, target = Door(place.app(), web.port).browser(administrator), Path(folder) / "certificates.zip"
            rounds = [download(browser, web, target) for _ in range(chosen.rounds)]
            result = {
                "engine": chosen.engine,
                **machine(),
                "certificates": chosen.certificates,
                "cpu_ms_per_certificate_made": round(1000 * made / chosen.certificates, 2),
                "rounds": rounds,
                "whole": whole_files(target),
                "stumbles": web.stumbles(),
            }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
