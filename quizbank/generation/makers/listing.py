"""What the makers over lists share: which lists exclude each other, which members carry a cue, and one number."""

import re
from collections.abc import Iterator, Sequence

from quizbank.generation.lexicon.reading import ListKind, word_set
from quizbank.generation.statements.model import ListMembership, Phrase, Statement
from quizbank.generation.topic import is_procedure
from quizbank.generation.wording import capitalised, head_noun, roots, singular_phrase, with_article

_CUE = re.compile(
    r"\b(?:severe|uncontrolled|uncorrected|untreated|unstable|serious|poor|critical|massive|decompensated|refractory|un\w+ed|normal|"
    r"absolute|relative|high|low|risk|worsening|declining|emergency|no|life-threatening)\b",
    re.IGNORECASE,
)


def is_cued(text: str) -> bool:
    """Return whether a member gives its list away by its wording (severe, uncontrolled, normal …)."""
    return bool(_CUE.search(text))


_VALUED = re.compile(r"^(?:traditional|conventional|outdated|superficial)\b", re.IGNORECASE)
_DEGREE = re.compile(r"^(?:healthy|prolonged|early|careful|good) (?=\w)", re.IGNORECASE)


# What would keep anybody from any treatment tells nothing of this one.
_ANY_TREATMENT = re.compile(
    r"\b(?:refus\w+|allerg\w+|hypersensitiv\w+|unable|inability|unfit|fitness|absence of|unrealistic|non-?complian\w+|not|cannot|"
    r"consent|cooperat\w+|compliance|adherence|anaesthe\w+|anesthe\w+)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:sphincter|pump|sling|filter|implant|stent|catheter|patch|flap|device|prosthesis|shunt|graft|valve|bridge|crown|plate|nail|"
    r"tube|coil|ring|pacemaker|defibrillator|cast|brace|splint|drain|line|port|pessary|balloon|laryngoscope|mask)$"
)


def before(kind: ListKind, topic: str) -> str:
    """Return the preposition between a kind of list and its topic: red flags show after an operation, in a disease."""
    return "after" if kind.id == "red_flag" and is_procedure(topic) else kind.before


def named(topic: str) -> str:
    """Return a topic as a question about its list names it: a thing that can be counted gets its article."""
    return with_article(topic) if _THING.search(topic) else topic


def is_valued(text: str) -> bool:
    """Return whether a phrase opens with a word that praises or blames what it names."""
    return bool(_VALUED.search(text))


def without_degree(text: str) -> str:
    """Return a phrase without an opening word that only says how much or how well: "Prolonged bed rest" → "Bed rest"."""
    return capitalised(_DEGREE.sub("", text))


_COUNTED = re.compile(
    r"\b(?:that|which|who|causing|\d+|two|three|four|five|six|several|many|multiple|all|both|few|between)\b",
    re.IGNORECASE,
)


def levelled(text: str) -> str:
    """Return a member in the singular, so that number tells nothing; "within three months" stays what it is."""
    return text if _COUNTED.search(text) else singular_phrase(text)


def other_lists(listed: ListMembership, statements: Sequence[Statement]) -> list[ListMembership]:
    """Return the document's lists of the kinds set apart from this one."""
    return [
        other
        for other in statements
        if isinstance(other, ListMembership)
        and other.kind.id in listed.kind.set_apart_from
        and other.source.path[:-1] == listed.source.path[:-1]
    ]


def clear_keys(listed: ListMembership, others: Sequence[ListMembership]) -> list[Phrase]:
    """Return the members without a cue word that no entry of the opposing lists, nor a part of one, names as well."""
    named = [roots(part) for other in others for entry in other.entries for part in _parts(entry)]
    return [
        member
        for member in listed.members
        if not is_cued(member.text)
        and not _ANY_TREATMENT.search(member.text)
        and not any(_contained(roots(member.text), words) for words in named)
    ]


def _parts(entry: str) -> list[str]:
    """Return an entry and what it is made of: "Peripheral edema, ascites (late)" names three things."""
    return [entry, *re.split(r"[,;/()\[\]]| and | or | [—–-] ", entry)]


def _contained(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def outside(listed: ListMembership, other: ListMembership) -> Iterator[tuple[ListMembership, Phrase]]:
    """Yield the members of another list that share no word with any member of this one."""
    topic = listed.source.topic
    told = roots(topic) | {"".join(word[0] for word in topic.split())}
    entries = [re.sub(r"\([^()]*\)", " ", entry) for entry in listed.entries]
    own = frozenset(root for text in (*entries, *(one.text for one in listed.members)) for root in roots(text)) - told
    for member in other.members:
        if (
            not any(alike(one, word) for one in roots(member.text) - told for word in own)
            and head_noun(member.text).lower() not in _EMPTY
            and not _IS_DEED.match(member.text)
            and not _is_bare_place(member.text)
        ):
            yield other, member


# Beside what somebody has, what is to be done or wished for is struck by its kind.
_IS_DEED = re.compile(
    r"(?:treatment|retrieval|removal|sampling|diagnosis|dilatation|access|coverage|cover|closure|need|wish|desire|request|"
    r"correction|prevention|relief|some|failed|failure of)\b",
    re.IGNORECASE,
)


def _is_bare_place(text: str) -> bool:
    """Return whether a member is one short word ("Lip"): beside phrases it is no plausible option."""
    return " " not in text and len(text) < _SHORTEST_WORD


_SHORTEST_WORD = 7
_EMPTY = word_set("empty_heads")


def alike(one: str, other: str) -> bool:
    """Return whether two roots begin with the same five letters (neurological, neuromuscular)."""
    return one[:5] == other[:5]
