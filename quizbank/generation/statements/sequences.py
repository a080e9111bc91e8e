"""Numbered steps of a procedure go in; sequences of short orders ("Divide the fascia") come out, steps of another form left out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Entry, Section
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.model import Phrase, Sequence
from quizbank.generation.statements.spans import Passage, clean

FEWEST, LONGEST_WORDS = 5, 16
_HEADING = re.compile(
    r"\b(?:steps?|technique|procedure|method|how to|insertion|performing|protocol|sequence|algorithm)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:^|\n)\s*(?:step )?\d{1,2}[.):]?\s*(?:\*\*)?$", re.IGNORECASE)
_CUT = re.compile(r"[;:(]|\. | (?:so (?:as|that)|until|because|while|to avoid|using|with the aim)\b")
_ORDER = re.compile(
    r"(?:(?:Gently|Carefully|Slowly|Then|Next|Finally|Now|Quickly|Bluntly|Sharply) )?(?P<act>[A-Za-z]+)\b(?!-)"
)
_PRONOUN = re.compile(r"\b(?:it|its|them|they|this|that|these|those)\b", re.IGNORECASE)
_NO_ORDER = re.compile(
    r"(?:If|When|Do not|Never|Avoid|Consider|Note|Document|The|A|An|In|For|Once|After|Before|There|This|It)\b"
)


def read_sequences(passage: Passage) -> Iterator[Sequence]:
    """Yield the numbered lists under a heading that promises steps, entries that are no short order left out."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "list" and passage.topic.name and _is_steps(passage, section, block):
                entries = [entry for entry in block.entries if not entry.level]
                steps = tuple(
                    (number, step)
                    for number, entry in enumerate(entries, 1)
                    if (step := _step(passage, entry)) is not None
                )
                if len(entries) >= FEWEST and len(steps) >= FEWEST - 1:
                    yield Sequence(passage.source(section, block.start, block.end), steps)


def _is_steps(passage: Passage, section: Section, block: Block) -> bool:
    names = [*section.path[-1:], passage.text[slice(*block.lead)] if block.lead else ""]
    numbered = sum(bool(_NUMBER.search(passage.text[max(0, one.start - 14) : one.start])) for one in block.entries)
    outer = sum(not entry.level for entry in block.entries)
    return numbered >= outer and any(_HEADING.search(name) for name in names)


def _step(passage: Passage, entry: Entry) -> Phrase | None:
    """Return the order an entry opens with, None when it is long, conditional or no order."""
    text = passage.text[entry.start : entry.end]
    cut = _CUT.search(text)
    end = entry.start + (cut.start() if cut else len(text))
    phrase = passage.phrase(entry.start, end)
    words = clean(phrase.text).split()
    order = _ORDER.match(phrase.text)
    usable = 3 <= len(words) <= LONGEST_WORDS and order and order["act"].lower() in verb_words("acts")
    usable = usable and not _NO_ORDER.match(phrase.text) and not _PRONOUN.search(phrase.text)
    return phrase if usable else None
