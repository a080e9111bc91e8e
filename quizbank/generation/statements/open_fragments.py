"""What a sentence says in passing, or without a verb, goes in ("nifedipine if labetalol is unsuitable"); questions come out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, is_order, is_telling
from quizbank.generation.statements.clause import POINTS_BACK, said
from quizbank.generation.statements.clause_rules import is_subject
from quizbank.generation.statements.open_labels import DRUGS
from quizbank.generation.statements.open_shares import is_verb
from quizbank.generation.statements.open_wording import heading_words
from quizbank.generation.statements.parsing import parse
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import head_noun, in_sentence, is_plural


def asked_of_fragment(passage: Passage, section: Section, start: int, end: int) -> Iterator[Asked]:
    """Yield what a part of a sentence, or a note without a verb, lets be asked."""
    text = passage.text
    close = start + len(text[start:end].rstrip(" .\n\t"))
    heading = heading_words(section.path[-1], passage.topic.lowered) if section.path else ""
    if _NOTED.match(text, start, close):
        yield from _dosed(passage, heading, start, close)
        yield from _may_be(passage, heading, start, close)
    yield from _defined(passage, heading, start, close)
    yield from _occurring(passage, heading, start, close)
    if _CASE.search(text, start, close):
        yield from _given_if(passage, start, close)
    if text.find(" (", start, close) > 0:
        yield from _bracketed(passage, start, close)
    if text.find(" there ", start, close) > 0:
        yield from _there_is(passage, start, close)


_NOTED = re.compile(r"(?:May|Can|Should|Must) be |(?:\w+ ){0,2}dose")
_CASE = re.compile(r" (?:if|when|where|in case of) ")
_GIVEN_IF = re.compile(
    r"(?:^|(?<=; )|(?<=, )|(?<=\. ))(?:then |otherwise |or )?(?P<what>[A-Za-z][\w -]{3,50}?)(?: \([^()]*\))? "
    r"(?P<if>(?:if|when|where|in case of) [^,;:.]{6,120})(?=[,;.]|$)"
)


_DOSE = re.compile(r"\d ?(?:mg|g|mcg|micrograms?|units)\b(?!/[dL])")


def _given_if(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """…; nifedipine if labetalol is unsuitable → What is given if labetalol is unsuitable?"""
    for found in _GIVEN_IF.finditer(passage.text[start:end]):
        what, case = found["what"], said(found["if"])
        named = any(
            one.group.kind in DRUGS and one.end - one.start == len(what) for one in terms_in(what, 0, len(what))
        )
        named = named or (" " not in what and bool(_DOSE.search(passage.text, start, end)))
        named = named and not is_order(f"{what} the")
        if named and " and " not in case and not POINTS_BACK.search(case):
            yield Asked(f"What is given {case}?", (start + found.start("what"), start + found.end("what")), "given", 4)


_DOSED = re.compile(
    r"(?P<which>(?:Usual |Standard |Adult |Single )?(?:[Ll]oading|[Mm]aintenance|[Ii]nitial|[Ss]tarting|[Mm]aximum|"
    r"[Uu]sual|[Aa]dult) "
    r"(?:daily )?dose):? (?P<dose>\d[^;]{6,160})$"
)


def _dosed(passage: Passage, heading: str, start: int, end: int) -> Iterator[Asked]:
    """Under "Magnesium sulfate": Loading dose 4 g intravenously … → What is the loading dose of magnesium sulfate?"""
    found = _DOSED.match(passage.text, start, end)
    if not found:
        return
    small = heading.lower() if heading.isupper() else heading
    known = any(one.group.kind in DRUGS and one.end - one.start == len(small) for one in terms_in(small, 0, len(small)))
    named = passage.topic.name if passage.topic.drug else small if known else ""
    if named:
        yield Asked(f"What is the {found['which'].lower()} of {named}?", found.span("dose"), "dose", 4)


_MAY_BE = re.compile(
    r"(?P<modal>May|Can|Should|Must) be (?P<done>\w+(?:ed|en|un)) (?P<tail>(?:after|when|if|only|before|once|until|"
    r"unless) [^;:]{8,200})$"
)
_DOING = re.compile(
    r"(?:stopping|starting|discontinuing|withdrawing|restarting|resuming|initiating) (?P<what>[a-z][\w -]{3,40})"
)


def _may_be(passage: Passage, heading: str, start: int, end: int) -> Iterator[Asked]:
    """Under "Stopping maintenance": May be discontinued after 12 months … → When may maintenance be discontinued?"""
    found, doing = _MAY_BE.match(passage.text, start, end), _DOING.fullmatch(heading.lower())
    if not found:
        return
    named = doing["what"] if doing else passage.topic.name if passage.topic.drug else ""
    if named:
        yield Asked(f"When {found['modal'].lower()} {named} be {found['done']}?", found.span("tail"), "when", 4)


_VERB = re.compile(r"\b(?:is|are|was|were|may|can|has|have|will|does|do|should|must)\b")


def _defined(passage: Passage, heading: str, start: int, end: int) -> Iterator[Asked]:
    """Under "Definition", what has no verb says what the topic is."""
    if heading.lower() not in ("definition", "case definition", "what it is") or parse(passage.text[start:end]):
        return
    if passage.text[start].isupper() and len(passage.text[start:end].split()) >= _FEWEST_DEFINING:
        yield Asked(f"How is {passage.topic.name} defined?", (start, end), "defined", 4)


_FEWEST_DEFINING = 6

_MOST = (
    r"(?:by far )?the (?:single )?(?:most \w+|commonest|strongest|main|chief|principal|leading|earliest|first|only|largest)"
    r"(?: [\w-]+){1,7}"
)
_BRACKETED = re.compile(rf"(?P<noun>[^,;:().]{{4,70}}) \((?P<most>{_MOST})\)")
_EPONYM = re.compile(
    r"(?P<noun>[^,;:().]{8,90}) \((?:called |"
    r"known as )?(?P<name>(?:the )?[A-Z]\w+(?:[-–][A-Z]\w+)*(?:[’']s?)? (?:sign|lines?|nodes?|spots?|triad|"
    r"phenomenon|bodies|law|reflex|test|rash|nodules|ulcers?|syndrome|crisis))\)"
)


_ACTS = re.compile(r"\b(?:(?P<known>shows?|includes?|means?)|(?P<verb>[a-z]+s)) (?:an? |the )?")


def _bracketed(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """Bicuspid valve (the most common defect) → What is the most common defect?; red lines (Pastia's lines) → What are …?"""
    for found in _BRACKETED.finditer(passage.text[start:end]):
        words = found["noun"].strip()
        acts = [one.end() for one in _ACTS.finditer(words) if one["known"] or is_verb(one["verb"])]
        words = words[acts[-1] :] if acts else words
        if words and is_subject(words) and not _VERB.search(words):
            begins = start + found.end("noun") - len(words)
            be = "are" if is_plural(found["most"].split()[-1]) and is_plural(head_noun(words)) else "is"
            yield Asked(f"What {be} {found['most']}?", (begins, start + found.end("noun")), "unique", 4)
    for found in _EPONYM.finditer(passage.text[start:end]):
        verb = list(re.finditer(r"\b(?:is|are|be|has|have|show|shows|causes?|produces?|called) ", found["noun"]))
        joined = re.compile(r".*\b(?:and|or|with) (?!.* (?:triad))").match(found["noun"])
        begins = start + found.start("noun") + max(verb[-1].end() if verb else 0, joined.end() if joined else 0)
        words = [word.lower() for word in passage.text[begins : start + found.end("noun")].split()]
        if (
            not words
            or words[0] in verb_words("openers")
            or any(_VERB.fullmatch(word) or is_verb(word) for word in words)
        ):
            continue
        be = "are" if is_plural(found["name"]) else "is"
        yield Asked(f"What {be} {found['name']}?", (begins, start + found.end("noun")), "eponym", 4)


_THERE = re.compile(
    r"(?P<open>(?:In|On|At|Around|Along|Within|After|During|Over) [^;:.]{3,80}?),? there (?P<be>is|are|may be|can be|"
    r"is often|are often) "
    r"(?P<what>(?!no\b|not\b|little\b|some\b|any\b)[^;:]{4,150})$"
)


def _there_is(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """In the folds of the elbow there may be lines of petechiae → What may be found in the folds of the elbow?"""
    found = _THERE.match(passage.text, start, end)
    if not found or POINTS_BACK.search(found["open"]) or not is_telling(found["what"]):
        return
    be = {"may be": "may be", "can be": "can be"}.get(found["be"], "is")
    where = in_sentence(said(found["open"]), passage.topic.lowered)
    yield Asked(f"What {be} found {where}?", found.span("what"), "there", 3)


_OCCURRING = re.compile(
    r"(?P<list>[A-Z][^;:.]{8,180}?) (?P<tail>(?:(?:may|can|also|sometimes|often|commonly|then|less often) )*(?:occur|"
    r"follow|develop|arise|"
    r"appear|(?:are|be) (?:also )?(?:seen|reported|described|common|usual|possible|recogni[sz]ed|frequent|typical|rare|uncommon|"
    r"other \w+))(?: too| as well)?)$"
)
_KINDS = re.compile(
    r"(?:(?:adverse|side|unwanted|undesirable|untoward|other|common|rare|late|early|possible|serious|clinical|main) )*"
    r"(?P<kind>effects|reactions|complications|features|symptoms|signs|manifestations|findings|risks)(?: and \w+)?"
)


def _occurring(passage: Passage, heading: str, start: int, end: int) -> Iterator[Asked]:
    """Under "Adverse effects": Constipation, hoarseness and thrush also occur → Which adverse effects may occur?"""
    kind = _KINDS.fullmatch(heading.lower())
    found = _OCCURRING.match(passage.text, start, end) if kind else None
    if (
        not kind
        or not found
        or "," not in found["list"]
        or _VERB.search(found["list"])
        or not is_subject(found["list"])
    ):
        return
    named = heading.lower().split(" and ")[0]
    state = re.search(r"(?:common|usual|frequent|typical|rare|uncommon)$", found["tail"])
    asked = f"Which {named} are {state[0]}?" if state else f"Which {named} may occur?"
    yield Asked(asked, found.span("list"), "list", 3)
