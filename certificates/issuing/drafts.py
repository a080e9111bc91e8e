"""Drafts: certificates of one kind differ in name and number only; one goes in, the texts that vary on its page come out.

Filling in a page and taking its texts out again is most of the work on a certificate. It is done once for a kind, with
stand-ins for name and number. A page that would tell names apart in other ways than by their letters, size and place is
not for drafts: only designs that belong to the program are drafted, and tests compare both ways for each of them.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from certificates.issuing.designs import Design
from certificates.issuing.facts import LIMITS, CertificateFacts, missing, too_long
from certificates.issuing.filling import RenderingRefused, filled_page, fitted, unprintable
from certificates.issuing.fitting import Fit
from certificates.issuing.printed import printed_text
from certificates.issuing.qr import drawing, qr_side, qr_svg
from certificates.issuing.varying import Pattern, parted

NAME, NUMBER = "\ue000", "\ue001"
"""Stand-ins; no font has them, so they are in no fact that is printed."""
ONE_BAR = "M0 0h1v1h-1z"
LEARNERS = ("recipient", "serial", "verify_url")
KINDS_KEPT, DRAFTS_KEPT = 200, 500


@dataclass(frozen=True)
class Draft:
    """The pattern of a page and its texts, with stand-ins for name and number."""

    pattern: Pattern
    texts: tuple[str, ...]


def drafted(facts: CertificateFacts, layout: Design) -> Draft | None:
    """Return pattern and texts as they are found on the filled page, None when only the page itself can tell."""
    if not is_plain(facts):
        return None
    kind = kind_of(facts)
    try:
        fits = [
            fitted(name, spoken(text, facts), layout.boxes[name], layout) for name, text in open_boxes(kind, layout)
        ]
    except RenderingRefused:
        return None
    draft = draft_of(kind, layout, tuple(fits), qr_side(facts.verify_url))
    return draft and Draft(draft.pattern, tuple([spoken(text, facts) for text in draft.texts]))


def is_plain(facts: CertificateFacts) -> bool:
    """Return whether name and number need not be refused and stand on the page as they are.

    What no font has is found later, when they are set.
    """
    is_whole = all(text and text == " ".join(text.split()) for text in (facts.recipient, facts.serial))
    return is_whole and all(len(getattr(facts, field)) <= LIMITS[field] for field in LEARNERS)


def kind_of(facts: CertificateFacts) -> CertificateFacts:
    """Return the facts with stand-ins for name and number: equal for certificates of one kind."""
    return replace(facts, recipient=NAME, serial=NUMBER, verify_url=facts.verify_url.replace(facts.serial, NUMBER))


def spoken(text: str, facts: CertificateFacts) -> str:
    """Return a text with name and number in the places of their stand-ins."""
    return text.replace(NAME, facts.recipient).replace(NUMBER, facts.serial)


@lru_cache(maxsize=KINDS_KEPT)
def open_boxes(kind: CertificateFacts, layout: Design) -> tuple[tuple[str, str], ...]:
    """Return the boxes of a design, each with its text, that hold name or number and so take sizes of their own."""
    texts = printed_text(kind)
    return tuple((name, texts[name]) for name in layout.boxes if {NAME, NUMBER} & {*texts.get(name, "")})


@lru_cache(maxsize=DRAFTS_KEPT)
def draft_of(kind: CertificateFacts, layout: Design, fits: tuple[Fit, ...], side: int) -> Draft | None:
    """Return the draft of a kind whose open boxes are set like this and whose QR code is this wide, None without one."""
    if has_other_problems(kind):
        return None
    sizes = dict(zip([name for name, _ in open_boxes(kind, layout)], fits, strict=True))
    page = filled_page(kind, layout, sizes).replace(qr_svg(kind.verify_url), drawing(side, ONE_BAR))
    pattern, texts = parted(page)
    return None if {NAME, NUMBER} & {*pattern.page} else Draft(pattern, texts)


def has_other_problems(kind: CertificateFacts) -> bool:
    """Return whether the rest of the facts is to be refused."""
    return bool(missing(kind) or too_long(kind) or unprintable(replace(kind, recipient="", serial="", verify_url="")))
