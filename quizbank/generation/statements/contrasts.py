"""Sentences in which the document sets one thing apart from its neighbours in; contrasts out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.statements.model import Contrast, Phrase, Source
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised, head_noun, in_sentence, share_root, singular, singular_phrase

_BUT = re.compile(
    r"(?P<what>[A-Z][^,.;:()]{3,50}?) (?:repair|treat|cover|close|suit|work in|are used for|are suitable for|heal)s? "
    r"(?P<one>[^,.;:()]{3,40}?) and (?P<two>[^,.;:()]{3,40}?),? but (?P<be>is|are) "
    r"(?P<state>unpredictable|unsuitable|unreliable|contraindicated|ineffective|inadequate|unsafe) "
    r"(?P<link>in|for|over) "
    r"(?P<key>[^,.;:()]{3,50}?)\.?$"
)
_DISCOURAGED = re.compile(
    r"(?P<key>[A-Z][^,.;:()]{5,60}?)(?P<place> (?:for|in) [^,.;:()]{4,50}?)? (?P<be>is|are) "
    r"(?P<state>discouraged|not recommended|"
    r"no longer recommended|obsolete)(?P<why>,? (?:due to|because of) [^,.;:()]{4,80}?)?\.?$"
)
_PRAISED = re.compile(
    r"(?:The use of )?(?P<list>[A-Za-z][^.;:()]{5,120}?),? (?:has|have) (?:significantly |greatly )?(?:transformed|improved) "
    r"[^.;:()]{0,50}\b(?:outcomes?|results?|recovery|healing|care|closure)\b"
)
_SUPERIOR = re.compile(
    r"(?P<what>[A-Z][^,.;:()]{3,60}?) (?P<verb>provides?|offers?|gives?|has|have) "
    r"(?P<one>(?:an? )?(?:enhanced|superior|better|greater) [^,.;:()]{3,40}?)(?:, | and )"
    r"(?P<two>(?:an? )?(?:enhanced|superior|better|greater) [^,.;:()]{3,40}?)(?:,| and |\.|$)"
)
_TWO_ADJECTIVES = re.compile(r"^(?P<one>[\w-]+) and (?P<two>[\w-]+) (?P<head>\w+)$")


def read_contrasts(passage: Passage) -> Iterator[Contrast]:
    """Yield the contrasts of single sentences, of neighbouring sentences and of neighbouring headings."""
    if not passage.topic.name:
        return
    spans = list(passage.prose())
    for number, (section, _, sentence) in enumerate(spans):
        following = [later for _, _, later in spans[number + 1 : number + 3]]
        for found in (
            _but(passage, section, sentence),
            _discouraged(passage, section, sentence, following),
            _superior(passage, section, sentence),
        ):
            if found:
                yield found


def _but(passage: Passage, section: Section, sentence: Sentence) -> Contrast | None:
    match = _BUT.match(passage.text, sentence.start, sentence.end)
    if match is None:
        return None
    what = in_sentence(clean(match["what"]), passage.topic.lowered)
    question = f"In {passage.topic.name}, {match['link']} which of the following {match['be']} {what} {match['state']}?"
    source = passage.source(section, sentence.start, sentence.end)
    return _contrast(passage, source, question, match, ("one", "two"))


def _contrast(
    passage: Passage, source: Source, question: str, match: re.Match[str], others: tuple[str, ...]
) -> Contrast:
    key = passage.phrase(*match.span("key"))
    wrong = tuple(passage.phrase(*match.span(name)) for name in others)
    reason = f"the source sets them apart: “{clean(passage.text[source.start : source.end]).rstrip('.')}”"
    return Contrast(source, question, key, wrong, reason, (key, *wrong))


def _discouraged(passage: Passage, section: Section, sentence: Sentence, following: list[Sentence]) -> Contrast | None:
    match = _DISCOURAGED.match(passage.text, sentence.start, sentence.end)
    praised = [found for later in following if (found := _PRAISED.match(passage.text, later.start, later.end))]
    if match is None or not praised:
        return None
    others = list(_listed(passage, *praised[0].span("list")))
    if len(others) < 2:
        return None
    place = clean(match["place"] or f" in {passage.topic.name}")
    why = " " + clean(match["why"]).lstrip(", ") if match["why"] else ""
    asked = f"which approach is {match['state']} {place}{why}?"
    question = "W" + asked[1:] if share_root(place, passage.topic.name) else f"In {passage.topic.name}, {asked}"
    key = passage.phrase(match.start("key"), _without_empty_head(passage.text, *match.span("key")))
    key, *others = (Phrase(singular_phrase(one.text), one.start, one.end) for one in (key, *others))
    source = passage.source(section, sentence.start, sentence.end)
    reason = f"the source credits these with better outcomes: “{clean(praised[0][0]).rstrip('.')}”"
    return Contrast(source, question, key, tuple(others), reason, (key, *others))


def _without_empty_head(text: str, start: int, end: int) -> int:
    """Return where a phrase ends without its empty head: "traditional wound closure (methods)"."""
    found = re.compile(r" (?:methods?|techniques?|approach(?:es)?)$").search(text[:end], start)
    return found.start() if found and len(text[start : found.start()].split()) >= 3 else end


def _listed(passage: Passage, start: int, end: int) -> Iterator[Phrase]:
    """Yield the members of an inline list that stand on their own: two words or more."""
    for part in re.finditer(r"(?:^|, (?:and )?| and )(?=\w)((?:(?!, | and ).){3,60})", passage.text[start:end]):
        phrase = passage.phrase(start + part.start(1), start + part.end(1))
        if len(phrase.text.split()) >= 2:
            yield phrase


def _superior(passage: Passage, section: Section, sentence: Sentence) -> Contrast | None:
    match = _SUPERIOR.match(passage.text, sentence.start, sentence.end)
    if match is None or section.heading is None:
        return None
    noun = singular(head_noun(match["what"])).lower()
    labels = [(other, passage.phrase(*other.heading)) for other in passage.sections() if other.heading]
    others = tuple(
        label
        for other, label in labels
        if other is not section
        and singular(head_noun(label.text)).lower() == noun
        and other.path[:-1] == section.path[:-1]
    )
    own = passage.phrase(*match.span("what"))
    if len(others) < 2 or any(label.text == own.text for label in others):
        return None
    plural = not match["verb"].endswith("s") or match["verb"] == "have"
    which = noun + "s" if plural else noun
    praise = f"{match['verb']} {clean(match['one'])} and {clean(match['two'])}"
    question = f"In {passage.topic.name}, which {which} {praise}?"
    key = Phrase(_shorter(own.text), own.start, own.end)
    reason = f"the source says it of {in_sentence(own.text, passage.topic.lowered)} alone"
    return Contrast(
        passage.source(section, sentence.start, sentence.end), question, key, others, reason, (key, *others)
    )


def _shorter(label: str) -> str:
    """Return "Muscle and myocutaneous flaps" as "Myocutaneous flaps": one of two adjectives, with the noun."""
    found = _TWO_ADJECTIVES.match(label)
    return capitalised(f"{found['two']} {found['head']}") if found else label
