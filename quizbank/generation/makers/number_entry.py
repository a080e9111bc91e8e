"""A single number that a short sentence gives with its unit, to be typed in: no options that could tell it.

Only what has one right number is asked so: one value, no range, nothing it is only about, no other value in the same words,
and a question that leaves out nothing of what the sentence says.
"""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.model import Quantity, Statement
from quizbank.generation.statements.values import Value, values_in
from quizbank.generation.wording import roots, same_root

NAME = "number_entry"
_SAME = 0.6  # of the words asked: a sentence that holds so many speaks of the same thing
_MOST_LEFT_OUT = 1  # words that carry meaning
_INEXACT = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to|or so|usually|often|typically|generally|commonly|mostly|"
    r"sometimes|ideally|preferably|on average|mean|median|average|may|might|can|could|suggest\w*|consider\w*|expected|trial|study|"
    r"studies|historically|between|or|either|range|variable|varies)\b",
    re.IGNORECASE,
)
# What a limit is called in a sentence, and what a question must then say, so that nobody takes it for the value itself.
_LIMITS = (
    (r"at least|no less|minimum|≥|>=", r"\bat least\b|\bminimum\b|\bfrom (?:what|which)\b|\bat or above\b"),
    (r"at most|up to|no more|not more|maximum|≤|<=", r"\bat most\b|\bup to\b|\bmaximum\b|\bNOT be exceeded\b|\blimit"),
    (
        r"more than|greater|higher|longer|larger|older|exceeding|above|over|>",
        r"\babove\b|\bover\b|\bmore than\b|\bexceed|\bolder than\b",
    ),
    (
        r"less than|fewer|lower|shorter|smaller|younger|below|under|<",
        r"\bbelow\b|\bunder\b|\bless than\b|\byounger than\b",
    ),
)
_A_TIME = re.compile(r"\ban? (?:second|minute|hour|day|week|month|year)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:which|what) (?:value|amount|size|figure|rate|level)\b|\bhow often\b|\b(?:below|above) what percentage\b|\buntil\?|"
    r"\bNICE\b|\bwhat body mass index is the\b|\bdoes \w+ (?:\w+ers|patients|people) \b",
    re.IGNORECASE,
)
_SAID_ANYWAY = roots(
    "give given be done do use used last take taken require need needed after before within during for every long time "
    "value patient start begin occur show reach stay remain"
)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per quantity with one exact value that a question asks for whole and no other place answers."""
    taken: set[int] = set()  # two readers may find one value
    for said in statements:
        if not isinstance(said, Quantity) or not said.low == said.high > 0 or said.frame != "{}":
            continue
        value = _exact(said, document)
        if value is None or value.start in taken or not _is_clear(said.question):
            continue
        if (said.named or _is_whole(said, document)) and not _is_given_twice(said, value, document):
            taken.add(value.start)
            yield _candidate(document, said, value)


def _is_given_twice(said: Quantity, value: Value, document: Document) -> bool:
    """Return whether another sentence gives another value in this unit and speaks of most of what is asked."""
    asked = roots(said.question) - roots(said.source.topic) - _SAID_ANYWAY
    unit = value.unit.lower().rstrip("s")
    for _, _, one in document.sentences():
        if one.start < said.source.end and said.source.start < one.end:
            continue
        if unit not in document.text[one.start : one.end].lower():
            continue
        others = [
            other
            for other in values_in(document.text, one.start, one.end)
            if other.unit.lower().rstrip("s") == unit and (other.low, other.high) != (said.low, said.high)
        ]
        told = roots(document.quote(one.start, one.end)) if others else frozenset()
        if others and len(asked & told) >= _SAME * len(asked):
            return True
    return False


def _is_clear(question: str) -> bool:
    """Return whether a question asks for one thing, and for what its unit measures: no second order behind an "and"."""
    seconds = {found["verb"] for found in re.finditer(r"\band (?:then )?(?P<verb>[a-z]+)", question)}
    if _VAGUE.search(question) or re.search(r"\band [a-z]+ (?:on|the|an?) (?!same\b)", question):
        return False
    return not seconds & (verb_words("orders") | verb_words("acts") | verb_words("more_orders"))


def _exact(said: Quantity, document: Document) -> Value | None:
    """Return the only value of the cited words, None where it is inexact, bound without the question saying so, or not alone."""
    start, end = said.source.start, said.source.end
    quote = document.quote(start, end)
    values = list(values_in(document.text, start, end))
    digits = len(re.findall(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])", quote))
    if "|" in quote and not said.named:
        return None  # the other rows of a table are the better wrong answers
    if len(values) != 1 or digits > 1 or _A_TIME.search(quote) or _INEXACT.search(quote) or values[0].low != said.low:
        return None
    bound = f"{values[0].bound} {values[0].or_more}".strip()
    asks = [asked for limit, asked in _LIMITS if re.search(limit, bound)]
    if (bound and not asks) or any(not re.search(asked, said.question, re.IGNORECASE) for asked in asks):
        return None
    return values[0]


def _is_whole(said: Quantity, document: Document) -> bool:
    """Return whether a question repeats all that the sentence says beside the value: no condition and no noun is lost."""
    held = roots(said.question) | roots(said.value.text) | roots(said.source.topic) | _SAID_ANYWAY
    told = roots(document.quote(said.source.start, said.source.end))
    lost = [one for one in told if not one.isdigit() and not any(same_root(one, other) for other in held)]
    return len(lost) <= _MOST_LEFT_OUT


def _candidate(document: Document, said: Quantity, value: Value) -> Candidate:
    quote = one_line(document.quote(said.source.start, said.source.end))
    number = f"{said.low:.10f}".rstrip("0").rstrip(".")
    return Candidate(
        maker=NAME,
        type="numeric",
        stem=said.question[0].upper() + said.question[1:],
        keys=(Choice(number, f"The source says: “{quote}”", (said.value.start, said.value.end)),),
        distractors=(),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"State the time limits and values used in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof="the only value in these words, and all of them are asked for",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        unit=value.unit,
    )
