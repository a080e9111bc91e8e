"""What a form is about, as words of a sentence, goes in; the same as a question names it out, the topic "
"for "it" or "the flap"."""

import re

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.spans import Passage, clean
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


def subject_of(passage: Passage, section: Section, words: str, before: Sentence | None) -> str:
    """Return what a form is about as a question names it, the topic where "it" or "the flap" stands for it, "" if unclear."""
    topic = passage.topic
    name = _named_above(passage, section)
    told = clean(words).strip(" ,")
    back = _STANDS_FOR.fullmatch(told)
    if not told or _ITS.fullmatch(told):
        return _spoken_of(passage, name, before, told)
    if back:
        return _stood_for(name, back["noun"].lower())
    told = in_sentence(re.sub(r"^(?:As a rule|In general|In most cases),? ", "", told), topic.lowered)
    if (
        _VERB_LEFT.search(told)
        or _HALF.fullmatch(told)
        or re.match(r"(?:it|its|this|these|they|their|there|such|both|each|all)\b", told, re.IGNORECASE)
        or re.match(r"(?:the )?(?:sensation|sensory|motor) ", told)
    ):
        return ""
    return told


def _named_above(passage: Passage, section: Section) -> str:
    """Return the structure that the nearest heading names, else the topic."""
    heading = in_sentence(clean(section.path[-1]).strip(" :.*"), passage.topic.lowered) if section.path else ""
    bare = re.sub(r"^(?:the |an? )|^[\d.]+\s+|\s*\([^()]*\)", "", heading)
    return bare if bare and _is_structure(bare) else passage.topic.name


def _spoken_of(passage: Passage, name: str, before: Sentence | None, told: str) -> str:
    """Return the structure that the sentence before opens with, or the one named above where that opens with "it"."""
    bare = name.removeprefix("the ")
    named = f"the {bare}" if _is_structure(bare) else ""
    if before is None:
        return named
    opening = passage.text[before.start : before.end]
    opens = re.escape(bare.rpartition(" ")[0] or bare)
    if re.match(rf"\W*(?:(?:the |an? )?{opens}|it|its|the (?:flap|muscle|nerve|artery))\b", opening, re.IGNORECASE):
        return named
    found = next(iter(terms_in(passage.text, before.start, before.end)), None)
    if (
        found
        and found.group.kind in _NAMING
        and re.fullmatch(r"(?:the )?", opening[: found.start - before.start], re.IGNORECASE)
    ):
        return in_sentence(clean(passage.text[before.start : found.end]), passage.topic.lowered)
    return named if not told else ""


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
