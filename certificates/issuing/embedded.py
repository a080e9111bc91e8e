"""The credential inside a certificate's PDF: bytes go in, the token comes out. For files whose signature was checked."""

import pypdfium2

from certificates.issuing.credential import FILE_NAME


def embedded_credential(pdf: bytes) -> str | None:
    """Return the credential that is attached to a PDF, None when there is none."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        attached = (document.get_attachment(place) for place in range(document.count_attachments()))
        found = next((one.get_data() for one in attached if one.get_name() == FILE_NAME), None)
        return bytes(found).decode() if found is not None else None
    finally:
        document.close()
