"""The packet a recipient downloads: what the page shows and its files go in, the bytes of a ZIP come out.

It holds an index to read, the files, what machines check them with, the provider's published keys, and how to check all
of it later without the provider. Nothing stands in it that the page does not show.
"""

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from zipstream import ZipStream

from certificates.sharing.entries import SharedEntry, SharedFile
from quizbank.time_words import clock_words, long_day_words

SCHEMA = 1
INDEX, README, PROOFS = "index.pdf", "README.txt", "verification.json"
HOW = """Records shared by {person} with {recipient}, taken on {taken}.

index.pdf             what was shared and how each record was checked, to read
verification.json     the same for programs, with the proofs of the log
certificates/         certificates as they were issued, signed PDF files
credentials/          the same as signed credentials (Open Badges 3.0): .jwt as issued, .json what it says, unpacked
entered/              files that the person added; {provider} has not verified them
keys/                 what the provider published on that day to check all of this

To check a certificate without asking the provider:

1. Any PDF reader that shows signatures tells whether the file was changed. With Poppler: pdfsig FILE.pdf
   The signature must be by the certificate in keys/certificate-issuers.pem. That file came with this packet; to trust it,
   compare it with the one at {base}/.well-known/certificate-issuers.pem
2. With this provider's free program, offline:
   flask --app app issuing verify FILE.pdf --issuer keys/certificate-issuers.pem{status}
3. A .jwt is signed with ES256 by a key of keys/jwks.json; any library for JSON Web Signatures checks it.
4. In verification.json each certificate has its leaves of the public log: the SHA-256 over a zero byte and the leaf leads,
   step by step (RFC 9162, 2.1.3.2), to the root in the checkpoint, which is a signed note (C2SP tlog-checkpoint).

A packet tells how things stood when it was taken. Whether a certificate was revoked since then, its public page says: the
address is printed in the index and on the certificate.
"""


@dataclass(frozen=True)
class Keys:
    """What the provider publishes to check its certificates with; ``status`` are signed status lists by their number."""

    issuers: bytes
    jwks: Mapping[str, Any]
    status: Mapping[int, str]


Placed = Sequence[tuple[SharedEntry, Sequence[tuple[str, SharedFile]]]]
"""Records with their files, each file with its place in the packet."""


@dataclass(frozen=True)
class Packet:
    """All that a packet is made of. ``records`` are what the page shows, each with its files; ``index`` is a PDF."""

    person: str
    recipient: str
    provider: str
    base: str
    taken_at: datetime
    records: Placed
    keys: Keys
    index: bytes


def placed(records: Iterable[tuple[SharedEntry, Iterable[SharedFile]]]) -> Placed:
    """Return records with the places of their files in the packet."""
    taken: set[str] = set()
    return [(entry, [(place_of(file, taken), file) for file in files]) for entry, files in records]


def packet_chunks(packet: Packet) -> Generator[bytes]:
    """Yield the ZIP of a packet."""
    archive = ZipStream()
    for name, content in contents(packet):
        archive.add(content, name)
        yield from archive.file()
    yield from archive.finalize()


def contents(packet: Packet) -> list[tuple[str, bytes]]:
    """Return every file of a packet with its place in it."""
    statuses = [(f"keys/status-{number}.jwt", token.encode()) for number, token in packet.keys.status.items()]
    return [
        (README, readme(packet).encode()),
        (INDEX, packet.index),
        (PROOFS, pretty(verification(packet))),
        *((place, file.content) for _, files in packet.records for place, file in files),
        *unpacked_credentials(packet.records),
        ("keys/certificate-issuers.pem", packet.keys.issuers),
        ("keys/jwks.json", pretty(packet.keys.jwks)),
        *statuses,
    ]


def place_of(file: SharedFile, taken: set[str]) -> str:
    """Return where a file lies in the packet: never outside of it, never where another one does."""
    letters = "".join(c if c.isalnum() or c in "-_. " else "_" for c in PurePosixPath(file.name).name[-120:])
    name = letters.strip(". ") or "file"
    place, number = f"{file.folder}/{name}", 1
    while place.casefold() in taken:
        number += 1
        place = f"{file.folder}/{number}-{name}"
    taken.add(place.casefold())
    return place


def readme(packet: Packet) -> str:
    """Return how to check a packet, in words."""
    status = "".join(f" --status keys/status-{number}.jwt" for number in list(packet.keys.status)[:1])
    return HOW.format(
        person=packet.person,
        recipient=packet.recipient,
        provider=packet.provider,
        base=packet.base,
        taken=in_utc(packet.taken_at),
        status=status,
    )


def in_utc(moment: datetime) -> str:
    """Return a moment as it can be read anywhere."""
    here = moment.astimezone(UTC)
    return f"{long_day_words(here)} {clock_words(here)}"


def verification(packet: Packet) -> dict[str, Any]:
    """Return what was shared, how it was checked, and what it can be checked with again."""
    return {
        "schema": SCHEMA,
        "shared_by": packet.person,
        "shared_with": packet.recipient,
        "provider": packet.provider,
        "taken_at": packet.taken_at.astimezone(UTC).isoformat(timespec="seconds"),
        "records": [told(entry, files) for entry, files in packet.records],
    }


def told(entry: SharedEntry, files: Iterable[tuple[str, SharedFile]]) -> dict[str, Any]:
    """Return one record for programs."""
    return {
        "kind": entry.kind,
        "title": entry.title,
        "verdict": entry.verdict[0],
        "facts": dict(entry.facts),
        "checks": [{"result": check.tone, "words": check.words} for check in entry.checks],
        "page": entry.address or None,
        "files": [{"file": place, "sha256": hashlib.sha256(file.content).hexdigest()} for place, file in files],
        **entry.proof,
    }


def unpacked_credentials(records: Placed) -> list[tuple[str, bytes]]:
    """Return what the credentials say, unpacked so that people and plain programs can read it."""
    tokens = [one for _, files in records for one in files if one[1].folder == "credentials"]
    return [(f"{place.removesuffix('.jwt')}.json", pretty(payload(file.content))) for place, file in tokens]


def payload(token: bytes) -> Any:
    """Return what a token says; its signature is checked with the token itself."""
    middle = token.split(b".")[1]
    return json.loads(urlsafe_b64decode(middle + b"=" * (-len(middle) % 4)))


def pretty(value: Any) -> bytes:
    """Return JSON for people and programs alike."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8", "replace")
