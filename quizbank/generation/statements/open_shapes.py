"""A sentence that is more than one plain clause goes in; what its shape tells comes out: consequences, relative clauses.

"X is destroyed by acid, so it is coated" tells why, and "…, the axillary nerve, which may be torn in …" tells which.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizbank.generation.lexicon.finding import FoundTerm, terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import POINTS_BACK, UNSAID, Clause, Span, said
from quizbank.generation.statements.clause_rules import POINTING, is_subject
from quizbank.generation.statements.clauses import Read, read_clauses
from quizbank.generation.statements.open_shares import asked_of_share, is_verb
from quizbank.generation.statements.open_wording import ASKED_KINDS, TAIL
from quizbank.generation.statements.parsing import parse
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import head_noun, in_sentence, is_plural

_FEWEST_REASON_WORDS = 3
_SO = re.compile(
    r",? so (?!that\b|far\b|long\b|much\b|many\b|called\b|as\b)(?=[a-zA-Z])|[;,] (?:and |but )?(?:hence|thus|therefore) "
)
_THEREFORE = re.compile(r" (?:therefore|thus|hence|consequently) ")
_BOUNDARY = re.compile(r"[;:,] (?:and |but )?(?=[a-z])|,? and (?=[a-z])")
_FINITE = frozenset(("is", "are", "may", "can", "should", "must", "has", "have", "will"))


def asked_of_shape(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """Yield what the shape of a sentence lets be asked, nothing for most sentences."""
    close = start + len(passage.text[start:end].rstrip(" .\n\t"))
    for ask in (_consequence, _explained, _relative, _beside):
        yield from ask(passage, start, close)
    yield from asked_of_share(passage.text, start, close)


def _consequence(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """The base is destroyed by acid, so tablets are coated → Why are tablets coated?"""
    text = passage.text
    for reason, then in _split(text, start, end):
        if len(text[slice(*reason)].split()) < _FEWEST_REASON_WORDS or POINTS_BACK.search(text, *reason):
            continue
        for clause in read_clauses(text, *then, passage.topic)[:1]:
            if (
                len(clause.rest.split()) >= 1
                and not clause.is_negative
                and not _HANGS.search(clause.rest)
                and clause.subject[0] - then[0] <= 2
            ):
                yield Asked(TAIL.sub("", clause.asked("Why").rstrip("?")) + "?", reason, "consequence", 5)


def _split(text: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """Yield where a reason and what follows from it stand."""
    if found := _SO.search(text, start, end):
        begins = max(
            (one.end() for one in _BOUNDARY.finditer(text, start, found.start()) if one[0][0] in ";:"), default=start
        )
        yield (begins, found.start()), (found.end(), end)
    if found := _THEREFORE.search(text, start, end):
        edges = list(_BOUNDARY.finditer(text, start, found.start()))
        if edges and text[found.start() - 12 : found.start()].rsplit(maxsplit=1)[-1] in _FINITE:
            begins = max((one.end() for one in edges[:-1] if one[0][0] in ";:"), default=start)
            yield (begins, edges[-1].start()), (edges[-1].end(), end)


_EXPLAINS = re.compile(r", which (?:explains|accounts for|may explain) (?P<what>(?!how\b|that\b)[^;:.]{6,140})$")


def _explained(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """The vessels are torn, which explains the high rate of necrosis → What explains the high rate of necrosis?"""
    found = _EXPLAINS.search(passage.text, start, end)
    if found and not POINTS_BACK.search(found["what"]):
        what = in_sentence(TAIL.sub("", said(found["what"])), passage.topic.lowered)
        yield Asked(f"What explains {what}?", (start, found.start()), "consequence", 5)


_WHICH = re.compile(
    r"(?: \([^()]*\))?, which (?:also |usually |often |mainly |chiefly )?(?P<verb>may|can|must|should|is|has|"
    r"[a-z]+s) (?P<rest>\S[^;:]{6,150})"
)


def _relative(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """… from the spinal accessory nerve, which may be cut in a biopsy → Which nerve may be cut in a biopsy?"""
    text = passage.text
    if text.find(", which ", start, end) < 0:
        return
    for found in _WHICH.finditer(text, start, end):
        verb = found["verb"]
        if verb not in _FINITE and not is_verb(verb):
            continue
        told = TAIL.sub("", said(found["rest"]))
        told = re.sub(r",? and (?:is|are|may|can|would|will|could|should|\w+s) .*$", "", told)
        told = re.sub(r", (?:is|are|and|but|then)\b.*$", "", told)
        if len(told.split()) < 3 or POINTS_BACK.search(told) or _HAPPENS.match(told):
            continue  # what happens is seldom the noun that stands before: "rupture of the tendon, which may occur"
        named = _named_before(text, start, found.start())
        if named and not is_plural(text[named.start : named.end]):
            told = told.removeprefix(f"the {named.group.noun} ") if verb == "is" else told
            yield Asked(f"Which {named.group.noun} {verb} {told}?", (named.start, named.end), "which", 4)


_HAPPENS = re.compile(r"(?:occur|cause|lead|result|explain|mean|make|help|allow|happen|follow|develop|appear)\b")


def _named_before(text: str, start: int, end: int) -> FoundTerm | None:
    """Return the term that ends where a relative clause begins, of a kind that can be asked for."""
    begins = max(start, end - 90)
    begins = text.find(" ", begins, end) + 1 if begins > start else start
    for one in terms_in(text, begins, end):
        if one.end == end and one.group.kind in ASKED_KINDS:
            return one
    return None


_APPOSED = re.compile(
    r"(?P<noun>(?:(?:[Tt]he|[Aa]n?) )?[^,;:()]{4,60}?)(?: \([^()]*\))?, (?:by far )?(?P<most>the "
    r"(?:single )?(?:most \w+|strongest|commonest|only|"
    r"main|chief|principal|largest|leading|earliest|first)(?: [\w-]+){1,8}?)(?=[,.;]|$| and | which | is | are )"
)


def _beside(passage: Passage, start: int, end: int) -> Iterator[Asked]:
    """… the HLA-B27 allele, the strongest known risk, … → What is the strongest known risk?"""
    text = passage.text
    if text.find(", the ", start, end) < 0 and text.find(", by far the ", start, end) < 0:
        return
    for found in _APPOSED.finditer(text, start, end):
        noun = UNSAID.sub("", found["noun"])
        begins = found.start("noun")
        articles = list(re.finditer(r"\b(?:the|an?) (?=\S)", text[begins : found.end("noun")], re.IGNORECASE))
        if not articles and begins > start:
            continue
        begins += articles[-1].start() if articles else 0
        if not is_subject(text[begins : found.end("noun")]) or len(noun.split()) > 10:
            continue
        be = "are" if is_plural(found["most"].split()[-1]) and is_plural(noun.split()[-1]) else "is"
        yield Asked(f"What {be} {found['most']}?", (begins, found.end("noun")), "unique", 3)


_FRONTED = re.compile(
    r"(?P<open>(?:In|At|On|After|During|For|With)(?: (?!(?:the|addition|contrast|general|fact)\b(?: (?:case|"
    r"end)\b)?)[\w'’/-]+| the [\w'’/-]+){1,7}?) "
    r"(?P<subject>the (?:[\w-]+ ){0,3}?[\w-]+) (?P<op>is|are|may|can|should|must|passes|lies|runs|divides|enters|gives|crosses|"
    r"descends|ascends|arises|begins|ends|supplies|forms|leaves|becomes|pierces) (?P<rest>\S[^;]{6,160})"
)
_HANGS = re.compile(r"\b(?:of|in|on|at|to|for|with|by|from|and|or|the|an?)$")


def fronted_clause(passage: Passage, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clause of a sentence whose opening has no comma: "In men the usual cause is bleeding"."""
    found = _FRONTED.match(passage.text, start, end)
    if not found or _HANGS.search(found["open"]) or POINTS_BACK.search(found["open"]):
        return ()
    if "," in passage.text[start : found.end("subject")] or not is_subject(found["subject"]):
        return ()
    rest = (found.start("rest"), found.start("rest") + len(found["rest"].rstrip(" .\n\t")))
    text, lowered = passage.text, passage.topic.lowered
    verb = "" if found["op"] in _FINITE else found["op"]
    operator = "does" if verb else found["op"]
    clause = Clause(text, start, end, found.span("open"), found.span("subject"), operator, verb, "", rest, lowered)
    return (clause,) if clause.is_plain else ()


