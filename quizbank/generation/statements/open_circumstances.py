"""A plain clause goes in; the question for its circumstances comes out: why, when, where, how, in whom, and what is advised."""

import re

from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, is_telling
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.open_wording import (
    AGREED,
    EMPTY,
    PATIENTS,
    PERSONS,
    opening_behind,
    words_behind,
)
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import NUMBER_WORDS, base_form

_CAUSE = re.compile(r"(?:due to|because of|caused by|owing to|attributed to|attributable to|explained by) ")
_PASSIVE = re.compile(
    r"(?:be )?(?P<done>(?:\w+ly )?(?:\w+(?:ed|en|pt|ld|wn|un|ut|nd|de|xt)|set off|brought on)(?: \w+ly| above all|"
    r" most often)?) (?P<prep>with|by|using|through|via|"
    r"from|on|at|"
    rf"if|when|before|after|during|until|unless|only (?:if|when)|in {PATIENTS}|for {PATIENTS}|in|for|as|to) "
)
_HOW = re.compile(
    r"\b(?:treated|managed|diagnosed|confirmed|detected|prevented|relieved|measured|assessed|made|established|"
    r"monitored|controlled|"
    r"transmitted|spread|acquired|obtained|performed|inherited|reversed|corrected|reduced|achieved|visualized|"
    r"identified|drained|"
    r"removed|repaired|excreted|eliminated|metabolized|absorbed|recognized|distinguished|closed|started|given|"
    r"supported|recorded)\b"
)
_WHERE = re.compile(
    r"\b(?:placed|inserted|injected|located|found|situated|marked|incised|introduced|implanted|stored|formed|seen|relayed|"
    r"made|excreted|produced|synthesi[sz]ed|secreted|absorbed|metaboli[sz]ed|concentrated|felt|heard)\b"
)
_CONDITIONS = frozenset(("disorder", "deficiency", "phase_or_stage", "electrolyte_disorder", "symptom", "operation"))


_NOT = re.compile(
    r"not (?:be )?(?:\w+ly )?(?P<done>recommended|indicated|needed|used|given|required|advised|delayed|withheld|"
    r"offered|performed|"
    r"taken|swallowed|crushed|mixed|added|stopped|started|suggested|necessary|associated|contraindicated|continued|affected|excluded|repeated|combined)"
    r"(?: \w+ly)?(?P<rest>.*)$"
)
_ONLY_WHEN = re.compile(
    r"(?:not |never )(?:be )?(?:\w+ly )?(?P<done>\w+ed|given|begun) (?P<prep>if|when|unless|in|for|until|with) "
)


_FOR_WHOM = re.compile(r"^not (?:be )?\w+ (?P<prep>in|during|with|by|for) ")


def ask_not(clause: Clause, passage: Passage) -> Asked | None:
    """X is not recommended in Y → What is NOT recommended in Y?; X must not be used when Y → When must X NOT be used?"""
    said, start = words_behind(clause)
    if clause.verb:
        return None
    when = _ONLY_WHEN.match(said)
    if when and when["prep"] in ("if", "when", "unless", "until") and not clause.adverb:
        cut = (start + when.start("prep"), clause.rest_span[1])
        return Asked(clause.asked("When", cut).replace(" not ", " NOT ", 1), cut, "when not", 5)
    found = _NOT.match(clause.rest_without(None).rstrip(" ."))
    if not found or len(found["rest"].split()) < 2 or PERSONS.fullmatch(clause.subject_words):
        return None
    if clause.subject_words == passage.topic.name and (whom := _FOR_WHOM.search(said)):
        cut = (start + whom.start("prep"), clause.rest_span[1])
        return Asked(clause.asked("When", cut).replace(" not ", " NOT ", 1), cut, "when not", 4)
    be = "be " if clause.rest_without(None).startswith("not be") else ""
    rest = clean(re.sub(r"\s*\([^()]*\)", "", found["rest"]))
    question = f"What {clause.operator} NOT {be}{found['done']} {rest}{opening_behind(clause)}?"
    return Asked(question, clause.subject, "not", 3)


