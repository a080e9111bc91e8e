"""A clause and a value inside it go in; the question that asks for the value, and how every option puts it, come out."""

import re
from dataclasses import replace

from quizbank.generation.statements.amount_questions import ask_amount, ask_bounded, ask_copula, ask_target
from quizbank.generation.statements.clause import Clause, Span
from quizbank.generation.statements.spans import clean
from quizbank.generation.statements.value_asked import LINK, OF, Asked, tail, words_before
from quizbank.generation.statements.value_words import (
    MEASURED,
    SIGNS,
    age_words,
    bounded,
    side_word,
    unit_noun,
    with_frequency,
)
from quizbank.generation.statements.values import Value
from quizbank.generation.wording import head_noun, in_sentence, is_plural

_SCHEDULED = re.compile(r"\bbe (?:\w+ly )?\w+(?:ed|en|un|pt)\b|\btake\b")
_LOOSE_CONDITION = re.compile(r"(?:if|when|unless|where) ", re.IGNORECASE)
_REL = re.compile(
    r" (?:before|after|following|of|from)(?: the)? [^,.;:()]{3,50}?(?=$|[,.;]| (?:and|in|with|unless|if|when)\b)"
)
_AGED = re.compile(
    r"\b(?:who are |(?:people |those )?)?(?:aged|at (?:the |an )?age of|age|at age|from the age of|from age|at) $"
)
_YOUNGEST = 12  # "at 5 years" is as likely a time as an age
_ANYBODY = ("patients", "people", "individuals", "persons", "those", "all patients")
_PEOPLE = re.compile(r" (?:in|for|among) (?:all )?(?:patients|people|individuals|those|persons) $")
_WHEN = re.compile(
    r" ?(?:when|if|once|until) (?:the |an? )?(?P<measure>[a-z][^,.;:()]{2,40}?) "
    r"(?:is|are|falls?|drops?|rises?|exceeds?|reach(?:es)?|becomes?|remains?)(?: to)? $"
)
_DEFINED = re.compile(r"^(?:is |are )?defined as (?:an? |the )?(?P<measure>[a-z][^,.;:()]{2,50}?)(?: of)? $")
_STAYS = re.compile(
    r"\b(?:wait|rest|last|take|live|persist|continue|survive|require|need|remain|avoid [^,.;:()]{3,50})(?: for)? $"
)
_LASTING = re.compile(
    r"(?:last|take|live|persist|continue|survive|require|need|remain|stay|wait|rest|linger|average)s?", re.IGNORECASE
)
_TELLING = re.compile(
    r"(?:an? |the )?(?:highly |strongly )?(?:indication|diagnostic|specific|sensitive|suggestive|consistent|considered|classified|"
    r"regarded|contraindication|abnormal|normal|required|target|threshold|criterion|calls? for|justif(?:y|ies)|"
    r"confirms?|supports?|suggests?|indicates?|defines?|"
    r"warrants?|requires?|prompts?|favors?|excludes?|makes?|rules?|establish(?:es)?|appropriate|recommended|acceptable|treated|be )"
)
_SUBJECT = re.compile(
    r"^(?:an? |the )?(?P<measure>(?!(?:an?|the|in|for) )[A-Za-z][^,.;:()]{2,50}?)(?: of)? $", re.IGNORECASE
)


def ask_value(clause: Clause, value: Value) -> Asked | None:
    """Return the question for a value, None when no plain question asks for it."""
    if clause.is_negative:
        return _at_most(clause, value)
    if (
        value.is_time
        and clause.operator in ("may", "can", "might")
        and not _SCHEDULED.search(clause.text, *clause.rest_span)
    ):
        return None  # what may happen at some time is no rule
    if clause.opening and _LOOSE_CONDITION.match(clause.text, *clause.opening) and not _holds(clause.opening, value):
        return None
    if _is_loose(clause, value):
        return None
    if clause.subject[0] <= value.start < clause.subject[1]:
        return _in_subject(clause, value)
    if clause.opening and clause.opening[0] <= value.start < clause.opening[1]:
        return _in_opening(clause, value)
    if value.start < clause.rest_span[0]:
        return None
    for ask in (_defined, ask_target, _when, _age, _time, _count, ask_copula, ask_bounded, ask_amount):
        if asked := ask(clause, value):
            return asked
    return None


def _at_most(clause: Clause, value: Value) -> Asked | None:
    """X should not be continued beyond 12 weeks → For at most how long should X be continued?"""
    found = re.fullmatch(
        r"not (?P<done>[a-z ]{4,40}?) (?:beyond|for (?:more|longer) than|longer than|more than) ",
        clause.text[clause.rest_span[0] : value.start].lstrip(),
    )
    if not found or not value.is_time or clause.operator not in ("should", "must"):
        return None
    return Asked(f"For at most how long {clause.operator} {clause.subject_words} {found['done']}{tail(clause)}?")


def _holds(span: Span, value: Value) -> bool:
    return span[0] <= value.start < span[1]


