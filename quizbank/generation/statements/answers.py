"""A question and the span that answers it go in; an open statement that names its topic comes out, None where it says too little.

How much an open question is ``worth`` decides which ones an author is shown first: those an expert would ask (why, when,
what to do, what is most common) before those that merely turn a sentence round.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.clause import POINTS_BACK, Span
from quizbank.generation.statements.model import Open, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import as_option, base_form, in_sentence, names_kept, roots

MOST_KEY_WORDS = 20
MOST_LISTED_WORDS = 30  # of an answer that lists: more than two commas
MOST_HEADING_WORDS = 8
MISSING = "wrong answers of the same kind"
_FEW_COMMAS = 2
_LONG_QUESTION = 28  # words; longer ones are read twice
_UNSAID_KEY = re.compile(r"(?:so|very|usually|often|able|likely|not|as|the same)\b", re.IGNORECASE)
_VAGUE_KEY = re.compile(
    r"^(?:important|common|rare|possible|necessary|needed|available|used|useful|helpful|different|similar|the same|present|"
    r"unclear|unknown|uncertain|good|better|excellent|more|less|as|so|very|usually|often|able|likely|not|normal|abnormal|"
    r"variable|an? (?:result|problem|role|factor|change|variety|few)|little|much|few|of .*|first|last|once|the (?:choice|same)|"
    r"treatment|caution|care|humans|changes|the matter|"
    r"problems|symptoms|people|patients|doctors?|the (?:patient|surgeon|doctor|physician|person))\b",
    re.IGNORECASE,
)
# What makes a reader of a question stumble: a second half that does not ask, or something left over of the sentence.
_STUMBLES = re.compile(
    r"[;]|:(?!\d)|^why (?:has|have) [^?]* no |^[^,]*, (?:but|yet|or|and) (?!\w+[?,])|, (?:but|yet) |\band then\b|"
    r"\band,|, (?:an?|the) \w+|"
    r"\b(?:and|or|than|of|the|an?|only|not|ones?)\?$|\b(?:most|commonest) (?:\w+ )?reason\?|\b(?:by|of|at|from|with|on|to|"
    r"for|into) (?:in|at|by|from|with|of|if|when)\b|"
    r"\b(?:also|respectively|however|therefore|otherwise|likewise|thereafter|instead|too|as well|the same(?! time)|as a result|"
    r"in fact|in turn|"
    r"later on|(?:above|below)(?! (?:what|the|an?|about|[<>≤≥]?\d))|here|another|others?)\b(?! (?:than|\d))|"
    r"\b(\w{3,}) \1\b|\bn[’']t\b|"
    r"\bunless contraindicated\b|\bthat (?:setting|case|time|age|group|dose|stage|point|situation)\b|^(?:what|"
    r"which \w+) \w+s of\b|"
    r"\b(?:aims?|helps?|fails?|tends?|serves?|seems?|able|begins?|needs?|aim|help|fail|tend) to\?|\bslowly be\b|"
    r"\bbe \w+ly be\b|"
    r"\b(?:should|may|can|must|does|do|is|are) (?:NOT )?(?:of|and|or|only|in|for|with|there|to)\b|\b(?:does|"
    r"do) (?:rarely|often|usually)\b|\bsomeone\b|"
    r"\b(?:is|are) (?:or|and|with|of|than|if)\b|[|*_#]|\b(?:is|are|does|do) (?:can|may|will|is|are|be)\b",
    re.IGNORECASE,
)
_LEAST_SAID = 2  # words of an answer that says what to do or why
_ORDERED = re.compile(r", ([a-z]+ (?:the|an?)\b)")
_SUBJECTS = frozenset(("subject", "unique", "not", "advised"))
_FINITE = re.compile(r" (?:does|do|is|are|was|were|has|have|can|may|should) | [–—] ")
_EMPTY_KEY = re.compile(
    r"(?:one|two|three|four|five|several|many|various|some|certain|serious|different|other) (?:\w+ ){0,3}(?:mechanisms|"
    r"types|ways|factors|"
    r"forms|phases|steps|things|problems|categories|conditions|groups|parts|kinds|stages|areas|changes)$|"
    r".* from \w+ing\b|of |only an? |(?:the )?(?:patients?|people|a person|children|women|men) (?:to|from|who)\b",
    re.IGNORECASE,
)
_FIGURE_OR_ACRONYM = re.compile(r"\d|\b[A-Z]{2,}")


@dataclass(frozen=True)
class Asked:
    """A question, the words that answer it and the rule it came from: answers of one rule may stand beside each other."""

    question: str
    key: Span
    rule: str
    worth: int = 1


def opened(
    passage: Passage, section: Section, span: Span, asked: Asked, cut: bool = True, within: str = ""
) -> Open | None:
    """Return the open statement that a span of the document establishes.

    ``cut``: the answer ends where another verb phrase begins ("damaged discs(, accesses the spine)"). ``within`` is the label
    of the line ("natalizumab"), which the question then names.
    """
    key = answer(passage, *asked.key, cut)
    question = " ".join(asked.question.split()).replace(" ?", "?").replace(" ,", ",")
    question = re.sub(r" (?:not|never)\b", " NOT", question, count=1)  # in capitals, so that nobody reads over it
    question = _DENIED.sub(" NO ", question, count=1)
    placed = _placed(passage, section, question, within) if key else None
    if key is None or placed is None or _leans(key.text) or _leans(question):
        return None
    if asked.rule in _SUBJECTS and (_FINITE.search(key.text) or _holds_verb(key.text)):
        return None
    if (
        _STUMBLES.search(question)
        or any(is_order(f"{one[1]} ") for one in _ORDERED.finditer(question))
        or _EMPTY_KEY.match(key.text)
        or (asked.rule in ("to do", "why") and len(key.text.split()) < _LEAST_SAID)
    ):
        return None
    worth = asked.worth + is_telling(f"{question} {key.text}") - (len(placed.split()) > _LONG_QUESTION)
    return Open(passage.source(section, *span), placed, key, MISSING, (key,), asked.rule, worth)


def _holds_verb(words: str) -> bool:
    """Return whether a subject holds a verb of its own and is no subject: "the organism multiplies about once"."""
    if re.search(r"\b(?:that|which|who|whose|where)\b", words):
        return False
    bases = [base_form(word) for word in words.split()[1:-1] if word.endswith("s")]
    return any(base in verb_words("verbs") and base not in verb_words("also_nouns") for base in bases)


_DENIED = re.compile(
    r"(?<!\bdoes)(?<!\bdo)(?<!\bwhat)(?<!\bwhich)(?<!\bthan) no (?!more|less|later|earlier|fewer|better|worse)(?=[a-z])"
)


def _leans(text: str) -> bool:
    """Return whether words point back to something named before."""
    return bool(POINTS_BACK.search(_POINTS_NOWHERE.sub(" ", text)))


_POINTS_NOWHERE = re.compile(r"\bsuch as\b|\bthose (?=with|who|on|aged|at|without|taking)\b")


def _placed(passage: Passage, section: Section, question: str, within: str) -> str | None:
    """Return a question that names its topic, and its patients where a heading narrows them; None if it cannot say them."""
    patients = passage.patients(section)
    if within and not roots(within) <= roots(question):
        return f"{passage.topic.place} ({within}), {question[:1].lower()}{question[1:]}"
    if patients is None:
        heading = in_sentence(clean(re.sub(r"\s*\([^()]*\)", "", section.path[-1])).strip(" :."), passage.topic.lowered)
        if not heading or ":" in heading or len(heading.split()) > MOST_HEADING_WORDS:
            return None
        if roots(heading) <= roots(question):
            return passage.placed(section, question)
        place = (
            f"In {heading}" if passage.topic.name.lower() in heading.lower() else f"{passage.topic.place} ({heading})"
        )
        return f"{place}, {question[:1].lower()}{question[1:]}"
    if patients and patients not in question:
        question = f"{question[:-1]} {patients}?"
    return re.sub(r"\(([^()]*?) \([^()]*\)\)", r"(\1)", passage.placed(section, question))


def answer(passage: Passage, start: int, end: int, cut: bool = True) -> Phrase | None:
    """Return the answer as an option shows it, None when it is too long, too short or says nothing."""
    if cut:
        close = _BROKEN.search(passage.text, start, end)
        start, end = _without_verb_phrase(passage.text, start, close.start() if close else end)
    raw = re.sub(r"\s*\([^()]*\)|\s*\[\d[\d,– -]*\]", "", passage.text[start:end])
    told = as_option(clean(raw), passage.topic.lowered)
    text = re.sub(r"\byour\b", "the", names_kept(told, clean(raw)))
    most = MOST_LISTED_WORDS if text.count(",") > _FEW_COMMAS else MOST_KEY_WORDS
    if len(text.split()) > most and (aside := _ASIDE.search(passage.text, start, end)):
        return answer(passage, start, aside.start(), cut)
    words = text.split()
    vague = _VAGUE_KEY.match(text) if len(words) <= 2 else _UNSAID_KEY.match(text)
    if (
        not 1 <= len(words) <= most
        or (len(text) < 3 and not (text.isupper() or "%" in text))
        or vague
        or not re.search("[A-Za-z%]", text)
    ):
        return None
    if words[-1].lower().strip(",") in verb_words("ends_badly"):
        return None
    return Phrase(text, start, end)


def _without_verb_phrase(text: str, start: int, end: int) -> Span:
    """Return an answer's span up to where another verb begins: "damaged discs(, accesses the spine)"."""
    for found in re.finditer(r"(?:,| and| but|;| or),?(?: \w+ly)? (?P<word>[a-z]+)\b", text[start:end]):
        word = found["word"]
        base = base_form(word)
        finite = (
            word in verb_words("auxiliaries")
            or word in ("does", "do")
            or (word != base and base in verb_words("verbs"))
        )
        does = word == base and base in verb_words("verbs") and re.match(r" (?:the|an?)\b", text[start + found.end() :])
        if does or (finite and base not in verb_words("also_nouns")):
            return start, start + found.start()
    joined = re.search(r", (?:and|but|while|whereas) (?=(?:[\w’'-]+ ){2,})", text[start:end])
    if joined and "," not in text[start : start + joined.start()] and "," not in text[start + joined.end() : end]:
        return start, start + joined.start()
    return start, end


