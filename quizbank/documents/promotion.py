"""One sentence in; how much it sells rather than teaches out."""

import re

# A sentence this long is no advertisement, and patterns are not run over text without end.
_LONGEST = 600

_OUTRIGHT = (
    r"\b(?:our|free|monthly|annual|premium) (?:\w+ )?(?:subscription|membership|plans?\b|newsletter|webinars?|app\b)",
    r"\b(?:our|online) (?:\w+ )?(?:store|shop|courses?|services|clinic team|products?)\b",
    r"\bsubscri(?:be|ption)s? to (?:our|the|this|receive)\b|\bsubscribe (?:now|today|here|for)\b",
    r"\bsubscription plans?\b",
    r"\byou (?:will|'ll|can) (?:also )?(?:receive|earn|get|claim|download)\b.{0,60}"
    r"\b(?:certificate|credits|cmes?|ceu?s?|badge|discount|bonus)\b",
    r"\b(?:digital|presentation[- ]quality|printable) certificates?\b",
    r"\bsign (?:up|in) (?:for|now|today|here|to|with|free)\b|\bsign up\b\W*$",
    r"\b(?:contact|call|e-?mail|visit|follow|join|like|find|text|message) us\b",
    r"\b(?:click|tap) (?:here|the link|below|on the (?:link|button))\b",
    r"\b(?:book|schedule|request) (?:your|a|an) (?:free |online |same-day )*(?:appointment|consultation|demo|visit)\b"
    r".{0,40}\b(?:now|today|online|with us|our)\b",
    r"\b(?:download|get|try|install) (?:the|our|your) (?:\w+ ){0,3}(?:app|trial|copy|guide|e-?book)\b",
    r"\b(?:your|the|our) \w+ app\b\W*$|\bapp store\b|\bgoogle play\b",
    r"\bama pra\b|\bcme/cpd\b|\bfree cme\b|\bcpd points?\b|\bearn (?:\w+ ){0,3}(?:cme|ce|cpd)\b",
    r"\b\d{1,2} ?% (?:off|discount)\b|\bspecial offer\b|\blimited[- ]time (?:offer|only)\b|\bmoney[- ]back\b",
    r"\bcoupon\b|\bpromo code\b|\bvoucher code\b|\bfree shipping\b",
    r"\b(?:buy|order|shop|enrol+|register|join) (?:now|today|here|online)\b|\blog ?in to (?:your|our|continue)\b",
    r"\bfree trial\b|\bunlimited access\b|\baccess to (?:all )?our\b|\bstart your (?:free|journey)\b",
    r"\bshare this (?:page|article|post|course)\b|\bfollow (?:me|us) on\b",
    r"^\W*advertisement\b|\bsponsored (?:content|post)\b|\bbrought to you by\b",
)
_HINTS = (
    r"\bour (?!(?:patients?|body|bodies|study|results?|findings|data|series|case|cohort|analysis|understanding)\b)",
    r"\bwe (?:offer|provide|deliver|help|bring|make it|are proud|pride)\b",
    r"\bplatform\b|\bsoftware\b|\bsolution for\b",
    r"\bimmersive\b|\bstate[- ]of[- ]the[- ]art\b|\bcutting[- ]edge\b|\bworld[- ]class\b",
    r"\bseamless(?:ly)?\b|\baward[- ]winning\b",
    r"\bhands-on experience\b|\binteractive\b|\b3d environment\b|\bone place\b|\bat your fingertips\b",
    r"\b(?:e-?learning|online course|subscription|membership|webinar|podcast|newsletter|dashboard|app)\b",
    r"\bcareer\b|\byour (?:licen[cs]es?|certificates?|cmes?|portfolio|account|profile|inbox)\b",
    r"\b(?:cmes?|cpd|ceus?)\b|\bcredits?\b",
    r"\b(?:healthcare professionals|clinicians|nurses|doctors) and students\b|\bdesigned to (?:train|help you)\b",
    r"\b(?:discover|explore|unlock|boost|elevate|empower|trusted by|loved by)\b",
    r"\b(?:pricing|checkout|shopping cart|shipping)\b|[$€£] ?\d",
    r"\bhttps?://|\bwww\.|\w@\w{1,60}\.\w",
    r"!$",
    r"™",
)
_OUTRIGHT_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in _OUTRIGHT), re.IGNORECASE)
_HINT_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _HINTS)


def promotion_score(sentence: str) -> int:
    """Return 0 for clinical prose, 1 for a hint of selling, 2 or more for promotion."""
    if len(sentence) > _LONGEST:
        return 0
    if _OUTRIGHT_PATTERN.search(sentence):
        return 3
    return sum(1 for pattern in _HINT_PATTERNS if pattern.search(sentence))
