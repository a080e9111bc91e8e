"""Notes without a subject or a verb go in ("Raises warfarin", a list under "Warning signs"); open statements come out.

A page about a drug often leaves the drug unsaid; a page of notes leaves out the verb and lets the heading say what is listed.
"""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Section, Sentence
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, is_order, opened
from quizbank.generation.statements.clause import POINTS_BACK, Clause
from quizbank.generation.statements.model import Open, Phrase
from quizbank.generation.statements.open_rules import RULES
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural

MOST_MEMBERS, FEWEST_MEMBERS = 3, 3
MOST_HEADING_WORDS, MOST_MEMBER_WORDS = 6, 7
_VERB = re.compile(r"(?P<verb>[A-Z][a-z]+s|May|Can|Should|Must|Is) (?P<rest>\S[^;:]{6,160})")
_NOT = re.compile(
    r"Not (?P<state>(?:suitable|recommended|indicated|licensed|effective|useful|active|given|used) )?(?P<prep>for|in|"
    r"with|against|during) "
    r"(?P<what>[^;:]{6,140})"
)


def read_notes(passage: Passage) -> Iterator[Open]:
    """Yield what notes say of the drug a page is about, and what a verbless line under a plural heading lists."""
    if not passage.topic.name:
        return
    for section, block, sentence in passage.prose():
        span = (sentence.start, sentence.end)
        if passage.topic.drug:
            made = [said for asked in _of_drug(passage, *span) if (said := opened(passage, section, span, asked))]
            yield from sorted(made, key=lambda said: -said.worth)[:1]
        if listed := _listed(passage, section, block, sentence):
            yield listed


def _of_drug(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    text = passage.text
    if found := _NOT.match(text, start, end):
        state = found["state"] or "used "
        asked = "For what" if found["prep"] == "for" and found["state"] else "When"
        key = found.span("what") if asked == "For what" else (found.start("prep"), found.end("what"))
        question = f"{asked} is {passage.topic.name} NOT {state.strip()}?"
        yield Asked(question, (key[0], _trimmed(text, *key)), "when", 4)
        return
    found = _VERB.match(text, start, end)
    if not found:
        return
    word = found["verb"].lower()
    modal = word in verb_words("auxiliaries")
    base = base_form(word)
    if not modal and (
        base not in verb_words("verbs") or (base in verb_words("also_nouns") and not _TAKES.match(found["rest"]))
    ):
        return
    if modal and re.match(r"\w+ (?:by|to|on) ", found["rest"]):
        return
    rest = (found.start("rest"), _trimmed(text, found.start("rest"), found.end("rest")))
    at = (start, found.start("verb"))
    clause = Clause(text, start, end, None, at, word if modal else "does", "" if modal else word, "", rest,
                    passage.topic.lowered, passage.topic.name)  # fmt: skip
    if clause.is_plain:
        yield from (one for rule in RULES if rule.__name__ != "_subject" and (one := rule(clause, passage)))


_TAKES = re.compile(r"(?:the|an?|serum|blood|plasma|cardiac|platelet|gastric|renal) ")


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" .\n\t"))


_VERBS = re.compile(
    r"\b(?:is|are|was|were|may|can|has|have|had|will|does|do|should|must|occurs?|includes?|causes?|affects?|requires?|than|if|when)\b",
    re.IGNORECASE,
)
_NO_LIST = re.compile(
    r"\b(?:notes?|points?|references?|comments|summary|details|results|series|basics|doses?|options|ways|tests|labs)\b|"
    r"^(?:under|over|for|in|with|from|by|at|after|before|if|when)\b|(?-i:\b[A-Z]{4,}\b)",
    re.IGNORECASE,
)


def _listed(passage: Passage, section: Section, block: Block, sentence: Sentence) -> Open | None:
    """Under "Warning signs": "Fever, tachycardia, peritonism." → Which of the following are warning signs?"""
    if (
        block.kind != "paragraph"
        or sentence.start != block.start
        or not section.path
        or passage.patients(section) is None
    ):
        return None
    heading = re.sub(r"^[\d.]+\s+", "", clean(section.path[-1])).strip(" :.")
    name = in_sentence(heading, passage.topic.lowered)
    if (
        not is_plural(head_noun(name))
        or len(name.split()) > MOST_HEADING_WORDS
        or _NO_LIST.search(name)
        or re.search(r"[:?,/&]|\band\b", name)
        or POINTS_BACK.search(name)
    ):
        return None
    members = _members(passage, sentence)
    if len(members) < FEWEST_MEMBERS:
        return None
    kept = tuple(members[:MOST_MEMBERS])
    question = passage.placed(section, f"Which of the following are {name}?")
    source = passage.source(section, sentence.start, sentence.end)
    return Open(source, question, kept[0], f"wrong answers that are no {name}", kept, "list", 4, kept)


def _members(passage: Passage, sentence: Sentence) -> list[Phrase]:
    """Return what a line without a verb lists, nothing for any other line."""
    text, start, end = passage.text, sentence.start, sentence.end
    said = re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), text[start:end])
    if _VERBS.search(said) or re.search(r"[;:]| [–—] ", said):
        return []
    parts = [found.span() for found in re.finditer(r"[^,]+", said)]
    phrases = [
        passage.phrase(start + begin + (4 if said[begin:close].startswith(" and ") else 0), start + close)
        for begin, close in parts
    ]
    if any(
        not 1 <= len(one.text.split()) <= MOST_MEMBER_WORDS or is_order(one.text) or _acts(one.text) for one in phrases
    ):
        return []
    return phrases


def _acts(words: str) -> bool:
    """Return whether words hold a verb in the third person: "removes damaged discs"."""
    parts = [word.lower() for word in words.split()]
    bases = [(word, base_form(word)) for word in parts[:-1]]
    return any(
        word != base and base in verb_words("verbs") | verb_words("acts") and word.endswith("s") for word, base in bases
    )
