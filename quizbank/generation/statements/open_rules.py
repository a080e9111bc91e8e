"""A plain clause goes in; the question it answers comes out: why, when, how, what is most common, what should be done.

Each rule reads one shape of clause and says how much its question is worth; the best one of a sentence is asked.
"""

import re
from collections.abc import Callable

from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, is_telling
from quizbank.generation.statements.clause import Clause, Span
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural, third_person

_UNIQUE = re.compile(
    r"(?:the )?(?:(?:single )?most (?:common|frequent|important|sensitive|specific|effective|serious|feared|"
    r"reliable|useful|accurate|"
    r"characteristic|commonly \w+|frequently \w+)(?! (?:and|or)\b)|commonest|leading|preferred|first[- ]line|"
    r"strongest|earliest|main|chief|principal|only|gold "
    r"standard|drug of choice|treatment of choice|test of choice|investigation of choice|mainstay|hallmark)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"(?:due to|because of|caused by|owing to|attributed to|attributable to|explained by) ")
_PATIENTS = (
    r"(?=(?:all |most |some )?(?:\w+ )?(?:patients?|people|adults|children|women|men|infants|those|individuals|anyone)\b)"
)
_PASSIVE = re.compile(
    r"(?:be )?(?P<done>(?:\w+ly )?\w+(?:ed|en|pt|ld|wn|un|ut|nd|de|xt)(?: \w+ly)?) (?P<prep>with|by|using|through|via|from|on|at|"
    rf"if|when|before|after|during|until|unless|only (?:if|when)|in {_PATIENTS}|for {_PATIENTS}|in|for|as|to) "
)
_HOW = re.compile(
    r"\b(?:treated|managed|diagnosed|confirmed|detected|prevented|relieved|measured|assessed|made|established|monitored|controlled|"
    r"transmitted|spread|acquired|obtained|performed|inherited|reversed|corrected|reduced|achieved|visualized|identified|drained|"
    r"removed|repaired|excreted|eliminated|metabolized|absorbed|recognized|distinguished|closed|started|given|supported|recorded)\b"
)
_WHERE = re.compile(
    r"\b(?:placed|inserted|injected|located|found|situated|marked|incised|introduced|implanted|stored|formed|seen)\b"
)
_CONDITIONS = frozenset(("disorder", "deficiency", "phase_or_stage", "electrolyte_disorder", "symptom", "operation"))
_DEFINES = re.compile(r"(?:defined as |characterized by |known as )?(?P<what>(?:an?|the) .+)")
_NO_OBJECT = verb_words("no_object")
# Who does or has something is seldom what a question should ask, nor what such people do.
PERSONS = re.compile(
    r"(?:(?:an?|the|some|many|most|all|every|certain|other) )?(?:[\w-]+ ){0,3}?(?:patients?|people|persons?|adults|children|child|women|men|"
    r"doctors?|surgeons?|physicians?|clinicians?|nurses?|teams?|specialists?|providers?|pediatricians?|experts?|"
    r"everyone|everybody|anyone|somebody|no one|groups? of people|health care (?:worker|provider)s?|researchers?|scientists?|authors?|"
    r"individuals?|families|parents?|relatives?|trainees?|travelers?|group|guidelines?|societ(?:y|ies))\b(?! (?:with|on|who|aged)\b)"
    r"(?:[’']s? .*)?",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:the |an? |some |many |most |several |these |other )?(?:use|uses|treatments?|symptoms?|signs?|tests?|results?|cases?|procedures?|"
    r"approach(?:es)?|techniques?|methods?|option|options|tube|balloon|scans?|herb|rule|changes?|medicines?|medications?|"
    r"factors?|problems?|things?|way|ways|care|testing|healing|example|examples|types?|forms?|steps?|aim|goal|goals|"
    r"part|level|area|number|amount|disease|condition|disorder|drugs?|doses?|two \w+|three \w+|blood|efficacy|effects?|causes?)",
    re.IGNORECASE,
)


def _said(clause: Clause) -> tuple[str, int]:
    """Return the words behind the operator or from the lexical verb on, and where they begin."""
    start = clause.rest_span[0]
    text = clause.text[start : clause.rest_span[1]]
    return text.lstrip(), start + len(text) - len(text.lstrip())


# Behind a comma, what a question that repeats a predicate leaves out.
_TAIL = re.compile(
    r"(?:, (?:an?|the|which|who|with|as|so|where|while|whereas|provided|even|by|chiefly|especially|particularly|usually|often|namely|"
    r"including|such as|derived|positive|but|yet|and (?:is|are|may|can|should|must|has|have|then|the|an?)|not|both|rather|some|followed|"
    r"most|in|at|for|after|before|when|if|to|about|up|\d+)\b|,? (?:because|since|although|though|whereas|so that)\b|[;:–—]|"
    r" and (?:is|are|may|can|should|must|has|have)\b| but (?:do|does|did|is|are|not|can|may|has|have)\b).*$",
    re.DOTALL,
)


def _behind(clause: Clause) -> str:
    return f" {clause.opening_words}" if clause.opening else ""


def _unique(clause: Clause, passage: Passage) -> Asked | None:
    said, start = _said(clause)
    end = clause.rest_span[1]
    if _UNIQUE.match(clause.subject_words.removeprefix("the ")) and not clause.is_negative:
        comes = re.match(r"(?:from|through|via) ", said) if clause.verb in ("comes", "come") else None
        if comes:  # the chief supply comes from X → what is the chief supply?
            return Asked(f"What is {clause.subject_words}{_behind(clause)}?", (start + comes.end(), end), "unique", 4)
        if clause.operator in ("is", "are", "remains") and not clause.verb:
            return Asked(f"What {clause.operator} {clause.subject_words}{_behind(clause)}?", (start, end), "unique", 4)
    if clause.operator not in ("is", "are", "remains") or clause.verb:
        return None
    found = _UNIQUE.match(said)
    if found and len(said.split()) >= 4 and not _EMPTY.fullmatch(clause.subject_words):
        one = _TAIL.sub("", in_sentence(clause.rest_without(None), clause.lowered))
        one = one if one.startswith("the ") else f"the {one}"
        return Asked(f"What {clause.operator} {one}{_behind(clause)}?", clause.subject, "unique", 4)
    return None


_MOST = re.compile(r"the (?P<noun>\w+) (?P<most>(?:most|least) \w+ \w+(?:ed|en|wn|rn|t)(?: [^,;]*)?)$")


def _most(clause: Clause, passage: Passage) -> Asked | None:
    """The big toe is the joint most often affected → Which joint is most often affected?"""
    said, _ = _said(clause)
    found = _MOST.match(said.rstrip(" ."))
    if not found or clause.operator not in ("is", "are") or clause.verb:
        return None
    noun = head_noun(clause.subject_words) if found["noun"] in ("one", "ones") else found["noun"]
    return Asked(f"Which {noun} {clause.operator} {found['most']}?", clause.subject, "unique", 4)


_REASON = re.compile(
    r"(?:,| –| —)? (?:because(?: of)?|since|so that|so as to|in order to|as(?= (?:there|most|all|otherwise|no)\b)|"
    r"to(?= (?:avoid|prevent|reduce|minimi[sz]e|detect|rule out|exclude|confirm|lessen|protect|allow|ensure|identify|"
    r"facilitate|lower|limit|preserve|distend|relieve|decrease|decompress|guide|improve|check|look for)\b)) "
)


def _reason(clause: Clause, passage: Passage) -> Asked | None:
    """X is avoided because Y → Why is X avoided?"""
    end = _sentence_end(clause)
    found = _REASON.search(clause.text, clause.rest_span[0], end)
    if not found or found.start() > clause.rest_span[1] + 2:
        return None
    stop = re.compile(r"[.;](?: |$)|, (?:and|but|while|whereas) ").search(clause.text, found.end(), end)
    key = (found.start() + len(found[0]) - len(found[0].lstrip(" ,–—")), stop.start() if stop else end)
    cut = (min(found.start(), clause.rest_span[1]), clause.rest_span[1])
    if not clause.verb and re.match(r"(?:the|an?) ", clause.rest_without(cut)):
        return None
    if len(clause.rest_without(cut).split()) < 1:
        return None
    return Asked(clause.asked("Why", cut), _bare_reason(clause.text, key), "why", 5)


def _bare_reason(text: str, key: Span) -> Span:
    """Return a reason's span without the conjunction: what is left answers "Why …?" by itself; an aim keeps its "to"."""
    found = re.compile(r"(?:because(?: of)?|since|so that|as|in order(?= to)|so as(?= to)) ").match(text, *key)
    return (found.end(), key[1]) if found else key


def _sentence_end(clause: Clause) -> int:
    return clause.start + len(clause.text[clause.start : clause.end].rstrip(" .\n\t"))


_NOT = re.compile(
    r"not (?:be )?(?:\w+ly )?(?P<done>recommended|indicated|needed|used|given|required|advised|delayed|withheld|offered|performed|"
    r"added|stopped|started|suggested|necessary|associated|contraindicated|continued|affected|excluded|repeated|combined)"
    r"(?: \w+ly)?(?P<rest>.*)$"
)
_ONLY_WHEN = re.compile(r"(?:not |never )(?:be )?(?:\w+ly )?(?P<done>\w+ed|given|begun) (?P<prep>if|when|unless|in|for|until|with) ")


def _not(clause: Clause, passage: Passage) -> Asked | None:
    """X is not recommended in Y → What is NOT recommended in Y?; X must not be used when Y → When must X NOT be used?"""
    said, start = _said(clause)
    if clause.verb:
        return None
    when = _ONLY_WHEN.match(said)
    if when and when["prep"] in ("if", "when", "unless", "until") and not clause.adverb:
        cut = (start + when.start("prep"), clause.rest_span[1])
        return Asked(clause.asked("When", cut).replace(" not ", " NOT ", 1), cut, "when not", 5)
    found = _NOT.match(clause.rest_without(None).rstrip(" ."))
    if not found or len(found["rest"].split()) < 2 or PERSONS.fullmatch(clause.subject_words):
        return None
    be = "be " if clause.rest_without(None).startswith("not be") else ""
    rest = clean(re.sub(r"\s*\([^()]*\)", "", found["rest"]))
    question = f"What {clause.operator} NOT {be}{found['done']} {rest}{_behind(clause)}?"
    return Asked(question, clause.subject, "not", 3)


def _cause(clause: Clause, passage: Passage) -> Asked | None:
    found = _CAUSE.search(clause.text, *clause.rest_span)
    if not found:
        return None
    key = (found.end(), clause.rest_span[1])
    if found.start() - clause.rest_span[0] <= 8 and clause.operator in ("is", "are", "may", "can"):
        is_said = clause.operator in ("is", "are") and re.fullmatch(
            r"\W*(?:\w+ly |often |most |mostly )?", clause.text[clause.rest_span[0] : found.start()]
        )
        if is_said or found[0].startswith("caused"):
            return Asked(f"What causes {clause.subject_words}{_behind(clause)}?", key, "cause", 4)
    left = clause.rest_without((found.start(), clause.rest_span[1]))
    if clause.operator in ("is", "are") and not clause.verb and not _STATE.match(left):
        return None
    return Asked(clause.asked("Why", (found.start(), clause.rest_span[1])), key, "cause", 4) if left else None


_STATE = re.compile(r"(?:(?:be|not|\w+ly|more|most|so) )*\w+(?:$| (?:in|at|on|by|for|to|with|after|during|from|than|of)\b)")
_ADVISED = re.compile(
    r"(?:be )?(?:\w+ly )?(?P<done>recommended|indicated|preferred|advised|suggested|contraindicated|required|needed|reserved|considered|"
    r"avoided|offered|given|added|used|started|performed|mandatory|essential|necessary|withheld|stopped|safe|obtained|sent|checked)"
    r"(?P<rest> (?:in|for|if|when|as|before|after|during|to|with|unless|only|once|until) .+)$",
    re.DOTALL,
)
_ADVISING = frozenset(("is", "are", "should", "must", "can", "may"))


def _advised(clause: Clause, passage: Passage) -> Asked | None:
    """In patients with X, Y is recommended → What is recommended in patients with X?"""
    said = clause.rest_without(None).rstrip(" .")
    found = _ADVISED.match(said + ("" if not clause.opening else " " + clause.opening_words))
    if not found or clause.verb or clause.operator not in _ADVISING or clause.adverb.startswith("not"):
        return None
    subject = clause.subject_words
    if PERSONS.fullmatch(subject) or _EMPTY.fullmatch(subject) or len(found["rest"].split()) < 3:
        return None
    if re.match(r"(?:about |at least |some )?\d[\d–-]* ?(?:to \d+ )?(?:seconds?|minutes?|hours?|days?|weeks?)\b", subject):
        return None
    operator = _AGREED.get(clause.operator, clause.operator)
    return Asked(f"What {operator} {said}{_behind(clause)}?", clause.subject, "advised", 3 + bool(clause.opening))


def _conditional(clause: Clause, passage: Passage) -> Asked | None:
    """If X, Y is done → What should be done if X? (or: What happens if X?)"""
    if clause.opening is None or not re.match(r"(?:If|When|Once|Unless) ", clause.opening_words.capitalize()):
        return None
    modal = clause.operator in ("should", "must") or re.match(
        r"(?:be )?(?:recommended|indicated|needed|required|advised|preferred)\b", clause.rest
    )
    key = (clause.subject[0], clause.rest_span[1])
    if clause.stands_for or POINTING.match(clause.text, *clause.subject):
        return None
    if modal:
        return Asked(f"What should be done {clause.opening_words}?", key, "if", 4)
    happens = clause.verb and not PERSONS.match(clause.subject_words)
    return Asked(f"What happens {clause.opening_words}?", key, "happens", 3) if happens else None


POINTING = re.compile(r"(?:it|they|this|these|he|she|you|we)\b", re.IGNORECASE)


def _fronted_reason(clause: Clause, passage: Passage) -> Asked | None:
    """Since X, Y may be felt in Z → Why may Y be felt in Z?"""
    if clause.opening is None or not re.match(r"(?:Since|Because|As) (?!of\b)", clause.text[clause.opening[0] :]):
        return None
    start, end = clause.opening
    begins = start + clause.text[start:end].index(" ") + 1
    return Asked(_TAIL.sub("", clause.asked("Why", opening=False).rstrip("?")) + "?", (begins, end), "why", 5)


_LYING = frozenset("lie arise begin end originate insert attach run stand".split())  # noqa: SIM905 - reads as a list


def _place(clause: Clause, passage: Passage) -> Asked | None:
    """The tip should lie in the lower vena cava → Where should the tip lie?"""
    said, start = _said(clause)
    verb = base_form(clause.verb) if clause.verb else said.split(" ", 1)[0]
    offset = 0 if clause.verb else len(verb) + 1
    if verb not in _LYING or not re.match(r"(?:in|at|on|from|into|behind|between|under|over|to|within|below|above) ", said[offset:]):
        return None
    cut = (start + offset, clause.rest_span[1])
    return None if re.match(r"\w+ (?:about |around )?\d", said[offset:]) else Asked(clause.asked("Where", cut), cut, "where", 3)


_TIMED = re.compile(r"(?:be )?(?:\w+ly )?\w+(?:ed|en|un|pt) (?P<prep>within|over|for|at) (?=(?:about |at least |no more than |up to )?\d|an? )")


def _measured(clause: Clause, passage: Passage) -> Asked | None:
    """Treatment should be completed within 8 weeks → Within what time should treatment be completed?"""
    said, start = _said(clause)
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


def _valued(clause: Clause, passage: Passage) -> Asked | None:
    """The usual dose is 20 to 40 mg once daily → What is the usual dose?"""
    said, start = _said(clause)
    found = re.match(r"(?:(?:usually|about|around|approximately|between|typically) )*[<>≤≥]?\s?\d", said)
    if not found or clause.verb or clause.operator not in ("is", "are") or _EMPTY.fullmatch(clause.subject_words):
        return None
    begins = start + len(said) - len(re.sub(r"^(?:usually|typically) ", "", said))
    return Asked(f"What {clause.operator} {clause.subject_words}{_behind(clause)}?", (begins, clause.rest_span[1]), "value", 4)


_GREATEST = re.compile(
    r"(?:(?:usually|often) )?(?P<most>greatest|highest|lowest|worst|commonest|best (?:heard|seen|felt)|most (?:common|marked|severe|frequent|"
    r"prominent|useful|effective|likely)) (?P<prep>at|in|on|over|during|after|before|among|when|if) "
)


def _greatest(clause: Clause, passage: Passage) -> Asked | None:
    """Tenderness is greatest at McBurney's point → Where is tenderness greatest?"""
    said, start = _said(clause)
    found = _GREATEST.match(said)
    if not found or clause.verb or clause.operator not in ("is", "are"):
        return None
    whom = re.match(_PATIENTS, said[found.end() :]) or found["prep"] == "among"
    asked = "In whom" if whom else "Where" if found["prep"] in ("at", "in", "on", "over") else "When"
    cut = (start + found.start("prep"), clause.rest_span[1])
    return Asked(clause.asked(asked, cut), (start + found.end(), cut[1]) if whom else cut, "where", 4)


def _passive(clause: Clause, passage: Passage) -> Asked | None:
    said, start = _said(clause)
    found = _PASSIVE.match(said)
    if not found or clause.verb or clause.operator in ("was", "were", "has", "have", "had"):
        return None
    prep, end = found["prep"].strip(), clause.rest_span[1]
    key, cut = (start + found.end(), end), (start + found.start("prep"), end)
    if PERSONS.fullmatch(clause.subject_words) and prep not in ("if", "when"):
        return None
    if prep in ("in", "for") and re.match(_PATIENTS, said[found.end() :]):
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
    if re.match(r"(?:about |roughly |around |up to |approximately |nearly |some )?\d|(?:about|roughly|around|nearly) ", told):
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
    if (prep == "at" and re.match(r"least|most|\d", told)) or _EMPTY.fullmatch(clause.subject_words):
        return None
    firm = prep in ("by", "with", "on", "as")
    return Asked(clause.asked("What", key), key, prep, 2) if firm or is_telling(clause.subject_words) else None


_ROLE = (
    r"(?:mechanism|cause|treatment|antidote|trigger|alternative|diagnosis|source|vector|agent|aim|goal|key|complication|site|indication|"
    r"contraindication|sign|clue|feature|exception|management|prophylaxis|prevention|reservoir|hazard|risk|symptom|finding|procedure|"
    r"operation|approach|test|investigation|choice|drug|regimen|predictor|determinant|marker|pathogen|route|supply|therapy|target|"
    r"measure|presentation|defect|lesion|remedy|standard|limit|threshold|danger|problem|concern|reason|dose|precursor|landmark)s?"
)
_ROLE_SUBJECT = re.compile(
    rf"(?:(?:the|its) )?(?:[\w-]+ ){{0,3}}{_ROLE}(?: (?:of|for|in|to|behind|against|after|with) [^,;]{{3,60}})?", re.IGNORECASE
)
_ROLE_SAID = re.compile(rf"(?:an?|the) (?:[\w-]+ ){{0,3}}{_ROLE}(?: (?:of|for|in|to|against|after|with) [^,;]{{3,60}})?$")


def _role(clause: Clause, passage: Passage) -> Asked | None:
    """The usual mechanism is pupillary block → What is the usual mechanism?; X is the antidote → What is the antidote?"""
    said, start = _said(clause)
    subject, rest = clause.subject_words, _TAIL.sub("", clause.rest_without(None))
    if clause.operator not in ("is", "are", "remains") or clause.verb or clause.stands_for:
        return None
    if _ROLE_SAID.match(rest) and not PERSONS.fullmatch(subject) and not _EMPTY.fullmatch(subject):
        return Asked(f"What is {rest}{_behind(clause)}?", clause.subject, "unique", 3)
    if _ROLE_SUBJECT.fullmatch(subject) and not re.match(r"(?:\w+ly )?\w+(?:ed|en|ing|ul|less|nt|al|er)\b(?! \w+$)", said):
        be = "is" if clause.operator == "remains" else clause.operator
        asked = subject if re.match(r"the |\w+s\b", subject) else f"the {subject}"
        return Asked(f"What {be} {asked}{_behind(clause)}?", (start, clause.rest_span[1]), "unique", 3)
    return None


_STATED = re.compile(
    r"(?:(?:usually|often|particularly|highly|most|almost|always|typically|generally|relatively|absolutely) )*(?P<state>typical|characteristic|"
    r"diagnostic|contraindicated|avoided|mandatory|pathognomonic|suggestive|spared|essential|curative|protective|curable|fatal|"
    r"unreliable|ineffective|universal|obligatory|unnecessary|forbidden|diagnosed|affected|raised|lost|absent|preserved|impaired)"
    r"(?P<rest>(?: (?:of|for|in|by|at|on|against|after|during) [^,;]+)?)$"
)


def _stated(clause: Clause, passage: Passage) -> Asked | None:
    """Visual halos and confusion are typical → What is typical?"""
    found = _STATED.match(_TAIL.sub("", clause.rest_without(None)))
    subject = clause.subject_words
    if not found or clause.verb or clause.stands_for or clause.operator not in ("is", "are") or PERSONS.match(subject):
        return None
    if found["state"] not in _ALONE and not found["rest"] and not clause.opening:
        return None
    if _EMPTY.fullmatch(subject) or len(subject.split()) < 2 and not is_telling(subject):
        return None
    return Asked(f"What is {found[0]}{_behind(clause)}?", clause.subject, "unique", 2)


_ALONE = frozenset(
    ("typical", "characteristic", "diagnostic", "contraindicated", "avoided", "mandatory", "pathognomonic", "curative", "spared")
)
_COMPARED = re.compile(
    r"(?:much |slightly |far |rather )?(?:less|more|fewer|lower|higher|better|worse|earlier|later|greater|shorter|longer|smaller|larger|"
    r"an? (?:lower|higher|earlier|shorter|longer|better|greater) [\w-]+)\b[^,;]*? than (?P<other>(?:(?!but|and|in|for|at|or|because|when|if|is|are)"
    r"[\w-]+ ?){1,5})"
)


def _compared(clause: Clause, passage: Passage) -> Asked | None:
    """Deflazacort causes less weight gain than prednisone → How does deflazacort compare with prednisone?"""
    said, start = _said(clause)
    found = _COMPARED.match(said)
    subject = clause.subject_words
    if not found or re.search(r"\d", found["other"]) or PERSONS.fullmatch(subject) or _EMPTY.fullmatch(subject):
        return None
    if re.match(r"(?:that|those|after|before|with|during|those|through|by|from|to|previously|the (?:other|rest|same)|it|usual|normal|average|before|expected)\b", found["other"]):
        return None
    does = "do" if clause.operator in ("are", "do", "have") else "does"
    other = in_sentence(found["other"].strip(), clause.lowered)
    begins = clause.finite if clause.verb else start
    return Asked(f"How {does} {subject} compare with {other}{_behind(clause)}?", (begins, clause.rest_span[1]), "compared", 4)


_RESTS = re.compile(r"(?P<what>treatment|diagnosis|management|prevention|prophylaxis|prognosis|outcome|therapy|risk|severity|survival)$")


def _rests(clause: Clause, passage: Passage) -> Asked | None:
    """Treatment consists of X → What does treatment consist of?; the diagnosis rests on Y → What does it rest on?"""
    said, start = _said(clause)
    found = _RESTS.search(clause.subject_words)
    if not found or clause.verb not in ("consists", "rests", "depends", "relies", "requires", "includes", "involves"):
        return None
    prep = re.match(r"(?:of|on|upon) ", said)
    cut = (start + (prep.end() if prep else 0), clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, "rests", 4)


def _definition(clause: Clause, passage: Passage) -> Asked | None:
    said, start = _said(clause)
    found = _DEFINES.fullmatch(said.rstrip(" ."))
    subject = clause.subject_words
    if not found or clause.operator not in ("is", "are") or clause.verb or len(subject.split()) > 5:
        return None
    if len(found["what"].split()) < 5 or clause.opening or _EMPTY.fullmatch(subject) or PERSONS.match(subject):
        return None
    if re.match(r"(?:an?|the) (?:common|serious|major|important|rare|good|possible|useful|\w+ problem)\b", found["what"]):
        return None
    key = (start + found.start("what"), clause.rest_span[1])
    return Asked(f"What {clause.operator} {subject}?", key, "definition", 3)


def _list(clause: Clause, passage: Passage) -> Asked | None:
    said, start = _said(clause)
    if base_form(clause.verb) not in ("include", "comprise", "are") or "," not in said:
        return None
    question = f"What do {clause.subject_words} include{_behind(clause)}?"
    return Asked(question, (start, clause.rest_span[1]), "list", 4)


_TELLING_VERBS = frozenset(
    """cause prevent reduce increase inhibit block stimulate suppress supply drain innervate limit encode indicate suggest predict
    require treat exclude confirm reverse mask mimic precipitate trigger raise lower accelerate slow speed delay impair protect
    point distinguish detect account contain produce release activate bind convert metabolize define show reveal worsen
    improve relieve prolong potentiate enhance endanger injure divide separate form pierce traverse leave enter contraindicate call
    become exceed affect complicate follow precede appear achieve lead result""".split()  # noqa: SIM905 - reads as a list
)


def _effect(clause: Clause, passage: Passage) -> Asked | None:
    """X causes Y → What does X cause?; X can lead to Y → What can X lead to?"""
    said, start = _said(clause)
    verb, offset = clause.verb, 0
    if not verb:
        if clause.operator not in ("can", "may", "should", "must", "will", "might"):
            return None
        first = said.split(" ", 1)[0]
        if first not in verb_words("verbs"):
            return None
        verb, offset = first, len(first) + 1
    base = base_form(verb)
    if base in _NO_OBJECT - _TELLING_VERBS or base in _DULL or PERSONS.fullmatch(clause.subject_words) or _EMPTY.fullmatch(clause.subject_words):
        return None
    rest = said[offset:]
    if re.match(
        r"\w+ly\b|(?:over|under|above|below|beneath|along|around|more|less|up|down|out|back|beyond|near|through|one|there|"
        r"and|or|only|that|how|whether|when|if|at|within|after|before|during|between|also|an? (?:role|part)|part|place|about|"
        r"approximately|roughly|nearly|almost|some|is|are|can|may|will|worse|better|the same|not)\b|\d",
        rest,
    ):
        return None
    prep = re.match(r"(?:to|in|on|of|from|for|with|as|into|by|against) ", rest)
    key_start = start + offset + (prep.end() if prep else 0)
    if prep and re.match(r"\w+ing\b|(?:in|at|on) ", rest[prep.end() :]):
        return None
    if prep and prep[0] in ("in ", "as ") and base not in ("result",):
        return None
    cut = (key_start, clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, f"effect {base}", 2 + (base in _TELLING_VERBS))


_DULL = frozenset("get feel look seem go come take do use say wait call offer see tell think start".split())  # noqa: SIM905
_PEOPLE = re.compile(
    r"(?:all |most |many |some )?(?:\w+ )?(?P<who>patients|people|adults|children|women|men|infants|neonates|newborns|carriers|"
    r"individuals|persons|boys|girls)\b"
)
_PERSON = re.compile(r"(?:an? |the |some )?(?:person|child|baby|infant|travelers|doctors?|nurse|team|relative)s? (?:with|who|whose|on|of) ")
_ASKED_KINDS = frozenset(
    ("nerve", "artery", "vein", "muscle", "drug", "drug_class", "bacterium", "virus", "protozoan", "hormone", "vitamin", "electrolyte",
     "ligament", "bone", "gene", "enzyme", "laboratory_test", "imaging", "organ", "disorder", "gland", "organism", "local_anesthetic")
)  # fmt: skip
_FEWEST_SAID, _MOST_SAID = 4, 22


def _subject(clause: Clause, passage: Passage) -> Asked | None:
    """Dry skin separates the one from the other → What separates the one from the other?; of people, which ones."""
    subject = clause.subject_words
    rest = _TAIL.sub("", clause.rest_without(None))
    bare = subject.lower().removeprefix("the ")
    people = _PEOPLE.match(subject)
    if (
        clause.stands_for
        or bare == passage.topic.name.lower().removeprefix("the ")
        or not (2 if is_telling(subject) and _is_telling_verb(clause, rest) else _FEWEST_SAID) <= len(rest.split()) <= _MOST_SAID
        or len(subject.split()) > 12
        or _EMPTY.fullmatch(subject)
        or PERSONS.fullmatch(subject)
        or (people and people.end() == len(subject))
        or not (is_telling(subject) or len(subject.split()) > 2 or people)
        or re.match(r"(?:about |some |at least )?\d", subject)
        or (clause.operator == "are" and is_plural(rest.split()[0]))
        or re.match(r"[’'n]t\b|n[’']t\b", clause.text[clause.finite + len(clause.operator) :])
    ):
        return None
    if re.match(r"(?:is |are )?(?:to |about |around |between |\d|(?:has|have) been|reported|described|shown|documented)", rest) or (
        re.match(r"(?:range|lie|last|vary|average)s? ", rest)
    ):
        return None
    named = [
        one for one in terms_in(bare, 0, len(bare)) if one.end - one.start == len(bare) and one.group.kind in _ASKED_KINDS
    ]
    person = _PERSON.match(subject)
    which = f"Which {people['who']}" if people else "Who" if person else f"Which {named[0].group.noun}" if named else "What"
    behind = f"{_behind(clause)}?"
    said = re.sub(r"\bnot\b", "NOT", _predicate(clause, rest, bool(people)), count=1)
    base = base_form(clause.verb) if clause.verb else ""
    return Asked(f"{which} {said}{behind}", clause.subject, "subject", 1 + bool(named) + (base in _TELLING_VERBS))


def _is_telling_verb(clause: Clause, rest: str) -> bool:
    return bool(clause.verb) or base_form(rest.split(" ", 1)[0]) in _TELLING_VERBS


def _predicate(clause: Clause, rest: str, plural: bool) -> str:
    """Return what is said of a subject, the verb in the number of "what" (or of people)."""
    adverb = f"{clause.adverb} " if clause.adverb else ""
    if clause.verb:
        kept = clean(re.sub(r"\s*\([^()]*\)", "", clause.text[slice(*clause.rest_span)])).strip(" .,;:")
        kept = _TAIL.sub("", kept)
        return f"{adverb}{base_form(clause.verb) if plural else third_person(clause.verb)} {kept}"
    operator = clause.operator if plural else _AGREED.get(clause.operator, clause.operator)
    return f"{operator} {rest}"


_AGREED = {"are": "is", "have": "has", "do": "does", "were": "was"}
Rule = Callable[[Clause, Passage], Asked | None]
NEGATIVE_RULES: tuple[Rule, ...] = (_reason, _fronted_reason, _not, _subject)
RULES: tuple[Rule, ...] = (
    _unique,
    _most,
    _reason,
    _role,
    _compared,
    _rests,
    _stated,
    _list,
    _cause,
    _fronted_reason,
    _conditional,
    _measured,
    _valued,
    _greatest,
    _place,
    _passive,
    _advised,
    _definition,
    _effect,
    _subject,
)
