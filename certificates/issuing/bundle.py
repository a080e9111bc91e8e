"""Bundles: certificates go in one after the other, the bytes of a ZIP with a manifest come out as they are made."""

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Generator, Iterable
from dataclasses import dataclass

from zipstream import ZipStream

from certificates.issuing.facts import CertificateFacts
from quizbank.spreadsheets import safe_cell

MANIFEST = "manifest.csv"
COLUMNS = ("serial", "name", "activity", "completed on", "credits", "credit type", "state", "sha256", "file")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Tells spreadsheets that the manifest is UTF-8."""
MAX_FILE_NAME = 120
MANIFEST_IN_MEMORY = 1024**2
CHUNK = 64 * 1024
NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class BundleEntry:
    """One certificate of a bundle: what it states, its state, and its PDF with the SHA-256 stored for it."""

    facts: CertificateFacts
    state: str
    sha256: str
    pdf: bytes


def bundle_chunks(entries: Iterable[BundleEntry]) -> Generator[bytes]:
    """Yield a ZIP of the certificates; entries are taken one by one, and only one is in memory at a time.

    The manifest stands last. It waits in memory up to 1 MB, then in a temporary file.
    """
    archive = ZipStream()
    taken = {MANIFEST}
    with tempfile.SpooledTemporaryFile(MANIFEST_IN_MEMORY, "w+b") as manifest:
        manifest.write(BYTE_ORDER_MARK + manifest_line(COLUMNS))
        for entry in entries:
            name = unused_name(file_name(entry.facts.serial, entry.facts.recipient), taken)
            manifest.write(manifest_line(manifest_cells(entry, name)))
            archive.add(entry.pdf, name)
            yield from archive.file()
        manifest.seek(0)
        archive.add(iter(lambda: manifest.read(CHUNK), b""), MANIFEST)
        yield from archive.finalize()


def manifest_cells(entry: BundleEntry, name: str) -> list[str]:
    """Return a certificate's line of the manifest, in the order of COLUMNS."""
    facts = entry.facts
    stated = [facts.serial, facts.recipient, facts.title, facts.completed_on.isoformat(), str(facts.credits)]
    return [*stated, facts.credit_name, entry.state, entry.sha256, name]


def manifest_line(cells: Iterable[str]) -> bytes:
    """Return one CSV line in which no cell can be taken for a formula."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8", "replace")


def file_name(serial: str, name: str) -> str:
    """Return "<serial>-<name>.pdf" in plain ASCII without any path; a name of another script leaves the serial."""
    stem = "-".join(filter(None, (slug(serial), slug(name).lower())))[: MAX_FILE_NAME - len("-9999.pdf")]
    return f"{stem.rstrip('-') or 'certificate'}.pdf"


def slug(text: str) -> str:
    """Return the ASCII letters and digits of a text, accents dropped, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode()
    return NOT_PLAIN.sub("-", plain).strip("-")


def unused_name(name: str, taken: set[str]) -> str:
    """Return the name, numbered when another file of the bundle has it, and remember it as taken."""
    stem, number = name.removesuffix(".pdf"), 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.pdf"
    taken.add(name)
    return name
