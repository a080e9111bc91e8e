"""Sentences with a time, dose, length or threshold in; the value and the question that asks for it out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.clauses import Read, clauses_of, is_named
from quizbank.generation.statements.model import Phrase, Quantity
from quizbank.generation.statements.quantity_questions import ask_value, side_of
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.value_asked import Asked
from quizbank.generation.statements.value_words import unit_noun
from quizbank.generation.statements.values import Value, numbers_beside, values_in
from quizbank.generation.topic import Topic
from quizbank.generation.wording import in_sentence, participle

MOST_OTHER_NUMBERS = 1
_SUBSIDES = re.compile(
    r"(?P<cause>[A-Z][^,.;:()]{3,40}?) will [^,.;:()]{0,50}?(?:and )?(?P<verb>induce|cause|produce) "
    r"(?P<what>[^,.;:()]{3,50}?) that (?P<modal>must|should|can|may|will) (?P<does>\w+) (?:after|within) $"
)
_ORDER = re.compile(
    r"(?P<verb>[A-Z][a-z]+(?:-[a-z]+)?) (?P<what>(?!(?:for|to|on|in|at|with|if|when|until|by|from|of|and)\b)[^,.;:()\d]{3,60}?)"
    r"(?: (?P<link>within|after|for|every|no earlier than|to))? (?:about |at least |up to )?$"
)
_CALL = re.compile(
    r"(?P<verb>[A-Z][a-z]+) (?P<what>(?!(?:for|to|on|in|at|with|by|from)\b)[^,.;:()\d]{3,50}?) (?P<when>(?:if|when) (?:the |an? )?"
    r"[a-z][^,.;:()]{2,40}? (?:is|are|falls?|drops?|rises?|exceeds?|reach(?:es)?)(?: to)? )$"
)
_EXCEED = re.compile(r"(?P<what>[A-Z][^,.;:()]{3,50}?) (?:should|must) not exceed $")
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[A-Z][^:;.|\n]{3,40}?)(?:\*\*|__)?:(?:\*\*|__)? (?:about |approximately )?$"
)
_MEASURE = re.compile(
    r"\b(?:dose|dosage|rate|volume|half-life|onset|duration|interval|pressure|maximum|temperature)\b", re.IGNORECASE
)
ORDERS = verb_words("orders")
_PRONOUN = re.compile(
    r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her|such|others?|former|latter|respectively)\b",
    re.IGNORECASE,
)
_REL = re.compile(r" (?:of|before|after) [^,.;:()]{3,50}?(?=\.?$|,)")
_ASKS = {
    "within": "Within what time",
    "after": "After how long",
    "for": "For how long",
    "every": "How often",
    "": "How long",
}
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|except|not|every|each|once|twice|daily|hourly|weekly)\b", re.IGNORECASE
)
# Frequencies of disease and rates of success are facts of a study, not of care; the author may ask them.
_CONDITION_BEFORE = re.compile(
    r"\b(?:every (?:day|week|month|year)|each (?:day|week)|daily|weekly) (?:for|over) ", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"\b(?:mortality|survival|prevalence|incidence|success|trials?|stud(?:y|ies)|cohort)\b", re.IGNORECASE
)
_EPIDEMIOLOGY = re.compile(
    r"\b(?:mortality|survival|prevalence|incidence|succe\w+|cure|million|affects?|occurs? in|of (?:all )?(?:people|patients|cases|"
    r"adults|children|women|men|infants|pregnancies|births)|stud(?:y|ies)|trials?|recurs?)\b",
    re.IGNORECASE,
)


def read_quantities(passage: Passage) -> Iterator[Quantity]:
    """Yield at most one quantity per sentence; success rates and shares of patients are left to the author."""
    if not passage.topic.name:
        return
    for read in clauses_of(passage, is_named):
        section, sentence = read.section, read.sentence
        patients = passage.patients(section)
        if patients is None:
            continue
        for value, asked in _asked(passage, read):
            question = _complete(asked.question, passage, section, patients)
            if not _PRONOUN.search(question) and _is_whole(question):
                yield _quantity(passage, section, Asked(question, asked.frame), value, sentence)
                break


def _asked(passage: Passage, read: Read) -> Iterator[tuple[Value, Asked]]:
    sentence = read.sentence
    text, start, end = passage.text, sentence.start, sentence.end
    for clause in read.clauses:
        begins = min(clause.subject[0], clause.opening[0] if clause.opening else clause.subject[0])
        for value in values_in(text, begins, clause.rest_span[1]):
            asked = ask_value(clause, value) if _is_plain(text, begins, clause.rest_span[1], value) else None
            if (
                asked
                and not _OTHER_SUBJECT.search(text, clause.subject[1], value.start)
                and not _is_torn(asked.question, text[value.end : clause.rest_span[1]])
            ):
                yield value, asked
    for value in values_in(text, start, end):
        if _is_plain(text, start, end, value) and (asked := _special(passage, sentence, value)):
            yield value, asked


# "The skin may peel, and nails may be shed after 4 weeks": the value belongs to the second subject.
_OTHER_SUBJECT = re.compile(r",? (?:and|but|while) (?:\w+ ){1,4}(?:may|is|are|can|will|should|must)\b")


def _is_torn(question: str, after: str) -> bool:
    """Return whether what belongs to the value ("48 hours of treatment") stands elsewhere in the question."""
    found = re.match(r"\s+of (?:\w+ )?\w+", after)
    held = clean(found[0]) if found else ""
    return (
        held in question
        and not re.search(
            rf"(?:how (?:long|much|many \w+)|what \w+)(?: after| before)? {re.escape(held)}", question, re.IGNORECASE
        )
        if held
        else False
    )


def _is_plain(text: str, start: int, end: int, value: Value) -> bool:
    if _CONDITION_BEFORE.search(text, start, value.start):
        return False
    few = numbers_beside(text, start, end, value) <= MOST_OTHER_NUMBERS
    share = value.unit in ("%", "percent") and _EPIDEMIOLOGY.search(text, start, end)
    return few and not share and not _OUTCOME.search(text, start, end)


def _special(passage: Passage, sentence: Sentence, value: Value) -> Asked | None:
    before = passage.text[sentence.start : value.bound_start].replace("\n", " ")
    topic = passage.topic
    if value.is_time and (found := _SUBSIDES.match(before)):
        return _subsides(found, topic)
    if (found := _CALL.match(before)) and found["verb"].lower() in ORDERS:
        what = in_sentence(clean(found["what"]), topic.lowered)
        side = side_of(f" {found['when']}", value)
        return Asked(f"{side} should {what} be {participle(found['verb'])}?") if side else None
    if (found := _ORDER.match(before)) and found["verb"].lower() in ORDERS:
        return _order(found, value, passage.text[value.end : sentence.end], topic)
    if not value.is_time and (found := _EXCEED.match(before)) and _MEASURE.search(found["what"]):
        return Asked(f"What is the maximum {in_sentence(clean(found['what']), topic.lowered)}?")
    if (found := _LABEL.match(before)) and (_MEASURE.search(found["label"]) or _is_dosed(found["label"], value)):
        return _label(found, value, passage.text[value.end : sentence.end], topic)
    return None


def _subsides(found: re.Match[str], topic: Topic) -> Asked:
    what, cause = (in_sentence(clean(found[name]), topic.lowered) for name in ("what", "cause"))
    verb = {"induce": "induced", "cause": "caused", "produce": "produced"}[found["verb"]]
    return Asked(f"After how long {found['modal']} {what} {verb} by {cause} {found['does']}?")


def _order(found: re.Match[str], value: Value, after: str, topic: Topic) -> Asked | None:
    what, link = in_sentence(clean(found["what"]), topic.lowered), found["link"] or ""
    if link == "to":
        return _limit(found, value, after, what)
    if not value.is_time or value.is_age:
        return None
    relation = _REL.match(after)
    rest = clean(relation[0]) if relation else ""
    if not (link or rest.startswith(("before", "after"))) or _CONDITION.search(what) or len(what.split()) > 8:
        return None
    if clean(after[len(relation[0]) if relation else 0 :]).strip(" ."):
        return None
    if link == "no earlier than":
        wh = f"How long {rest} at the earliest" if rest else "After what time at the earliest"
    else:
        wh = f"{_ASKS[link]} {rest}"
    if value.bound in ("at least", "up to"):
        wh = re.sub(r"\b[Hh]ow long\b", f"{value.bound} how long", wh)
        wh = wh[0].upper() + wh[1:]
    frame = "Every {}" if link == "every" else "About {}" if value.bound in ("about", "approximately") else "{}"
    return Asked(" ".join(f"{wh} should {what} be {participle(found['verb'])}?".split()), frame)


def _is_dosed(label: str, value: Value) -> bool:
    """Return whether a label is a drug and the value beside it is a daily dose."""
    drug = any(one.group.kind == "drug" and one.start < 3 for one in terms_in(label, 0, len(label)))
    return drug and bool(value.often) and value.unit in ("mg", "g", "mcg", "units")


def _limit(found: re.Match[str], value: Value, after: str, what: str) -> Asked | None:
    """Limit drainage to 1.5 L → To what volume should drainage be limited?"""
    noun = unit_noun(value.unit)
    done = found["verb"].lower()
    if done not in ("limit", "increase", "reduce", "titrate", "raise", "lower", "dilute") or not noun:
        return None
    frame = "About {}" if value.bound in ("about", "approximately") else "{}"
    return (
        Asked(f"To what {noun} should {what} be {participle(done)}?", frame) if not clean(after).strip(" .,") else None
    )


def _label(found: re.Match[str], value: Value, after: str, topic: Topic) -> Asked | None:
    """Return the question for "Usual initial dose: 80 mg/day" where nothing else follows."""
    if clean(after).removeprefix("body weight").strip(" .") or value.bound:
        return None
    frame = f"{{}} {value.often}" if value.often else "{}"
    label = in_sentence(clean(found["label"]), topic.lowered)
    if not _MEASURE.search(label):
        return Asked(f"What is the dose of {label}?", frame)
    return Asked(f"What is the {label} of {topic.name}?", frame)


_BROKEN = re.compile(
    r"\b(?:and|or|of|in|with|to|for|by|the|a|an|than|during|but)\?$|\b(?:that|this) (?:reason|case|way)\b|\bwhich (?:an?|the)\b|"
    r"\b\w+ly and \w+ (?:be|is|are)\b|,\s*(?:longer|shorter|higher|lower|ideally|later|earlier)\b|\ban?\s+(?:an?|the)\b"
)
_TIMED = re.compile(
    r"\b(?:after how long|within what time|how long (?:may|does|do|will|can)|after what time)\b", re.IGNORECASE
)
_ANCHORED = re.compile(
    r"\b(?:after|before|of|from|since|following|until|induced by|caused by) \w|\b(?:must|should) |\b(?:incubation|half-life|course|"
    r"treatment|therapy|effect|stage|phase)\b|\bbe (?:\w+ly )?(?:removed|stopped|started|given|resumed|repeated|closed|treated)\b",
    re.IGNORECASE,
)


def _is_whole(question: str) -> bool:
    """Return whether a question ends and says from when a time runs: "after how long do levels peak?" does not."""
    if _BROKEN.search(question):
        return False
    timed = _TIMED.search(question)
    if not timed:
        return True
    rest = re.sub(r"^[^,]*, ", "", question[: timed.start()]) + question[timed.end() :]
    return bool(_ANCHORED.search(rest))


def _complete(question: str, passage: Passage, section: Section, patients: str) -> str:
    """Return the question with the topic, what narrows it, and the patients that the section speaks of."""
    question = " ".join(question.split()).replace(" ?", "?")
    if patients and patients not in question:
        question = f"{question[:-1]} {patients}?"
    return passage.placed(section, question)


def _quantity(passage: Passage, section: Section, asked: Asked, value: Value, sentence: Sentence) -> Quantity:
    written = Phrase(clean(passage.text[value.start : value.number_end]), value.start, value.number_end)
    return Quantity(
        passage.source(section, sentence.start, sentence.end),
        asked.question,
        written,
        value.low,
        value.high,
        value.unit,
        (Phrase("", sentence.start, sentence.end),),
        asked.frame,
    )