def _is_loose(clause: Clause, value: Value) -> bool:
    """Return whether the value stands in brackets or behind another clause of the sentence."""
    before = clause.text[clause.start : value.start]
    inside = clause.text[clause.rest_span[0] : value.start]
    behind = clause.text[value.end : clause.rest_span[1]]
    if re.search(r"\bor\b.*\d", behind) or "," in inside or (" or " in inside and re.search(r"\d", inside)):
        return True
    is_bracketed = before.count("(") > before.count(")")
    return is_bracketed or bool(re.search(r"[;:]", before)) or bool(re.search(r"\b(?:that|which|who|where)\b", inside))


def _in_subject(clause: Clause, value: Value) -> Asked | None:
    """A hemoglobin below 7 g/dL is … → Which hemoglobin …; adults older than 65 years should … → Above what age …"""
    start, end = clause.subject
    rest = clause.rest_without(None)
    before = clause.text[start : value.bound_start]
    if value.is_age or (_AGED.search(before) and value.unit.startswith("year")):
        wh = age_words(value, before)
        kept = clean(_AGED.sub("", before) + clause.text[value.end : end])
        if not wh or len(kept.split()) < 1:
            return None
        return Asked(f"{wh} {clause.operator} {in_sentence(kept, clause.lowered)} {rest}{tail(clause)}?")
    named = _SUBJECT.match(before)
    if value.is_count and value.bound in ("at least", "up to") and not clean(before):
        kept = in_sentence(clean(clause.text[value.end : end]), clause.lowered)
        wh = f"{value.bound.capitalize()} how many {value.unit} {kept}"
        return Asked(f"{wh} {clause.operator} {rest}{tail(clause)}?")
    side = side_word(value)
    if named and value.end == end and side and _TELLING.match(rest if not clause.verb else clause.verb):
        measure = in_sentence(clean(before), clause.lowered).removesuffix(" of")
        return Asked(f"{side} which value {clause.operator} {measure} {rest}{tail(clause)}?", with_frequency(value))
    return None


def _in_opening(clause: Clause, value: Value) -> Asked | None:
    """Within 24 hours of admission, X should … → Within what time of admission should X …"""
    start, end = clause.opening or (0, 0)
    before = clause.text[start : value.bound_start].replace("\n", " ")
    if value.end == end and (asked := _condition(clause, value, f" {before[:1].lower()}{before[1:]}")):
        return asked
    group = re.fullmatch(r"(?:in|for|among) (?P<who>[a-z ]{4,30}) ", before, re.IGNORECASE)
    if group and value.end == end and value.unit.startswith("year") and (wh := age_words(value, before)):
        people = "" if group["who"] in _ANYBODY else f" in {group['who']}"
        return Asked(f"{clause.asked(wh, opening=False)[:-1]}{people}?")
    found = re.fullmatch(r"(?P<link>within|after|for) ", clause.text[start : value.bound_start], re.IGNORECASE)
    if not found or not value.is_time or value.is_age:
        return None
    rel = clean(clause.text[value.end : end])
    wh = {"within": "Within what time", "after": "After how long", "for": "For how long"}[found["link"].lower()]
    return Asked(clause.asked(f"{bounded(wh, value)} {rel}", opening=False))


def _condition(clause: Clause, value: Value, before: str) -> Asked | None:
    """If serum potassium is below 3.5 mmol/L, insulin should be withheld → Below what serum potassium level should …"""
    found = _WHEN.search(before)
    if not found or len(found[0]) < len(before):
        return None
    return Asked(clause.asked(_side(found, value), opening=False), with_frequency(value))


def _defined(clause: Clause, value: Value) -> Asked | None:
    found = _DEFINED.match(clause.text[clause.rest_span[0] : value.bound_start].replace("\n", " ").lstrip())
    if not found or not (
        MEASURED.search(found["measure"]) or unit_noun(value.unit) in ("level", "pressure", "body mass index")
    ):
        return None
    if not found or clause.operator not in ("is", "are"):
        return None
    more = f" or {value.or_more}" if value.or_more else ""
    after = clean(clause.text[value.end : clause.rest_span[1]])
    bound = SIGNS.get(value.bound, value.bound)
    if after and not re.match(r"(?:on|for|in|at|after|before|during) ", after):
        return None
    question = f"Which {found['measure']} {after} defines {clause.subject_words}?"
    return Asked(" ".join(question.split()), f"{bound.capitalize()} {{}}{more}".strip())


def _when(clause: Clause, value: Value) -> Asked | None:
    before = clause.text[clause.rest_span[0] : value.bound_start]
    found = _WHEN.search(before.replace("\n", " "))
    if not found:
        return None
    cut = (clause.rest_span[0] + found.start(), value.end)
    return (
        Asked(clause.asked(_side(found, value), cut), with_frequency(value))
        if value.end >= clause.rest_span[1] - 1
        else None
    )


def _side(found: re.Match[str], value: Value) -> str:
    """Return "Below what serum potassium level", "From what respiratory rate"."""
    side = side_word(value) or ("Above" if "exceed" in found[0] else "At")
    measure = clean(found["measure"])
    noun = unit_noun(value.unit) or "level"
    return f"{side} what {measure}{'' if MEASURED.search(measure) or noun in measure else f' {noun}'}"


