"""Rendering: a certificate's facts and a design go in, the bytes of a one-page PDF come out, the same every time.

The design sees plain text only, in a sandbox where an unknown name is an error; the layout engine may read the design's
own files and nothing else, no file system, no network; the fonts are ours. Nothing depends on the clock.
"""

import hashlib
import json
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from weasyprint import CSS, HTML, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates.issuing.archival import About, Attached
from certificates.issuing.designs import Design, read_design
from certificates.issuing.facts import CertificateFacts, missing, to_json, too_long
from certificates.issuing.fitting import Fit, fit
from certificates.issuing.fonts import font_configuration, width_of, without_font
from certificates.issuing.plates import Plate, make_plate
from certificates.issuing.pressing import Press, pressed
from certificates.issuing.printing import Sayings, printed
from certificates.issuing.qr import qr_svg, qr_text
from certificates.issuing.signing import Seal, sealed
from certificates.issuing.varying import WHOLE, Pattern

BASE = "https://design.invalid/"
"""Address under which a design finds its own files; ``.invalid`` exists nowhere (RFC 2606)."""
TYPES = {"svg": "image/svg+xml", "css": "text/css", "png": "image/png"}
CREDIT_PHRASE = re.compile(r"AMA PRA Category 1 Credit(?:\(s\)|s)?™")
RENDERING = threading.Lock()
"""One page at a time per process: the font map is shared and not made for threads."""
PRESS = Press()
NO_OUTLINE = "* { bookmark-level: none !important }"
"""A single page needs no table of contents, which would repeat the name."""


class RenderingRefused(ValueError):
    """This certificate cannot be rendered; the message says why in words for an administrator."""


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


def render_certificate(facts: CertificateFacts, design: str, seal: Seal, attached: Attached | None = None) -> bytes:
    """Return the certificate as signed PDF; raises RenderingRefused when a fact is missing or cannot be printed.

    The same facts, design, key and versions of the libraries give the same bytes, in any process, unless a time-stamp
    server dates the signature.
    """
    return render_layout(facts, read_design(design), seal, attached)


def render_layout(facts: CertificateFacts, layout: Design, seal: Seal, attached: Attached | None = None) -> bytes:
    """Return the certificate in a design that need not be one of the installed ones."""
    refuse_unprintable(facts)
    page = filled_page(facts, layout)
    code, name = qr_text(facts.verify_url), identifier(facts, layout)
    sayings = Sayings((), code, about(facts), name, attached)
    with own_files_only(layout) as reading:

        def make(pattern: Pattern, kind: Attached | None) -> Plate:
            with RENDERING:
                return make_plate(laid_out(pattern.page, layout, reading), pattern, kind)

        pdf = pressed(PRESS, layout.fingerprint, page, sayings, seal.room, make)
        if pdf is None:
            with RENDERING:
                pdf = printed(make_plate(laid_out(page, layout, reading), WHOLE, attached), sayings, seal.room)
    return sealed(pdf, seal)


@contextmanager
def own_files_only(layout: Design) -> Iterator["Reading"]:
    """Lend the reading of a design; raises RenderingRefused when its page asked for anything that is not its own."""
    reading = reading_of(layout)
    try:
        yield reading
    except FatalURLFetchingError:
        if not reading.files.refused:
            raise
    if reading.files.refused:  # inside drawings the layout engine hides the error
        asked = ", ".join(reading.files.refused[:3])
        raise RenderingRefused(f"The design {layout.name} asks for something that is not its own: {asked}.")


def about(facts: CertificateFacts) -> About:
    """Return what the file says about itself."""
    title = f"{facts.heading}: {facts.recipient}"
    return About(title, facts.provider, facts.title, facts.serial, facts.issued_on)


def refuse_unprintable(facts: CertificateFacts) -> None:
    """Refuse facts that are incomplete, too long, or hold characters that would print as empty boxes."""
    if problems := [*missing(facts), *too_long(facts), *unprintable(facts)]:
        raise RenderingRefused(" ".join(problems))