def ask_cause(clause: Clause, passage: Passage) -> Asked | None:
    found = _CAUSE.search(clause.text, *clause.rest_span)
    if not found:
        return None
    key = (found.end(), clause.rest_span[1])
    if found.start() - clause.rest_span[0] <= 8 and clause.operator in ("is", "are", "may", "can"):
        is_said = clause.operator in ("is", "are") and re.fullmatch(
            r"\W*(?:\w+ly |often |most |mostly )?", clause.text[clause.rest_span[0] : found.start()]
        )
        if is_said or found[0].startswith("caused"):
            return Asked(f"What causes {clause.subject_words}{opening_behind(clause)}?", key, "cause", 4)
    left = clause.rest_without((found.start(), clause.rest_span[1]))
    if clause.operator in ("is", "are") and not clause.verb and not _STATE.match(left):
        return None
    return Asked(clause.asked("Why", (found.start(), clause.rest_span[1])), key, "cause", 4) if left else None


_STATE = re.compile(
    r"(?:(?:be|not|\w+ly|more|most|so) )*\w+(?:$| (?:in|at|on|by|for|to|with|after|during|from|than|of)\b)"
)
_ADVISED = re.compile(
    r"(?:be )?(?:\w+ly )?(?P<done>recommended|indicated|preferred|advised|suggested|contraindicated|required|needed|"
    r"reserved|considered|"
    r"avoided|offered|given|added|used|started|performed|mandatory|essential|necessary|withheld|stopped|safe|obtained|"
    r"sent|checked|"
    r"sufficient|adequate|useful|effective|helpful|appropriate|acceptable|suitable|superior|reasonable|unhelpful|ineffective)"
    r"(?P<rest> (?:in|for|if|when|as|before|after|during|to|with|unless|only|once|until) .+)$",
    re.DOTALL,
)
_ADVISING = frozenset(("is", "are", "should", "must", "can", "may"))


def ask_advised(clause: Clause, passage: Passage) -> Asked | None:
    """In patients with X, Y is recommended → What is recommended in patients with X?"""
    said = clause.rest_without(None).rstrip(" .")
    found = _ADVISED.match(said + ("" if not clause.opening else " " + clause.opening_words))
    if not found or clause.verb or clause.operator not in _ADVISING or clause.adverb.startswith("not"):
        return None
    subject = clause.subject_words
    if PERSONS.fullmatch(subject) or EMPTY.fullmatch(subject) or len(found["rest"].split()) < 3:
        return None
    if re.match(
        r"(?:about |at least |some )?\d[\d–-]* ?(?:to \d+ )?(?:seconds?|minutes?|hours?|days?|weeks?)\b", subject
    ):
        return None
    operator = AGREED.get(clause.operator, clause.operator)
    return Asked(
        f"What {operator} {said}{opening_behind(clause)}?", clause.subject, "advised", 3 + bool(clause.opening)
    )


_POSSIBLE = re.compile(
    r"be (?:attempted|considered|used|tried|given|offered|omitted|stopped|added|performed|started|delayed)\b"
)


def ask_conditional(clause: Clause, passage: Passage) -> Asked | None:
    """If X, Y is done → What should be done if X? (or: What happens if X?)"""
    if clause.opening is None or not re.match(r"(?:If|When|Once|Unless) ", clause.opening_words.capitalize()):
        return None
    modal = clause.operator in ("should", "must") or re.match(
        r"(?:be )?(?:recommended|indicated|needed|required|advised|preferred)\b", clause.rest
    )
    key = (clause.subject[0], clause.rest_span[1])
    if clause.stands_for or POINTING.match(clause.text, *clause.subject):
        return None
    if clause.operator in ("can", "may") and _POSSIBLE.match(clause.rest):
        return Asked(f"What {clause.operator} be done {clause.opening_words}?", key, "if", 4)
    if modal:
        return Asked(f"What should be done {clause.opening_words}?", key, "if", 4)
    happens = clause.verb and not PERSONS.match(clause.subject_words)
    return Asked(f"What happens {clause.opening_words}?", key, "happens", 3) if happens else None


POINTING = re.compile(r"(?:it|they|this|these|he|she|you|we)\b", re.IGNORECASE)


_LYING = frozenset(
    [
        "lie",
        "arise",
        "begin",
        "end",
        "originate",
        "insert",
        "attach",
        "run",
        "stand",
        "sit",
        "pass",
        "descend",
        "ascend",
        "emerge",
        "project",
    ]
)


