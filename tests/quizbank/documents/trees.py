"""Trees as people name them: from text to paths, quotes and reasons, for tests to compare."""

from collections.abc import Iterator

from quizbank.documents.errors import UnreadableDocument
from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document


def read_text(text: str, name: str = "note.txt") -> Document:
    """Read a text as if it had been uploaded."""
    return read_document(name, text.encode())


def outcome(name: str, content: bytes) -> str:
    """Return the text read, or the sentence that refuses the file."""
    try:
        return read_document(name, content).text
    except UnreadableDocument as error:
        return str(error)


def paths(document: Document) -> list[tuple[str, ...]]:
    """Return the sections' paths in order."""
    return [section.path for section in document.sections]


def entries_of(document: Document, heading: str) -> list[str]:
    """Return the list items and rows below a heading."""
    return [
        document.quote(entry.start, entry.end)
        for section, block in document.blocks()
        if section.path[-1:] == (heading,)
        for entry in block.entries
    ]


def sentences_of(document: Document) -> list[str]:
    """Return every kept sentence."""
    return [document.quote(sentence.start, sentence.end) for _, _, sentence in document.sentences()]


def reasons(document: Document) -> dict[str, str]:
    """Return the reason by the words left out."""
    return {span.quote: span.reason for span in document.left_out}


def warned(document: Document, kind: str) -> list[str]:
    """Return the quotes of the warnings of a kind."""
    return [warning.quote for warning in document.warnings if warning.kind == kind]


def spans(document: Document) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield (outer, inner) for every node inside another."""
    whole = (0, len(document.text))
    for section in document.sections:
        outer = (section.start, section.end)
        yield whole, outer
        if section.heading:
            yield outer, section.heading
        for block in section.blocks:
            inner = (block.start, block.end)
            yield outer, inner
            if block.lead:
                yield inner, block.lead
            yield from ((inner, (sentence.start, sentence.end)) for sentence in block.sentences)
            for entry in block.entries:
                row = (entry.start, entry.end)
                yield inner, row
                yield from ((row, cell) for cell in entry.cells)
                yield from ((row, (sentence.start, sentence.end)) for sentence in entry.sentences)
