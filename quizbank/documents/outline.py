"""A document in; an outline that a person can read in a terminal out."""

from collections.abc import Iterator

from quizbank.documents.language import language_name
from quizbank.documents.tree import Block, Document, Section

_WIDEST_QUOTE = 100


def outline(document: Document) -> str:
    """Return title, sections with their blocks, what was left out and what to look at."""
    head = f"{document.title}\n{document.words} words, {language_name(document.language)}\n"
    lines = [line for section in document.sections for line in _section_lines(document, section)]
    if document.left_out:
        lines += ["", "Left out:"]
        lines += [f"  {span.reason}: {_shortened(span.quote)}" for span in document.left_out]
    if document.warnings:
        lines += ["", "To look at:"]
        lines += [f"  {warning.kind}: {_shortened(warning.quote)}: {warning.detail}" for warning in document.warnings]
    return "\n".join([head, *lines])


def _section_lines(document: Document, section: Section) -> Iterator[str]:
    mark = " (references)" if section.references else ""
    yield ""
    yield f"{' > '.join(section.path) or '(before the first heading)'}{mark}"
    for block in section.blocks:
        yield from _block_lines(document, block)


def _block_lines(document: Document, block: Block) -> Iterator[str]:
    if block.lead:
        yield f"  {document.quote(*block.lead)}"
    for sentence in block.sentences:
        yield f"  {document.quote(sentence.start, sentence.end)}"
    for entry in block.entries:
        yield f"  {'  ' * entry.level}- {document.quote(entry.start, entry.end)}"


def _shortened(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _WIDEST_QUOTE else f"{line[: _WIDEST_QUOTE - 1]}…"