_HEAD_ENDS = re.compile(r" (?:of|within|after|in|with|that|which|showing|without|for|from|at|before|during|on|to) ")
_MOST_SUBJECT_WORDS = 18


def clauses_with_long_subjects(passage: Passage, start: int, end: int) -> Iterator[Clause]:
    """Yield the clauses whose subject is longer than the rules read: "A single dose within 72 hours of a bite may prevent …"."""
    text, topic = passage.text, passage.topic
    for one in parse(text[start:end]):
        subject = (start + one.subject[0], start + one.subject[1])
        words = UNSAID.sub("", text[slice(*subject)])
        head = _HEAD_ENDS.split(words)[0]
        if not _MOST_SUBJECT_WORDS >= len(words.split()) > 8 or POINTS_BACK.search(words) or re.search(r"[;:?]", words):
            continue
        if (
            POINTING.match(words)
            or not is_subject(head)
            or one.opening
            or words.split()[-1].lower() in verb_words("ends_badly")
        ):
            continue
        verb = text[start + one.verb[0] : start + one.verb[1]].lower() if one.verb else ""
        rest = (start + one.rest[0], start + one.rest[1])
        clause = Clause(text, start, end, None, subject, one.operator, verb, " ".join(one.adverbs), rest, topic.lowered)
        if clause.is_plain:
            yield clause


