"""A line that stands alone in; the reason why it is not part of what the document teaches out, or "" if it is."""

import re

# Longer lines are prose, and patterns are not run over text without end.
_LONGEST = 400
NAVIGATION = "navigation"
_LINK = "link to another page"
_CAPTION_REASON = "caption of a figure"

_MENU = re.compile(
    r"(?:home|menu|search|skip to (?:main )?content|(?:back|return) to (?:top|home|list)|(?:next|previous)(?: page)?"
    r"|read more|learn more|see also|print|share|log ?in|log in|sign in|site ?map|(?:table of )?contents"
    r"|tags|categories|comments|leave a (?:reply|comment))\W*",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"[^›»]{1,40}(?:\s?[›»]\s?[^›»]{1,60})+|home\s?[>/|].{1,160}"
    r"|(?:[\w ]{1,30}\s[|•·]\s){1,10}(?:contact|about|login|log in|site ?map|privacy)(?: us)?",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:more|see also|read more|related)\s*:\s.{3,120}"
    r"|(?:for more information|learn more|read more|find out more|click here)\b,?.{0,160}"
    r"|see .{3,100} for (?:more|further|additional) (?:information|details|reading)\b.{0,60}",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\W*(?:copyright\b|©|\(c\) ?\d{4}).{0,200}|.{0,120}\ball rights reserved\b.{0,80}"
    r"|\W*(?:privacy policy|terms (?:of (?:use|service)|and conditions)|disclaimer|legal notice)\W*",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:source|courtesy|image credit|photo credit|photo)\s*(?::|(?:of|by)\b).{0,120}"
    r"|(?:NIH|CDC|FDA|NHS|NLM|WHO)\s?: .{3,90}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:last )?(?:updated|reviewed|modified|published|posted)(?: on)?|date|author|authors|written by|reviewed by"
    r"|medically reviewed by)\b\s*:?\s.{2,80}\b\d{4}\W*|(?:written|medically reviewed|posted) by:? .{2,80}"
    r"|by (?:dr\.? )?[\w.'’-]{1,20}(?: [\w.'’-]{1,20}){1,3}, ?(?:md|do|rn|np|phd|pharmd|mbbs|facs|msc|bsn|dnp)\b.{0,80}",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(?:we|(?:this|our) (?:web)?site)\b.{0,40}\bcookies?\b|\bcookie (?:policy|settings|preferences|notice|consent)\b"
    r"|\b(?:accept|reject|manage)(?: all)? cookies\b"
    r"|\bby (?:continuing|using)(?: to (?:use|browse))? (?:this|our) (?:web)?site\b",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|p\.|seite) ?)?\d{1,4}(?: ?(?:of|/|von) ?\d{1,4})?\W*", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|image|photo|picture|video|illustration|plate)\b(?:\.\s?|\s?)(?P<number>\d{1,3}[a-z]?\b)?"
    r"\s?(?P<mark>[.:–—-]?)\s?(?P<words>.*)",
    re.IGNORECASE,
)
_WHOLE_LINES = (
    (_MENU, NAVIGATION),
    (_BREADCRUMB, NAVIGATION),
    (_MORE, _LINK),
    (_LEGAL, "copyright or legal notice"),
    (_SOURCE, "source note"),
    (_BYLINE, "author or date line"),
)


def reason_to_leave_out(line: str) -> str:
    """Return why a whole line or paragraph that stands alone is left out, or ""."""
    if not any(character.isalnum() for character in line):
        return "decoration"
    if len(line) <= 16 and _PAGE_NUMBER.fullmatch(line):
        return "page number"
    if len(line) > _LONGEST:
        return ""
    for pattern, reason in _WHOLE_LINES:
        if pattern.fullmatch(line):
            return reason
    if _COOKIES.search(line):
        return "cookie notice"
    return _CAPTION_REASON if _only_names_a_picture(line) else ""


def is_link_sentence(sentence: str) -> bool:
    """Tell whether a sentence only sends the reader elsewhere ("Learn more about …")."""
    return len(sentence) <= 240 and bool(_MORE.fullmatch(sentence))


def caption_words(line: str) -> str:
    """Return what a caption names ("Figure 2. Back Reconstruction" → "Back Reconstruction"), "" if it is none."""
    match = _CAPTION.fullmatch(line) if len(line) <= _LONGEST else None
    return match["words"].strip() if match else ""


def _only_names_a_picture(line: str) -> bool:
    """A caption that says nothing in a sentence cannot be asked about."""
    match = _CAPTION.fullmatch(line)
    if not match or not line[0].isupper():
        return False
    labelled = match["number"] or match["mark"] in {".", ":"} or re.match(r"\w+\.", line)
    words = match["words"].strip()
    return bool(labelled) and len(words.split()) <= 14 and not words.endswith((".", "!", "?"))
