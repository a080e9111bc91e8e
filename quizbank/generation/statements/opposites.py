"""Lists under opposed names go in ("Early: …" beside "Late: …"); pairs of lists whose members belong to one side come out."""

import re
from collections.abc import Iterator
from itertools import permutations

from quizbank.documents.tree import Section
from quizbank.generation.statements.labels import labelled_lines
from quizbank.generation.statements.lists import list_members
from quizbank.generation.statements.model import Opposed, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import in_sentence, is_plural, singular

LONGEST_MEMBER = 6  # words
# Two words that divide one list: what stands under the one does not belong to the other.
OPPOSITES = (
    ("early", "late"),
    ("absolute", "relative"),
    ("modifiable", "non-modifiable"),
    ("modifiable", "nonmodifiable"),
    ("acute", "chronic"),
    ("major", "minor"),
    ("common", "rare"),
    ("common", "serious"),
    ("common", "uncommon"),
    ("local", "systemic"),
    ("immediate", "delayed"),
    ("inherited", "acquired"),
    ("congenital", "acquired"),
    ("intrinsic", "extrinsic"),
    ("upper", "lower"),
    ("sensory", "motor"),
    ("primary", "secondary"),
    ("sterile", "non-sterile"),
)
_NOUN = re.compile(
    r"(?P<noun>complications?|contraindications?|adverse (?:reactions|effects|events)|side effects|risk factors?|causes?|symptoms?|"
    r"signs?|criteria|findings|features|manifestations|indications)\b",
    re.IGNORECASE,
)


# "Early complications include …", "late ones are …"
_SAID = re.compile(
    rf"(?P<label>(?P<side>[A-Z][a-z-]+) (?:(?:post-?operative|"
    rf"surgical) )?(?:{_NOUN.pattern.removesuffix(chr(92) + 'b')}|ones|problems)) "
    r"(?:include|includes|are|comprise|consist of):? (?P<list>[^.;:]{8,200}?)\.?$",
    re.IGNORECASE,
)


def read_opposites(passage: Passage) -> Iterator[Opposed]:
    """Yield every list beside the list it is opposed to, both from one section or from neighboring headings."""
    if not passage.topic.name:
        return
    named = [row for section in passage.sections() for row in _named_lists(passage, section)]
    for one, other in permutations(named, 2):
        sides = (one.side, other.side)
        if one.noun == other.noun and one.parent == other.parent and (sides in OPPOSITES or sides[::-1] in OPPOSITES):
            yield Opposed(one.source, one.side, other.side, one.noun, one.members, other.members)


class _List:
    """A list with the side it takes ("early"), the noun both sides share and where both stand."""

    def __init__(
        self,
        passage: Passage,
        section: Section,
        span: tuple[int, int],
        side: str,
        noun: str,
        members: tuple[Phrase, ...],
        parent: tuple[str, ...],
    ) -> None:
        self.source = passage.source(section, *span)
        self.side, self.noun, self.members, self.parent = side, noun, members, parent


def _named_lists(passage: Passage, section: Section) -> Iterator[_List]:
    heading = clean(section.path[-1]) if section.path else ""
    for row in labelled_lines(passage, section):
        side, noun = _side(row.label.text, heading)
        members = tuple(_inline(passage, row.description))
        if side and noun and len(members) >= 2:
            yield _List(passage, section, (row.start, row.end), side, noun, members, section.path)
    yield from _said_lists(passage, section, heading)
    side, noun = _side(heading, clean(section.path[-2]) if len(section.path) > 1 else "")
    for block in section.blocks:
        members = tuple(list_members(passage, block)) if block.kind == "list" else ()
        if side and noun and len(members) >= 2:
            yield _List(passage, section, (block.start, block.end), side, noun, members, section.path[:-1])


def _said_lists(passage: Passage, section: Section, heading: str) -> Iterator[_List]:
    """Yield the lists that sentences give: "Early complications are bleeding, infection and leak"."""
    noun_before = ""
    for block in section.blocks:
        for sentence in block.sentences:
            found = _SAID.match(passage.text, sentence.start, sentence.end)
            if not found:
                continue
            side, noun = _side(found["label"], f"{heading} {noun_before}")
            noun_before = noun or noun_before
            members = tuple(_inline(passage, Phrase("", *found.span("list"))))
            if side and noun and len(members) >= 2:
                yield _List(passage, section, (sentence.start, sentence.end), side, noun, members, section.path)


def _side(label: str, heading: str) -> tuple[str, str]:
    """Return the opposing word of a label and the noun it divides, which the label or the heading above names."""
    words = label.lower().strip(" :").split()
    side = words[0] if words and any(words[0] in pair for pair in OPPOSITES) else ""
    found = _NOUN.search(label) or _NOUN.search(heading)
    if not side or not found or len(words) > 4:
        return "", ""
    noun = found["noun"].lower()
    return side, noun if not is_plural(noun) else singular(noun)


def _inline(passage: Passage, text: Phrase) -> Iterator[Phrase]:
    """Yield the members of a list within a line, what stands in brackets left out."""
    written = passage.text[text.start : text.end]
    for part in re.finditer(r"(?:(?!(?<=\w) and (?!\w+ of\b)(?=[^,;]*$))[^,;(]|\([^()]*\))+", written):
        start = text.start + part.start() + len(part[0]) - len(part[0].lstrip())
        raw = re.sub(r"^\s*(?:and|or) ", "", part[0])
        bare = re.sub(r"\s*\([^()]*\)", "", raw).strip(" .")
        if 1 <= len(bare.split()) <= LONGEST_MEMBER and re.match(r"[A-Za-z]{3}", bare):
            phrase = passage.phrase(start, text.start + part.end())
            shown = in_sentence(clean(bare), passage.topic.lowered)
            yield Phrase(shown[:1].upper() + shown[1:], phrase.start, phrase.end)
