"""A text in; warnings about what may identify a patient out (record numbers, birth dates, telephones)."""

import re

from quizbank.documents.tree import Warning

_MOST_WARNINGS = 50
_DATE = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.? [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})"
)
_PATTERNS = (
    (
        re.compile(
            r"\b(?:MRN|medical record(?: (?:number|no\.?|#))?|patient (?:id|number|no\.?)|hospital (?:number|no\.?)"
            r"|NHS (?:number|no\.?))"
            r"[:#\s]{0,4}(?:is )?[A-Z]{0,3}-?\d[\d -]{3,14}\d",
            re.IGNORECASE,
        ),
        "This looks like a patient's record number. Remove it before you publish.",
    ),
    (
        re.compile(rf"\b(?:DOB|D\.O\.B\.?|(?i:date of birth|born(?: on)?))[:\s]{{0,3}}{_DATE}"),
        "This looks like a date of birth. Remove it before you publish.",
    ),
    (
        re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"),
        "This looks like a social security number. Remove it before you publish.",
    ),
    (
        re.compile(
            r"\b(?:[Pp]atient(?:'s)? name|[Nn]ame of (?:the )?patient)\s?:\s?[A-Z][\w'’-]{1,30},? [A-Z][\w'’-]{0,30}"
            r"|\bPatient\s?:\s?[A-Z][\w'’-]{1,30},? [A-Z][\w'’-]{0,30}(?=,? (?:\(|\d|aged?|DOB|MRN|male|female|born))"
        ),
        "This looks like a patient's name. Remove it before you publish.",
    ),
    (
        re.compile(
            r"\b(?:[Pp]atient|Mr|Mrs|Ms)\b.{0,80}?\b(?:[Pp]hone|[Tt]el(?:ephone)?|[Mm]obile|[Cc]ell)\b"
            r".{0,12}?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{3,4}"
        ),
        "This looks like a patient's telephone number. Remove it before you publish.",
    ),
)


def personal_warnings(text: str) -> list[Warning]:
    """Return the warnings in order of their places."""
    found = [
        Warning("personal", match.start(), match.end(), match.group(), detail)
        for pattern, detail in _PATTERNS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda warning: warning.start)[:_MOST_WARNINGS]
