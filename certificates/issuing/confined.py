"""Rendering in a child process: facts and a design's name in, the PDF out, ended when it takes too long or too much.

For designs nobody has looked at yet: whatever their page makes the layout engine do, the caller goes on living.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from certificates.issuing.designs import DesignUnusable
from certificates.issuing.facts import CertificateFacts, FactsUnreadable, from_json, to_json
from certificates.issuing.rendering import RenderingRefused, render_certificate
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import SigningKeyUnusable, read_signer

ROOT = Path(__file__).parents[2]
MEMORY = 2 * 1024**3
REFUSED = 3


def render_confined(facts: CertificateFacts, design: str, signing_key: Path, seconds: float = 30) -> bytes:
    """Return the certificate, rendered in a process of its own; raises RenderingRefused, also when time or memory run out."""
    order = json.dumps({"facts": to_json(facts), "design": design, "key": str(signing_key), "seconds": seconds})
    command = [sys.executable, "-m", "certificates.issuing.confined"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing from outside
            command, input=order.encode(), capture_output=True, cwd=ROOT, timeout=seconds, check=False
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
    try:
        seal = Seal(read_signer(Path(order["key"])))
        pdf = render_certificate(from_json(order["facts"]), order["design"], seal)
    except (RenderingRefused, DesignUnusable, FactsUnreadable, SigningKeyUnusable) as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
