"""All options have one form: the key does not stand alone by a number, a bracket, its opening or its plural."""

import re
from collections.abc import Callable

from quizbank.generation.candidates import UNLETTERED, Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant
from quizbank.generation.wording import MASS_NOUNS, head_noun, is_plural

_OPENING = re.compile(r"(?:To|As an?|An?|The|By|With|\w+ing(?! (?:and|or) )|\W*\d+)\b")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9.;()-]+(?: \w+)?")  # genes, antigens, regions of a chromosome: ADA, HPRT1, 22q11.2


def _opening(text: str) -> str:
    found = _OPENING.match(text)
    if not found:
        return ""
    word = found[0].lower()
    return (
        "number"
        if word[-1].isdigit()
        else "-ing"
        if word.endswith("ing")
        else "article"
        if word in ("a", "an", "the")
        else word
    )


_FEATURES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("opening word", lambda text: _opening(text) if _opening(text) != "as an" else "as a"),
    ("number", lambda text: any(character.isdigit() for character in text)),
    ("bracket or slash", lambda text: any(mark in text for mark in "([/")),
    ("conjunction", lambda text: bool(re.search(r" (?:or|and) ", text)) and len(text.split()) == 3),
)


def find(candidate: Candidate, context: Context) -> str:
    """Return the feature by which the key differs from every distractor."""
    if not candidate.distractors:
        return ""
    features = _FEATURES if candidate.type == "single_best_answer" else _FEATURES[:1]
    features = features[1:] if candidate.whole else features  # names, which may open with a verb's form: bridging veins
    if all(_CODE.fullmatch(choice.text) for choice in candidate.options):
        return ""
    for name, feature in features:
        keys = {feature(choice.text) for choice in candidate.keys}
        others = {feature(choice.text) for choice in candidate.distractors}
        if not keys & others:
            return f"The key differs from every other option in its {name}."
    return _number_cue(candidate)


def _number_cue(candidate: Candidate) -> str:
    """Return a problem when the key alone is singular or plural: a grammatical cue."""
    if candidate.ordered or candidate.type != "single_best_answer":
        return ""
    key_text = candidate.keys[0].text
    if key_text.startswith(("To ", "As ")) or head_noun(key_text).lower() in MASS_NOUNS:
        return ""
    key, *others = [is_plural(head_noun(choice.text)) for choice in candidate.options]
    return "The key alone is singular or plural." if len(others) > 1 and all(other != key for other in others) else ""


CHECK = Check(
    "homogeneous",
    "All options have one form.",
    find,
    EXAMPLE,
    variant(key="To protect the graft", wrong=("Burns", "Superficial wounds")),
    suggests=True,
    skips=UNLETTERED,
)
