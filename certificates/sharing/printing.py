"""The index of a packet: a page that was filled in goes in, a PDF comes out. It may fetch nothing, and has our fonts only."""

from functools import cache
from pathlib import Path

from weasyprint import CSS, HTML

from certificates.issuing.fonts import font_configuration
from certificates.issuing.rendering import BASE, RENDERING, DesignFiles

STYLE = Path(__file__).parent / "index.css"


@cache
def style() -> CSS:
    """Return the style of the index, read once."""
    return CSS(string=STYLE.read_text(encoding="utf-8"), base_url=BASE, url_fetcher=DesignFiles({}))


def index_pdf(page: str) -> bytes:
    """Return a page as PDF; anything it asks for is refused, and ends the making of it."""
    with RENDERING:
        html = HTML(string=page, base_url=BASE, url_fetcher=DesignFiles({}))
        pdf: bytes = html.write_pdf(stylesheets=[style()], font_config=font_configuration(), pdf_tags=True)
    return pdf