_BROKEN = re.compile(r"; |, (?:hence|thus|so|therefore) ")
# Behind an answer that is long, what follows such a comma may be left out.
_ASIDE = re.compile(
    r"(?<=\w{3}),? (?=(?:which|who|whose|where|whereas|while|although|though|usually|often|especially|particularly|"
    r"including|such as|"
    r"through|because|since|so that|and (?:is|are|may|can|should|must|has|have|\w+ed by)|but|for example|e\.g\.)\b)|"
    r"[;–—] |\. |"
    r", (?=(?:then|with|in|of|from|at|by|for|on|after|before|to|as|or (?:if|when|earlier|later|sooner|in|with|for)|\w+ing) )"
)


# Orders that are nouns or adjectives as well: "Open wound", "Lower limb"; an article behind them tells.
_NOT_ORDERS_ALONE = frozenset(
    [
        "lower",
        "biopsy",
        "exercise",
        "rest",
        "use",
        "cool",
        "screen",
        "test",
        "scan",
        "image",
        "target",
        "drain",
        "limit",
        "change",
        "cover",
        "open",
        "clear",
        "clean",
        "close",
        "free",
        "separate",
        "direct",
        "complete",
        "cut",
        "set",
        "place",
        "mark",
        "hold",
        "support",
        "guide",
        "measure",
        "monitor",
        "treat",
        "ask",
        "shock",
        "culture",
    ]
)


def is_order(words: str) -> bool:
    """Return whether words open with an order: one of the verbs that clinical texts give orders with."""
    verb, _, rest = words.strip().lower().partition(" ")
    if verb in _NOT_ORDERS_ALONE:
        return bool(re.match(r"(?:the|an?|any|all|each|every|both|for|with) ", rest))
    known = verb_words("orders") | verb_words("acts") | verb_words("more_orders")
    return verb == "never" or (verb == "do" and rest.startswith("not")) or verb in known


@lru_cache(maxsize=4096)
def is_telling(text: str) -> bool:
    """Return whether words name something: a term of the lexicon, a figure or an acronym."""
    return bool(_FIGURE_OR_ACRONYM.search(text)) or any(True for _ in terms_in(text, 0, len(text)))
