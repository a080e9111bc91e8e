"""A form found in a sentence goes in; the question it makes, in the words of the sentence, comes out."""

import re
from dataclasses import dataclass

from quizbank.generation.statements.spans import clean
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural, third_person

NOUNS = {"cord": "cord of the brachial plexus"}


@dataclass(frozen=True)
class Matched:
    """A form found in a sentence: its kind of structure, and what the question is about, as a question names it."""

    found: re.Match[str]
    kind: str
    what: str
    lowered: frozenset[str]

    def part(self, name: str) -> str:
        """Return a part of the match inside a question, "" when it is missing."""
        return in_sentence(clean(self.found[name] or ""), self.lowered).strip(" ,")

    @property
    def noun(self) -> str:
        """Return what a question calls the kind."""
        return NOUNS.get(self.kind, self.kind)

    @property
    def which(self) -> str:
        """Return "which artery", or "branches of which artery"."""
        via = self.part("via") if "via" in self.found.re.groupindex else ""
        via = f"the {via}" if via and not self.many and not re.match(r"(?:the|an?) ", via) else via
        return f"{via} which {self.noun}".strip()

    @property
    def many(self) -> bool:
        """Return whether what answers is said in the plural ("branches of which artery supply")."""
        via = self.part("via") if "via" in self.found.re.groupindex else ""
        return bool(re.search(r"\b(?:branches|perforators|divisions|rami)\b", via))


DONE = {
    "supplied": "supplies", "innervated": "innervates", "perfused": "perfuses", "fed": "feeds", "nourished": "nourishes",
    "vascularized": "supplies", "vascularised": "supplies", "drained": "drains", "served": "supplies",
}  # fmt: skip


def _plural(verb: str) -> str:
    return base_form(verb)


def passive(one: Matched) -> str:
    """The deltoid is supplied by the axillary nerve → Which nerve supplies the deltoid?"""
    verb = DONE[one.part("done").lower()]
    return f"{one.which} {_how(one)}{_plural(verb) if one.many else verb} {one.what}?"


def active(one: Matched) -> str:
    """The axillary nerve supplies deltoid → Which nerve supplies deltoid?"""
    if re.match(r"(?:in|to|from|by|through|via|with)\b", one.what):
        return ""  # drains into another
    verb = one.part("verb").replace("serves", "supplies").replace("vascularizes", "supplies")
    verb = base_form(verb) if one.many and verb.endswith("s") else verb
    verb = third_person(verb) if not one.many and not verb.endswith("s") else verb
    return f"{one.which} {_how(one)}{verb} {one.what}?"


def gives(one: Matched) -> str:
    """The axillary nerve gives sensation to X → Which nerve gives sensation to X?"""
    return f"which {one.noun} {one.part('verb')} {one.part('sort')} {one.part('to')} {one.what}?"


def main_supply(one: Matched) -> str:
    """The main pedicle of X is the T → Which artery is the main pedicle of X?"""
    supply = re.sub(r"^(?:the|its|their|an?) ", "", one.part("supply"))
    if supply.startswith("most of"):
        return f"from {one.which} do{'' if is_plural(head_noun(one.what)) else 'es'} {one.what} receive most of the blood supply?"
    of = one.part("of") if one.found["of"] else "of"
    if supply in ("artery", "nerve", "nerve supply", "supply", "blood supply", "arterial supply", "innervation"):
        return f"{one.which} {'supply' if one.many else 'supplies'} {one.what}?"
    if re.search(r"(?:pedicle|vessel|artery|nerve|vein)$", supply):
        verb = "are" if one.many else "is"
        return f"{one.which} {verb} the {supply} {of} {one.what}?" if not one.many else ""
    return f"{one.which} {'provide' if one.many else 'provides'} the {supply} {of} {one.what}?"


def _how(one: Matched) -> str:
    return f"{one.part('how')} " if "how" in one.found.re.groupindex and one.part("how") else ""


def branch(one: Matched) -> str:
    """T1 is the largest branch of the T2 → Of which artery is T1 the largest branch?"""
    if re.search(r"\b(?:not|other|another|of)\b", one.part("adj")) or is_plural(head_noun(one.what)):
        return ""
    article = "a" if one.part("art").lower() in ("one of the", "an", "a") else "the"
    adjective = one.part("adj")
    article = "an" if article == "a" and adjective[:1] in tuple("aeiou") else article
    named = one.what if re.match(r"(?:the|an?) ", one.what) else f"the {one.what}"
    return f"of which {one.noun} is {named} {' '.join((article, adjective, 'branch')).replace('  ', ' ')}?"


def arises(one: Matched) -> str:
    """T1 arises from the T2 → From which artery does T1 arise?"""
    do = "do" if is_plural(head_noun(one.what)) else "does"
    verb = {"originates": "originate", "comes": "come", "branches": "branch", "derives": "derive", "stems": "stem"}.get(
        one.part("verb"), "arise"
    )
    return f"from which {one.noun} {do} {one.what} {_how(one)}{verb}?"


def continues(one: Matched) -> str:
    return f"of which {one.noun} is {one.what} the continuation?"


def divides(one: Matched) -> str:
    return f"which {one.noun} {one.part('verb')} into {one.what}?"


def drains(one: Matched) -> str:
    do = "do" if is_plural(head_noun(one.what)) else "does"
    into = "into " if one.part("into") else ""
    return f"{into}which {one.noun} {do} {one.what} {_how(one)}{base_form(one.part('verb'))}?"


def passes(one: Matched) -> str:
    """X leaves the skull through the jugular foramen → Through which opening does X leave the skull?"""
    do = "do" if is_plural(head_noun(one.what)) or " and " in one.what else "does"
    place = f" {one.part('place')}" if one.part("place") else ""
    if not place and re.match("leave|exit|enter|reach", one.part("verb")):
        return ""
    return f"through which {one.noun} {do} {one.what} {_how(one)}{base_form(one.part('verb'))}{place}?"


def based(one: Matched) -> str:
    """X is based on the T → On which artery is X based?"""
    be = one.part("be") or ("are" if is_plural(head_noun(one.what)) else "is")
    be = {"was": "is", "were": "are"}.get(be, be)
    return f"on {one.which} {be} {one.what} based?"


def injured(one: Matched) -> str:
    """Injury to the T causes Y → Injury to which nerve causes Y?"""
    harm = re.sub(r"^(?:an?|the) ", "", one.part("harm"))
    link = one.part("link") or ("of" if harm in ("palsy", "paralysis", "division") else "to")
    return f"{harm} {link} which {one.noun} {one.part('verb')} {one.what}?"


def if_injured(one: Matched) -> str:
    """If the T is divided, the shoulder drops → Division of which nerve means that the shoulder drops?"""
    harm = {
        "injured": "injury to",
        "damaged": "damage to",
        "stretched": "stretching of",
        "compressed": "compression of",
    }
    return f"{harm.get(one.part('harm'), 'division of')} which {one.noun} means that {one.what}?"


def sign_of(one: Matched) -> str:
    """Numbness of X follows division of the T → Numbness of X follows division of which nerve?"""
    return f"{one.what} {one.part('verb')} {one.part('harm')} {one.part('link')} which {one.noun}?"


def relies(one: Matched) -> str:
    """X relies on the T → On which artery does X rely?"""
    do = "do" if is_plural(head_noun(one.what)) else "does"
    return f"on {one.which} {do} {one.what} {base_form(one.part('verb'))}?"


def beside(one: Matched) -> str:
    """The T runs with X → Which nerve runs with X?"""
    return f"which {one.noun} {one.part('verb')} {one.what}?"
