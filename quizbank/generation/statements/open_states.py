"""A plain clause goes in; what it says of a state comes out: when something is indicated, above what value, how long after what.

Also who should be tested, what should NOT be given, what risk something carries, how long it lasts and what it feels like.
"""

import re

from quizbank.generation.statements.answers import Asked, is_telling
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.open_wording import AGREED, EMPTY, PERSONS, opening_behind, words_behind
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import NUMBER_WORDS, base_form

_BE = frozenset(("is", "are"))
_MODAL = frozenset(("should", "must", "can", "may", "is", "are"))
_NUMBER = rf"(?:\d[\d.]*|an?|{'|'.join(NUMBER_WORDS[1:])})"

_REFUSED = re.compile(
    r"(?:not|never) (?P<be>be )?(?:routinely )?(?P<done>given|used|offered|recommended|advised|prescribed|started|"
    r"stopped|repeated|performed|delayed|withheld|combined|taken|omitted|interrupted|indicated|needed|required|"
    r"necessary|effective|useful|helpful|crushed|chewed|split|shared)(?P<or> or \w+ed)?$"
)


def ask_refused(clause: Clause, passage: Passage) -> Asked | None:
    """Routine dexamethasone is harmful and should not be given → What should NOT be given?"""
    found = _REFUSED.match(clause.rest_without(None))
    subject = clause.subject_words
    if not found or clause.verb or clause.operator not in _MODAL or PERSONS.fullmatch(subject):
        return None
    if EMPTY.fullmatch(subject) or not (is_telling(subject) or len(subject.split()) >= 2):
        return None
    operator = AGREED.get(clause.operator, clause.operator)
    return Asked(
        f"What {operator} NOT {found['be'] or ''}{found['done']}{found['or'] or ''}{opening_behind(clause)}?",
        clause.subject,
        "not",
        3,
    )


_NO_ROLE = re.compile(
    r"not (?P<role>(?:an?|the) (?:contraindication|indication|substitute|cause|sign|risk factor|emergency|cure|"
    r"alternative|first choice|"
    r"reason|criterion|feature)(?: (?:to|for|of|in) [^,;]+)?)$"
)


def ask_no_role(clause: Clause, passage: Passage) -> Asked | None:
    """Low-dose aspirin alone is not a contraindication → What is NOT a contraindication?"""
    found = _NO_ROLE.match(clause.rest_without(None))
    if not found or clause.verb or clause.operator not in _BE or PERSONS.fullmatch(clause.subject_words):
        return None
    return Asked(f"What is NOT {found['role']}{opening_behind(clause)}?", clause.subject, "not", 3)


_INDICATED = re.compile(
    r"(?:be )?(?:\w+ly |only )?(?:contra-?indicated|indicated|favou?red|reserved|recommended|considered|"
    r"preferred|required|needed|used|advised|offered|safe|appropriate) (?:only )?(?P<prep>for|in|if|when|where|with|after) "
)
_FEW = re.compile(r"in (?:an? few|about|some|only|most|many|\d|china|the (?:united|european|uk|us)\b)", re.IGNORECASE)
_FEWEST_CASES = 7  # words; of fewer cases, it is what they call for that is asked


def ask_indicated(clause: Clause, passage: Passage) -> Asked | None:
    """Replacement is indicated for symptoms, for an ejection fraction below 50%, or when … → When is replacement indicated?"""
    said, start = words_behind(clause)
    found = _INDICATED.match(said)
    if not found or clause.verb or clause.operator not in _MODAL or EMPTY.fullmatch(clause.subject_words):
        return None
    told = said[found.start("prep") :]
    if PERSONS.fullmatch(clause.subject_words) or len(told.split()) < _FEWEST_CASES or _FEW.match(told):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked("When", cut), cut, "when", 4)


_THRESHOLD = re.compile(
    r"(?P<state>(?!often\b|usually\b|always\b|just\b|well\b|typically\b|generally\b|"
    r"rarely\b)(?:\w+ly )?[a-z-]+(?: \w+ed)?) (?P<prep>above|"
    r"below|over|under) (?=(?:about |roughly )?[<>≤≥]?\s?\d)"
)


