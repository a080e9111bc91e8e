"""Downloads: rows go in, a CSV or XLSX file comes out; and the header that names a file."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response

from quizbank.spreadsheets import csv_lines, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Return a CSV download, streamed row by row, with every cell made safe for spreadsheets."""
    response = Response(csv_lines(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = attachment(name)
    return response


def xlsx_response(name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Return an XLSX download of one sheet; text in it is never a formula."""
    response = Response(workbook(title, header, rows), mimetype=XLSX)
    response.headers["Content-Disposition"] = attachment(name)
    return response


def uploaded_response(content: bytes, media_type: str, name: str) -> Response:
    """Return a file that somebody uploaded, as a download and nothing else.

    Whatever else its bytes can be read as (a PDF with a web page inside is still a PDF), no browser runs it: it is never
    shown in a page of ours, its type is not guessed, and opened by itself it stands in a sandbox.
    """
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = attachment(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def attachment(name: str) -> str:
    """Return a Content-Disposition value for a download name of any script (RFC 6266)."""
    printable = "".join(character for character in name if character.isprintable())
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in printable)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(printable, safe='')}"
