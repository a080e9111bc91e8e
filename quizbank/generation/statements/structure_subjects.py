"""What a form is about, as words of a sentence, goes in; the same as a question names it out, the topic "
"for "it" or "the flap"."""

import re
from dataclasses import dataclass

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.topic import is_procedure
from quizbank.generation.wording import in_sentence

_STANDS_FOR = re.compile(
    r"(?:the|this) (?P<noun>flap|muscle|nerve|artery|vein|gland|organ|joint|bone|ligament)", re.IGNORECASE
)
_ITS = re.compile(r"(?:it|its)", re.IGNORECASE)
_VERB_LEFT = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|which|that|who|where|when|because|if|so|than|not|no|may|can|"
    r"should|must|will|lies|runs|passes|"
    r"arises|becomes|remains|provided|showed|shows|used)\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:the )?(?:[a-z]+ )?(?:half|third|quarter|part|portion|side|pole|tip|dorsum|base|apex|margin|edge|"
    r"border|end|skin|remnant|stump|"
    r"area|region|site|rest|remainder|other|wound|defect|tissue|segment|structure|organ|head|neck|body|tail|"
    r"floor|roof|wall|layer|"
    r"skin paddle|paddle|pedicle)s?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Subject:
    """What a form is about, as a question names it; ``start`` is where the sentence before names it, None where it need not."""

    words: str
    start: int | None = None


def subject_of(passage: Passage, section: Section, words: str, before: Sentence | None) -> Subject | None:
    """Return what a form is about, the structure before or above where "it" or "the flap" stands for it, None if unclear."""
    topic = passage.topic
    name = _named_above(passage, section)
    told = clean(words).strip(" ,")
    back = _STANDS_FOR.fullmatch(told)
    if not told or _ITS.fullmatch(told):
        return _spoken_of(passage, name, before, told)
    if back:
        stood = _stood_for(name, back["noun"].lower())
        return Subject(stood) if stood else None
    told = in_sentence(re.sub(r"^(?:As a rule|In general|In most cases),? ", "", told), topic.lowered)
    if (
        _VERB_LEFT.search(told)
        or _HALF.fullmatch(told)
        or re.match(r"(?:it|its|this|these|they|their|there|such|both|each|all)\b", told, re.IGNORECASE)
        or re.match(r"(?:the )?(?:sensation|sensory|motor) ", told)
    ):
        return None
    return Subject(told)


# Headings that leave open what their section is about: what the title names, if it names one thing.
_PLAIN_HEADING = re.compile(
    r"\b(?:anatomy|anatomical|vessels?|vascular\w*|blood|arter\w+|veins?|venous|nerves?|neurovascular|innervation|supply|pedicles?|"
    r"circulation|perfusion|drainage|overview|introduction|summary|key points|basics|facts|course|branches|structure|description|"
    r"definition|background|attachments?|origin|insertion|action|function)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:and|or|versus|vs|with|compared)\b|[,;/]", re.IGNORECASE)


def _named_above(passage: Passage, section: Section) -> str:
    """Return the structure that the nearest heading names, else the one the title names, "" where either may be about another."""
    lowered = passage.topic.lowered
    heading = clean(section.path[-1]).strip(" :.*") if section.path else ""
    if bare := _bare_name(heading, lowered):
        return bare
    open_ended = not heading or _PLAIN_HEADING.search(heading)
    return _bare_name(passage.topic.name, lowered) if open_ended and not _SEVERAL.search(passage.document.title) else ""


def _bare_name(title: str, lowered: frozenset[str]) -> str:
    """Return a title that is the name of a structure, or the structure it opens with ("Gracilis as a free muscle")."""
    told = in_sentence(title.lower() if title.isupper() else title, lowered)
    told = re.sub(r"^(?:the |an? )|^[\d.]+\s+|\s*\([^()]*\)", "", told)
    found = next(iter(terms_in(told, 0, len(told))), None)
    if found and found.start == 0 and found.group.kind in _NAMING and re.match(r" (?:as|for|in)\b", told[found.end :]):
        return told[: found.end]
    plain = not re.search(r"\b(?:of|for|as|in|and|with|versus|vs|after)\b", told) and (
        told.endswith("flap") or not is_procedure(told)
    )
    return told if told and plain and _is_structure(told) else ""


def _spoken_of(passage: Passage, name: str, before: Sentence | None, told: str) -> Subject | None:
    """Return the structure that the sentence before opens with; where nothing at all stands for it, the one named above."""
    named = f"the {name.removeprefix('the ')}" if name else ""
    if before:
        opening = passage.text[before.start : before.end]
        opens = re.escape(name.rpartition(" ")[0] or name)
        if named and re.match(rf"\W*(?:the |an? )?{opens}\b", opening, re.IGNORECASE):
            return Subject(named, before.start)
        found = next(iter(terms_in(passage.text, before.start, before.end)), None)
        if (
            found
            and found.group.kind in _NAMING
            and re.fullmatch(r"(?:the )?", opening[: found.start - before.start], re.IGNORECASE)
            and not re.match(r"[’']|-?[a-z]| [a-z]+ (?:flap|branch)", passage.text[found.end : found.end + 20])
        ):
            words = in_sentence(clean(passage.text[before.start : found.end]), passage.topic.lowered)
            return Subject(words, before.start)
    return Subject(named) if named and not told else None


_NAMING = frozenset(("muscle", "nerve", "artery", "vein", "gland", "organ", "flap_type", "ligament"))


def _is_structure(name: str) -> bool:
    kinds = {one.group.kind for one in terms_in(name, 0, len(name)) if one.end - one.start == len(name)}
    return bool(kinds & {"muscle", "nerve", "artery", "vein", "organ", "gland", "flap_type", "bone"}) or bool(
        re.search(r"\b(?:flap|muscle|nerve|artery|vein|gland|joint)$", name)
    )


def _stood_for(topic: str, noun: str) -> str:
    """Return the topic where "the muscle" stands for it: the latissimus dorsi of a latissimus dorsi flap."""
    bare = topic.lower().removeprefix("the ")
    if bare.endswith(noun) or (noun == "muscle" and _is_a(bare, "muscle")):
        return f"the {bare}"
    inner = re.sub(r"\s*(?:muscle |musculocutaneous |myocutaneous |free |pedicled |transfer)*flap$", "", bare)
    return f"the {inner} muscle" if noun == "muscle" and inner != bare and _is_a(inner, "muscle") else ""


def _is_a(name: str, kind: str) -> bool:
    return any(one.group.kind == kind and one.end - one.start == len(name) for one in terms_in(name, 0, len(name)))
