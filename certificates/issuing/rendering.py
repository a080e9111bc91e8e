"""Rendering: a certificate's facts and a design go in, the bytes of a one-page PDF come out, the same every time.

The layout engine may read the design's own files and the certificate's pictures and nothing else, no file system, no
network; the fonts are ours. Nothing depends on the clock.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from weasyprint import CSS, HTML, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates.issuing.designs import Design, read_design
from certificates.issuing.facts import CertificateFacts, to_json
from certificates.issuing.filling import RenderingRefused, filled_page, refuse_unprintable
from certificates.issuing.fonts import font_configuration
from certificates.issuing.lettering import declared_style

BASE = "https://design.invalid/"
"""Address under which a design finds its own files; ``.invalid`` exists nowhere (RFC 2606)."""
TYPES = {"svg": "image/svg+xml", "css": "text/css", "png": "image/png"}
Pictures = Mapping[str, bytes]
NO_PICTURES: Pictures = MappingProxyType({})
RENDERING = threading.Lock()
"""One page at a time per process: the font map is shared and not made for threads."""


class DesignFiles(URLFetcher):
    """Gives a page the files of its design, held in memory; asking for anything else ends the rendering."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.files = files
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return one of the design's files; any other address ends the rendering (``fail_on_errors``)."""
        name = url.removeprefix(BASE)
        if not url.startswith(BASE) or name not in self.files:
            self.refused.append(url[:100])
            raise RenderingRefused("not one of the design's files")
        return URLFetcherResponse(url, self.files[name], {"Content-Type": TYPES[name.rpartition(".")[2]]})


def render_certificate(facts: CertificateFacts, design: str, pictures: Pictures = NO_PICTURES) -> bytes:
    """Return the certificate as PDF; raises RenderingRefused when a fact is missing or cannot be printed.

    ``pictures`` are the PNG files of logo and signatures by their SHA-256, as the facts name them. The same facts,
    design and versions of the libraries give the same bytes, in any process.
    """
    return render_layout(facts, read_design(design, facts.sheet, facts.logo is not None), pictures)


def render_layout(facts: CertificateFacts, layout: Design, pictures: Pictures = NO_PICTURES) -> bytes:
    """Return the certificate in a design that need not be one of the installed ones."""
    refuse_unprintable(facts)
    page = filled_page(facts, layout)
    source = DesignFiles({**layout.files, **picture_files(facts, pictures)})
    with RENDERING:
        reading = reading_of(layout)
        try:
            document = laid_out(page, layout, reading, source)
            pdf = document.write_pdf(pdf_identifier=identifier(facts, layout), pdf_tags=True)
        except FatalURLFetchingError:
            pdf = None
    if pdf is None or source.refused or reading.files.refused:  # inside drawings the layout engine hides the error
        asked = ", ".join([*source.refused, *reading.files.refused][:3])
        raise RenderingRefused(f"The design {layout.name} asks for something that is not its own: {asked}.")
    return pdf


def picture_files(facts: CertificateFacts, pictures: Pictures) -> dict[str, bytes]:
    """Return the files of the pictures that the facts name; raises RenderingRefused when one is missing or another."""
    named = [*filter(None, [facts.logo, *(signatory.picture for signatory in facts.signatories)])]
    if any(hashlib.sha256(pictures.get(name, b"")).hexdigest() != name for name in named):
        raise RenderingRefused("A picture of this certificate is missing or is not the one it was issued with.")
    return {f"{name}.png": pictures[name] for name in named}


class Reading:
    """What is read of a design once per process: its files, the parsed style sheet, and the engine's store of pictures."""

    def __init__(self, layout: Design) -> None:
        self.files = DesignFiles(layout.files)
        style = declared_style(layout) + "\n" + layout.style
        self.style = CSS(string=style, base_url=BASE, url_fetcher=self.files)
        self.pictures: dict[str, Any] = {}


@lru_cache(maxsize=20)
def reading_of(layout: Design) -> Reading:
    """Return the reading of a design; the 20 used last are kept."""
    return Reading(layout)


def laid_out(page: str, layout: Design, reading: Reading, source: DesignFiles) -> Document:
    """Return the laid-out document; raises RenderingRefused unless it is one page of the declared size, nothing else."""
    html = HTML(string=page, base_url=BASE, url_fetcher=source)
    document = html.render(font_config=font_configuration(), stylesheets=[reading.style], cache=reading.pictures)
    size = [(round(one.width * 0.75), round(one.height * 0.75)) for one in document.pages]
    if size != [(round(layout.width), round(layout.height))]:
        raise RenderingRefused(f"The design {layout.name} does not come out as one page of its size: {size[:3]}.")
    if document.metadata.attachments:
        raise RenderingRefused(f"The design {layout.name} attaches files, which a certificate never does.")
    return document


def identifier(facts: CertificateFacts, layout: Design) -> bytes:
    """Return the PDF's identifier: the same for the same facts in the same design."""
    stated = json.dumps([layout.fingerprint, to_json(facts)], sort_keys=True)
    return hashlib.sha256(stated.encode()).digest()[:16]
