"""An order ("Send blood cultures before treatment") goes in; when, how, why, in whom or where it is carried out is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.generation.statements.answers import Asked, is_order, is_telling
from quizbank.generation.statements.clause import POINTS_BACK, UNSAID, Span, said
from quizbank.generation.statements.clause_rules import NUMBERED, is_subject
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import NUMBER_WORDS, in_sentence, participle, third_person

_CONDITION = re.compile(
    r"(?P<if>(?:If|When|Where|Once|Unless|In|For|With|After|Before|During|To) [^;:.]{4,140}?), (?:then )?"
    r"(?=(?:do not |never )?(?P<verb>[a-z-]+)\b)"
)
_ORDER = re.compile(
    r"(?:(?:gently|carefully|slowly|then|next|finally|now|always|immediately|please|routinely) )?"
    r"(?P<not>do not |don[’']t |never )?(?:routinely )?(?P<verb>[a-z]+(?:-[a-z]+)?)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(
    r",? (?P<prep>because(?: of)?|since|so that|so as to|in order to|if|when|unless|until|once|only (?:if|when|in|after|for)|"
    r"before|after|"
    r"during|while|where|in|for|with|by|using|via|through|at|over|every|into|from|within|under|along|above|below|between|to|as|on|"
    r"towards?|without|according to) "
)
_COLON = re.compile(r":\s+|\s[–—]\s")
_PATIENTS = re.compile(
    r"(?:all |most |any |some )?(?:\w+ ){0,2}(?:patients?|people|adults|children|women|men|infants|those|individuals|"
    r"anyone)\b"
)
_AIMS = (
    "avoid|prevent|reduce|minimi[sz]e|detect|rule out|exclude|confirm|lessen|protect|allow|ensure|identify|facilitate|"
    "lower|limit|"
    "preserve|distend|relieve|decrease|guide|improve|check|look for|stop|assess"
)
_REASON = re.compile(rf",? (?P<why>because(?: of)?|since|so that|so as to|in order to|to (?=(?:{_AIMS})\b)) ?")
_WHERE = frozenset(("in", "into", "at", "through", "over", "between", "under", "along", "above", "below", "on"))
_WHEN = frozenset(("if", "when", "where", "unless", "until", "once", "before", "after", "during", "while"))
_PLACED = frozenset(
    ("insert", "place", "inject", "introduce", "position", "mark", "incise", "puncture", "palpate", "advance", "make", "apply",
     "store", "divide", "enter", "put", "keep")
)  # fmt: skip
_HOW = frozenset(("with", "by", "using", "via", "through", "at", "over", "every", "into", "from", "within", "under", "along",
                  "without", "according to"))  # fmt: skip
_BOUNDS = frozenset(("to", "below", "above", "under"))
_LIMITED = frozenset(
    ("restrict", "limit", "reduce", "lower", "raise", "keep", "increase", "titrate", "maintain", "hold", "bring")
)
_STOPPING = frozenset(("avoid", "stop", "withhold", "reduce", "discontinue", "limit", "restrict"))
# Things that notes name without an article and a question cannot.
_TERSE = re.compile(
    r"(?!(?:an?|the|each|every|any|no|all|both|one|two|most)\b)(?:[a-z-]+ ){0,3}(?:cannula|tube|catheter|needle|wound|"
    r"drain|cuff|"
    r"dressing|patient|tourniquet|graft|suture|balloon|stent|probe|dose|wire|guidewire|skin|site|area|vein|artery|"
    r"nerve|ligament|"
    r"tendon|lumen|stylet|table|bed|head|arm|leg|knee|hip|vessel|tract|incision|bladder|finger|blade|dilator|fascia|muscle)"
)


_NO_THING = re.compile(r"^\w+ly$|°|\d$|\band (?:check|look|reassess|repeat|keep|wait|press|call|refer|seek|observe)\b")
_COUNT = "|".join(NUMBER_WORDS[1:])
_LASTS = re.compile(
    rf"(?:at least |up to |about |no less than |no more than |a further |another )?(?:\d[\d–-]*|an?|{_COUNT})"
    rf"(?: (?:to|or) (?:\d+|{_COUNT}))? ?(?:more )?(?:minutes?|hours?|days?|weeks?|months?|years?|h|min)\b"
)
_GIVEN = frozenset(
    ("give", "use", "offer", "prefer", "choose", "accept", "prescribe", "recommend", "consider", "add", "request")
)


@dataclass(frozen=True)
class _Order:
    """An order as a question puts it: "should the drain NOT be clamped", and what stands behind it."""

    modal: str
    verb: str
    done: str
    is_forbidden: bool
    what: Span
    behind: str


def asked_of_order(passage: Passage, start: int, end: int, it: str = "") -> Iterator[Asked]:
    """Yield the questions an order answers, nothing for any other sentence; ``it`` is what "it" stands for, if known."""
    text = passage.text
    while numbered := NUMBERED.match(text, start, end):
        start = numbered.end()
    end = start + len(text[start:end].rstrip(" .\n\t;*"))
    condition = _CONDITION.match(text, start, end)
    if condition and is_order(text[condition.end() : end]):
        yield from _in_condition(passage, condition["if"], condition.end(), end, it)
        return
    if screened := _SCREEN.match(text, start, end):
        yield _screened(screened)
        return
    sought = _SOUGHT.match(text, start, end)
    if sought and len(sought["what"].split()) >= _FEWEST_SOUGHT and "about" not in sought["what"]:
        yield _sought(sought, "")
        return
    if unsaid := _UNSAID.match(text, start, end):
        yield from _about_topic(passage, unsaid, end)
        return
    if treated := _TREATED.match(text, start, end):
        whom = in_sentence(treated["who"], passage.topic.lowered)
        asked = "Until when" if treated["how"].startswith("until") else "For how long"
        yield Asked(f"{asked} should {whom} be {participle(treated['verb'].lower())}?", treated.span("how"), "how", 4)
        return
    found = _ORDER.match(text, start, end)
    if found and is_order(text[found.start("verb") : end]):
        yield from _about(passage, found, "", it)


_SCREEN = re.compile(
    r"(?P<verb>Screen|Test|Look|Check|Search|Assess) for (?P<what>[^,;:.]{3,70}?)(?: (?P<how>(?:with|by|using|on|at|"
    r"before) [^;:]{3,120})|: (?P<list>[^;:]{8,200}))$"
)
# What is looked for is the answer where nothing says how: "Before steroids, screen for tuberculosis".
_SOUGHT = re.compile(
    r"(?P<verb>screen|test|look|check|search|watch|ask|aim) (?:initially |always )?(?P<prep>for|"
    r"about) (?P<what>(?:[^;:.]|\.(?=\d)){4,160})$",
    re.IGNORECASE,
)
# On a page about a drug, an order that leaves out what it is about is about the drug: "Avoid in pregnancy".
_UNSAID = re.compile(
    r"(?P<not>Do not |Never )?(?P<verb>[Aa]void|[Gg]ive|[Uu]se|[Cc]ombine|[Ss]top|[Tt]ake|[Ww]ithhold|[Ss]tart|"
    r"[Cc]ontinue|[Rr]educe)"
    r" (?P<tail>(?!for good\b)(?:in|with|for|during|if|when|before|after|at least|until|on|"
    r"within) [^;:]{4,160}?)(?:: (?P<why>[^;:]{6,160}))?$"
)
_TREATED = re.compile(
    r"(?P<verb>Treat|Observe|Monitor|Anticoagulate|Follow|Ventilate|Isolate) (?P<who>(?:all |most |"
    r"such )?(?:\w+ )?(?:patients|inpatients|"
    r"outpatients|adults|children|infants|contacts|neonates|women|men|people)(?: with [\w -]{3,50}?)?) "
    r"(?P<how>(?:for (?:at least|no less than|up to)?|until) ?[^;:]{3,120})$"
)


def _screened(found: re.Match[str]) -> Asked:
    """Screen for latent infection with a blood test → How should latent infection be screened for?"""
    done = f"{participle(found['verb'].lower())} for"
    if found["list"]:
        return Asked(f"How should {found['what']} be {done}?", found.span("list"), "how", 4)
    asked = "When" if found["how"].startswith("before ") else "How"
    return Asked(f"{asked} should {found['what']} be {done}?", found.span("how"), "how", 4)


_FEWEST_SOUGHT = 3  # words of what is looked for, where no condition says when


def _sought(found: re.Match[str], behind: str) -> Asked:
    """Before prolonged steroids, screen for tuberculosis → What should be screened for before prolonged steroids?"""
    done = participle(found["verb"].lower())
    start, end = found.span("what")
    orders = (one.start() for one in re.finditer(r",? and ", found["what"]) if is_order(found["what"][one.end() :]))
    return Asked(
        f"What should be {done} {found['prep']}{behind}?", (start, start + next(orders, end - start)), "sought", 4
    )


def _about_topic(passage: Passage, found: re.Match[str], end: int) -> Iterator[Asked]:
    """Do not combine with X, as infections rise → Why should the drug NOT be combined with X?; Avoid in X → When …?"""
    if not passage.topic.drug:
        return
    text, (start, _) = passage.text, found.span("tail")
    modal = f"should {passage.topic.name} {'NOT ' if found['not'] else ''}be"
    done = participle(found["verb"].lower())
    if found["why"]:
        yield Asked(f"Why {modal} {done} {said(found['tail'])}?", found.span("why"), "why", 5)
        end = found.end("tail")
    if reason := _BECAUSE.search(text, start, end):
        yield Asked(f"Why {modal} {done} {said(text[start : reason.start()])}?", (reason.end(), end), "why", 5)
        end = reason.start()
    if not re.match(r"with|on|at", found["tail"]):
        whom = re.match(r"(?:in|for) ", found["tail"]) and _PATIENTS.match(found["tail"].split(" ", 1)[1])
        yield Asked(f"{'In whom' if whom else 'When'} {modal} {done}?", (start, end), "when", 4)


_BECAUSE = re.compile(r",? (?:because|since|as)(?= (?!in |for |with |soon|well|an? \w+ to)) ")


def for_patients(text: str) -> str:
    """Return what a leaflet says to its reader as said of patients: "if you feel worse" → "if the patient feels worse"."""
    text = re.sub(
        r"\byou(?: are|[’']re)\b", "the patient is", re.sub(r"\byou(?: have|[’']ve)\b", "the patient has", text)
    )
    text = re.sub(r"\byou (?=can|may|must|should|will|do not|cannot)", "the patient ", text).replace(
        "patient do not", "patient does not"
    )
    text = re.sub(r"\byou (?P<verb>[a-z]+)\b", lambda found: f"the patient {third_person(found['verb'])}", text)
    return re.sub(r"\byour\b", "the", text)


def _in_condition(passage: Passage, condition: str, start: int, end: int, it: str) -> Iterator[Asked]:
    """If X, do Y → What should be done if X?"""
    behind = for_patients(in_sentence(said(condition), passage.topic.lowered))
    if POINTS_BACK.search(behind):
        return
    stop = re.compile(r"[;:.] |, (?:and|but|then) (?=do not|never)").search(passage.text, start, end)
    close = stop.start() if stop else end
    first = behind.split()[0].lower()
    if first not in ("to", "before", "during"):
        yield Asked(f"What should be done {behind}?", (start, close), "to do", 4 + (first in ("if", "when", "where")))
    if sought := _SOUGHT.match(passage.text, start, close):
        yield _sought(sought, f" {behind}")
    elif found := _ORDER.match(passage.text, start, close):
        yield from _about(passage, found, f" {behind}", it)


def _about(passage: Passage, found: re.Match[str], behind: str, it: str) -> Iterator[Asked]:
    """Yield the question for what an order says beside what it is done to."""
    text, verb = passage.text, found["verb"].lower()
    start, end = found.span("rest")
    stop = re.compile(r"; |\. |, (?:and|then|but) (?=[a-z]+ )").search(text, start, end)
    close = stop.start() if stop else end
    colon = _COLON.search(text, start, close)
    told = colon.start() if colon else close
    tail = _TAIL.search(text, start, told)
    what_end = tail.start() if tail else told
    what = in_sentence(said(UNSAID.sub(" ", text[start:what_end])), passage.topic.lowered).strip(" ,")
    what = it if what == "it" else re.sub(r"\byour\b", "the", what)
    if not what or not is_subject(what) or POINTS_BACK.search(what) or len(what.split()) > 12 or _NO_THING.search(what):
        return
    what = f"the {what}" if _TERSE.fullmatch(what) else what
    done = participle(verb)
    if verb == "exceed" and found["not"]:
        figure = re.match(r"\S*\d", text[start:what_end])
        yield from [Asked(f"What dose should NOT be exceeded{behind}?", (start, close), "dose", 4)] if figure else []
        return
    modal = f"should {what} {'NOT ' if found['not'] else ''}be {done}"
    order = _Order(modal, verb, done, bool(found["not"]), (start, what_end), behind)
    if (
        colon
        and text[colon.start()] == ":"
        and len(text[colon.end() : end].split()) >= 3
        and (order.is_forbidden or verb in _STOPPING)
    ):
        between = said(text[what_end : colon.start()])
        yield Asked(f"Why {modal} {between}{behind}?", (colon.end(), end), "why", 5)
    if tail:
        yield from _tailed(passage, order, tail, told)


def _tailed(passage: Passage, order: _Order, tail: re.Match[str], close: int) -> Iterator[Asked]:
    """Yield the question for what stands behind the thing an order names."""
    text, modal, behind = passage.text, order.modal, order.behind
    if reason := _REASON.search(text, tail.start(), close):
        between = said(text[tail.start() : reason.start()])
        begins = reason.end() if reason["why"] in ("because", "because of", "since", "so that") else reason.start("why")
        yield Asked(f"Why {modal} {between}{behind}?", (begins, close), "why", 5)
        close = reason.start()
        if close <= tail.end():
            return
    key, rest = (tail.start("prep"), close), text[tail.end() : close]
    yield from _behind(passage, order, tail, key, rest)


def _behind(passage: Passage, order: _Order, tail: re.Match[str], key: Span, rest: str) -> Iterator[Asked]:
    """Yield when, for how long, for whom, where or how an order is carried out."""
    text, modal, behind, close = passage.text, order.modal, order.behind, key[1]
    first = tail["prep"].removeprefix("only ")
    if first == "unless" and not order.is_forbidden:
        return
    if first in _WHEN:
        yield Asked(f"When {modal}{behind}?", key, "when", 4)
    elif first == "for" and _LASTS.match(rest):
        yield Asked(f"For how long {modal}{behind}?", key, "how", 4)
    elif first == "as" and order.is_forbidden and len(rest.split()) >= 2:
        yield Asked(f"What should NOT be {order.done} {said(text[slice(*key)])}{behind}?", order.what, "not", 4)
    elif first in ("for", "in") and order.verb in _GIVEN and not _PATIENTS.match(rest) and is_telling(rest):
        yield Asked(f"What should be {order.done} {said(text[slice(*key)])}{behind}?", order.what, "given", 4)
    elif first in ("in", "for", "to") and _PATIENTS.match(rest):
        yield Asked(f"{first.capitalize()} which patients {modal}{behind}?", (tail.end(), close), "patients", 4)
    elif first in ("in", "with", "during", "for") and (order.is_forbidden or order.verb == "avoid"):
        asked = f"What should {'NOT ' if order.is_forbidden else ''}be {order.done} {said(text[slice(*key)])}{behind}?"
        yield Asked(asked, order.what, "not", 4)
        yield Asked(f"When {modal}{behind}?", key, "when", 4)
    elif first in _BOUNDS and order.verb in _LIMITED and re.match(r"(?:about |around |at least )?\d", rest):
        asked = "To what amount" if first == "to" else f"{first.capitalize()} what value"
        yield Asked(f"{asked} {modal}{behind}?", (tail.end(), close), "amount", 4)
    elif first in _WHERE and order.verb in _PLACED and not re.match(r"least|most|\d", rest):
        yield Asked(f"Where {modal}{behind}?", key, "where", 3)
    elif first in _HOW and not order.is_forbidden:
        yield Asked(f"{_measure(first, rest)} {modal}{behind}?", key, "how", 3)


def _measure(prep: str, rest: str) -> str:
    """Return the question words for how something is done: by what dose, how often, within what time, or how."""
    if prep == "every":
        return "How often"
    if prep == "at" and re.match(r"\d[\d.]*(?:\s?(?:–|-|to)\s?\d+)? ?(?:hours?|days?|weeks?|months?|years?)\b", rest):
        return "When"
    if prep == "at" and re.match(r"[<>≤≥]?\s?\d", rest):
        return (
            "At what dose" if re.search(r"\d ?(?:mg|g|mcg|micrograms?|units|mL)\b(?!/[dL])", rest) else "At what value"
        )
    if prep in ("within", "over") and re.search(r"\d.*\b(?:s|sec\w*|min\w*|h|hours?|days?|weeks?|months?)\b", rest):
        return f"{prep.capitalize()} what time"
    return "How"
