"""Sentences that compare two things go in; the question whether the one is more, less or equally so comes out.

"Leak is less frequent with small needles than with large ones" asks how frequent it is with small needles, compared with
large ones. One degree being right, the others are wrong: no rival is needed. What a comparison praises is not asked.
"""

import re
from collections.abc import Iterator

from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.model import Contrast, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, capitalised, head_noun, in_sentence, is_plural, third_person

# "X is more common after A than after B", "X causes less pain than Y", "X is faster than Y".
_THING = r"[^,.;:()]{2,70}?"
_AT = r"(?:after|with|in|for|by|at|during|on|from|following|among|through|under)"
_THAN = rf" than (?P<than>(?:{_AT} )?[^,.;:()]{{3,60}}?)(?:,[^.;]*| (?:because|since|so that|as) [^.;]*)?\.?$"
_HOW = r"(?:usually |generally |often |somewhat |slightly |much |far |considerably |markedly |clearly |a little )?"
_VERBS = verb_words("verbs") | verb_words("also_nouns") | verb_words("compared")
_VERB = "|".join(sorted({form for verb in _VERBS for form in (verb, third_person(verb))}))
_IS_MORE = re.compile(
    rf"(?P<what>[A-Z]{_THING}) (?P<be>is|are) {_HOW}(?P<degree>(?:more|less) \w+|\w+er|sooner)(?P<at> {_AT} {_THING})?{_THAN}"
)
_DOES_MORE = re.compile(
    rf"(?P<what>[A-Z]{_THING}) (?P<verb>{_VERB}) {_HOW}(?P<degree>more|less|fewer) (?P<much>[a-z][^,.;:()]{{2,50}}?)"
    rf"(?P<at> {_AT} {_THING})?{_THAN}"
)
_DOES_OFTEN = re.compile(
    rf"(?P<what>[A-Z]{_THING}) (?P<verb>{_VERB})(?P<rest> {_THING})?(?P<degree> more often| less often|"
    rf" more frequently| less frequently| "
    rf"faster| sooner| earlier| later| longer| more slowly|"
    rf" more quickly){_THAN.replace(' than ', '(?P<at> ' + _AT + ' ' + _THING + ')? than ', 1)}"
)
_COMPARED = re.compile(
    rf"(?:Compared with|Compared to|In comparison with) (?P<than>[^,.;:()]{{3,50}}), (?P<what>{_THING}) (?P<be>is|are) {_HOW}"
    rf"(?P<degree>(?:more|less) \w+|\w+er|sooner)(?P<at> {_AT} {_THING})?\.?$"
)
_BARE = re.compile(
    r"(?:the )?(?:risk|rate|incidence|results?|effects?|operation|procedure|technique|method|latter|former|chance|dose)$"
)
# The word that a comparative is a degree of, and the other degree.
_OTHER_WAY = {
    "higher": ("high", "Lower"),
    "lower": ("high", "Higher"),
    "faster": ("fast", "Slower"),
    "slower": ("fast", "Faster"),
    "longer": ("long", "Shorter"),
    "shorter": ("long", "Longer"),
    "larger": ("large", "Smaller"),
    "smaller": ("large", "Larger"),
    "greater": ("great", "Smaller"),
    "wider": ("wide", "Narrower"),
    "narrower": ("wide", "Wider"),
    "thicker": ("thick", "Thinner"),
    "thinner": ("thick", "Thicker"),
    "stronger": ("strong", "Weaker"),
    "weaker": ("strong", "Stronger"),
    "rarer": ("common", "Commoner"),
    "commoner": ("common", "Rarer"),
    "earlier": ("early", "Later"),
    "later": ("early", "Earlier"),
    "sooner": ("early", "Later"),
    "quicker": ("quick", "Slower"),
    "stiffer": ("stiff", "Softer"),
}
_OFTEN = {
    "more often": ("often", "Less often", "Equally often"),
    "less often": ("often", "More often", "Equally often"),
    "more frequently": ("frequently", "Less frequently", "Equally frequently"),
    "less frequently": ("frequently", "More frequently", "Equally frequently"),
    "faster": ("fast", "More slowly", "At the same speed"),
    "more quickly": ("quickly", "More slowly", "At the same speed"),
    "more slowly": ("quickly", "More quickly", "At the same speed"),
    "sooner": ("soon", "Later", "At the same time"),
    "earlier": ("early", "Later", "At the same time"),
    "later": ("early", "Earlier", "At the same time"),
    "longer": ("long", "For a shorter time", "For the same time"),
}
# No comparison of two things: a threshold, an expectation, or praise that somebody would have to stand by.
_NO_RIVAL = re.compile(
    r"\d|%|\b(?:men|women|males|females|boys|girls|it|its|they|them|their|this|these|those|that|he|she|you|your|usual|usually|normal|expected|average|before|once|half|"
    r"third|other|others|any|one|two|three|four|five|six|anything|ever|not|no|previously|thought|when|if|what|may|might|can|could)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:better|worse|safer|effective|reliable|successful|popular|attractive|convenient|comfortable|preferable|recent|"
    r"expensive|cheaper|useful|suitable|invasive|accurate)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?:the )?\w+(?:al|ic|ior|ous|ary|ive|ed|ar|erse|oid|plit-thickness|ull-thickness|open|small|large)"
)
_PLURALS = frozenset(("people", "children", "women", "men", "teeth", "feet"))
Asked = tuple[str, Phrase, tuple[str, ...]]