def side_of(before: str, value: Value) -> str:
    """Return how a question asks for the value that a condition ends with, "" when the words are none."""
    found = _WHEN.search(before)
    return _side(found, value) if found else ""


def _age(clause: Clause, value: Value) -> Asked | None:
    before = words_before(clause, value)
    aged = _AGED.search(before)
    if aged and aged[0] == "at " and value.low < _YOUNGEST:
        return None
    if not (value.is_age or (aged and value.unit.startswith("year")) or value.bound in ("older than", "younger than")):
        return None
    wh = age_words(value, f"{clause.subject_words} {before}")
    start = value.bound_start - (len(aged[0]) if aged else 0)
    if people := _PEOPLE.search(clause.text[clause.rest_span[0] : start]):
        start -= len(people[0])
    return Asked(clause.asked(wh, (start, value.end))) if wh else None


_SECOND = re.compile(r",? and (?:at least |about |for |then )?\d.*$", re.DOTALL)  # another value for another case


def _time(clause: Clause, value: Value) -> Asked | None:
    if not value.is_time or value.is_age:
        return None
    before = words_before(clause, value)
    if earliest := re.search(r" no earlier than $", f" {clause.text[clause.rest_span[0] : value.start].lstrip()}"):
        cut = (value.start - len(earliest[0]) + 1, value.end)
        rel = _REL.match(clause.text, value.end, clause.rest_span[1])
        relation = clean(rel[0]) if rel else ""
        wh = f"How long {relation} at the earliest" if relation else "After what time at the earliest"
        return Asked(clause.asked(wh, cut, rel.span() if rel else None))
    link = LINK.search(before + "over " if value.bound == "over" else before)
    rel = _REL.match(clause.text, value.end, clause.rest_span[1])
    relation, rel_cut = (clean(rel[0]), rel.span()) if rel else ("", None)
    if second := _SECOND.match(clause.text, rel_cut[1] if rel_cut else value.end, clause.rest_span[1]):
        clause = replace(clause, rest_span=(clause.rest_span[0], second.start()))
    about = "About {}" if value.bound in ("about", "approximately", "around", "roughly") else "{}"
    if clause.operator in ("can", "may") and before.startswith("be ") and before.endswith(" for "):
        be = "are" if is_plural(head_noun(clause.subject_words)) or " and " in clause.subject_words else "is"
        begins = (
            clause.rest_span[0]
            + len(clause.text[clause.rest_span[0] :])
            - len(clause.text[clause.rest_span[0] :].lstrip())
        )
        clause = replace(clause, operator=be, rest_span=(begins + 3, clause.rest_span[1]))
    happens = clause.verb and not before and relation.startswith(("before", "after", "following"))
    if happens and not _LASTING.fullmatch(clause.verb):
        wh = bounded(f"How long {relation}", value)
        return Asked(clause.asked(wh, (value.bound_start, value.end), rel_cut), about) if wh else None
    if _STAYS.search(before) or (clause.verb and not before):
        start = value.bound_start - (4 if before.endswith(" for ") else 0)
        stays = bool(MEASURED.search(clause.subject_words)) or not relation.startswith("of")
        wh = bounded("How long", value)
        return Asked(clause.asked(wh, (start, value.end)), about) if wh and stays else None
    if link and not link["noun"]:
        wh = {
            "within": "Within what time",
            "after": "After how long",
            "for": "For how long",
            "every": "How often",
            "over": "Over what time",
            "at": "After how long" if re.search(r"\bpeak", clause.verb + before) else "",
        }.get(link["link"], "")
        wh = wh if value.bound == "over" else bounded(wh, value) if wh else ""
        if not wh:
            return None
        cut = (value.bound_start - (0 if value.bound == "over" else len(link[0])), value.end)
        frame = "Every {}" if link["link"] == "every" else about
        if relation and not (link["link"] == "for" and relation.startswith("of")):
            return Asked(clause.asked(f"{wh} {relation}", cut, rel_cut), frame)
        return Asked(clause.asked(wh, cut), frame)
    if relation.startswith(("before", "after", "following")) and not link:
        wh = bounded("How long", value)
        return Asked(clause.asked(f"{wh} {relation}", (value.bound_start, value.end), rel_cut), about) if wh else None
    return None


def _count(clause: Clause, value: Value) -> Asked | None:
    if not value.is_count or value.bound not in ("", "at least", "up to"):
        return None
    before = words_before(clause, value)
    of = OF.match(clause.text, value.end, clause.rest_span[1])
    noun = f"{value.unit} {clean(of[0]) if of else ''}".strip()
    link = re.search(r"\b(?P<link>in|after|as|for|with|over) $", before)
    wh = f"{link['link'].capitalize()} how many {noun}" if link else f"How many {noun}"
    start = value.bound_start - (len(link[0]) if link else 0)
    return Asked(clause.asked(wh, (start, of.end() if of else value.end))) if not value.bound else None