_OPENING_SUBJECT = re.compile(
    r"(?P<subject>(?:(?:The|An?|[A-Z][\w'’/-]*)(?: [\w'’/-]+){0,6}?))(?: \([^()]*\))? (?:is|are|has|have|may|can|"
    r"should|must|presents?|"
    r"begins?|arises?|passes|receives|gives|runs|carries|causes?|lowers?|raises?|reduces?|inhibits?|blocks?|acts?|binds?|works?)\b"
)


def opening_subject(passage: Passage, start: int, end: int) -> str:
    """Return the subject with which a sentence opens, as a question names it, "" where it is not plain."""
    found = _OPENING_SUBJECT.match(passage.text, start, end)
    if (
        not found
        or not is_subject(found["subject"])
        or not re.match(r"(?:the|an?) |\S+$|.* ", found["subject"], re.IGNORECASE)
    ):
        return ""
    first = found["subject"].split()[0].lower()
    if first in verb_words("openers") or first in verb_words("adverbs"):
        return ""
    return in_sentence(found["subject"], passage.topic.lowered)


_AND = re.compile(
    r",? (?:and|but) (?:also |usually |often |then |generally |typically )?(?:(?P<op>is|are|can|may|should|must|has|"
    r"have)|(?P<verb>[a-z]+s)) "
    r"(?=(?:\S+ ){0,3}\S)"
)


def continued(read: Read) -> Iterator[Clause]:
    """Yield the verb phrase behind "and" that shares the last clause's subject: "fades in a week and is followed by peeling"."""
    if not read.clauses:
        return
    last = read.clauses[-1]
    found = _AND.match(last.text, last.rest_span[1], read.sentence.end)
    plural = is_plural(head_noun(last.subject_words)) or " and " in last.subject_words
    if not found or (found["verb"] and (plural or not is_verb(found["verb"]))):
        return
    if (found["op"] in ("is", "has") and plural) or (found["op"] in ("are", "have") and not plural):
        return
    edge = re.compile(r"[;:] |, (?:and|but|or|which|who|while|whereas) |[.]?\s*$").search(
        last.text, found.end(), read.sentence.end
    )
    rest = (found.end(), edge.start() if edge else read.sentence.end)
    operator, verb = (found["op"], "") if found["op"] else ("does", found["verb"])
    clause = replace(last, operator=operator, verb=verb, adverb="", rest_span=rest)
    if clause.is_plain:
        yield clause
