"""A clause and an amount inside it go in; the question that asks for the amount comes out: a dose, level, pressure or target."""

import re

from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.spans import clean
from quizbank.generation.statements.value_asked import LINK, OF, Asked, tail, words_before
from quizbank.generation.statements.value_words import ABOVE, BELOW, MEASURED, SIGNS, measured_noun, with_frequency
from quizbank.generation.statements.values import Value
from quizbank.generation.wording import head_noun, in_sentence, is_plural

_ADJUSTED = re.compile(
    r"\b(?:increased|reduced|raised|lowered|limited|titrated|adjusted|heated|cooled|diluted|decreased) to $"
)


def ask_target(clause: Clause, value: Value) -> Asked | None:
    """The aim is a uric acid level below 360 µmol/L → What is the target uric acid level?"""
    found = re.fullmatch(r"(?:an? |the )?(?P<measure>[A-Za-z][^,.;:()]{2,50}?)(?: of)? ", words_before(clause, value))
    plain = clause.operator in ("is", "are") and re.fullmatch(r"the (?:aim|target|goal)s?", clause.subject_words)
    if not found or not plain or clean(clause.text[value.end : clause.rest_span[1]]):
        return None
    bound = SIGNS.get(value.bound, value.bound)
    return Asked(f"What is the target {found['measure']}{tail(clause)}?", f"{bound.capitalize()} {{}}".strip())


_OFTEN = {
    "usually": "usual",
    "typically": "typical",
    "commonly": "usual",
    "normally": "normal",
    "generally": "usual",
}
_NO_TIME = re.compile(
    r"\b(?:concentration|level|pressure|volume|temperature|dose|dosage|rate)s?$"
)  # "the peak is at 3 hours"
_TWO = re.compile(r"(?<![\w-])\d| or ")  # "5.5 mEq/L or creatinine clearance"
_VARIES = re.compile(r"\b(?:and|or|but|to) (?:\w+ )?(?:longer|shorter|more|less|higher|lower|rather|up|even|\d)\b")
_USUALLY = re.compile(r"(?P<often>usually|typically|commonly|normally|generally) (?:about )?")


def ask_copula(clause: Clause, value: Value) -> Asked | None:
    """The usual dose is 500 mg twice daily → What is the usual dose?"""
    before = words_before(clause, value)
    after = clause.text[value.end : clause.rest_span[1]].strip()
    if after.startswith(",") and not re.search(r"\b(?:if|unless|except|when|but|or)\b", after):
        after = ""
    usual = _USUALLY.fullmatch(before)
    plain = clause.operator in ("is", "are") and (usual or before.strip() in ("", "about"))
    plain = plain and not (value.is_time and _NO_TIME.search(clause.subject_words))
    if (
        not plain
        or _TWO.search(clause.subject_words)
        or _VARIES.search(after)
        or not MEASURED.search(head_noun(clause.subject_words))
        or value.bound in (*ABOVE, *BELOW)
    ):
        return None
    if "," in after or (after and not re.match(r"(?:in|for|with|after|before|at|during|of)\b", after)):
        return None
    bound = SIGNS.get(value.bound, value.bound)
    frame = f"{bound.capitalize()} {with_frequency(value)}" if bound and bound != "between" else with_frequency(value)
    subject = clause.subject_words
    bare = not re.match(r"(?:the|an?|its|their)\b", subject) and not is_plural(head_noun(subject))
    often = _OFTEN[usual["often"]] if usual else ""
    named = re.sub(r"^(?:the|an?) ", "", subject) if often else f"{'the ' if bare else ''}{subject}"
    question = f"What {clause.operator} {f'the {often}' if often else ''} {named} {clean(after)}{tail(clause)}?"
    return Asked(" ".join(question.split()).replace(" ?", "?"), frame)


_HELD = re.compile(
    r"\b(?:kept|maintained|held|remains?|stays?|be|is|are|falls?|rises?|reduced|lowered|raised) (?:to )?$"
)


def ask_bounded(clause: Clause, value: Value) -> Asked | None:
    """Saturation should be kept above 92% → Above what value should saturation be kept?"""
    bound = SIGNS.get(value.bound, value.bound)
    noun = measured_noun(clause, value)
    if value.is_time or not noun or bound not in (*ABOVE, *BELOW):
        return None
    before = words_before(clause, value)
    held = _HELD.search(before) or (not before.strip() and clause.operator in ("is", "are"))
    if not held:
        return None
    side = "Above" if bound in ABOVE else "Below"
    measure = "value" if MEASURED.search(clause.subject_words) else noun
    return Asked(clause.asked(f"{side} what {measure}", (value.bound_start, value.end)), with_frequency(value))


_WITH_DRUG = re.compile(r"\bwith (?:oral |intravenous |intramuscular )?(?P<drug>[a-z-]{5,30}) $")


def ask_amount(clause: Clause, value: Value) -> Asked | None:
    """X is given at 5 mg/kg → At what dose is X given?; patients receive 2 L of fluid → How much fluid …"""
    noun = measured_noun(clause, value)
    if value.is_time or value.is_count or not noun or value.bound in (*ABOVE, *BELOW):
        return None
    before = words_before(clause, value)
    bound = SIGNS.get(value.bound, value.bound)
    frame = f"{bound.capitalize()} {with_frequency(value)}" if bound and bound != "between" else with_frequency(value)
    link = LINK.search(before)
    if link and link["link"] == "to" and not link["noun"] and not _ADJUSTED.search(before):
        return None
    if link and link["link"] in ("at", "to", "in") and (link["noun"] or link["link"] in ("at", "to")):
        measure = link["measure"] or noun
        prep = "At" if link["link"] == "in" else link["link"].capitalize()
        cut = (value.bound_start - len(link[0]), value.end)
        return Asked(clause.asked(f"{prep} what {measure}", cut), frame)
    if noun == "dose" and (drug := _WITH_DRUG.search(before)):
        cut = (value.bound_start - len(drug[0]), value.end)
        return Asked(clause.asked(f"With what dose of {drug['drug']}", cut), frame)
    of = OF.match(clause.text, value.end, clause.rest_span[1])
    if of and not link and noun in ("volume", "dose"):
        wh = f"How much {in_sentence(clean(of['what']), clause.lowered)}"
        return Asked(clause.asked(wh, (value.bound_start, of.end())), frame)
    return None
