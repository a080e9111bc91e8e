"""Sentences on vessels and nerves at risk, and on gases, in; the term and the question it answers out."""

import re

from quizbank.generation.statements.model import TermUse
from quizbank.generation.statements.term_reader import TermReader

_AT_RISK = (
    r"(?:The )?(?P<term>TERM) (?P<be>is|lies|may be|can be) (?:\w+ly |most )?(?P<risk>at (?:\w+ )?risk|in danger|endangered|"
    r"vulnerable|injured|damaged|stretched|compressed|threatened|torn) "
    r"(?P<when>(?:when|as|during|while|if|where|by|from) [^.;:()]{12,90})\.?$"
)
_INJURED = (
    r"(?P<what>[A-Z][^,.;:()]{5,80}?) (?P<verb>follows?|results? from|comes? from|points? to|"
    r"(?:is|are) (?:\w+ly )?(?:due to|caused by)) "
    r"(?P<harm>injury|damage|division|traction|irritation|compression|section|stretching|ligation) (?P<link>to|of|on) "
    r"the (?P<term>TERM)(?P<rest> (?:by|during|in|at) [^,.;:()]{3,50})?\.?$"
)
_INSUFFLATED = (
    r"(?P<what>[A-Z][^,.;:()]{4,60}?) (?P<be>is|are) (?:\w+ly )?(?P<done>insufflated|inflated|distended) (?:with|by) "
    r"(?P<term>TERM)(?: gas)?(?P<rest> (?:through|to|at|during|before) [^,.;:()]{3,40})?\.?$"
)
_INSUFFLATES = (
    r"(?P<term>TERM)(?: gas)? is (?:\w+ly )?used (?:for (?P<noun>insufflation|the pneumoperitoneum)|to (?P<aim>"
    r"(?:insufflate|inflate|distend|create|establish) [^,.;:()]{4,60}?))(?: because [^.;]{5,120}|, [^.;]{5,120})?\.?$"
)
_MANY = re.compile(r"\b(?:both|all|several|other|also|too|branches?)\b")


def ask_at_risk(reader: TermReader) -> TermUse | None:
    """The superior gluteal nerve is at risk when … → Which nerve is at risk when …?"""
    found = reader.match(_AT_RISK, any_case=True)
    if found is None or _MANY.search(found[0]):
        return None
    risk = "at risk" if found["risk"] in ("in danger", "endangered", "threatened", "vulnerable") else found["risk"]
    be = found["be"] if " be" in found["be"] else "is"
    return reader.statement(
        found, f"{reader.place}, which {reader.group.noun} {be} {risk} {reader.words(found, 'when')}?"
    )


def ask_injured(reader: TermReader) -> TermUse | None:
    """Numbness of the inner arm follows division of the intercostobrachial nerve → … follows division of which nerve?"""
    found = reader.match(_INJURED, any_case=True)
    if found is None or _MANY.search(found[0]):
        return None
    what, verb = reader.words(found, "what"), found["verb"]
    return reader.statement(
        found, f"{reader.place}, {what} {verb} {found['harm']} {found['link']} which {reader.group.noun}?"
    )


def ask_gas(reader: TermReader) -> TermUse | None:
    """The abdomen is insufflated with carbon dioxide → With which gas is the abdomen insufflated?"""
    if found := reader.match(_INSUFFLATED, any_case=True):
        what = reader.words(found, "what")
        return reader.statement(found, f"{reader.place}, with which gas {found['be']} {what} {found['done']}?")
    found = reader.match(_INSUFFLATES, any_case=True)
    if found is None:
        return None
    aim = f"for {found['noun']}" if found["noun"] else f"to {reader.words(found, 'aim')}"
    return reader.statement(found, f"{reader.place}, which gas is used {aim}?")
