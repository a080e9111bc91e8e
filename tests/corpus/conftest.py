"""What the tests of the corpus share: each document is read and its questions written once in a run, whichever worker asks.

Questions of a document take a tenth of a second; three tests want those of a hundred documents and more.
"""

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.pipeline import Generation, generate

SEED = 7


@dataclass(frozen=True)
class Made:
    """A document and what every pattern would write of it, licensed or not."""

    document: Document
    generation: Generation


Write = Callable[[Path], Made]


def made_anew(path: Path) -> Made:
    """Return a document's questions, written now."""
    document = read_document(path.name, path.read_bytes())
    return Made(document, generate(document, SEED, licences=AS_IF_LICENSED))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Write:
    """Return what gives a document's questions, kept in a folder of this run that its workers share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "written"
    folder.mkdir(exist_ok=True)

    def write(path: Path) -> Made:
        kept = folder / f"{path.parent.name}-{path.name}.pickle"
        if not kept.exists():
            part = kept.with_suffix(f".{os.getpid()}")
            part.write_bytes(pickle.dumps(made_anew(path)))
            part.replace(kept)  # never half written for another worker
        found: Made = pickle.loads(kept.read_bytes())
        return found

    return write