def ask_threshold(clause: Clause, passage: Passage) -> Asked | None:
    """Severe stenosis is likely above 2,000 units → Above what value is severe stenosis likely?"""
    said, start = words_behind(clause)
    found = _THRESHOLD.match(said)
    if not found or clause.verb or clause.operator not in _MODAL or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked(f"{found['prep'].capitalize()} what value", cut), cut, "threshold", 4)


_AFTER = re.compile(
    rf"(?:^|(?<= ))(?P<time>(?:about |some |around |within |up to )?{_NUMBER}(?:\s?(?:to|–|-|or)\s?{_NUMBER})? "
    rf"(?:minutes?|hours?|days?|weeks?|months?|years?)) (?P<after>(?:after|before) )"
)
_COMING = frozenset(
    ("appear", "begin", "start", "occur", "develop", "come", "follow", "peak", "resolve", "return", "recur", "end", "fade",
     "disappear", "subside", "present")
)  # fmt: skip


def ask_after(clause: Clause, passage: Passage) -> Asked | None:
    """Symptoms come on three to five years after infection → How long after infection do symptoms come on?"""
    said, start = words_behind(clause)
    verb = base_form(clause.verb) if clause.verb else said.split(" ", 1)[0]
    found = _AFTER.search(said)
    if verb not in _COMING or not found or found.start("time") > _NEAR or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("time"), clause.rest_span[1])
    after = re.split(r"[,;]| and | or ", clause.text[start + found.start("after") : clause.rest_span[1]])[0]
    asked = clause.asked(f"How long {' '.join(after.split())}", cut)
    return Asked(asked, (cut[0], start + found.end("time")), "after", 4)


_NEAR = 30  # characters between a verb and the time it names

_STAYING = frozenset(
    ("remain", "stay", "continue", "persist", "last", "wait", "appear", "develop", "occur", "respond", "work")
)
_UNTIL = re.compile(r" (?P<prep>until|only (?:if|when|after|once|where)) (?=\w+ )(?!proven)")


def ask_until(clause: Clause, passage: Passage) -> Asked | None:
    """Children should stay away until 24 hours after the first dose → Until when should children stay away?"""
    said, start = words_behind(clause)
    found = _UNTIL.search(said)
    acts = clause.verb or clause.operator in ("do", "does", "was", "were", "had", "has", "have")
    if not found or (acts and base_form(clause.verb) not in _STAYING) or "," in said[: found.start()]:
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    if not clause.rest_without(cut) or EMPTY.fullmatch(clause.subject_words):
        return None
    asked = "Until when" if found["prep"] == "until" else "When"
    return Asked(clause.asked(asked, cut), cut, "when", 4)


_TESTED = re.compile(
    r"(?:also )?(?:be )?(?:also )?(?P<done>tested|screened|examined|treated|vaccinated|offered|referred|admitted|traced|"
    r"informed|immuni[sz]ed|isolated|notified|counselled|counseled|investigated|monitored|x-rayed)\b(?P<rest>[^,;]*)$"
)
_PEOPLE = re.compile(
    r"(?!(?:the )?(?:patients?|people|person)$)(?:(?:all|any|most|both|the|sexual|close|household|family|first-degree|"
    r"young|older|pregnant|asymptomatic|at-risk|affected) )*(?:contacts|partners|relatives|siblings|brothers|sisters|parents|"
    r"children|newborns?|infants?|babies|women|men|people|patients|anyone|everyone|adults|staff|family members|carriers|"
    r"an? (?:child|infant|newborn|person|woman|man|patient|boy|girl|neonate)(?= (?:with|whose|who|in whom|aged)))\b.*",
    re.IGNORECASE,
)


