"""Rendering in a child process: facts and a design's name in, the PDF out, ended when it takes too long or too much.

For designs that do not belong to the program: whatever their page makes the layout engine do, the caller goes on living.
"""

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from certificates.issuing.archival import Attached
from certificates.issuing.designs import FOLDER, REVIEWED, DesignUnusable, design_in
from certificates.issuing.facts import CertificateFacts, FactsUnreadable, from_json, to_json
from certificates.issuing.rendering import (
    NO_PICTURES,
    Pictures,
    RenderingRefused,
    render_certificate,
    unsigned_certificate,
    unsigned_layout,
)
from certificates.issuing.signing import Seal, sealed

ROOT = Path(__file__).parents[2]
MEMORY = 1024**3
"""Bytes of address space; an ordinary certificate takes about half of it."""
SECONDS = 14
MAX_PDF = 5 * 1024**2
REFUSED = 3


def render_safely(
    facts: CertificateFacts,
    design: str,
    seal: Seal,
    pictures: Pictures = NO_PICTURES,
    attached: Attached | None = None,
) -> bytes:
    """Return the certificate: a design that belongs to the program here, any other in a process of its own."""
    if design in REVIEWED:
        return render_certificate(facts, design, seal, pictures, attached)
    return render_confined(facts, design, seal, pictures, attached)


def preview_safely(facts: CertificateFacts, design: str, pictures: Pictures = NO_PICTURES) -> bytes:
    """Return the certificate with an empty place for its signature, for looking at it."""
    if design in REVIEWED:
        return unsigned_certificate(facts, design, 0, pictures, None)
    return unsigned_elsewhere(order_for(facts, design, 0, pictures))


def render_confined(
    facts: CertificateFacts,
    design: str,
    seal: Seal,
    pictures: Pictures = NO_PICTURES,
    attached: Attached | None = None,
    seconds: float = SECONDS,
    folder: Path = FOLDER,
) -> bytes:
    """Return the certificate, rendered in a process of its own; raises RenderingRefused, also when time or memory run out.

    That process never sees the key: it leaves room for the signature, which is made here. ``folder`` is where the design
    lies; ``seconds`` count by the clock.
    """
    return sealed(unsigned_elsewhere(order_for(facts, design, seal.room, pictures, attached, folder), seconds), seal)


def order_for(
    facts: CertificateFacts,
    design: str,
    room: int,
    pictures: Pictures,
    attached: Attached | None = None,
    folder: Path = FOLDER,
) -> dict[str, Any]:
    """Return what the other process is told, as plain JSON values."""
    return {
        "facts": to_json(facts),
        "design": design,
        "folder": str(folder),
        "room": room,
        "pictures": {name: base64.b64encode(content).decode() for name, content in pictures.items()},
        "attached": attached and {**asdict(attached), "content": base64.b64encode(attached.content).decode()},
    }


def unsigned_elsewhere(order: Mapping[str, Any], seconds: float = SECONDS) -> bytes:
    """Return what the process that is given this order makes of it; raises RenderingRefused."""
    told = json.dumps({**order, "seconds": seconds}).encode()
    command = [sys.executable, "-m", "certificates.issuing.confined"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing from outside
            command, input=told, capture_output=True, cwd=ROOT, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RenderingRefused(f"The certificate was not ready after {seconds:g} seconds.") from error
    if done.returncode == REFUSED:
        raise RenderingRefused(done.stderr.decode(errors="replace").strip())
    if done.returncode != 0:
        raise RenderingRefused("The certificate could not be rendered within its memory and time.")
    return done.stdout


def main() -> int:
    """Read an order from standard input, write the PDF to standard output; the exit code says how it went."""
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(order["seconds"]) + 1,) * 2)
    pictures = {name: base64.b64decode(content) for name, content in order["pictures"].items()}
    try:
        facts = from_json(order["facts"])
        layout = design_in(Path(order["folder"]), order["design"], facts.sheet, facts.logo is not None)
        pdf = unsigned_layout(facts, layout, order["room"], pictures, attached_in(order))
        if len(pdf) > MAX_PDF:
            raise RenderingRefused(f"The certificate would be larger than {MAX_PDF // 1024**2} MB.")
    except (RenderingRefused, DesignUnusable, FactsUnreadable) as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


def attached_in(order: Mapping[str, Any]) -> Attached | None:
    """Return the file that an order attaches."""
    told = order["attached"]
    return Attached(**{**told, "content": base64.b64decode(told["content"])}) if told else None


if __name__ == "__main__":
    sys.exit(main())
