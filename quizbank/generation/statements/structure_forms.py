"""The forms in which texts say what supplies, drains, carries or passes a structure, and the questions they make."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from quizbank.generation.statements.spans import clean
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural, third_person

_BEGIN = r"(?:^|(?<=[;:] )|(?<=, and )|(?<=, but )|(?<=, while )|(?<=, whereas ))(?:(?:While|Whereas) )?"
_WHAT = r"(?P<what>(?:the |its |an? |both )?[A-Za-z][^,.;:()|]{1,90}?)(?: \([^()]{1,60}\))?"
_BE = r"(?P<be>is|are|was|were)"
_HOW = r"(?:(?P<how>mainly|chiefly|primarily|principally|predominantly|mostly|largely|solely|exclusively|entirely|normally) )?"
_VIA = (
    r"(?P<via>(?:(?:the |an? )?(?:[a-z-]+ ){0,3}(?:branch(?:es)?|perforators?|divisions?|rami) (?:of|from) ){1,2})?(?:the )?"
    r"(?:(?:right|left|ipsilateral|corresponding|respective|nearby|adjacent) )?"
)
_END = (
    r"(?=\s*(?:$|[.,;(|]| (?:which|where|in|at|on|as|after|before|near|behind|with|within|and|or|to|during|along|below|above|"
    r"from|through|via|by|beneath|for|was|were|medially|laterally)\b))"
)
_MAIN = r"(?:main|dominant|primary|principal|chief|major|sole|only)"


NOUNS = {"cord": "cord of the brachial plexus"}


# What stands for the structure that a form is tried on, letter by letter: a form need not know every name.
MARK, FILL = "\ue000", "\ue001"


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
        via = re.sub(r"^an? ", "the ", self.part("via")) if "via" in self.found.re.groupindex else ""
        return f"{via} which {self.noun}".strip()

    @property
    def many(self) -> bool:
        """Return whether what answers is said in the plural ("branches of which artery supply")."""
        via = self.part("via") if "via" in self.found.re.groupindex else ""
        return bool(re.search(r"\b(?:branches|perforators|divisions|rami)\b", via))


@dataclass(frozen=True)
class Form:
    """A way to say it. ``origin``: asks where a branch comes from. ``goes_on``: another structure may follow the term.
    ``clause``: what it is about has a verb of its own.
    """

    shape: str
    kinds: tuple[str, ...]
    ask: Callable[[Matched], str]
    origin: bool = False
    goes_on: bool = False
    clause: bool = False

    def pattern(self, kind: str) -> re.Pattern[str]:
        return _compiled(self.shape, kind)


@cache
def _compiled(shape: str, kind: str) -> re.Pattern[str]:
    return re.compile(shape.replace("TERM", f"(?P<term>{MARK}{FILL}*)").replace("KIND", kind), re.IGNORECASE)


_DONE = {
    "supplied": "supplies", "innervated": "innervates", "perfused": "perfuses", "fed": "feeds", "nourished": "nourishes",
    "vascularized": "supplies", "vascularised": "supplies", "drained": "drains", "served": "supplies",
}  # fmt: skip


def _plural(verb: str) -> str:
    return base_form(verb)


def _passive(one: Matched) -> str:
    """The deltoid is supplied by the axillary nerve → Which nerve supplies the deltoid?"""
    verb = _DONE[one.part("done").lower()]
    how = f"{one.part('how')} " if one.part("how") else ""
    return f"{one.which} {how}{_plural(verb) if one.many else verb} {one.what}?"


def _active(one: Matched) -> str:
    """The axillary nerve supplies deltoid → Which nerve supplies deltoid?"""
    how = f"{one.part('how')} " if one.part("how") else ""
    if re.match(r"(?:in|to|from|by|through|via|with)\b", one.what):
        return ""  # drains into another
    verb = one.part("verb").replace("serves", "supplies").replace("vascularizes", "supplies")
    verb = base_form(verb) if one.many and verb.endswith("s") else verb
    verb = third_person(verb) if not one.many and not verb.endswith("s") else verb
    return f"{one.which} {how}{verb} {one.what}?"


def _gives(one: Matched) -> str:
    """The axillary nerve gives sensation to X → Which nerve gives sensation to X?"""
    return f"which {one.noun} {one.part('verb')} {one.part('sort')} {one.part('to')} {one.what}?"


def _main_supply(one: Matched) -> str:
    """The main pedicle of X is the T → Which artery is the main pedicle of X?"""
    supply = re.sub(r"^(?:the|its|their|an?) ", "", one.part("supply"))
    if supply.startswith("most of"):
        return f"from {one.which} do{'' if is_plural(head_noun(one.what)) else 'es'} {one.what} receive most of the blood supply?"
    of = one.part("of") if one.found["of"] else "of"
    if re.search(r"(?:pedicle|vessel|artery|nerve|vein)$", supply):
        verb = "are" if one.many else "is"
        return f"{one.which} {verb} the {supply} {of} {one.what}?" if not one.many else ""
    return f"{one.which} {'provide' if one.many else 'provides'} the {supply} {of} {one.what}?"


def _branch(one: Matched) -> str:
    """T1 is the largest branch of the T2 → Of which artery is T1 the largest branch?"""
    if re.search(r"\b(?:not|other|another|of)\b", one.part("adj")) or is_plural(head_noun(one.what)):
        return ""
    article = "a" if one.part("art").lower() in ("one of the", "an", "a") else "the"
    adjective = one.part("adj")
    article = "an" if article == "a" and adjective[:1] in tuple("aeiou") else article
    named = one.what if re.match(r"(?:the|an?) ", one.what) else f"the {one.what}"
    return f"of which {one.noun} is {named} {' '.join((article, adjective, 'branch')).replace('  ', ' ')}?"


def _arises(one: Matched) -> str:
    """T1 arises from the T2 → From which artery does T1 arise?"""
    do = "do" if is_plural(head_noun(one.what)) else "does"
    verb = {"originates": "originate", "comes": "come", "branches": "branch", "derives": "derive", "stems": "stem"}.get(
        one.part("verb"), "arise"
    )
    return f"from which {one.noun} {do} {one.what} {verb}?"


def _continues(one: Matched) -> str:
    return f"of which {one.noun} is {one.what} the continuation?"


def _divides(one: Matched) -> str:
    return f"which {one.noun} {one.part('verb')} into {one.what}?"


def _drains(one: Matched) -> str:
    do = "do" if is_plural(head_noun(one.what)) else "does"
    into = "into " if one.part("into") else ""
    return f"{into}which {one.noun} {do} {one.what} {base_form(one.part('verb'))}?"


def _passes(one: Matched) -> str:
    """X leaves the skull through the jugular foramen → Through which opening does X leave the skull?"""
    do = "do" if is_plural(head_noun(one.what)) or " and " in one.what else "does"
    place = f" {one.part('place')}" if one.part("place") else ""
    if not place and re.match("leave|exit|enter|reach", one.part("verb")):
        return ""
    return f"through which {one.noun} {do} {one.what} {base_form(one.part('verb'))}{place}?"


def _based(one: Matched) -> str:
    """X is based on the T → On which artery is X based?"""
    be = one.part("be") or ("are" if is_plural(head_noun(one.what)) else "is")
    be = {"was": "is", "were": "are"}.get(be, be)
    return f"on {one.which} {be} {one.what} based?"


def _injured(one: Matched) -> str:
    """Injury to the T causes Y → Injury to which nerve causes Y?"""
    harm = re.sub(r"^(?:an?|the) ", "", one.part("harm"))
    link = one.part("link") or ("of" if harm in ("palsy", "paralysis", "division") else "to")
    return f"{harm} {link} which {one.noun} {one.part('verb')} {one.what}?"


def _if_injured(one: Matched) -> str:
    """If the T is divided, the shoulder drops → Division of which nerve means that the shoulder drops?"""
    harm = {
        "injured": "injury to",
        "damaged": "damage to",
        "stretched": "stretching of",
        "compressed": "compression of",
    }
    return f"{harm.get(one.part('harm'), 'division of')} which {one.noun} means that {one.what}?"


def _sign_of(one: Matched) -> str:
    """Numbness of X follows division of the T → Numbness of X follows division of which nerve?"""
    return f"{one.what} {one.part('verb')} {one.part('harm')} {one.part('link')} which {one.noun}?"


def _relies(one: Matched) -> str:
    """X relies on the T → On which artery does X rely?"""
    do = "do" if is_plural(head_noun(one.what)) else "does"
    return f"on {one.which} {do} {one.what} {base_form(one.part('verb'))}?"


def _beside(one: Matched) -> str:
    """The T runs with X → Which nerve runs with X?"""
    return f"which {one.noun} {one.part('verb')} {one.what}?"


_TO_NEXT = (
    r"(?:is|are|runs|passes|gives|ends|lies|may|must|has|leaves|enters|then|sends|divides|continues|becomes|can|should)"
)
_LIST = (
    r"(?P<what>[^.;:()|]{3,90}?)(?=\s*(?:$|[.;:(|]|, (?:which|whereas|while|but|where|so|as|with|and (?:"
    rf"{_TO_NEXT}|the|its))\b| and {_TO_NEXT}\b| (?:through|via|after|before|by|where|because|as well)\b))"
)
_NAMED = (
    r"(?P<what>(?:the )?(?:(?!(?:by|from|of|the|and|is|are|an?|to|via|on|with|in|which|mainly|chiefly|usually|"
    r"largely|through|its|own|same|each|every)\b)"
    r"[a-z-]+ ){1,4}(?:artery|nerve|vein))(?: \([^()]{1,40}\))?"
)
_MIDDLE = r"(?: \([^()]{1,60}\))?(?:, [^,.;:()]{3,70},)?"
_SORT = r"(?:(?:arterial|blood|vascular|motor|sensory|nerve|venous|source|cutaneous|feeding|general|sympathetic) )?"
_SUPPLY = r"(?:supply|pedicle|innervation|drainage|vessel|artery|nerve|vein|inflow|outflow|perfusion|sensation)"
_FROM = (
    r"(?:is|comes|arises|derives|is derived|is provided|is supplied|enters|is carried|originates|runs)(?: \w+ly)?"
    r"(?: (?:from|by|through|via|in))?"
)
_ACTS = r"supplies|innervates|perfuses|feeds|nourishes|drains|serves|vascularizes"
_HURTS = r"causes|produces|leads to|results in|weakens|paralyzes|paralyses|gives|abolishes|leaves|denervates|impairs"
_HARM = (
    r"injury|damage|division|compression|traction|transection|section|palsy|paralysis|entrapment|irritation|ligation"
)
_BOTH, _ALL = ("artery", "nerve"), ("artery", "nerve", "vein")
_OTHER = r"(?:(?!\bKIND\b)[^.;:])"  # nothing of the same kind, which could be what the verb is told of

FORMS = (
    Form(
        rf"{_BEGIN}{_WHAT} {_BE} {_HOW}(?:the )?(?P<done>{'|'.join(_DONE)}) {_HOW.replace('how', 'how2')}by {_VIA}TERM{_END}",
        _ALL,
        _passive,
    ),
    Form(
        rf"{_BEGIN}(?P<what>(?:the )?[A-Za-z][\w -]{{2,50}}?)(?:, [^.;:]{{3,90}}?,)? (?:arises|inserts|originates|"
        rf"lies|belongs|runs|forms|"
        rf"covers|extends|is|flexes|extends|abducts|adducts|has|takes|acts) {_OTHER}{{3,120}}?,? and (?:is )?(?P<how>)(?P<done>"
        rf"{'|'.join(_DONE)}) by {_VIA}TERM{_END}",
        _BOTH,
        _passive,
    ),
    Form(
        rf"{_BEGIN}(?P<supply>(?:(?:the|its) )?(?:{_MAIN} )?{_SORT}{_SUPPLY})(?: (?P<of>of|to|for) "
        rf"(?P<what>[^,.;:()|]{{3,60}}?))?"
        rf"(?: {_FROM}|(?<=[a-z]):) {_VIA}TERM{_END}",
        _ALL,
        _main_supply,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?:receives?|derives?|takes?|gets?|draws?|has|have) (?P<supply>(?:its|their|a|the) "
        rf"(?:{_MAIN} )?{_SORT}"
        rf"{_SUPPLY}|most of (?:its|their) (?:blood|blood supply))(?P<of>) (?:mainly |chiefly |largely )?(?:from|by|"
        rf"through|via) "
        rf"{_VIA}TERM{_END}",
        _BOTH,
        _main_supply,
    ),
    Form(
        rf"{_BEGIN}{_VIA}TERM{_MIDDLE} {_HOW}(?P<verb>{_ACTS}|supply|innervate|perfuse|nourish)(?P<sort>) {_LIST}",
        _ALL,
        _active,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_OTHER}{{5,140}}?,? (?:and|to) (?P<how>)(?P<verb>{_ACTS}|supply|"
        rf"innervate)(?P<sort>) {_LIST}",
        _BOTH,
        _active,
        goes_on=True,
    ),
    Form(
        rf"(?<!of the )(?<!of )TERM(?: \([^()]{{1,60}}\))?,? which {_HOW}(?P<verb>{_ACTS})(?P<sort>) {_LIST}",
        _BOTH,
        _active,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_HOW}(?P<verb>provides|gives|carries|supplies) (?P<sort>(?:the "
        rf")?(?:{_MAIN} )?{_SORT}"
        r"(?:supply|innervation|sensation|perfusion|inflow|fibres|fibers|taste|control)) (?P<to>to|of|for|from|over|in) "
        rf"{_LIST}",
        _BOTH,
        _gives,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_BE} (?P<supply>the (?:{_MAIN} )?{_SORT}{_SUPPLY}) (?P<of>of|to|for) {_LIST}",
        _BOTH,
        _main_supply,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} (?P<art>an?|the|one of the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch(?:es)? of (?:the "
        rf")?(?:\w+ part of (?:the )?)?TERM{_END}",
        _BOTH,
        _branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} (?P<art>an?|the|one of the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch(?:es)? of (?:the )?TERM "
        r"of the brachial plexus",
        ("cord",),
        _branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} (?P<verb>arises|originates|comes|branches|derives|stems)(?: directly| off)? from (?:the )?TERM(?!\w)",
        ("cord",),
        _arises,
        origin=True,
    ),
    Form(
        rf"\b{_NAMED}, (?:itself )?(?P<art>an?|the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch of (?:the )?(?:\w+ part of "
        rf"(?:the )?)?TERM{_END}",
        _BOTH,
        _branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_HOW}(?P<verb>arises|originates|comes|branches|derives|stems)(?: directly| off)? from (?:the )?"
        rf"(?:(?:\w+ )part of the )?TERM{_END}",
        _BOTH,
        _arises,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} the (?:direct |distal )?continuation of (?:the )?TERM{_END}",
        _ALL,
        _continues,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} {_HOW}(?P<verb>drains?|empties|empty|joins?)(?: directly)?(?P<into> into)? (?:the )?TERM{_END}",
        ("vein",),
        _drains,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?:normally )?(?P<verb>leaves?|exits?|enters?|passes|pass|emerges?|travels?|runs?|"
        rf"reaches|traverses|goes)"
        r"(?P<place> the [a-z ]{3,25}?)?(?: \w+ly)? (?:through|via|by way of|by|at) (?:the )?"
        rf"TERM{_END}",
        ("opening",),
        _passes,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?P<what>[A-Za-z][\w -]{{2,40}}?) (?:lies|arises|runs|bends|winds|descends|crosses|enters|leaves|"
        rf"passes)\b[^.;:]{{5,160}}?,? and "
        r"(?P<verb>leaves|exits|enters|passes|emerges)(?P<place> the [a-z ]{3,25}?)? (?:through|via|by|at) (?:the )?"
        rf"TERM{_END}",
        ("opening",),
        _passes,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT},? (?:(?:which )?{_BE} (?:an? [a-z -]{{3,50}}? )?)?(?:\w+ly )?(?:based|pedicled|islanded|"
        rf"raised|designed|harvested) on {_VIA}TERM{_END}",
        ("artery", "plexus"),
        _based,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?P<verb>relies|rely|depends?|survives?) (?:\w+ly )?on {_VIA}TERM{_END}",
        ("artery",),
        _relies,
    ),
    Form(
        rf"{_BEGIN}(?P<harm>{_HARM}) (?P<link>to|of|on) (?:the )?TERM(?: \([^()]{{1,60}}\))?(?: \w+ly)? "
        rf"(?P<verb>{_HURTS}) {_LIST}",
        ("nerve",),
        _injured,
    ),
    Form(
        rf"{_BEGIN}(?:the |an? )?TERM (?P<harm>{_HARM})(?P<link>)(?: \w+ly)? (?P<verb>{_HURTS}) {_LIST}",
        ("nerve",),
        _injured,
    ),
    Form(
        rf"{_BEGIN}(?:if|when|should) (?:the )?TERM is (?P<harm>injured|damaged|divided|cut|stretched|sacrificed|"
        rf"compressed)(?: [a-z ]{{3,40}})?, "
        r"(?P<what>(?:the|an?) [^,.;:()|]{8,80}?)(?=[.;,]|$)",
        ("nerve",),
        _if_injured,
        clause=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?P<verb>follows?|results? from|comes? from|points? to|indicates?|suggests?|reflects?|means|"
        rf"(?:is|are) (?:due to|caused by)) (?P<harm>{_HARM}) (?P<link>to|of|on) (?:the )?TERM{_END}",
        ("nerve",),
        _sign_of,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} (?P<verb>runs with|travels with|courses with|accompanies|lies beside|runs "
        rf"beside|runs alongside|"
        r"travels alongside) (?P<what>the (?:[a-z-]+ ){1,4}(?:vein|artery|nerve))(?=[ .,;]|$)",
        _BOTH,
        _beside,
        goes_on=True,
    ),
)