def ask_whom(clause: Clause, passage: Passage) -> Asked | None:
    """Brothers and sisters should also be tested → Who should be tested?"""
    found = _TESTED.match(clause.rest_without(None))
    subject = clause.subject_words
    if not found or clause.verb or clause.operator not in ("should", "must", "are", "is", "can"):
        return None
    if not _PEOPLE.fullmatch(subject) or not (len(subject.split()) >= 2 or found["rest"]):
        return None
    operator = AGREED.get(clause.operator, clause.operator)
    be = "be " if clause.operator in ("should", "must", "can") else ""
    return Asked(
        f"Who {operator} {be}{found['done']}{found['rest']}{opening_behind(clause)}?", clause.subject, "whom", 3
    )


_BORNE = re.compile(r"an? (?:[\w-]+ ){0,2}(?P<noun>risk|chance|danger|mortality|prognosis) ")


def ask_risk(clause: Clause, passage: Passage) -> Asked | None:
    """Pregnancy carries a high risk of aortic complications → What risk does pregnancy carry?"""
    said, start = words_behind(clause)
    found = _BORNE.match(said)
    if base_form(clause.verb) not in ("carry", "bear", "pose") or not found or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    return Asked(clause.asked(f"What {found['noun']}", cut), cut, "risk", 4)


_COLLECTING = frozenset(
    ("combine", "involve", "comprise", "contain", "cover", "list", "assess", "measure", "need", "bring")
)


def ask_combined(clause: Clause, passage: Passage) -> Asked | None:
    """Surveillance combines annual MRI, ultrasound and endoscopy → What does surveillance combine?"""
    said, start = words_behind(clause)
    if base_form(clause.verb) not in _COLLECTING or "," not in said or EMPTY.fullmatch(clause.subject_words):
        return None
    if PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, "list", 3)


_LIKE = re.compile(r"(?:like|of) (?=\w+)")
_SENSED = frozenset(("feel", "look", "smell", "taste", "sound"))


def ask_likeness(clause: Clause, passage: Passage) -> Asked | None:
    """The rash feels like sandpaper → What does the rash feel like?"""
    said, start = words_behind(clause)
    found = _LIKE.match(said)
    if base_form(clause.verb) not in _SENSED or not found or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    question = clause.asked("What", cut).rstrip("?")
    return Asked(f"{question} {found[0].strip()}?", (start + found.end(), cut[1]), "likeness", 3)


_ITSELF = re.compile(r"(?:itself|themselves) (?P<prep>in|by|as|with|through) ")


def ask_itself(clause: Clause, passage: Passage) -> Asked | None:
    """Severity shows itself in a slow-rising pulse → How does severity show itself?"""
    said, start = words_behind(clause)
    found = _ITSELF.match(said)
    if base_form(clause.verb) not in ("show", "present", "manifest", "reveal", "declare") or not found:
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked("How", cut), cut, "presents", 4)


_SPAN = (
    rf"(?:an? few|several|half an|{_NUMBER})(?:\s?(?:to|–|-|or|and)\s?{_NUMBER})? (?:or (?:two|more) )?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
)
_TIME = re.compile(rf"(?:for )?(?:(?:about|around|from|some|up to|at least|only|less than|more than) )*{_SPAN}")


def ask_lasting(clause: Clause, passage: Passage) -> Asked | None:
    """The reaction lasts from half an hour to several hours → How long does the reaction last?"""
    said, start = words_behind(clause)
    if base_form(clause.verb) not in ("last", "take", "persist") or not _TIME.match(said):
        return None
    if EMPTY.fullmatch(clause.subject_words) or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    return Asked(clause.asked("How long", cut), cut, "lasts", 4)


def ask_reached(clause: Clause, passage: Passage) -> Asked | None:
    """Protein binding exceeds 92% → What value does protein binding exceed?"""
    said, start = words_behind(clause)
    if base_form(clause.verb) not in ("exceed", "reach", "average", "approach") or not re.match(
        r"(?:about |around )?\d", said
    ):
        return None
    if EMPTY.fullmatch(clause.subject_words) or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start, clause.rest_span[1])
    return Asked(clause.asked("What value", cut), cut, "value", 3)


