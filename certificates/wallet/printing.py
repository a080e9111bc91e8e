"""A transcript on paper: its page goes in as HTML, a PDF comes out of a child process with limits of its own.

People write what stands in a transcript, and there may be thousands of lines: however long they make it, the program
that serves pages goes on living. The page may load nothing at all.
"""

from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from certificates.issuing.fonts import font_configuration
from quizbank.documents.confined import run_confined
from quizbank.documents.errors import UnreadableDocument

STYLE = Path(__file__).parent / "transcript.css"
SECONDS = 20
MEMORY_MB = 1_024
MAX_LINES = 1_000
"""Lines that one PDF holds; a longer transcript is printed year by year."""


class PrintingFailed(ValueError):
    """The transcript could not be printed within its time and memory."""


class NothingFetched(URLFetcher):
    """Refuses whatever a page asks for."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def print_transcript(page: str) -> bytes:
    """Return the PDF of a page; raises PrintingFailed."""
    try:
        return run_confined("certificates.wallet.printing:printed", page.encode(), seconds=SECONDS, memory_mb=MEMORY_MB)
    except UnreadableDocument as error:
        raise PrintingFailed("The transcript could not be made as PDF. Choose one year, or print the page.") from error


def printed(page: bytes) -> bytes:
    """Return the PDF of a page; runs in the child."""
    html = HTML(string=page.decode(), url_fetcher=NothingFetched())
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=NothingFetched())
    content = html.write_pdf(stylesheets=[style], font_config=font_configuration(), pdf_variant="pdf/ua-1")
    assert content is not None  # noqa: S101 -- no target was given, so the bytes come back
    return bytes(content)
