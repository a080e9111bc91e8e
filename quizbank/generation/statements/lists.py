"""Lists under standard names in; list memberships out."""

import re
from collections.abc import Iterator

from quizbank.documents.section_names import is_usual
from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.reading import ListKind, list_kinds
from quizbank.generation.statements.model import ListMembership, Phrase
from quizbank.generation.statements.spans import LONGEST_ENTRY, Passage, clean
from quizbank.generation.wording import roots

MAX_MEMBER_WORDS = 9
_NUMBERING = re.compile(r"^[\d.]+\s*|\s*[(\[][^()\[\]]{0,80}[)\]]\s*$|[:*_\s]+$")
_OF_IT = re.compile(r" (?:for|to|of) the (?:procedure|operation|drug|treatment|block|device|test|implant|technique)$")
_LETTERS = re.compile(r"[A-Za-z]{3}")
_GENERIC = re.compile(
    r"\b(?:clinical|features?|presentation|risk|stratification|selection|assessment|overview|diagnosis|considerations?|"
    r"symptoms?|signs?|background|key points|safety|use|indications?|contraindications?|prescribing information|label)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s+[—–-]\s+|\s*;|\s*[(\[][^()\[\]]{0,120}[)\]]\s*$")


def read_lists(passage: Passage) -> Iterator[ListMembership]:
    """Yield every list whose heading or leading line is a standard list name."""
    for section in passage.sections():
        for block in section.blocks:
            kind = _kind_of(passage, section, block)
            if kind is None or block.kind != "list" or not _is_of_topic(passage, section, kind):
                continue
            members = tuple(list_members(passage, block))
            if len(members) >= 2:
                entries = tuple(clean(passage.text[entry.start : entry.end]) for entry in block.entries)
                yield ListMembership(passage.source(section, block.start, block.end), kind, members, entries)


def _is_of_topic(passage: Passage, section: Section, kind: ListKind) -> bool:
    """Return whether the list is the topic's own: of its sort, and under no heading that names something else."""
    if kind.of not in ("anything", passage.topic.sort):
        return False
    known = roots(passage.topic.name) | {""}
    return all(_GENERIC.search(heading) or roots(heading) <= known for heading in section.path[:-1])


def _kind_of(passage: Passage, section: Section, block: Block) -> ListKind | None:
    names = [passage.text[slice(*block.lead)]] if block.lead else []
    names += section.path[-1:] if not names or len(names[0].split()) > 5 else []
    return next((kind for name in names for kind in list_kinds() if matches(name, kind)), None)


def matches(name: str, kind: ListKind) -> bool:
    """Return whether a heading is one of the kind's names, numbering and a closing bracket aside."""
    bare = clean(name[:LONGEST_ENTRY])
    for _ in range(3):
        bare = _NUMBERING.sub("", bare).strip()
    return _OF_IT.sub("", bare.lower()) in kind.headings


def list_members(passage: Passage, block: Block) -> Iterator[Phrase]:
    """Yield the outermost entries that are short phrases; a note after a dash or bracket is not part of the member."""
    for entry in block.entries:
        if is_usual(passage.text[entry.start : min(entry.end, entry.start + LONGEST_ENTRY)].strip(" :")):
            return  # the name of the next section: the list has ended
        if entry.level or len(entry.sentences) > 1 or entry.end - entry.start > LONGEST_ENTRY:
            continue
        raw = passage.text[entry.start : entry.end]
        for _ in range(2):  # "tract (RVOT) — most common": first the dash, then the bracket
            note = _NOTE.search(raw)
            raw = raw[: note.start()] if note else raw
        phrase = passage.phrase(entry.start, entry.start + len(raw))
        if (
            1 <= len(phrase.text.split()) <= MAX_MEMBER_WORDS
            and _LETTERS.search(phrase.text)
            and not re.search(r"[,:=]|\b(?:see|consider)\b", phrase.text)
        ):
            yield phrase
