"""A file's name and bytes in; its document tree out, or a clear error."""

from collections.abc import Sequence

from quizbank.documents.alerts import alerts
from quizbank.documents.building import build_sections, without_emptied
from quizbank.documents.cleaning import clean
from quizbank.documents.errors import EmptyDocument, TooLarge, UnreadableDocument
from quizbank.documents.formats import reader_for
from quizbank.documents.language import language_of
from quizbank.documents.parts import place
from quizbank.documents.pieces import Extract
from quizbank.documents.progress import Progress, Told, quiet
from quizbank.documents.structure import recognise
from quizbank.documents.titles import title_part, topic
from quizbank.documents.tree import Document, Section

__all__ = ["MAX_BYTES", "UnreadableDocument", "build_document", "read_document"]

MAX_BYTES = 20 * 1024 * 1024
# A tree beyond this takes longer than anyone waits; 100,000 words are about 0.7 million characters.
MAX_CHARACTERS = 3_000_000


def read_document(name: str, content: bytes, told: Told = quiet) -> Document:
    """Read a file of any known format; raises a subclass of ``UnreadableDocument`` if that cannot be done.

    ``told`` hears how far it is.
    """
    if len(content) > MAX_BYTES:
        raise TooLarge(f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Upload a shorter document.")
    if not content.strip(b" \t\r\n\x0b\x0c\x00"):
        raise EmptyDocument("This file is empty. Upload a document that holds text.")
    extract = reader_for(name, content).read(content, told)
    told(Progress("Finding headings, lists and tables"))
    return build_document(extract)


def build_document(extract: Extract) -> Document:
    """Turn what a reader found into the tree; every format goes through here."""
    text, parts = place(extract)
    if not any(character.isalnum() for character in text):
        raise EmptyDocument("This file holds no words. Upload a document that holds text.")
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"This document has more than {MAX_CHARACTERS:,} characters. Upload the chapter that matters.")
    kept, left_out = clean(text, parts)
    title = title_part(text, kept)
    body = recognise(text, [part for part in kept if part is not title])
    name = topic(text, title, body, left_out, extract.declared_title)
    sections, left_out = without_emptied(text, build_sections(text, body), left_out)
    language = language_of(_kept_text(text, sections) or text)
    return Document(name, text, language, sections, tuple(left_out), alerts(text, language, sections))


def _kept_text(text: str, sections: Sequence[Section]) -> str:
    blocks = [block for section in sections if not section.references for block in section.blocks]
    return "\n".join(text[block.start : block.end] for block in blocks)
