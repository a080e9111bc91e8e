"""A sentence that says "it" or "its" goes in, with what it is about; its clauses, and the question for its possession, come out.

"It" is the last subject of the paragraph, or what the heading names; a sentence whose "it" is not certain is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizbank.documents.section_names import is_usual
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.answers import Asked, is_telling
from quizbank.generation.statements.clause import POINTS_BACK, Clause
from quizbank.generation.statements.clauses import Read, read_clauses
from quizbank.generation.statements.open_shapes import opening_subject
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import head_noun, in_sentence, is_plural

_BACK = re.compile(r"(?:It|They|This|These)(?= (?!is (?:an?|the) (?:why|reason))[a-z]+(?:s|ed|ay|an|ould|re|ve)?\b)")
_SAID = re.compile(r"(?:It|They|This|These)(?=\s|$)")
_SPOKEN = re.compile(r"(?:it|they)(?=\s|$)")
_INSIDE = re.compile(
    r"(?P<open>(?:In|On|At|After|During|For|With|From|Within|Before|Without|By) [^,;:.]{3,70}?),? (?P<it>it|they) (?=[a-z]+)"
)
_NAMED_HEADING = re.compile(r"(?:the )?[a-z][\w-]+(?: [\w-]+){0,3}", re.IGNORECASE)


def named_plural(named: str) -> bool:
    """Return whether "they" stands for what is named, and not "it"."""
    return is_plural(head_noun(named)) or " and " in named


_POINTS = re.compile(r"(?:both|each|all|these|such|the other|another|others?|either|neither)\b", re.IGNORECASE)


def resolved(passage: Passage, read: Read, before: str) -> tuple[Clause, ...]:
    """Return the clauses of a sentence about "it" or "they": the last subject of its paragraph, else its heading."""
    text, start, end = passage.text, read.sentence.start, read.sentence.end
    stop = text.find("; ", start, end)
    end = stop if stop > 0 else end  # behind it, another "it" may follow
    back = _BACK.match(text, start, end)
    inside = None if back else _INSIDE.match(text, start, end)
    if not back and (not inside or POINTS_BACK.search(inside["open"])):
        return ()
    named = before or headed(passage, read)
    if not named or _POINTS.match(named):
        return ()
    if back:
        if named_plural(named) != (back[0] in ("They", "These")):
            return ()
        return read_clauses(text, start, end, replace(passage.topic, name=named, said=_SAID))
    if not inside or named_plural(named) != (inside["it"] == "they"):
        return ()
    inner = read_clauses(text, inside.start("it"), end, replace(passage.topic, name=named, said=_SPOKEN))
    return tuple(replace(one, opening=inside.span("open")) for one in inner)


def to_parse(passage: Passage, read: Read) -> Iterator[str]:
    """Yield the words of a sentence about "it" that ``resolved`` will have parsed, so that many are parsed together."""
    text, start, end = passage.text, read.sentence.start, read.sentence.end
    stop = text.find("; ", start, end)
    if stop > 0 and _BACK.match(text, start, end):
        yield text[start:stop]
    elif inside := _INSIDE.match(text, start, end):
        yield text[inside.start("it") : stop if stop > 0 else end]


def headed(passage: Passage, read: Read) -> str:
    """Return what a heading names; the drug a text is about, where it is a usual one ("Treatment") or more than a name."""
    before = passage.text[read.block.start : read.sentence.start].rstrip(" .\n").rsplit(". ", 1)[-1]
    spoken = not before or passage.topic.name.lower() in before.lower() or not _VERB.search(before)
    drug = passage.topic.name if passage.topic.drug and spoken else ""
    bare = _BRACKETED.sub("", clean(read.section.path[-1])).strip(" :.") if read.section.path else ""
    heading = in_sentence(bare, passage.topic.lowered)
    if not _NAMED_HEADING.fullmatch(heading) or is_usual(heading):
        return drug
    if any(one.end - one.start == len(heading) for one in terms_in(heading, 0, len(heading))):
        return heading
    return heading if heading.startswith("the ") and not before else drug


_BRACKETED = re.compile(r"\s*\([^()]*\)")
_VERB = re.compile(r"\b(?:is|are|was|were|may|can|has|have|will|does|do|should|must|\w+[^s\W]s)\b")


def spoken_of(passage: Passage, read: Read, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of a part that opens with "it" or "they": the subject with which its sentence opens."""
    found = _SPOKEN.match(passage.text, start, end) if start > read.sentence.start else None
    named = opening_subject(passage, read.sentence.start, start) if found else ""
    if not found or not named or named_plural(named) != (found[0] == "they"):
        return ()
    return read_clauses(passage.text, start, end, replace(passage.topic, name=named, said=_SPOKEN))


_OWNED = (
    r"(?:mechanism(?: of action)?|cause|treatment|antidote|trigger|source|vector|target|complication|site|indication|"
    r"contraindication|sign|clue|feature|hazard|risk|symptom|finding|substrate|predictor|drawback|advantage|disadvantage|"
    r"function|role|effect|product|action|danger|limit|precursor|landmark|border|boundary|branch|content|ligand|receptor|"
    r"gene|dose|half-life|duration|onset|incidence|prevalence|mortality|name|benefit|hallmark|purpose|aim|value)(?:s|es)?"
)
_ITS = re.compile(
    rf"(?:Its|Their) (?P<what>(?:[a-z-]+ ){{0,3}}?{_OWNED}) (?P<be>is|are|includes?) (?P<told>\S[^;:]{{2,220}}?)"
    r"(?=[.;:]?\s*$|[;:] )"
)
_NO_NAME = re.compile(
    r"(?:(?!an? |the )\w+ly )?(?:\w+(?:ed|ing|ly|less)|not|unknown|unclear|similar|different|low|high|rare|common|variable|good|"
    r"poor|limited|uncertain|rapid|slow|important|useful|greater|greatest|highest|lowest)\b(?! \w+(?:s|y|is|a)\b)",
    re.IGNORECASE,
)


def asked_of_possession(passage: Passage, read: Read, named: str) -> Iterator[Asked]:
    """Transcatheter implantation is … Its drawbacks are heart block and leak → What are the drawbacks of … implantation?"""
    found = _ITS.match(passage.text, read.sentence.start, read.sentence.end)
    if not found or _NO_NAME.match(found["told"]):
        return
    named = named or headed(passage, read)
    if not named or _POINTS.match(named) or named_plural(named) != found[0].startswith("Their"):
        return
    if not is_telling(found["told"]) and len(found["told"].split()) < _FEWEST:
        return
    be = {"include": "are", "includes": "is"}.get(found["be"], found["be"])
    yield Asked(f"What {be} the {found['what']} of {named}?", found.span("told"), "possession", 4)


_FEWEST = 2  # words that tell something by themselves


def after_number(passage: Passage, read: Read) -> Read:
    """Return a sentence without the number of its section: "3.3 Culture should be taken" begins with "Culture"."""
    found = _NUMBER.match(passage.text, read.sentence.start, read.sentence.end)
    return replace(read, sentence=replace(read.sentence, start=found.end())) if found else read


_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-Z])")