def read_rivals(passage: Passage) -> Iterator[Contrast]:
    """Yield what sentences that compare two things ask: is the one more, less or equally so?"""
    if not passage.topic.name:
        return
    for section, _, sentence in passage.prose():
        told = passage.text[sentence.start : sentence.end]
        if (
            not re.search(r" than |ompared (?:with|to) |In comparison", told)
            or _PRAISE.search(told)
            or passage.patients(section) is None
        ):
            continue
        asked = _than(passage, sentence.start, sentence.end)
        if asked:
            question, key, others = asked
            wrong = tuple(Phrase(text, key.start, key.end) for text in others)
            reason = f"the source says “{clean(told).rstrip('.')}”"
            source = passage.source(section, sentence.start, sentence.end)
            yield Contrast(source, passage.placed(section, question), key, wrong, reason, (key,), closed=True)


def _than(passage: Passage, start: int, end: int) -> Asked | None:
    for shape, ask in (
        (_COMPARED, _how_much),
        (_IS_MORE, _how_much),
        (_DOES_OFTEN, _how_often),
        (_DOES_MORE, _how_many),
    ):
        found = shape.match(passage.text, start, end)
        if found and (_BARE.match(found["what"].lower()) or _is_broken(found)):
            return None
        if found and not _NO_RIVAL.search(" ".join(filter(None, (found["what"], found["at"], found["than"])))):
            return ask(found, passage.topic.lowered)
    return None


def _is_broken(found: re.Match[str]) -> bool:
    """Return whether one side is no thing of its own: "in overdose venlafaxine", "than in others", "than thiazides to cause"."""
    than = found["than"]
    return bool(
        re.match(rf"(?:{_AT}) ", found["what"], re.IGNORECASE)
        or (not found["at"] and re.match(rf"(?:{_AT}) ", than))
        or re.search(r"\b(?:but|to|and (?:more|less|fewer)|behind|itself|as)\b", than)
    )


def _words(found: re.Match[str], name: str, lowered: frozenset[str]) -> str:
    return in_sentence(clean(found[name] or ""), lowered).strip(" .")


def _rival(found: re.Match[str], lowered: frozenset[str]) -> str:
    """Return what is compared with, without the preposition that both share: "after lobectomy" → "lobectomy"."""
    than, at = _words(found, "than", lowered), _words(found, "at", lowered)
    head = head_noun(at or _words(found, "what", lowered))
    than = re.sub(r"\bones?$", head, than)  # "large ones" → "large needles"
    than = f"{than} {head}" if _ADJECTIVE.fullmatch(than) else than  # "the lateral" → "the lateral meniscus"
    first = than.split()[0]
    return than.removeprefix(f"{first} ") if at and at.split()[0] == first else than


def _at(found: re.Match[str], lowered: frozenset[str]) -> str:
    """Return the side asked about, its noun borrowed from the other: "with subclavian (catheters) than with femoral catheters"."""
    at = _words(found, "at", lowered)
    thing = at.partition(" ")[2]
    bare = _ADJECTIVE.fullmatch(thing) or thing.removeprefix("the ").endswith(("ian", "ular", "eal"))
    return f"{at} {head_noun(_words(found, 'than', lowered))}" if " " not in thing.removeprefix("the ") and bare else at


def _key(found: re.Match[str]) -> Phrase:
    text = found["degree"].strip()
    return Phrase(capitalised(text), found.end("degree") - len(text), found.end("degree"))


def _how_much(found: re.Match[str], lowered: frozenset[str]) -> Asked | None:
    """X is more common after A than after B → Compared with B, how common is X after A?"""
    degree, _, adjective = found["degree"].partition(" ")
    if adjective:
        others = (f"{'Less' if degree == 'more' else 'More'} {adjective}", f"Equally {adjective}")
    elif degree in _OTHER_WAY:
        adjective, opposite = _OTHER_WAY[degree]
        others = (opposite, "The same")
    else:
        return None
    at = f" {_at(found, lowered)}" if found["at"] else ""
    asked = (
        f"Compared with {_rival(found, lowered)}, how {adjective} {found['be']} {_words(found, 'what', lowered)}{at}?"
    )
    return asked, _key(found), others


def _how_often(found: re.Match[str], lowered: frozenset[str]) -> Asked | None:
    """X tears more often than Y → Compared with Y, how often does X tear?"""
    what, verb = _words(found, "what", lowered), found["verb"]
    if found["rest"] and re.search(r"\b(?:is|are|to|and|but|or)\b", found["rest"]):
        return None
    adverb, *others = _OFTEN[found["degree"].strip()]
    operator = "does" if verb.endswith("s") else "do"
    behind = "".join(f" {_words(found, name, lowered)}" for name in ("rest", "at") if found[name])
    asked = f"Compared with {_rival(found, lowered)}, how {adverb} {operator} {what} {base_form(verb)}{behind}?"
    return asked, _key(found), tuple(others)


def _how_many(found: re.Match[str], lowered: frozenset[str]) -> Asked | None:
    """X causes less pain than Y → Compared with Y, how much pain does X cause?"""
    verb, much, degree = found["verb"], _words(found, "much", lowered), found["degree"]
    if re.search(r"\b(?:and|but|or|is|are)\b", much) or not re.match(r"[a-z]+(?: |$)", much):
        return None
    many = is_plural(head_noun(much)) or head_noun(much) in _PLURALS
    if degree == "fewer" and not many:
        return None
    less = "fewer" if many else "less"
    others = (capitalised("more" if degree != "more" else less), "The same number" if many else "The same amount")
    operator = "does" if verb.endswith("s") else "do"
    at = f" {_words(found, 'at', lowered)}" if found["at"] else ""
    asked = (
        f"Compared with {_rival(found, lowered)}, how {'many' if many else 'much'} {much} {operator} "
        f"{_words(found, 'what', lowered)} {base_form(verb)}{at}?"
    )
    return asked, _key(found), others
