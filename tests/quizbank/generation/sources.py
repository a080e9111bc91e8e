"""Small documents for tests of generation: text in, trees and statements out."""

from pathlib import Path
from typing import TypeVar

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.pipeline import Generation, generate
from quizbank.generation.statements.model import Open, Statement
from quizbank.generation.statements.reading import read_statements

Kind = TypeVar("Kind", bound=Statement)
CHECKOUT = Path(__file__).resolve().parents[3]
SAMPLES = tuple(sorted((CHECKOUT / "quizbank" / "documents" / "samples").glob("*.md")))
SEEDS = CHECKOUT.parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared/seeds beside the checkout")

LISTS = """
## Indications

- Mitral stenosis
- Aortic dissection
- Papillary rupture

## Contraindications

- Advanced dementia
- Severe frailty
- Metastatic cancer

## Complications

- Stroke
- Atrial fibrillation
- Hematoma
"""


def document_of(body: str, title: str = "Valve Surgery") -> Document:
    """Return the tree of a Markdown body under a title."""
    return read_document("page.md", f"# {title}\n\n{body}\n".encode())


def prose(sentence: str, title: str = "Valve Surgery") -> Document:
    """Return a document with one section and one sentence."""
    return document_of(f"## Care\n\n{sentence}", title)


def said(document: Document, kind: type[Kind]) -> list[Kind]:
    """Return the statements of one kind."""
    return [statement for statement in read_statements(document) if isinstance(statement, kind)]


def made_of(document: Document, seed: int, limit: int | None = None) -> Generation:
    """Return what every pattern writes of a document, licensed or not."""
    return generate(document, seed, limit, AS_IF_LICENSED)


def made_by(maker: str, document: Document, seed: int = 0) -> list[str]:
    """Return the stems of the finished items of one maker."""
    return [item.content.stem for item in made_of(document, seed).items if item.maker == maker]


def options_of(generation: Generation, maker: str) -> list[set[str]]:
    """Return the option texts of every finished item of one maker."""
    return [{one.text for one in item.content.options} for item in generation.items if item.maker == maker]


def asked(text: str, title: str = "Gout") -> dict[str, str]:
    """Return the open questions of a page about a disease, each with its answer."""
    document = read_document("page.md", f"# {title}\n\n{title} is a disease of joints.\n\n{text}\n".encode())
    return {one.question: one.key.text for one in said(document, Open)}
