"""The finished item is answered once more from the whole document, by words alone: the answer must be its key.

The maker went from a sentence to a question; this goes from the question to every sentence. It cannot tell whether two
sentences really say the same, so it shows an author both instead of throwing the item away.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, one_line
from quizbank.generation.gate.model import EXAMPLE, Check, Context
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.spoken import Spoken
from quizbank.generation.statements.values import Value, values_in
from quizbank.generation.wording import is_acronym, label_of, roots, same_root

_SUPPORTS = 0.65  # a sentence that holds so much of what is asked, by weight, answers the question
_SAME_QUANTITY = 0.85  # numbers are many, and a sentence must speak of the very same thing
_UNSAID = 0.5  # more of the question than that, missing from the cited words, and they answer another one
_ASKING = roots(
    "which following used use source said purpose term type name kind one describe best apply regard situation match fit "
    "long often much many time value age level percentage volume amount belong drug class step come directly phase "
    "feature test late early rare common relative absolute acute chronic sign symptom happen"
)
"""The words by which questions ask: the document need not hold them."""
_SETS_APART = re.compile(
    r"\b(?:not|no|never|nor|neither|without|but|rather|unlike|whereas|while|instead|than|versus|vs|however|although|"
    r"except|avoid\w*|contraindicated|rules? out|exclude\w*|if|unless)\b",
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(r", rather than [^,?]+[,?]")


def find(candidate: Candidate, context: Context) -> str:
    """Return what the document says of another option, or that the cited words do not answer what is asked."""
    weights = _weights(candidate, context)
    return _other_answer(candidate, context, weights) or _not_named(candidate, context, weights)


def _not_named(candidate: Candidate, context: Context, weights: Mapping[str, float]) -> str:
    """Return that the cited words leave out most of what the question asks about."""
    cited = _cited(candidate, context)
    unsaid = [word for word in weights if not any(same_root(word, other) for other in cited)]
    if len(unsaid) > 1 and sum(weights[word] for word in unsaid) > _UNSAID * sum(weights.values()):
        return "The cited words and their headings do not name what the question asks about: check what they speak of."
    return ""


def _other_answer(candidate: Candidate, context: Context, weights: Mapping[str, float]) -> str:
    """Return which other option or number a sentence gives that speaks of what is asked."""
    if not weights or not (candidate.distractors or candidate.type == "numeric"):
        return ""
    answering = list(_answering(candidate, context, weights, _SUPPORTS * sum(weights.values())))
    for choice in candidate.distractors:
        for one in answering:
            if _names(one, choice.text, context.document) and not _tells_apart(one, context.document):
                return f"The document also says this of “{choice.text}”: “{_quoted(one, context.document)}”."
    return _other_number(candidate, context.document, answering, weights)


def _weights(candidate: Candidate, context: Context) -> Mapping[str, float]:
    """Return what is asked, the topic and the question's own words left out; a word the document seldom uses weighs more."""
    stem = _OTHER_SIDE.sub(" ", candidate.stem)
    asked = {word for word in roots(stem) - roots(candidate.topic) - _ASKING if word in context.spoken_with}
    everything = 1 + len(context.spoken)
    return {word: math.log(1 + everything / len(context.spoken_with[word])) for word in sorted(asked)}


def _cited(candidate: Candidate, context: Context) -> frozenset[str]:
    """Return the words of the citation, of the rows beside it and of what stands above them."""
    start, end = candidate.beside or (candidate.citation.start, candidate.citation.end)
    above = [one.lead | one.headings for one in context.spoken_in(start, end)]
    quotes = (context.document.quote(start, end), candidate.citation.quote, *candidate.citation.path)
    return roots(" ".join(quotes)).union(*above)


def _answering(candidate: Candidate, context: Context, weights: Mapping[str, float], least: float) -> Iterator[Spoken]:
    """Yield what speaks of most of what is asked, more than half of it below the headings, outside what is cited.

    The rows beside the citation are proved apart by their table or list.
    """
    start, end = candidate.beside or (candidate.citation.start, candidate.citation.end)
    held: dict[int, float] = {}
    for word, weight in weights.items():
        for number in context.spoken_with[word]:
            held[number] = held.get(number, 0.0) + weight
    for number in sorted(number for number, weight in held.items() if weight >= least):
        one = context.spoken[number]
        own = sum(weight for word, weight in weights.items() if word in one.words | one.lead)
        if (one.among[1] <= start or one.among[0] >= end) and own * 2 >= least:
            yield one


