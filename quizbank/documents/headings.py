"""The words of a short line in; whether it reads like a heading, a lead, a list item or a sentence out."""

import re

from quizbank.documents.parts import Part
from quizbank.documents.section_names import is_usual
from quizbank.documents.word_sets import word_set

_SENTENCE_END = re.compile(r"[.!?…;,][\"'”’»)\]]{0,3}$")
_MOST_WORDS = 12
_MOST_CHARACTERS = 100
_SMALL = word_set(
    "a|an|the|and|or|but|nor|of|in|on|at|to|for|from|by|with|without|into|over|under|vs|versus|via|per|as|is|"
    "are|be|your|you|it|who|what|when|if|than|between|after|before|during|from"
)
_VERBS = word_set(
    "is|are|was|were|be|been|has|have|had|can|may|might|must|should|will|would|could|include|includes|"
    "including|included|do|does|did|involve|involves|consist|consists|require|requires|comprise|comprises|"
    "cause|causes|follow|follows|occur|occurs|need|needs|seek|contain|contains|depend|depends|suggest|"
    "suggests"
)
_NOTES = word_set("note|notes|warning|caution|important|tip|example|for example|more|see|remember|nb|e.g|i.e|source")
# "Stage I: one node region" says what a class is; "Stage I" alone, or "Stage I: treatment", may be a heading.
_CLASS_LINE = re.compile(
    r"(?:stage|class|grade|type|phase|category|degree)\s+(?:[IVX]{1,4}|[A-D]|\d)[A-Ca-c]?(?:\s*\([^()]*\))?\s*[:.–—-]\s+(?:\S+\s+){2,}\S",
    re.IGNORECASE,
)
_RUN_IN = re.compile(r"([A-Z][^:.!?;,]{1,58}):\s+(?=[A-Z\"“(])")


def is_sentence(line: str) -> bool:
    """Tell whether the line says something rather than names it."""
    return bool(re.search(r"[.!?…][\"'”’»)\]]{0,3}$", line)) or len(line.split()) > 15


def is_prose(line: str) -> bool:
    """Tell whether the line is a sentence or opens a list, so that a heading may stand above it."""
    return is_sentence(line) or (line.endswith(":") and not is_colon_heading(line))


def is_short(line: str) -> bool:
    """Tell whether the line could be a heading or an unmarked list item."""
    return len(line) <= _MOST_CHARACTERS and len(line.split()) <= _MOST_WORDS and not _SENTENCE_END.search(line)


def is_question(line: str) -> bool:
    """Tell whether the line is a question used as a heading."""
    return line.endswith("?") and len(line) <= _MOST_CHARACTERS and len(line.split()) <= _MOST_WORDS + 2


def is_title_case(line: str) -> bool:
    """Tell whether every word that matters is capitalised ("Other Signs and Symptoms")."""
    words = [word.strip("()[]\"'“”:,&/") for word in re.split(r"[\s\-–—]+", line)]
    words = [word for word in words if word[:1].isalpha() and word.lower() not in _SMALL]
    return bool(words) and all(word[0].isupper() for word in words)


def is_colon_heading(line: str) -> bool:
    """Tell whether a line ending in a colon names a section rather than opening a list ("Other factors include:")."""
    if not line.endswith(":") or not is_short(line[:-1]):
        return False
    words = [word.lower().strip("(),") for word in line[:-1].split()]
    return len(words) <= 8 and bool(words) and not set(words) & _VERBS and words[-1] not in _SMALL and line[0].isupper()


def closes_as_lead(text: str, part: Part) -> bool:
    """Tell whether the part's last sentence opens a list."""
    if not part.sentences:
        return False
    last = text[part.sentences[-1].start : part.sentences[-1].end]
    return last.endswith(":") or bool(
        re.search(r"\b(?:include|includes|including|are|following|below|to)[.,]?$", last.lower())
    )


def opens_with_term(text: str, part: Part) -> bool:
    """Tell whether the part opens with a term as a sentence of its own and goes on to explain it."""
    if len(part.sentences) < 2:
        return False
    words = text[part.sentences[0].start : part.sentences[0].end].lower().rstrip(".").split()
    return len(words) <= 5 and not set(words) & _VERBS


def reads_as_heading(line: str) -> bool:
    """Tell whether a line that stands alone above a sentence is its heading."""
    if is_usual(line):
        return True
    return (
        is_short(line)
        and not _CLASS_LINE.match(line)
        and (line[0].isupper() or line[0].isdigit())
        and any(c.isalpha() for c in line)
        and not line.endswith(":")
    )


def run_in_heading(paragraph: str) -> str:
    """Return the heading that opens a paragraph ("Pregnancy: Animal studies showed …."), "" if there is none."""
    match = _RUN_IN.match(paragraph)
    if not match:
        return ""
    words = match[1].lower().split()
    rest = paragraph[match.end() :]
    says_something = len(rest.split()) >= 6 and is_sentence(rest)
    if len(words) > 6 or set(words) & _VERBS or " ".join(words) in _NOTES or words[0] in _NOTES or not says_something:
        return ""
    return match[1]
