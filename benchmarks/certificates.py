"""What a certificate costs: ours against WeasyPrint as most programs use it and against typst, as JSON.

All in one process and one run, taking turns, medians of CPU time. WeasyPrint gets the same page and fonts and makes
PDF/A-3a without signature; typst gets the same facts, drawings and QR code, drawn by us, and makes PDF/A-2a and PDF/UA-1
without signature, called anew for each certificate as its package shows it, and with one compiler kept that remembers
what it laid out. The others' work between ours leaves nothing of ours in the processor's caches.
``--bulk`` also serves that many certificates as one ZIP over HTTP on this machine and tells when the first byte came,
how long all took and how much memory the server grew by.
Run: python benchmarks/certificates.py [--rounds 20] [--in-a-row 1] [--bulk 1000]
"""

import argparse
import json
import platform
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parents[1]))

import typst
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from certificates.issuing.bundle import BundleEntry, bundle_chunks
from certificates.issuing.credential import Stated, attached_credential, credential_token
from certificates.issuing.designs import read_design
from certificates.issuing.evidence import Evidence, hashed_identity
from certificates.issuing.examples import ORDINARY
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.filling import filled_page
from certificates.issuing.fonts import FAMILIES
from certificates.issuing.lettering import declared_style
from certificates.issuing.qr import qr_svg
from certificates.issuing.rendering import BASE, DesignFiles, render_certificate
from certificates.issuing.serial import new_serial
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import make_signer

DESIGN = "classic"
SEAL = Seal(make_signer("Benchmark", datetime(2026, 11, 1, tzinfo=UTC)))
ISSUED = datetime(2026, 11, 13, 9, 30, tzinfo=UTC)
SALT = "5f" * 16
FIRST = ("Alex", "Maria", "Chen", "Priya", "Omar", "Fatima", "John", "Ngozi", "Sven", "Aiko", "Zoë", "José")
LAST = ("Whitfield", "Okonkwo", "García", "Patel", "Nguyen", "Kowalski", "Haddad", "Tanaka", "Müller", "Dubois")
FACES = "".join(
    f'@font-face {{ font-family: "{name}"; src: url("file://{FAMILIES[name]}"); font-weight: 100 900 }}'
    for name in ("Cormorant Garamond", "EB Garamond", "Atkinson Hyperlegible")
)


def facts_of(number: int) -> CertificateFacts:
    """Return the facts of the learner of this number."""
    name = f"{FIRST[number % len(FIRST)]} {chr(65 + number % 26)}. {LAST[number // 7 % len(LAST)]}"
    serial = new_serial(lambda size: number.to_bytes(size, "big"))
    return replace(ORDINARY, recipient=name, serial=serial, verify_url=f"https://cme.northgate.example/v/{serial}")


def ours(number: int) -> bytes:
    """Return a signed certificate with what typst's has too: border, seal, texts, QR code."""
    return render_certificate(facts_of(number), DESIGN, SEAL)


def ours_as_issued(number: int) -> bytes:
    """Return a certificate as learners get it: the same with its credential inside, which is signed as well."""
    facts = facts_of(number)
    identity = hashed_identity(f"learner{number}@example.org", SALT)
    evidence = Evidence(1, 1, 70, facts.credits, is_awarded=True, identity=identity, salt=SALT)
    token = credential_token(Stated(facts, evidence, ISSUED, number), SEAL.signer)
    return render_certificate(facts, DESIGN, SEAL, attached=attached_credential(token))


def weasyprint_naive(number: int) -> bytes:
    """Return what a program that renders HTML to PDF makes: everything read anew for each document."""
    layout = read_design(DESIGN)
    fonts = FontConfiguration()
    files = DesignFiles(layout.files)
    style = declared_style(layout) + layout.style
    sheets = [CSS(string=FACES, font_config=fonts), CSS(string=style, base_url=BASE, url_fetcher=files)]
    page = HTML(string=filled_page(facts_of(number), layout), base_url=BASE, url_fetcher=files)
    return page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-3a")


TYPST_PAGE = """
#set document(title: "Certificate of Completion", date: datetime(year: 2026, month: 11, day: 13))
#set page(width: 297mm, height: 210mm, margin: 29mm, background: image("page-a4-landscape.svg", width: 100%, alt: "Border"))
#set text(font: "EB Garamond", size: 13pt, lang: "en")
#let facts = json(bytes(sys.inputs.facts))
#align(center)[
  #smallcaps(facts.provider)
  = #text(font: "Cormorant Garamond", size: 44pt)[#facts.heading]
  _This certifies that_
  #text(font: "Cormorant Garamond", size: 42pt, weight: 600)[#facts.recipient, #facts.credentials]
  _has completed the enduring material_
  #text(size: 22pt)[#facts.title]
  on 12 November 2026 #facts.wording
  #v(1fr)
  #image("seal.svg", width: 28mm, alt: "Seal")
  #image(bytes(sys.inputs.code), format: "svg", width: 28mm, alt: "QR code")
  #facts.accreditation \\ #facts.serial
]
"""


