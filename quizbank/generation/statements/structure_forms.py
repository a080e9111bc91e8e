"""The forms in which texts say what supplies, drains, carries or passes a structure, and the questions they make."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from quizbank.generation.statements.structure_questions import (
    DONE,
    Matched,
    active,
    arises,
    based,
    beside,
    branch,
    continues,
    drains,
    gives,
    if_injured,
    injured,
    main_supply,
    passes,
    passive,
    relies,
    sign_of,
)

_BEGIN = r"(?:^|(?<=[;:] )|(?<=, and )|(?<=, but )|(?<=, while )|(?<=, whereas ))(?:(?:While|Whereas) )?"
_WHAT = r"(?P<what>(?:the |its |an? |both )?[A-Za-z][^,.;:()|]{1,90}?)(?: \([^()]{1,60}\))?"
_BE = r"(?P<be>is|are|was|were)"
_HOW = (
    r"(?:(?P<how>mainly|chiefly|primarily|principally|predominantly|mostly|largely|solely|exclusively|entirely|"
    r"normally|usually) )?"
)
_VIA = (
    r"(?P<via>(?:(?:the |an? )?(?:[a-z-]+ ){0,3}(?:branch(?:es)?|perforators?|divisions?|rami) (?:of|from) ){1,2})?(?:the )?"
    r"(?:(?:right|left|ipsilateral|corresponding|respective|nearby|adjacent) )?"
)
_END = (
    r"(?=\s*(?:$|[.,;(|]| (?:which|where|in|at|on|as|after|before|near|behind|with|within|and|or|to|during|along|below|above|"
    r"from|through|via|by|beneath|for|was|were|medially|laterally)\b))"
)
_MAIN = r"(?:main|dominant|primary|principal|chief|major|sole|only)"


# What stands for the structure that a form is tried on, letter by letter: a form need not know every name.
MARK, FILL = "\ue000", "\ue001"


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
        rf"{_BEGIN}{_WHAT} {_BE} {_HOW}(?:the )?(?P<done>{'|'.join(DONE)}) {_HOW.replace('how', 'how2')}by {_VIA}TERM{_END}",
        _ALL,
        passive,
    ),
    Form(
        rf"{_BEGIN}(?P<what>(?:the )?[A-Za-z][\w -]{{2,50}}?)(?:, [^.;:]{{3,90}}?,)? (?:arises|inserts|originates|"
        rf"lies|belongs|runs|forms|"
        rf"covers|extends|is|flexes|extends|abducts|adducts|has|takes|acts) {_OTHER}{{3,120}}?,? and (?:is )?(?P<how>)(?P<done>"
        rf"{'|'.join(DONE)}) by {_VIA}TERM{_END}",
        _BOTH,
        passive,
    ),
    Form(
        rf"{_BEGIN}(?P<supply>(?:(?:the|its) )?(?:{_MAIN} )?{_SORT}{_SUPPLY})(?: (?P<of>of|to|for) "
        rf"(?P<what>[^,.;:()|]{{3,60}}?))?"
        rf"(?: {_FROM}|(?<=[a-z]):) {_VIA}TERM{_END}",
        _ALL,
        main_supply,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?:receives?|derives?|takes?|gets?|draws?|has|have) (?P<supply>(?:its|their|a|the) "
        rf"(?:{_MAIN} )?{_SORT}"
        rf"{_SUPPLY}|most of (?:its|their) (?:blood|blood supply))(?P<of>) (?:mainly |chiefly |largely )?(?:from|by|"
        rf"through|via) "
        rf"{_VIA}TERM{_END}",
        _BOTH,
        main_supply,
    ),
    Form(
        rf"{_BEGIN}{_VIA}TERM{_MIDDLE} {_HOW}(?P<verb>{_ACTS}|supply|innervate|perfuse|nourish)(?P<sort>) {_LIST}",
        _ALL,
        active,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_OTHER}{{5,140}}?,? (?:and|to) (?P<how>)(?P<verb>{_ACTS}|supply|"
        rf"innervate)(?P<sort>) {_LIST}",
        _BOTH,
        active,
        goes_on=True,
    ),
    Form(
        rf"(?<!of the )(?<!of )TERM(?: \([^()]{{1,60}}\))?,? which {_HOW}(?P<verb>{_ACTS})(?P<sort>) {_LIST}",
        _BOTH,
        active,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_HOW}(?P<verb>provides|gives|carries|supplies) (?P<sort>(?:the "
        rf")?(?:{_MAIN} )?{_SORT}"
        r"(?:supply|innervation|sensation|perfusion|inflow|fibres|fibers|taste|control)) (?P<to>to|of|for|from|over|in) "
        rf"{_LIST}",
        _BOTH,
        gives,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} {_BE} (?P<supply>the (?:{_MAIN} )?{_SORT}{_SUPPLY}) (?P<of>of|to|for) {_LIST}",
        _BOTH,
        main_supply,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} (?P<art>an?|the|one of the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch(?:es)? of (?:the "
        rf")?(?:\w+ part of (?:the )?)?TERM{_END}",
        _BOTH,
        branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} (?P<art>an?|the|one of the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch(?:es)? of (?:the )?TERM "
        r"of the brachial plexus",
        ("cord",),
        branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} (?P<verb>arises|originates|comes|branches|derives|stems)(?: directly| off)? from (?:the )?TERM(?!\w)",
        ("cord",),
        arises,
        origin=True,
    ),
    Form(
        rf"\b{_NAMED}, (?:itself )?(?P<art>an?|the) (?P<adj>(?:[a-z-]+ ){{0,3}})branch of (?:the )?(?:\w+ part of "
        rf"(?:the )?)?TERM{_END}",
        _BOTH,
        branch,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_HOW}(?P<verb>arises|originates|comes|branches|derives|stems)(?: directly| off)? from (?:the )?"
        rf"(?:(?:\w+ )part of the )?TERM{_END}",
        _BOTH,
        arises,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_NAMED} {_BE} the (?:direct |distal )?continuation of (?:the )?TERM{_END}",
        _ALL,
        continues,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} {_HOW}(?P<verb>drains?|empties|empty|joins?)(?: directly)?(?P<into> into)? (?:the )?TERM{_END}",
        ("vein",),
        drains,
        origin=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} {_HOW}(?P<verb>leaves?|exits?|enters?|passes|pass|emerges?|travels?|runs?|"
        rf"reaches|traverses|goes)"
        r"(?P<place> the [a-z ]{3,25}?)?(?: \w+ly)? (?:through|via|by way of|by|at) (?:the )?"
        rf"TERM{_END}",
        ("opening",),
        passes,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}(?P<what>[A-Za-z][\w -]{{2,40}}?) (?:lies|arises|runs|bends|winds|descends|crosses|enters|leaves|"
        rf"passes)\b[^.;:]{{5,160}}?,? and "
        r"(?P<verb>leaves|exits|enters|passes|emerges)(?P<place> the [a-z ]{3,25}?)? (?:through|via|by|at) (?:the )?"
        rf"TERM{_END}",
        ("opening",),
        passes,
        goes_on=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT},? (?:(?:which )?{_BE} (?:an? [a-z -]{{3,50}}? )?)?(?:\w+ly )?(?:based|pedicled|islanded|"
        rf"raised|designed|harvested) on {_VIA}TERM{_END}",
        ("artery", "plexus"),
        based,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?P<verb>relies|rely|depends?|survives?) (?:\w+ly )?on {_VIA}TERM{_END}",
        ("artery",),
        relies,
    ),
    Form(
        rf"{_BEGIN}(?P<harm>{_HARM}) (?P<link>to|of|on) (?:the )?TERM(?: \([^()]{{1,60}}\))?(?: \w+ly)? "
        rf"(?P<verb>{_HURTS}) {_LIST}",
        ("nerve",),
        injured,
    ),
    Form(
        rf"{_BEGIN}(?:the |an? )?TERM (?P<harm>{_HARM})(?P<link>)(?: \w+ly)? (?P<verb>{_HURTS}) {_LIST}",
        ("nerve",),
        injured,
    ),
    Form(
        rf"{_BEGIN}(?:if|when|should) (?:the )?TERM is (?P<harm>injured|damaged|divided|cut|stretched|sacrificed|"
        rf"compressed)(?: [a-z ]{{3,40}})?, "
        r"(?P<what>(?:the|an?) [^,.;:()|]{8,80}?)(?=[.;,]|$)",
        ("nerve",),
        if_injured,
        clause=True,
    ),
    Form(
        rf"{_BEGIN}{_WHAT} (?P<verb>follows?|results? from|comes? from|points? to|indicates?|suggests?|reflects?|means|"
        rf"(?:is|are) (?:due to|caused by)) (?P<harm>{_HARM}) (?P<link>to|of|on) (?:the )?TERM{_END}",
        ("nerve",),
        sign_of,
    ),
    Form(
        rf"{_BEGIN}(?:the )?TERM{_MIDDLE} (?P<verb>runs with|travels with|courses with|accompanies|lies beside|runs "
        rf"beside|runs alongside|"
        r"travels alongside) (?P<what>the (?:[a-z-]+ ){1,4}(?:vein|artery|nerve))(?=[ .,;]|$)",
        _BOTH,
        beside,
        goes_on=True,
    ),
)
