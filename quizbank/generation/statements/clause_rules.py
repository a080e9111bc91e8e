"""The rules by which a plain sentence is taken apart, without a parser: a list of verbs, agreement, and where clauses end.

A sentence that is not plain (several clauses, a pronoun for a subject, a verb that could be a noun) is left alone: no
clause is better than a wrong one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.clause import POINTS_BACK, UNSAID, Clause, Span
from quizbank.generation.topic import Topic
from quizbank.generation.wording import base_form, head_noun, is_plural

MOST_SUBJECT_WORDS = 14
_TOKEN = re.compile(r"[A-Za-z][\w'’-]*|\d[\d.,/]*|[^\w\s]")
POINTING = re.compile(
    r"(?:it|its|they|their|this|these|those|there|such|he|she|his|her|we|our|you|your|one|another|other|others|both|"
    r"each|some|many|none|up to|several|what|who|which|that|here|then|thus|however|but|and|or|so|yet|not)\b",
    re.IGNORECASE,
)
# Where another clause or verb phrase may begin; what follows decides.
EDGE = re.compile(
    r"[;:] (?:and |but )?|, (?:and |but |while |whereas |or |so )?(?:then |also |therefore )?| (?:and|but) "
)
_EDGE_BEFORE = re.compile(
    r"(?:[;:] (?:and |but )?|, (?:and |but |while |whereas |or |so )?(?:then |also |therefore )?| (?:and|but) )$"
)
# What stands behind is an aside: leaving it out changes nothing that was said before it.
_ENDS = re.compile(
    r", (?:which|who|whose|where|whom|because|since|although|though|as (?:is|are|it|in)|so|e\.g\.|such as|for example|namely|"
    r"including|having|being|with the|i\.e\.)\b"
)
NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.? |\d{1,2}[.)] |\*\*[^*\n]{2,40}[.:]\*\* ?|\*?\([^()]{3,60}\)\*? |[*_]+(?=\w))"
)
# Subjects that point back to something named before: a question with them does not stand alone.
_VAGUE_SUBJECT = re.compile(
    r"the (?:(?:shorter|longer|lower|higher|same|other|former|latter|first|second|third|remaining|resulting|accompanying|new|whole|"
    r"inactive|active) )?(?:drug|class|test|nerve|artery|vein|muscle|assay|procedure|operation|disease|condition|"
    r"disorder|result|dose|"
    r"infusion|tumor|lesion|product|agent|combination|difference|reaction|course|part|step|rest|remainder|three|two|four|capsule|joint|"
    r"site|method|approach|technique|device|latter|former|sample|specimen|effect|risk|rate|incidence|prevalence|number|score|"
    r"answer|reason|cause|exception|choice|decision|team|study|trial)s?|"
    r"(?:the )?(?:first|second|third|lower|upper|shorter|longer|same|other|latter|former|lesser|"
    r"greater)(?: of the \w+| part| course)?|"
    r"level \w+|anyone.*|someone.*|(?:more|less|fewer) than .*|about .*|(?:approximately|roughly|nearly|almost|around) .*|"
    r"onset|symptoms?|signs?|risk|use|results?",
)
_OR_MORE = re.compile(r" (?:or|and) (?:more|less|older|younger|higher|lower|above|below|over|greater|fewer)$")
_APPOSITION = re.compile(r"(?P<noun>[^,]{3,70}), (?![^,]* (?:and|or) )[^,]{3,80},?$")
_PLURALS = verb_words("plurals")
_RELATIVE = frozenset(("who", "that", "which", "whose", "where", "whom"))
_SUBORDINATE = frozenset(("when", "while", "if", "because", "although", "whereas", "unless", "until", "though", "but"))
_DETERMINERS = verb_words("determiners")


def clauses_by_rules(text: str, start: int, end: int, topic: Topic) -> Iterator[Clause]:
    lowered = topic.lowered
    edges = [start, *(found.end() for found in EDGE.finditer(text, start, end)), end]
    first = _first(text, edges, lowered, topic)
    if first is None:
        return
    yield from (one for one in _split(text, edges, *first, lowered) if one.is_plain)


def _split(text: str, edges: list[int], clause: Clause, at: int, lowered: frozenset[str]) -> Iterator[Clause]:
    while at < len(edges) - 1:
        found = next(_following(text, edges, at, clause, lowered), None)
        if found is None:
            break
        following, at, closes = found
        yield replace(clause, rest_span=(clause.rest_span[0], _trimmed(text, clause.rest_span[0], closes)))
        if following is None:
            return
        clause = following
    yield clause


def _first(text: str, edges: list[int], lowered: frozenset[str], topic: Topic) -> tuple[Clause, int] | None:
    """Return the sentence's first clause, reaching to the sentence's end, and the first edge inside its rest."""
    clause = first_clause(text, edges[0], edges[-1], lowered, topic)
    if clause is None:
        return None
    return clause, next((number for number, edge in enumerate(edges) if edge > clause.rest_span[0]), len(edges) - 1)


def _following(
    text: str, edges: list[int], at: int, clause: Clause, lowered: frozenset[str]
) -> Iterator[tuple[Clause | None, int, int]]:
    """Yield the next clause or verb phrase, the edge behind it and where the clause before it closes."""
    end = edges[-1]
    for number in range(at, len(edges) - 1):
        edge = edges[number]
        opens = _EDGE_BEFORE.search(text, clause.rest_span[0], edge)
        closes = opens.start() if opens else edge
        if _ENDS.match(text, closes, end):
            yield None, number + 1, closes
            return
        if phrase := _verb_phrase(text, edge, end, clause):
            yield phrase, number + 1, closes
            return
        if whole := first_clause(text, edge, end, lowered):
            yield whole, number + 1, closes
            return


def _verb_phrase(text: str, start: int, end: int, clause: Clause) -> Clause | None:
    """Return a verb phrase that shares the subject of a clause: "…, and supplies the deltoid"."""
    found = _TOKEN.search(text, start, end)
    if found is None or found.start() != start:
        return None
    word, subject = found[0], clause.text[slice(*clause.subject)]
    rest = (found.end(), without_full_stop(text, found.end(), end))
    if word in verb_words("auxiliaries"):
        return replace(clause, operator=word, verb="", adverb="", rest_span=rest)
    base = base_form(word)
    is_third = word != base and base in verb_words("verbs") and not _is_plural_subject(subject)
    return replace(clause, operator="does", verb=word, adverb="", rest_span=rest) if is_third else None


def _is_plural_subject(subject: str) -> bool:
    return is_plural(head_noun(subject)) or " and " in subject


def _may_be_plural(subject: str) -> bool:
    head = head_noun(UNSAID.sub(" ", subject)).lower()
    return is_plural(head) or head in _PLURALS or " and " in subject or head[:1].isupper() or head.endswith("s")


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,;.\n\t"))


def first_clause(text: str, start: int, end: int, lowered: frozenset[str], topic: Topic | None = None) -> Clause | None:
    """Return the clause with which one sentence begins, None when it is not plain."""
    numbered = NUMBERED.match(text, start, end)
    opening, at = fronted(text, numbered.end() if numbered else start, end)
    tokens = list(_TOKEN.finditer(text, at, end))
    back = topic.stand_in.match(text, at) if topic and topic.name else None
    if len(tokens) < 3 or (POINTING.match(tokens[0][0]) and not back):
        return None
    place = _operator_place(tokens)
    if place is None:
        return None
    token = tokens[place]
    last = place - 1
    adverbs: list[str] = []
    while last > 0 and tokens[last][0].lower() in verb_words("adverbs"):
        adverbs.insert(0, tokens[last][0].lower())
        last -= 1
    subject = (tokens[0].start(), tokens[last].end())
    aside = _APPOSITION.match(UNSAID.sub(lambda found: " " * len(found[0]), text[slice(*subject)]))
    if aside:
        subject = (subject[0], subject[0] + len(aside["noun"].rstrip()))
    whole = bool(back and topic and topic.stand_in.fullmatch(text[slice(*subject)]))
    if not whole and (back is not None or not is_subject(UNSAID.sub(" ", text[slice(*subject)]))):
        return None
    is_operator = token[0].lower() in verb_words("auxiliaries")
    if token[0].lower() in ("are", "were", "have") and not _may_be_plural(text[slice(*subject)]):
        return None
    plural = token[0] == base_form(token[0])
    operator = token[0].lower() if is_operator else "do" if plural else "does"
    verb = "" if is_operator else token[0].lower()
    rest = (token.end(), without_full_stop(text, token.end(), end))
    stands_for = topic.name if whole and topic else ""
    return Clause(text, start, end, opening, subject, operator, verb, " ".join(adverbs), rest, lowered, stands_for)


def without_full_stop(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" .\n\t"))


def fronted(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """Return a fronted phrase ("In adults with asthma") and where the sentence proper begins."""
    first = _TOKEN.search(text, start, end)
    at_least = re.match(r"at (?:least|most)\b", text[start:end], re.IGNORECASE)
    if first is None or at_least or first[0].lower() not in verb_words("openers"):
        return None, start
    comma = text.find(",", start, min(end, start + 120))
    return ((first.start(), comma), comma + 1) if comma > 0 else (None, start)


def _operator_place(tokens: list[re.Match[str]]) -> int | None:
    """Return which token is the operator or the finite verb, None when the sentence is not plain."""
    in_relative, depth = False, 0
    for place, token in enumerate(tokens):
        word = token[0].lower()
        depth += (word == "(") - (word == ")")
        if depth or place == 0:
            continue
        if word in _SUBORDINATE or word in ";:":
            return None
        if word in _RELATIVE:
            in_relative = True
        elif word in verb_words("auxiliaries") or _is_finite(tokens, place):
            if in_relative:
                in_relative = False
                continue
            return place
    return None


def _is_finite(tokens: list[re.Match[str]], place: int) -> bool:
    """Return whether a token is a verb in the present tense that agrees with the noun before it."""
    word, before = tokens[place][0], _word_before(tokens, place)
    if before.lower() in _DETERMINERS or not before[0].isalpha() or word[:1].isupper():
        return False
    base = base_form(word)
    if base not in verb_words("verbs"):
        return False
    follows = tokens[place + 1][0].lower() if place + 1 < len(tokens) else ""
    if word == base:
        return is_plural(before) and word not in verb_words("also_nouns") and follows not in ("of", ",", ".")
    if base in verb_words("also_nouns") and (is_plural(before) or follows in _BEHIND_NOUNS):
        return False
    return not is_plural(before) and follows not in ("of", "are", "is", "were")


_BEHIND_NOUNS = frozenset(
    (
        "of",
        "and",
        "or",
        "are",
        "in",
        ",",
        ":",
        "need",
        "call",
        "can",
        "may",
        "should",
        "must",
        "suggest",
        "require",
        "point",
    )
)


def _word_before(tokens: list[re.Match[str]], place: int) -> str:
    """Return the last word before a token, brackets and adverbs passed over."""
    at = place - 1
    if tokens[at][0] == ")":
        while at > 0 and tokens[at][0] != "(":
            at -= 1
        at -= 1
    if at > 0 and tokens[at][0].lower() in verb_words("adverbs"):
        at -= 1
    return tokens[max(at, 0)][0]


def is_subject(words: str) -> bool:
    words = _OR_MORE.sub("", words).replace(" such as ", " like ")
    parts = words.split()
    if not 1 <= len(parts) <= MOST_SUBJECT_WORDS or parts[-1].lower().strip(",") in verb_words("ends_badly"):
        return False
    opens = parts[0].lower() in verb_words("openers") and not re.match(r"at (?:least|most)\b", words, re.IGNORECASE)
    if opens or _VAGUE_SUBJECT.fullmatch(words.lower()):
        return False
    if words.count("(") != words.count(")") or POINTS_BACK.search(words) or re.search(r"[;:!?“”\"]", words):
        return False
    return "," not in words or bool(re.search(r", (?:and|or) |, [^,]+ (?:and|or) ", words))
