"""A line or sentence in; the reason why it is not part of what the document teaches out, or "" if it is."""

import re

_STRONG_PROMOTION = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:our|free|monthly|annual|premium) (?:\w+ )?(?:subscription|membership|plans?\b|newsletter|webinars?|app\b|store|shop|courses?)",
        r"\bsubscri(?:be|ption)s? (?:to|now|today|for|plans?|and)\b.{0,40}\b(?:newsletter|channel|access|updates?|plans?|us\b|now|today|content)",
        r"\bsubscribe (?:now|today|here)\b",
        r"\bsubscription plans?\b",
        r"\byou (?:will|'ll|can) (?:also )?(?:receive|earn|get|claim|download)\b.{0,60}\b(?:certificate|credits?|cme|ceu?s?|badge|discount|bonus)\b",
        r"\b(?:digital|presentation[- ]quality|printable) certificates?\b",
        r"\bsign (?:up|in) (?:for|now|today|here|to|with|free)\b|\bsign up\b(?=\W*$)",
        r"\b(?:contact|call|email|e-mail|visit|follow|join|like|find) us\b",
        r"\b(?:click|tap) (?:here|the link|below|on the (?:link|button))\b",
        r"\b(?:book|schedule|request) (?:your|a|an) (?:free |online |same-day )*(?:appointment|consultation|demo|visit)\b.{0,30}\b(?:now|today|online|with us|our)\b",
        r"\b(?:download|get|try|install) (?:the|our|your) (?:free |new |mobile )*(?:app|trial|copy|guide|e-?book)\b",
        r"\b(?:your|the) \w+ app\b(?=\W*$)|\bapp store\b|\bgoogle play\b",
        r"\b(?:ama pra|cme/cpd|free cme|cpd points?)\b",
        r"\b\d{1,2} ?% (?:off|discount)\b|\bspecial offer\b|\blimited[- ]time\b|\bmoney[- ]back\b|\bcoupon\b|\bpromo code\b",
        r"\b(?:buy|order|shop|enrol+|register|log ?in|join) (?:now|today|here|online)\b",
        r"\bfree trial\b|\bunlimited access\b|\baccess to (?:all )?our\b|\bstart your (?:free|journey)\b",
        r"\bshare this (?:page|article|post)\b|\bfollow (?:me|us) on\b",
        r"\badvertisement\b|\bsponsored (?:by|content|post)\b",
    )
)
_WEAK_PROMOTION = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bour\b",
        r"\bwe (?:offer|provide|deliver|help|make|have|bring)\b",
        r"\bplatform\b",
        r"\bimmersive\b|\bstate[- ]of[- ]the[- ]art\b|\bcutting[- ]edge\b|\bworld[- ]class\b|\bseamless(?:ly)?\b",
        r"\bhands-on experience\b|\binteractive\b|\b3d environment\b|\bone place\b|\bat your fingertips\b",
        r"\b(?:e-?learning|online course|subscription|membership|webinar|podcast|newsletter|dashboard|app)\b",
        r"\bcareer\b|\byour (?:licen[cs]es?|certificates?|cmes?|portfolio|account|profile|inbox)\b",
        r"\b(?:cme|cpd|ceu)s?\b|\bcredits?\b",
        r"\b(?:healthcare professionals|clinicians|nurses) and students\b|\bdesigned to (?:train|help you)\b",
        r"\b(?:discover|explore|unlock|boost|elevate|empower|trusted by|loved by)\b",
        r"\b(?:pricing|checkout|cart|shipping|delivery)\b|[$€£] ?\d",
        r"\bhttps?://|\bwww\.|\S@\S+\.\w",
        r"!$",
        r"\btm\b|™",
    )
)
_NAVIGATION = re.compile(
    r"(?:home|menu|search|skip to (?:main )?content|back to top|next|previous|read more|learn more|see also|print|share|login|log in|"
    r"table of contents|contents|site map|sitemap|related (?:links|articles|topics|pages|information)|external links|"
    r"additional resources|more information|further information|you may also like|tags|categories|comments|leave a (?:reply|comment)|"
    r"for patients|for (?:health ?care )?(?:providers|professionals)|for health care providers)\W*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:more|see also|read more|related)\s*:\s.{3,120}|(?:for more information|learn more|read more|find out more)\b,?.{0,160}"
    r"|see .{3,100} for (?:more|further|additional) (?:information|details|reading)\b.{0,60}",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"[^›»]{1,40}(?:\s?[›»]\s?[^›»]{1,60})+|home\s?[>/|»›].{1,160}|(?:[\w ]{1,30}\s[|•·]\s){1,10}(?:contact|about|login|log in|sitemap)(?: us)?",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(?:we|this (?:web)?site|our (?:web)?site)\b.{0,40}\bcookies?\b|\bcookie (?:policy|settings|preferences|notice|consent)\b"
    r"|\b(?:accept|reject|manage)(?: all)? cookies\b|\bby (?:continuing|using) (?:to (?:use|browse) )?(?:this|our) (?:web)?site\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"\W*(?:copyright\b|©|\(c\) ?\d{4}).{0,200}|.{0,120}\ball rights reserved\b.{0,80}|\W*(?:privacy policy|terms (?:of (?:use|service)|and conditions)|disclaimer)\W*",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page|p\.|seite)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?s?|image|photo|picture|video|illustration|plate)\b\.?\s*(?:\d{1,3}[a-z]?\b)?\s*[.:–—-]?\s*(?P<words>.*)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|credit|courtesy|image credit|photo credit)\s*(?::|of\b).{0,120}", re.IGNORECASE)
