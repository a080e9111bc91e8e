"""The transcript on paper: printed in a child process that fetches nothing and may fail alone."""

import pypdfium2
import pytest
from weasyprint.urls import FatalURLFetchingError

from certificates.wallet import printing
from certificates.wallet.printing import PrintingFailed, print_transcript, printed

PAGE = '<html lang="en"><head><title>T</title></head><body><h1>Transcript</h1><p class="whose">{}</p></body></html>'


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(document[n].get_textpage().get_text_range() for n in range(len(document)))


def test_page_is_printed_with_its_words() -> None:
    assert "José Núñez <script>" in words_of(print_transcript(PAGE.format("José Núñez &lt;script&gt;")))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/", "data:text/css,p{}"])
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        printed(PAGE.format(f'<img src="{address}">').encode())


def test_what_takes_too_long_fails_with_words_and_not_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SECONDS", 1)
    with pytest.raises(PrintingFailed, match="one year"):
        print_transcript(PAGE.format("<table>" + "<tr><td>line</td></tr>" * 20_000 + "</table>"))
