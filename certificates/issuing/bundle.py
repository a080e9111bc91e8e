"""Bundles: certificates one by one go in, the bytes of a ZIP with their PDFs and a manifest come out, in constant memory."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zipstream import ZIP_STORED, ZipStream

from certificates.issuing.facts import CertificateFacts
from quizbank.web import safe_cell

HEADER = ("Serial", "Name", "Activity", "Completed", "Credits", "Credit type", "Status", "SHA-256")
LONGEST_NAME = 60


@dataclass(frozen=True)
class BundleEntry:
    """One certificate of a bundle: what it states, its state, and its PDF with the hash kept at issue."""

    facts: CertificateFacts
    state: str
    sha256: str
    content: bytes


def bundle_chunks(entries: Iterable[BundleEntry]) -> Iterator[bytes]:
    """Yield the ZIP: one PDF per certificate, serial first in its name, and manifest.csv at the end."""
    archive = ZipStream(compress_type=ZIP_STORED)
    manifest = io.StringIO()
    writer = csv.writer(manifest)
    writer.writerow(HEADER)
    for entry in entries:
        archive.add(entry.content, file_name(entry.facts))
        writer.writerow([safe_cell(cell) for cell in manifest_row(entry)])
        yield from archive.all_files()
    archive.add("\ufeff" + manifest.getvalue(), "manifest.csv")
    yield from archive.finalize()


def manifest_row(entry: BundleEntry) -> tuple[str, ...]:
    """Return a certificate's line in the manifest."""
    facts = entry.facts
    return (
        facts.serial,
        facts.recipient,
        facts.title,
        facts.completed_on.isoformat(),
        str(facts.credits),
        facts.credit_name,
        entry.state,
        entry.sha256,
    )


def file_name(facts: CertificateFacts) -> str:
    """Return a file name any system can unpack: the serial, then what ASCII can say of the name."""
    plain = unicodedata.normalize("NFKD", facts.recipient).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME]
    return f"{facts.serial}-{slug}.pdf" if slug else f"{facts.serial}.pdf"