PROMOTION = "promotion, not clinical content"
NAVIGATION = "navigation"


def reason_to_leave_out(line: str) -> str:
    """Return why a whole line or paragraph that stands alone is left out, or ""."""
    if not line.strip() or not any(character.isalnum() for character in line):
        return "decoration"
    if len(line) <= 12 and _PAGE_NUMBER.fullmatch(line):
        return "page number"
    if len(line) > 400:
        return ""
    for pattern, reason in (
        (_NAVIGATION, NAVIGATION),
        (_BREADCRUMB, NAVIGATION),
        (_MORE, "link to another page"),
        (_COPYRIGHT, "copyright or legal notice"),
        (_SOURCE, "source note"),
    ):
        if pattern.fullmatch(line.strip()):
            return reason
    return "cookie notice" if _COOKIES.search(line) else _caption_reason(line)


def is_link_sentence(sentence: str) -> bool:
    """Tell whether a sentence only sends the reader elsewhere ("Learn more about …")."""
    return len(sentence) <= 240 and bool(_MORE.fullmatch(sentence.strip()))


def caption_words(line: str) -> str:
    """Return what a figure caption names ("Figure 2. Back Reconstruction" → "Back Reconstruction"), "" if it is none."""
    match = _CAPTION.fullmatch(line.strip())
    return match["words"].strip() if match else ""


def promotion_score(sentence: str) -> int:
    """Return 0 for clinical prose, 1 for a hint of selling, 2 or more for promotion."""
    if any(pattern.search(sentence) for pattern in _STRONG_PROMOTION):
        return 3
    return sum(1 for pattern in _WEAK_PROMOTION if pattern.search(sentence))


def _caption_reason(line: str) -> str:
    """A caption that only names its picture says nothing that can be asked about."""
    match = _CAPTION.fullmatch(line.strip())
    if not match or not line.strip()[0].isupper():
        return ""
    words = match["words"].strip()
    numbered = re.match(
        r"(?:fig(?:ure)?s?|image|photo|picture|video|illustration|plate)\b\.?\s*(?:\d|[.:])", line.strip(), re.I
    )
    return "caption of a figure" if numbered and len(words.split()) <= 14 and not words.endswith((".", "!")) else ""