_AT = re.compile(
    r"(?:in|on|at|behind|between|within|under|beneath|(?:lateral|medial|deep|superficial|anterior|posterior) to) the "
)


def ask_place(clause: Clause, passage: Passage) -> Asked | None:
    """The tip should lie in the lower vena cava → Where should the tip lie?"""
    said, start = words_behind(clause)
    if not clause.verb and clause.operator in ("is", "are") and _AT.match(said) and is_telling(said):
        cut = (start, clause.rest_span[1])
        return Asked(clause.asked("Where", cut), cut, "where", 3)
    verb = base_form(clause.verb) if clause.verb else said.split(" ", 1)[0]
    offset = 0 if clause.verb else len(verb) + 1
    if verb not in _LYING or not re.match(
        r"(?:in|at|on|from|into|behind|between|under|over|to|within|below|above|along|through|beneath|beside|(?:deep|lateral|medial|anterior|"
        r"posterior|superficial) to) ",
        said[offset:],
    ):
        return None
    cut = (start + offset, clause.rest_span[1])
    return (
        None
        if re.match(r"\w+ (?:about |around )?\d", said[offset:])
        else Asked(clause.asked("Where", cut), cut, "where", 3)
    )


_TIMED = re.compile(
    r"(?:be )?(?:\w+ly )?\w+(?:ed|en|un|pt) (?P<prep>within|over|for|at) (?=(?:about |at least |no more than |"
    r"up to )?\d|an? )"
)


def ask_measured(clause: Clause, passage: Passage) -> Asked | None:
    """Treatment should be completed within 8 weeks → Within what time should treatment be completed?"""
    said, start = words_behind(clause)
    found = _TIMED.match(said)
    if not found or clause.verb or not re.search(r"\d", said[found.end() :]):
        return None
    prep, told = found["prep"], said[found.end() :]
    cut = (start + found.start("prep"), clause.rest_span[1])
    timed = re.search(r"\b(?:seconds?|minutes?|min|hours?|h|days?|weeks?|months?|years?)\b", told)
    noun = re.match(r"an? (?P<noun>(?:\w+ )?\w+) of ", told)
    if timed and prep != "at":
        asked = {"within": "Within what time", "over": "Over what time", "for": "For how long"}[prep]
    elif prep == "at" and noun:
        asked = f"At what {noun['noun']}"
    else:
        return None
    return Asked(clause.asked(asked, cut), cut, f"measured {prep}", 4)


_VALUE = re.compile(
    r"(?:(?:usually|estimated (?:at|to be)|put at|quoted as|about|around|approximately|between|typically|only|roughly|"
    r"nearly|more than|less than|over|under|at least|up to) )*"
    rf"(?:[<>≤≥]?\s?\d|(?:{'|'.join(NUMBER_WORDS[2:])})(?: (?:to|or) \w+)? (?:minutes|hours|days|weeks|months|years)\b)"
)


_ABLE = re.compile(
    r"[^,;]{0,30}?\d ?(?:%|percent|per cent) (?P<able>sensitive|specific|effective|accurate|fatal|curative|reliable|penetrant|"
    r"bioavailable|protein[- ]bound|successful)\b"
)


def ask_valued(clause: Clause, passage: Passage) -> Asked | None:
    """The usual dose is 20 to 40 mg once daily → What is the usual dose?"""
    said, start = words_behind(clause)
    found = _VALUE.match(said)
    if (
        not found
        or clause.verb
        or clause.operator not in ("is", "are", "was", "were")
        or EMPTY.fullmatch(clause.subject_words)
    ):
        return None
    if " " not in clause.subject_words and re.match(r"over|under|more|less|at least|up to|only", said):
        return None
    if able := _ABLE.match(said):
        cut = (start, start + able.end())
        asked = clause.asked(f"How {able['able']}", cut)
        return Asked(asked, (start, start + able.start("able") - 1), "value", 4)
    begins = start + len(said) - len(re.sub(r"^(?:usually|typically) ", "", said))
    return Asked(
        f"What {clause.operator} {clause.subject_words}{opening_behind(clause)}?",
        (begins, clause.rest_span[1]),
        "value",
        4,
    )


_GREATEST = re.compile(
    r"(?:(?:usually|often) )?(?P<most>greatest|highest|lowest|worst|commonest|best (?:heard|seen|felt)|most (?:common|"
    r"marked|severe|frequent|"
    r"prominent|useful|effective|likely)) (?P<prep>at|in|on|over|during|after|before|among|when|if) "
)


