"""A file's name and bytes in; its document tree out, or a clear error."""

from quizbank.documents.building import build_sections
from quizbank.documents.cleaning import clean
from quizbank.documents.errors import EmptyDocument, TooLarge
from quizbank.documents.parts import place
from quizbank.documents.pieces import Extract
from quizbank.documents.readers import READERS
from quizbank.documents.structure import recognise
from quizbank.documents.titles import title_part, topic
from quizbank.documents.tree import Document

MAX_BYTES = 20 * 1024 * 1024


def read_document(name: str, content: bytes) -> Document:
    """Read a file of any known format; raises a subclass of ``UnreadableDocument`` if that cannot be done."""
    if len(content) > MAX_BYTES:
        raise TooLarge(f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Upload a shorter document.")
    if not content.strip(b" \t\r\n\x00"):
        raise EmptyDocument("This file is empty. Upload a document that holds text.")
    reader = next(reader for reader in READERS if reader.recognises(name, content))
    return build_document(reader.read(content))


def build_document(extract: Extract) -> Document:
    """Turn what a reader found into the tree; every format goes through here."""
    text, parts = place(extract)
    if not text.strip():
        raise EmptyDocument("This file holds no text. Upload a document that holds text.")
    kept, left_out = clean(text, parts)
    title = title_part(text, kept)
    body = recognise(text, [part for part in kept if part is not title])
    name = topic(text, title, body, left_out, extract.declared_title)
    return Document(name, text, "en", build_sections(text, body), tuple(left_out))
