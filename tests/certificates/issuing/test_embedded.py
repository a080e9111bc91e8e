"""The credential inside a PDF comes out as it went in; a file without one, or that is no PDF, has none."""

import io

import pikepdf
import pytest

from certificates.issuing.embedded import embedded_credential


def pdf_with(**attached: bytes) -> bytes:
    """Return a PDF with attachments, by name with _ for the dot."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, content in attached.items():
        pdf.attachments[name.replace("_", ".")] = pikepdf.AttachedFileSpec(pdf, content)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def test_credential_comes_out_as_it_went_in() -> None:
    assert embedded_credential(pdf_with(other_txt=b"x", credential_jwt=b"a.b.c")) == "a.b.c"


@pytest.mark.parametrize("pdf", [pdf_with(), pdf_with(other_txt=b"x"), b"", b"%PDF-1.7"])
def test_file_without_a_credential_has_none(pdf: bytes) -> None:
    assert embedded_credential(pdf) is None