def ask_greatest(clause: Clause, passage: Passage) -> Asked | None:
    """Tenderness is greatest at McBurney's point → Where is tenderness greatest?"""
    said, start = words_behind(clause)
    found = _GREATEST.match(said)
    if not found or clause.verb or clause.operator not in ("is", "are"):
        return None
    whom = re.match(PATIENTS, said[found.end() :]) or found["prep"] == "among"
    asked = "In whom" if whom else "Where" if found["prep"] in ("at", "in", "on", "over") else "When"
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked(asked, cut), (start + found.end(), cut[1]) if whom else cut, "where", 4)


_PLANNED = re.compile(
    rf"(?:be )?(?:\w+ly )?\w+(?:ed|en|un) (?P<prep>at|from|between) (?=(?:about |around )?(?:\d|{'|'.join(NUMBER_WORDS[2:])})"
    r"[^,;]*?\b(?:hours|days|weeks|months|years|weeks['’])\b)"
)


def ask_planned(clause: Clause, passage: Passage) -> Asked | None:
    """Cesarean is planned at 36–37 weeks → When is cesarean planned?"""
    said, start = words_behind(clause)
    found = _PLANNED.match(said)
    if not found or clause.verb or clause.operator in ("was", "were", "has", "have", "had"):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked("When", cut), cut, "when", 4)


def ask_passive(clause: Clause, passage: Passage) -> Asked | None:
    said, start = words_behind(clause)
    found = _PASSIVE.match(said)
    if not found or clause.verb or clause.operator in ("was", "were", "has", "have", "had"):
        return None
    prep, end = found["prep"].strip(), clause.rest_span[1]
    key, cut = (start + found.end(), end), (start + found.start("prep"), end)
    if prep == "unless" or (PERSONS.fullmatch(clause.subject_words) and prep not in ("if", "when")):
        return None
    if prep in ("in", "for") and re.match(PATIENTS, said[found.end() :]):
        return Asked(clause.asked(f"{prep.capitalize()} which patients", cut), key, "patients", 4)
    if prep in ("if", "when", "before", "after", "during", "until", "unless", "only if", "only when"):
        return Asked(clause.asked("When", cut), cut, "when", 4)
    return _by_means(clause, passage, found, start)


def _by_means(clause: Clause, passage: Passage, found: re.Match[str], start: int) -> Asked | None:
    """Return how, where or by what something is done."""
    prep, end = found["prep"].strip(), clause.rest_span[1]
    key, cut = (start + found.end(), end), (start + found.start("prep"), end)
    told = clause.text[start + found.end() : end]
    if prep == "in" and re.match(r"an? (?:\w+[ -]){1,3}(?:manner|pattern|fashion)\b", told):
        return Asked(clause.asked("How", cut), cut, "how", 3)
    if re.match(
        r"(?:about |roughly |around |up to |approximately |nearly |some )?\d|(?:about|roughly|around|nearly) ", told
    ):
        return None
    if prep in ("in", "on", "at", "into", "through") and _WHERE.search(found["done"]):
        return Asked(clause.asked("Where", cut), cut, "where", 3)
    if prep == "in":
        named = any(one.group.kind in _CONDITIONS for one in terms_in(told, 0, len(told)))
        return Asked(clause.asked("In which situation", cut), key, "situation", 3) if named else None
    if prep in ("with", "by", "using", "through", "via", "as") and _HOW.search(found["done"]):
        return Asked(clause.asked("How", cut), key if prep == "as" else cut, "how", 4)
    if prep == "to" and told.split(" ")[0] in verb_words("verbs"):
        return Asked(clause.asked("Why", cut), cut, "why", 4)
    if (prep == "at" and re.match(r"least|most|\d", told)) or EMPTY.fullmatch(clause.subject_words):
        return None
    firm = prep in ("by", "with", "on", "as")
    return Asked(clause.asked("What", key), key, prep, 2) if firm or is_telling(clause.subject_words) else None


CIRCUMSTANCES = (
    ask_cause,
    ask_conditional,
    ask_measured,
    ask_valued,
    ask_greatest,
    ask_place,
    ask_planned,
    ask_passive,
    ask_advised,
)
