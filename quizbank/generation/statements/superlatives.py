"""List members marked "most common" and headings that say "first-line" in; superlatives and ordered lines out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Section
from quizbank.generation.statements.lists import list_members
from quizbank.generation.statements.model import OrderedLine, Superlative
from quizbank.generation.statements.spans import LONGEST_ENTRY, Passage, clean
from quizbank.generation.topic import Topic
from quizbank.generation.wording import in_sentence, singular

_MOST = re.compile(
    r"\b(?:the )?most (?P<how>common|frequent)(?: (?P<noun>cause|complaint|symptom|type|site|origin|"
    r"sign))?(?P<rest> (?:in|of) [^()\n.;]{3,60})?"
)
_NAMED = {
    "etiology": "cause",
    "aetiology": "cause",
    "causes": "cause",
    "symptoms": "symptom",
    "signs": "sign",
    "types": "type",
}
_LINE = re.compile(
    r"(?:[\d.]+ )?(?P<rank>first|second|third)[- ]line(?: (?:treatment|therapy))?\s*[:–—-]\s*(?P<what>[^():]{4,60})",
    re.IGNORECASE,
)


def read_superlatives(passage: Passage) -> Iterator[Superlative]:
    """Yield list members the document calls the most common of their list."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "list" and passage.topic.name:
                yield from _in_list(passage, section, block)


def _in_list(passage: Passage, section: Section, block: Block) -> Iterator[Superlative]:
    short = [entry for entry in block.entries if entry.end - entry.start <= LONGEST_ENTRY]
    marked = [(entry, _MOST.search(passage.text, entry.start, entry.end)) for entry in short]
    found = [(entry, match) for entry, match in marked if match]
    members = list(list_members(passage, block))
    if len(found) != 1 or len(members) < 3:
        return
    entry, match = found[0]
    key = next((member for member in members if entry.start <= member.start < entry.end), None)
    noun = match["noun"] or _noun_of(passage, section, block)
    if key is None or not noun or key.end > match.start():
        return
    rest = tuple(member for member in members if member is not key)
    rest_of = clean(match["rest"] or "")
    question = f"Which is the most {match['how']} {noun} of {passage.topic.name} {rest_of}".rstrip() + "?"
    if rest_of.startswith("of "):
        question = f"In {passage.topic.name}, which is the most {match['how']} {noun} {rest_of}?"
    yield Superlative(passage.source(section, entry.start, entry.end), question, key, rest)


def _noun_of(passage: Passage, section: Section, block: Block) -> str:
    name = clean(passage.text[slice(*block.lead)] if block.lead else section.path[-1] if section.path else "")
    last = name.rstrip(":").split()[-1:] or [""]
    noun = _NAMED.get(last[0].lower(), singular(last[0].lower()))
    return noun if noun in {"cause", "symptom", "type", "sign", "site", "origin", "complication"} else ""


def read_ordered_lines(passage: Passage) -> Iterator[OrderedLine]:
    """Yield the lines of treatment that headings of one document put in order."""
    found = [(section, _line(passage, section)) for section in passage.sections() if section.heading]
    lines = [(section, match) for section, match in found if match]
    ranks = [match["rank"].lower() for _, match in lines]
    if len(lines) < 3 or len(set(ranks)) < len(ranks) or not passage.topic.name:
        return
    named = [(match["rank"].lower(), passage.phrase(*match.span("what"))) for _, match in lines]
    for (section, match), (rank, treatment) in zip(lines, named, strict=True):
        others = tuple((other, phrase) for other, phrase in named if other != rank)
        treated = _treated(section, passage.topic)
        if treated:
            yield OrderedLine(passage.source(section, *match.span()), rank, treatment, others, treated)


def _treated(section: Section, topic: Topic) -> str:
    """Return what the lines treat: the heading above says it; else the topic, unless that is itself an operation."""
    for heading in reversed(section.path[:-1]):
        found = re.search(r"(?:treatment|management) (?:of|for) (?P<what>.{4,60})$", clean(heading), re.IGNORECASE)
        if found:
            return in_sentence(found["what"].rstrip(":"), topic.lowered)
    return "" if topic.is_procedure else topic.name


def _line(passage: Passage, section: Section) -> re.Match[str] | None:
    if section.heading is None:
        return None
    start, end = section.heading
    return _LINE.match(passage.text, start, end)


def heading_words(section: Section, topic: Topic) -> str:
    """Return the innermost heading as it stands inside a sentence."""
    return in_sentence(clean(section.path[-1]).rstrip(":. "), topic.lowered) if section.path else ""
