"""Filling in: a certificate's facts and a design go in, the design's page with every text in its size comes out.

The design sees plain text only, in a sandbox where an unknown name is an error and nothing can be called.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from certificates.issuing.designs import Design
from certificates.issuing.facts import CertificateFacts, Signatory, missing, too_long
from certificates.issuing.fitting import Box, Fit, fit
from certificates.issuing.fonts import width_of, without_font
from certificates.issuing.lettering import fitted_style
from certificates.issuing.places import column_of
from certificates.issuing.printed import COMPOSED, SIGNATORY_TEXTS, printed_text, signatory_texts
from certificates.issuing.qr import qr_svg

MAX_PAGE = 200_000
"""Characters of a filled-in page; ours have some 10,000, most of them the QR code."""
NONE_GIVEN: Mapping[str, Fit] = MappingProxyType({})
CREDIT_PHRASE = re.compile(r" ?AMA PRA Category 1 Credit(?:\(s\)|s)?™")
"""With the blank before it: the layout engine breaks lines in odd places when a blank ends a text before an element."""


class RenderingRefused(ValueError):
    """This certificate cannot be rendered; the message says why in words for an administrator."""


def refuse_unprintable(facts: CertificateFacts) -> None:
    """Refuse facts that are incomplete, too long, or hold characters that would print as empty boxes."""
    if problems := [*missing(facts), *too_long(facts), *unprintable(facts)]:
        raise RenderingRefused(" ".join(problems))


def unprintable(facts: CertificateFacts) -> list[str]:
    """Return a sentence for every text with characters that none of our fonts has, such as emoji."""
    signed = [text for signatory in facts.signatories for text in signatory_texts(signatory).items()]
    return [
        f"The {name.replace('_', ' ')} has characters that cannot be printed: {' '.join(strange[:5])}."
        for name, text in [*printed_text(facts).items(), *signed]
        if name not in COMPOSED and (strange := without_font(text))
    ]


def filled_page(facts: CertificateFacts, layout: Design, given: Mapping[str, Fit] = NONE_GIVEN) -> str:
    """Return the design's page with every field filled in, each size chosen so that the text fits.

    ``given`` are the sizes of boxes that are known already.
    """
    texts = printed_text(facts)
    boxes = {name: box for name, box in layout.boxes.items() if name in texts}
    fits = {name: given.get(name) or fitted(name, texts[name], box, layout) for name, box in boxes.items()}
    values = {
        "fit": fitted_style(fits),
        "signatories": signatory_values(facts.signatories, layout),
        "logo": f"{facts.logo}.png" if facts.logo else "",
        "orientation": layout.sheet.orientation,
    }
    try:
        return within(MAX_PAGE, page_of(layout.page).generate(texts, **values))
    except (TemplateError, ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
        reason = str(error) or "it needs too much memory"
        raise RenderingRefused(f"The design {layout.name} cannot be filled in: {reason}.") from error


def within(limit: int, parts: Iterable[str]) -> str:
    """Return the parts as one text; raises ValueError as soon as they are longer than the limit."""
    kept, length = [], 0
    for part in parts:
        kept.append(part)
        length += len(part)
        if length > limit:
            raise ValueError(f"its page is longer than {limit:,} characters")
    return "".join(kept)


def fitted(name: str, text: str, box: Box, layout: Design) -> Fit:
    """Return the type size and width for a text in a box; small capitals are measured as capitals."""
    found = fit(text.upper() if box.capitals else text, box, width_of)
    if found is None:
        raise RenderingRefused(f"The {name.replace('_', ' ')} is too long for the design {layout.name}.")
    return found


def signatory_values(signatories: Sequence[Signatory], layout: Design) -> list[dict[str, Any]]:
    """Return what a design sees of each signatory: texts, picture, and per text the style that places and sizes it."""
    count = len(signatories)
    fits = {name: signatory_fits(name, signatories, layout) for name in SIGNATORY_TEXTS}
    return [
        {
            **signatory_texts(signatory),
            "picture": f"{signatory.picture}.png" if signatory.picture else "",
            "fit": fitted_style({name: fits[name][number] for name in SIGNATORY_TEXTS}),
            "at": {zone: column_style(layout, zone, number, count) for zone in (*SIGNATORY_TEXTS, "signature")},
        }
        for number, signatory in enumerate(signatories)
    ]


def column_style(layout: Design, zone: str, number: int, count: int) -> str:
    """Return the declarations that put one signatory's part of a zone into its column."""
    place = column_of(layout.places[zone], layout.columns, number, count)
    return f"left: {place.left:.3f}pt; width: {place.width:.3f}pt"


def signatory_fits(name: str, signatories: Sequence[Signatory], layout: Design) -> list[Fit]:
    """Return how a text of each signatory stands in its column; all in the size of the longest, since they are peers."""
    texts = [signatory_texts(signatory)[name] for signatory in signatories]
    if not texts:
        return []
    width = column_of(layout.places[name], layout.columns, 0, len(texts)).width
    box = replace(layout.boxes[name], width=width)
    smallest = min(fitted(name, text, box, layout).size for text in texts)
    common = replace(box, sizes=tuple(size for size in box.sizes if size <= smallest))
    return [fitted(name, text, common, layout) for text in texts]


class DesignLanguage(ImmutableSandboxedEnvironment):
    """The sandbox designs run in: of arithmetic only what makes small things, no calls, so nothing grows huge at once."""

    intercepted_binops = frozenset(["*", "**", "%", "+", "-", "/", "//"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic: a design lays out, it does not reckon, and "x" * 10**9 is a gigabyte."""
        raise SecurityError("designs do not reckon")

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse calls: every value is plain, and "{:>1000000000}".format(1) is a gigabyte."""
        raise SecurityError("designs call no functions")


@cache
def design_language() -> DesignLanguage:
    """Return the sandbox with our three filters, no functions, no other templates."""
    language = DesignLanguage(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
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
