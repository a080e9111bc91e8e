"""Sample certificates without a database: a design, names and a seal go in, signed PDFs or a ZIP of them come out.

A sample states sample facts and a serial that no certificate has: its public page says that it is unknown.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from certificates.issuing.bundle import BundleEntry
from certificates.issuing.confined import render_safely
from certificates.issuing.credential import Stated, attached_credential, credential_token
from certificates.issuing.designs import read_design
from certificates.issuing.evidence import Evidence, hashed_identity
from certificates.issuing.examples import ORDINARY
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.serial import new_serial
from certificates.issuing.signing import Seal
from certificates.issuing.status import SAMPLE_NUMBER
from quizbank.accounts.names import clean_name

MAX_COUNT = 100_000
SALT = "sample"


def specimen_facts(name: str, design: str, public_url: str, number: int = 1) -> CertificateFacts:
    """Return the facts of a sample for a name as typed; raises NameRefused and DesignUnusable.

    The same name, design and number give the same facts; each number has a serial of its own.
    """
    recipient = clean_name(name)  # tries a design harder than any person's name may
    sheet = read_design(design).sheets[0]
    serial = new_serial(lambda size: hashlib.sha256(f"{design}\0{recipient}\0{number}".encode()).digest()[:size])
    address = f"{public_url.rstrip('/')}/v/{serial}"
    stated = replace(ORDINARY, recipient=recipient, credentials=None, design=design, sheet=sheet)
    return replace(stated, serial=serial, verify_url=address)


def specimen(name: str, design: str, public_url: str, seal: Seal, number: int = 1) -> BundleEntry:
    """Return a signed sample certificate; raises RenderingRefused too."""
    facts = specimen_facts(name, design, public_url, number)
    pdf = render_safely(facts, design, seal, attached=attached_credential(specimen_credential(facts, seal)))
    return BundleEntry(facts, "sample", hashlib.sha256(pdf).hexdigest(), pdf)


def specimen_credential(facts: CertificateFacts, seal: Seal) -> str:
    """Return the credential of a sample: in order, but the provider's status list says that it does not stand."""
    identity = hashed_identity("sample@example.org", SALT)
    evidence = Evidence(0, 1, 70, facts.credits, is_awarded=True, identity=identity, salt=SALT)
    issued_at = datetime.combine(facts.issued_on, time(), UTC)
    return credential_token(Stated(facts, evidence, issued_at, SAMPLE_NUMBER), seal.signer)


def specimens(name: str, design: str, public_url: str, seal: Seal, count: int) -> Iterator[BundleEntry]:
    """Yield so many samples, one after the other."""
    for number in range(1, count + 1):
        yield specimen(name, design, public_url, seal, number)