TOLD = ("provider", "heading", "recipient", "credentials", "title", "wording", "accreditation", "serial")
KIND: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}


def typst_inputs(number: int) -> dict[str, str]:
    """Return what the page in TYPST_PAGE asks for: facts as JSON, the QR code as SVG."""
    facts = facts_of(number)
    return {"facts": json.dumps({name: getattr(facts, name) for name in TOLD}), "code": str(qr_svg(facts.verify_url))}


def typst_makers(folder: Path) -> dict[str, Callable[[int], bytes]]:
    """Return two ways to use typst: a call for each certificate, and one compiler that is kept and remembers."""
    source = folder / "certificate.typ"
    source.write_text(TYPST_PAGE)
    for name, content in read_design(DESIGN).files.items():
        (folder / name).write_bytes(content)
    fonts = [str(FAMILIES[name].parent) for name in ("Cormorant Garamond", "EB Garamond")]
    kept = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)
    return {
        "typst": lambda number: typst.compile(
            str(source), font_paths=fonts, ignore_system_fonts=True, sys_inputs=typst_inputs(number), **KIND
        ),
        "typst_kept": lambda number: kept.compile(sys_inputs=typst_inputs(number), **KIND),
    }


def taking_turns(makers: dict[str, Callable[[int], bytes]], rounds: int, in_a_row: int) -> dict[str, dict[str, float]]:
    """Return for each maker the median CPU time in milliseconds, the slowest, and the median size in bytes."""
    for make in makers.values():
        make(0)
    spent: dict[str, list[float]] = {name: [] for name in makers}
    sizes: dict[str, list[int]] = {name: [] for name in makers}
    for turn in range(rounds):
        for first, (name, make) in zip(count(1, 100_000), makers.items(), strict=False):  # each has its own learners
            for number in range(1 + turn * in_a_row, 1 + (turn + 1) * in_a_row):
                began = time.process_time()
                pdf = make(first + number)
                spent[name].append((time.process_time() - began) * 1000)
                sizes[name].append(len(pdf))
    return {
        name: {
            "cpu_ms": round(statistics.median(times), 3),
            "slowest_ms": round(max(times), 3),
            "bytes": statistics.median(sizes[name]),
        }
        for name, times in spent.items()
    }


MAKES = {
    "ours": "PDF/A-3a and PDF/UA-1, QR code, PAdES signature",
    "ours_as_issued": "the same with an Open Badges credential signed and attached",
    "weasyprint_naive": "PDF/A-3a, QR code; no signature, no credential",
    "typst": "PDF/A-2a and PDF/UA-1, QR code; no signature, no credential, texts in their sizes given beforehand",
    "typst_kept": "the same with one compiler that remembers the certificates before",
}


def times_quicker(found: dict[str, dict[str, float]], own: str) -> dict[str, float]:
    """Return how many times as long the others take as one of ours."""
    others = ("weasyprint_naive", "typst", "typst_kept")
    return {name: round(found[name]["cpu_ms"] / found[own]["cpu_ms"], 1) for name in others}


class Quiet(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def entries(count: int) -> Iterator[BundleEntry]:
    for number in range(count):
        yield BundleEntry(facts_of(number), "valid", "0" * 64, ours(number))


def bulk(count: int) -> dict[str, float]:
    """Serve so many certificates as one ZIP over HTTP, made while they are read; return times and memory."""

    def application(_: object, start_response: Callable[..., object]) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "application/zip")])
        return bundle_chunks(entries(count))

    ours(0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        began, cpu = time.perf_counter(), time.process_time()
        size, first = 0, 0.0
        with urlopen(f"http://127.0.0.1:{server.server_port}/") as reply:
            while part := reply.read(64 * 1024):
                first = first or time.perf_counter() - began
                size += len(part)
        thread.join()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "certificates": count,
        "first_byte_s": round(first, 3),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "megabytes": round(size / 1e6, 1),
        "memory_growth_mb": round(grown / 1024, 1),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--in-a-row", type=int, default=1, help="certificates each makes before the next has its turn")
    options.add_argument("--bulk", type=int, default=0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        others = typst_makers(Path(folder))
        makers = {"weasyprint_naive": weasyprint_naive, "ours": ours, "typst": others["typst"]}
        makers |= {"ours_as_issued": ours_as_issued, "typst_kept": others["typst_kept"]}
        found = taking_turns(makers, chosen.rounds, chosen.in_a_row)
    result = {
        "machine": f"{platform.machine()} {platform.python_version()}",
        "rounds": chosen.rounds,
        "in_a_row": chosen.in_a_row,
        **found,
        "what_each_makes": MAKES,
        "times_quicker": {own: times_quicker(found, own) for own in ("ours", "ours_as_issued")},
    }
    if chosen.bulk:
        result["zip_over_http"] = bulk(chosen.bulk)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
