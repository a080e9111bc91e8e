"""A document tree and a seed in; its generation out, made in a child process with limits of time and memory."""

import json
from collections.abc import Sequence
from typing import Any

from quizbank.documents.confined import run_confined
from quizbank.documents.serialising import document_from_json, document_to_json
from quizbank.documents.tree import Document
from quizbank.generation.corrections import WordCorrection
from quizbank.generation.licences import held_licences
from quizbank.generation.pipeline import generate
from quizbank.generation.serialising import generation_from_json, generation_to_json

SECONDS = 120
MEMORY_MB = 1024


def generate_json(
    stored: object,
    seed: int,
    limit: int | None = None,
    licences: str = "",
    corrections: Sequence[WordCorrection] = (),
) -> dict[str, Any]:
    """Return the generation of a stored document as JSON; raises DamagedTree when the document cannot be read back.

    ``licences`` are a provider's own, as TOML, beside those shipped; ``corrections`` are the words people put right.
    """
    document = document_from_json(stored)
    return generation_to_json(document, generate(document, seed, limit, held_licences(licences), corrections))


def generate_framed(payload: bytes) -> bytes:
    """Generate inside the child: a line of JSON with seed and limit, then the document's JSON; JSON comes back."""
    header, _, stored = payload.partition(b"\n")
    asked = json.loads(header)
    corrections = [WordCorrection(*words) for words in asked["corrections"]]
    made = generate_json(json.loads(stored), asked["seed"], asked["limit"], asked["licences"], corrections)
    return json.dumps(made, ensure_ascii=False).encode()


def generate_confined(
    document: Document,
    seed: int,
    limit: int | None = None,
    licences: str = "",
    corrections: Sequence[WordCorrection] = (),
) -> dict[str, Any]:
    """Return the generation as JSON, made in a child process; any failure there is an UnreadableDocument."""
    words = [(one.original, one.corrected) for one in corrections]
    header = {"seed": seed, "limit": limit, "licences": licences, "corrections": words}
    payload = json.dumps(header).encode() + b"\n" + json.dumps(document_to_json(document)).encode()
    written = run_confined(
        "quizbank.generation.confined_run:generate_framed", payload, seconds=SECONDS, memory_mb=MEMORY_MB
    )
    made = json.loads(written)
    generation_from_json(made)  # what the child wrote is not trusted beyond its frame
    return dict(made)
