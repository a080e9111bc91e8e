"""The index of a packet is a PDF with the words of the page, and whatever it asks for from elsewhere ends it."""

import pypdfium2
import pytest
from weasyprint.urls import FatalURLFetchingError

from certificates.sharing.printing import index_pdf

PAGE = "<!doctype html><html lang='en'><head><title>Records</title></head><body><h1 data-person='Ada'>{}</h1></body></html>"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


@pytest.mark.parametrize("name", ["Ada Lovelace", "Ζωή Ελύτη", "山田 太郎", "علي حسن", "Łukasz Ćwiękała"])
def test_names_of_many_scripts_are_set_in_our_fonts(name: str) -> None:
    pdf = index_pdf(PAGE.format(name))
    assert pdf.startswith(b"%PDF")
    assert len(text_of(pdf).split("\n")[0]) >= len(name.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    "asking",
    [
        "<img src='file:///etc/passwd'>",
        "<img src='http://127.0.0.1/'>",
        "<link rel=attachment href='file:///etc/passwd'>",
    ],
)
def test_page_fetches_nothing(asking: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        index_pdf(PAGE.format(asking))
