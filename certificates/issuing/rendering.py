"""Rendering: a certificate's facts and a design go in, the bytes of a one-page PDF come out, the same every time.

The layout engine may read the design's own files and the certificate's pictures and nothing else, no file system, no
network; the fonts are ours. Nothing depends on the clock.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from weasyprint import CSS, HTML, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates.issuing.archival import About, Attached
from certificates.issuing.designs import REVIEWED, Design, read_design
from certificates.issuing.drafts import drafted, kind_of
from certificates.issuing.facts import CertificateFacts, to_json
from certificates.issuing.filling import RenderingRefused, filled_page, refuse_unprintable
from certificates.issuing.fonts import font_configuration
from certificates.issuing.lettering import declared_style
from certificates.issuing.plates import Plate, make_plate
from certificates.issuing.pressing import Make, Press, pressed, pressed_once
from certificates.issuing.printing import Sayings, TooLong, printed
from certificates.issuing.qr import qr_text
from certificates.issuing.signing import Seal, sealed
from certificates.issuing.varying import WHOLE, Pattern

BASE = "https://design.invalid/"
"""Address under which a design finds its own files; ``.invalid`` exists nowhere (RFC 2606)."""
TYPES = {"svg": "image/svg+xml", "css": "text/css", "png": "image/png"}
Pictures = Mapping[str, bytes]
NO_PICTURES: Pictures = MappingProxyType({})
RENDERING = threading.Lock()
"""One page at a time per process: the font map is shared and not made for threads."""
PRESS = Press()
NO_OUTLINE = "* { bookmark-level: none !important }"
"""A single page needs no table of contents, which would repeat the name."""


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


def render_certificate(
    facts: CertificateFacts,
    design: str,
    seal: Seal,
    pictures: Pictures = NO_PICTURES,
    attached: Attached | None = None,
) -> bytes:
    """Return the certificate as signed PDF; raises RenderingRefused when a fact is missing or cannot be printed.

    ``pictures`` are the PNG files of logo and signatures by their SHA-256, as the facts name them. The same facts,
    design, key and versions of the libraries give the same bytes, in any process, unless a server dates the signature.
    """
    return sealed(unsigned_certificate(facts, design, seal.room, pictures, attached), seal)


def unsigned_certificate(
    facts: CertificateFacts, design: str, room: int, pictures: Pictures, attached: Attached | None
) -> bytes:
    """Return the certificate with room for a signature of so many bytes."""
    layout = read_design(design, facts.sheet, facts.logo is not None)
    draft = drafted(facts, layout) if design in REVIEWED else None
    if draft is None:
        return unsigned_layout(facts, layout, room, pictures, attached)
    make = maker(layout, picture_files(facts, pictures), "")
    sayings = replace(sayings_of(facts, layout, attached), texts=draft.texts)
    try:
        pdf = pressed_once(PRESS, layout.fingerprint, draft.pattern, sayings, room, make)
    except TooLong:
        pdf = None
    return pdf or unsigned_layout(facts, layout, room, pictures, attached)


def unsigned_layout(
    facts: CertificateFacts,
    layout: Design,
    room: int,
    pictures: Pictures = NO_PICTURES,
    attached: Attached | None = None,
) -> bytes:
    """Return the same in a design that need not be one of the installed ones."""
    refuse_unprintable(facts)
    files = picture_files(facts, pictures)  # before the press, which may know this page with its pictures already
    page = filled_page(facts, layout)
    sayings, make = sayings_of(facts, layout, attached), maker(layout, files, page)
    pdf = pressed(PRESS, layout.fingerprint, page, sayings, room, make)
    return pdf or printed(make(WHOLE, attached), sayings, room)


def sayings_of(facts: CertificateFacts, layout: Design, attached: Attached | None) -> Sayings:
    """Return what a certificate says but for its texts."""
    return Sayings((), qr_text(facts.verify_url), about(facts), identifier(facts, layout), attached)


def maker(layout: Design, files: Mapping[str, bytes], page: str) -> Make:
    """Return what makes the plate of a pattern in a design with these pictures; ``page`` is laid out for no pattern."""

    def make(pattern: Pattern, kind: Attached | None) -> Plate:
        with RENDERING, own_files_only(layout, files) as source:
            return make_plate(laid_out(pattern.page or page, layout, source), pattern, kind)

    return make


@contextmanager
def own_files_only(layout: Design, pictures: Mapping[str, bytes]) -> Iterator[DesignFiles]:
    """Lend the files that a page may ask for; raises RenderingRefused when it asked for anything else."""
    source, failed = DesignFiles({**layout.files, **pictures}), False
    try:
        yield source
    except FatalURLFetchingError:
        failed = True
    refused = [*source.refused, *reading_of(layout).files.refused]  # inside drawings the layout engine hides the error
    if failed or refused:
        asked = ", ".join(refused[:3])
        raise RenderingRefused(f"The design {layout.name} asks for something that is not its own: {asked}.")


def about(facts: CertificateFacts) -> About:
    """Return what the file says about itself."""
    title = f"{facts.heading}: {facts.recipient}"
    return About(title, facts.provider, facts.title, facts.serial, facts.issued_on)


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


def laid_out(page: str, layout: Design, source: DesignFiles) -> Document:
    """Return the laid-out document; raises RenderingRefused unless it is one page of the declared size, nothing else."""
    reading = reading_of(layout)
    html = HTML(string=page, base_url=BASE, url_fetcher=source)
    sheets = [reading.style, CSS(string=NO_OUTLINE)]
    document = html.render(font_config=font_configuration(), stylesheets=sheets, cache=reading.pictures)
    size = [(round(one.width * 0.75), round(one.height * 0.75)) for one in document.pages]
    if size != [(round(layout.width), round(layout.height))]:
        raise RenderingRefused(f"The design {layout.name} does not come out as one page of its size: {size[:3]}.")
    if document.metadata.attachments:
        raise RenderingRefused(f"The design {layout.name} attaches files, which a certificate never does.")
    return document


def identifier(facts: CertificateFacts, layout: Design) -> bytes:
    """Return the PDF's identifier: the same for the same facts in the same design."""
    stated = json.dumps([facts.recipient, facts.serial]).encode()
    return hashlib.sha256(kind_digest(kind_of(facts), layout) + stated).digest()[:16]


@lru_cache(maxsize=200)
def kind_digest(kind: CertificateFacts, layout: Design) -> bytes:
    """Return a hash of what certificates of one kind state alike."""
    stated = json.dumps([layout.fingerprint, to_json(kind)], sort_keys=True)
    return hashlib.sha256(stated.encode()).digest()