_AT_TIME = re.compile(rf"(?:at|within|by|around|between|in|over|from) (?:(?:about|around|the first) )*{_SPAN}")
_WHEN = re.compile(r"(?:only )?(?:when|if|once|after|in(?! \w+ing\b)|for|against) ")
_ONCE = re.compile(r"(?:only )?(?:when|if|once|after) ")
_HELPING = frozenset(("help", "work", "suffice", "fail", "act", "benefit"))
_ENDING = frozenset(("stop", "end", "begin", "start", "resume", "continue", "return", "drive", "leave"))


def ask_acting_when(clause: Clause, passage: Passage) -> Asked | None:
    """Methylprednisolone helps when hypoxemia is marked → When does it help?; therapy may stop after a year if … → When …?"""
    said, start = words_behind(clause)
    first = said.split(" ", 1)[0]
    verb, offset = (base_form(clause.verb), 0) if clause.verb else (first, len(first) + 1)
    behind = said[offset:]
    helps = clause.verb and verb in _HELPING and _WHEN.match(behind)
    ends = verb in _ENDING and clause.operator in ("may", "can", "should", "must") and _ONCE.match(behind)
    fits = helps or ends or (verb in _COMING and clause.verb and _AT_TIME.match(behind))
    if not fits or EMPTY.fullmatch(clause.subject_words) or len(behind.split()) < _FEWEST_BEHIND:
        return None
    cut = (start + offset, clause.rest_span[1])
    return Asked(clause.asked("When", cut), cut, "when", 4)


_FEWEST_BEHIND = 3

_OF_USE = re.compile(r"of (?:\w+ )?(?:use|value|help|benefit) (?P<prep>only in|only for|only|in|for|when|if) ")
_USEFUL = re.compile(
    r"(?P<state>(?:useful|valuable|helpful|used|suitable|effective|given|reserved|needed) (?:mainly|chiefly|primarily|especially|"
    r"particularly|largely|mostly)) (?P<prep>for|in|against) (?=\S+ ?\S*)"
)


def ask_useful(clause: Clause, passage: Passage) -> Asked | None:
    """HLA typing is useful mainly for its negative value → What is HLA typing useful mainly for?"""
    said, start = words_behind(clause)
    found = _USEFUL.match(said)
    if not found or clause.verb or clause.operator not in _BE or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    if found["prep"] == "in":
        return Asked(clause.asked("In what", cut), (start + found.end(), cut[1]), "for", 3)
    question = clause.asked("What", cut).rstrip("?")
    return Asked(f"{question} {found['prep']}?", (start + found.end(), cut[1]), "for", 3)


_MANNER = re.compile(
    r"(?:be )?(?:\w+ly )?\w+(?:ed|en|un) (?P<how>clinically|surgically|conservatively|percutaneously|endoscopically|medically|"
    r"radiologically|histologically|orally|intravenously|intramuscularly|subcutaneously|topically|empirically|symptomatically|"
    r"serologically|microscopically|operatively|nonoperatively|non-operatively|laparoscopically)$"
)


def ask_manner(clause: Clause, passage: Passage) -> Asked | None:
    """An abscess larger than 3 cm is drained percutaneously → How is an abscess larger than 3 cm drained?"""
    said, start = words_behind(clause)
    found = _MANNER.match(said.rstrip(" ."))
    if not found or clause.verb or clause.operator not in _MODAL or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("how"), start + found.end("how"))
    return Asked(clause.asked("How", cut), cut, "how", 3)


def ask_of_use(clause: Clause, passage: Passage) -> Asked | None:
    """Antistreptolysin O is of use only in retrospect → When is antistreptolysin O of use?"""
    said, start = words_behind(clause)
    found = _OF_USE.match(said)
    if not found or clause.verb or clause.operator not in _BE or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked("When", cut), cut, "when", 3)


NEGATIVE_STATES = (ask_refused, ask_no_role)
STATES = (
    ask_indicated,
    ask_threshold,
    ask_after,
    ask_until,
    ask_whom,
    ask_risk,
    ask_combined,
    ask_likeness,
    ask_itself,
    ask_lasting,
    ask_reached,
    ask_acting_when,
    ask_of_use,
    ask_useful,
    ask_manner,
)