def _names(one: Spoken, option: str, document: Document) -> bool:
    """Return whether a sentence names an option, by its words and numbers, a synonym or its initials."""
    numbers = _numbers(option)
    label = label_of(option)
    if label.isalpha() and not re.search(rf"\b{label}\b", document.quote(one.start, one.end)):
        return False  # "Stage C" is not "Stage A"
    if numbers:
        return roots(option) <= one.words and bool(numbers.search(document.quote(one.start, one.end)))
    if any(roots(name) <= one.words for name in _names_of(option) if roots(name)):
        return True
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", option)).upper()
    return len(initials) > 2 and re.search(rf"\b{initials}\b", document.quote(one.start, one.end)) is not None


def _names_of(option: str) -> Iterator[str]:
    """Yield an option and, where all of it is a term of the lexicon, the term's other names in full."""
    yield option
    for found in terms_in(option, 0, len(option)):
        if option[: found.start].strip() == option[found.end :].strip() == "":
            yield from (name for name in found.group.names_of(found.term) if not is_acronym(name))


def _numbers(option: str) -> re.Pattern[str] | None:
    """Return what finds an option's numbers with the unit behind them, None when it holds no number."""
    found = re.search(r"\d.*", option)
    if not found:
        return None
    parts = [part for part in re.split(r"\s+(?:to\s+)?|[-–]|(?<=\d)(?=[A-Za-z%])", found[0]) if part]
    stems = [re.escape(part.rstrip("s") if part[:1].isalpha() else part) for part in parts]
    return re.compile(r"(?<![\d.])" + r"(?:\s*(?:to|-|–)\s*|\s*)".join(stems) + r"(?![\d])", re.IGNORECASE)


def _tells_apart(one: Spoken, document: Document) -> bool:
    """Return whether the sentence denies something, sets it apart or makes it depend: its words alone prove nothing."""
    return bool(_SETS_APART.search(document.quote(one.start, one.end)))


def _other_number(
    candidate: Candidate, document: Document, answering: Sequence[Spoken], weights: Mapping[str, float]
) -> str:
    """Return another value that the document gives for all that is asked."""
    key = f"{candidate.keys[0].text} {candidate.unit}".rstrip()
    asked = list(values_in(key, 0, len(key))) if candidate.ordered or candidate.type == "numeric" else []
    if len(asked) != 1 or len(weights) < 3:
        return ""
    for one in answering:
        held = sum(weight for word, weight in weights.items() if word in one.all_words)
        given = [value for value in values_in(document.text, one.start, one.end) if _one_unit(value, asked[0])]
        others = [value for value in given if value.high < asked[0].low or value.low > asked[0].high]
        if (
            held >= _SAME_QUANTITY * sum(weights.values())
            and given
            and given == others
            and not _tells_apart(one, document)
        ):
            return (
                f"The document also gives {document.quote(given[0].start, given[0].end)}: “{_quoted(one, document)}”."
            )
    return ""


def _one_unit(one: Value, other: Value) -> bool:
    """Return whether two values are in one unit and neither is a limit ("at least 2 days", "up to 10 days")."""
    limits = {value.bound for value in (one, other)} - {"", "about", "around", "approximately", "roughly", "between"}
    return not limits and one.unit.lower().rstrip("s") == other.unit.lower().rstrip("s")


def _quoted(one: Spoken, document: Document) -> str:
    return one_line(document.quote(one.start, one.end)).rstrip(".")


CHECK = Check(
    "second_reading",
    "Read once more from the question, the document gives this answer and no other.",
    find,
    EXAMPLE,
    EXAMPLE,
    suggests=True,
    doubts=True,
    besides="Skin grafts are unpredictable over burns.",
    skips=("true_false", "matching", "ordering", "short_answer", "cloze"),  # no one option is right
)
