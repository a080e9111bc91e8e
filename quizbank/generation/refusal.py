"""A document in; the reason why it is not to be asked about at all, or "", out."""

import re

from quizbank.documents.language import language_name
from quizbank.documents.tree import Document
from quizbank.generation.lexicon.reading import word_set
from quizbank.generation.wording import words_of

ENGLISH = ("en", "und")
_FEWEST_CLINICAL = 2  # different clinical words; a page about anything else has one at most
_CLINICAL_ENDING = re.compile(
    r"\w{3,}(?:itis|osis|emia|aemia|ectomy|otomy|plasty|ology|pathy|cardia|pnea|pnoea|scopy|uria)"
)
_MOST_PERSONAL = 1  # one match may be a mistake; two are a record of a person


def refusal(document: Document) -> str:
    """Return in words why no items are made: another language, a patient's record, nothing clinical."""
    if document.language not in ENGLISH:
        found = language_name(document.language)
        return f"The document is not in English (found: {found}); only English can be asked about."
    personal = [warning.quote for warning in document.warnings if warning.kind == "personal"]
    if len(personal) > _MOST_PERSONAL:
        return f"The document looks like a patient's record ({len(personal)} personal details); remove them to use it."
    used = set(words_of(f"{document.title} {document.text}"))
    clinical = {word for word in used if word in word_set("clinical") or _CLINICAL_ENDING.fullmatch(word)}
    if document.words and len(clinical) < _FEWEST_CLINICAL:
        found = ", ".join(sorted(clinical)) or "none"
        return f"The document is too short or not clinical: there is too little to ask about (clinical words found: {found})."
    return ""