def unprintable(facts: CertificateFacts) -> list[str]:
    """Return a sentence for every text with characters that none of our fonts has, such as emoji."""
    return [
        f"The {name.replace('_', ' ')} has characters that cannot be printed: {' '.join(strange[:5])}."
        for name, text in printed_text(facts).items()
        if (strange := without_font(text))
    ]


def printed_text(facts: CertificateFacts) -> dict[str, str]:
    """Return what a design may print, as text; a fact that is not given is empty."""
    texts = {field.name: getattr(facts, field.name) for field in fields(facts)}
    plain = {name: day_in_words(text) if isinstance(text, date) else str(text or "") for name, text in texts.items()}
    return {
        **plain,
        "learning_format": facts.format[:1].lower() + facts.format[1:],
        "verify_at": facts.verify_url.partition("://")[2].rpartition("/")[0],
        "issued_at": f"{facts.issued_on.isoformat()}T00:00:00Z",
    }


def fitted_text(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts as they are measured: those that share a box on one line, small capitals as capitals."""
    return {
        **texts,
        "provider": texts["provider"].upper(),
        "recipient": ", ".join(filter(None, (texts["recipient"], texts["credentials"]))),
        "wording": f"on {texts['completed_on']}, {texts['location']}, {texts['wording']}",
    }


def filled_page(facts: CertificateFacts, layout: Design) -> str:
    """Return the design's page with every field filled in, each size chosen so that the text fits."""
    texts = printed_text(facts)
    fits = fitted(fitted_text(texts), layout)
    sizes = {name: f"font-size: {one.size:g}pt; max-width: {one.width:.1f}pt" for name, one in fits.items()}
    try:
        return page_of(layout.page).render(texts, fit=sizes)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RenderingRefused(f"The design {layout.name} cannot be filled in: {error}") from error


def fitted(texts: Mapping[str, str], layout: Design) -> dict[str, Fit]:
    """Return the type size and width for every box of the design."""
    fits = {name: fit(texts[name], box, width_of) for name, box in layout.boxes.items()}
    for name, found in fits.items():
        if found is None:
            raise RenderingRefused(f"The {name.replace('_', ' ')} is too long for the design {layout.name}.")
    return {name: found for name, found in fits.items() if found}


@cache
def design_language() -> ImmutableSandboxedEnvironment:
    """Return the sandbox designs run in: plain values, our three filters, no functions, no other templates."""
    language = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    language.globals.clear()
    language.filters = {"credit_phrase": italic_credit_phrase, "direction": direction, "qr": qr_svg}
    return language


@lru_cache(maxsize=20)
def page_of(source: str) -> Template:
    """Return a design's page, read once."""
    return design_language().from_string(source)


def italic_credit_phrase(text: str) -> Markup:
    """Return escaped text with the AMA's phrase in italics, as its rules ask."""
    return Markup(CREDIT_PHRASE.sub(r"<em>\g<0></em>", str(escape(text))))  # noqa: S704 - escaped just here


def direction(text: str) -> str:
    """Return "rtl" or "ltr" by the first letter that has a direction (Unicode bidi algorithm, P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_in_words(day: date) -> str:
    """Return a date as it is written out: 12 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Reading:
    """What is read of a design once per process: its files, the parsed style sheet, and the engine's store of pictures."""

    def __init__(self, layout: Design) -> None:
        self.files = DesignFiles(layout.files)
        self.style = CSS(string=layout.style, base_url=BASE, url_fetcher=self.files)
        self.pictures: dict[str, Any] = {}


@lru_cache(maxsize=20)
def reading_of(layout: Design) -> Reading:
    """Return the reading of a design; the 20 used last are kept."""
    return Reading(layout)


def laid_out(page: str, layout: Design, reading: Reading) -> Document:
    """Return the laid-out document; raises RenderingRefused unless it is one page of the declared size, nothing else."""
    source = HTML(string=page, base_url=BASE, url_fetcher=reading.files)
    sheets = [reading.style, CSS(string=NO_OUTLINE)]
    document = source.render(font_config=font_configuration(), stylesheets=sheets, cache=reading.pictures)
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
