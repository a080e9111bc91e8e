"""A plain sentence goes in; its opening, subject, auxiliary and rest come out, and from them a question.

"In adults, the incubation period lasts 7 to 14 days." has the opening "In adults", the subject "the incubation period",
the auxiliary "does" and the rest "last 7 to 14 days": what a question needs, and no more. A sentence that is not plain
(several clauses, a pronoun for a subject, a verb that could be a noun) is left alone: no clause is better than a wrong
one. English grammar: Quirk et al., A Comprehensive Grammar of the English Language, 2.48 (operators and inversion).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from quizbank.documents.tree import Block, Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.parsing import ParsedClause, parse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.topic import Topic
from quizbank.generation.wording import base_form, head_noun, in_sentence, is_plural, participle

Span = tuple[int, int]
MOST_SUBJECT_WORDS = 14
_TOKEN = re.compile(r"[A-Za-z][\w'’-]*|\d[\d.,/]*|[^\w\s]")
_POINTING = re.compile(
    r"(?:it|its|they|their|this|these|those|there|such|he|she|his|her|we|our|you|your|one|another|other|others|both|"
    r"each|some|many|all|none|up to|several|what|who|which|that|here|then|thus|however|but|and|or|so|yet|not)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|their|them|this|these|those|such|he|she|his|her|him|we|our|us|you|your|the above|former|latter)\b",
    re.IGNORECASE,
)
# Where another clause or verb phrase may begin; what follows decides.
_EDGE = re.compile(
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
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.? |\d{1,2}[.)] |\*\*[^*\n]{2,40}[.:]\*\* ?|\*?\([^()]{3,60}\)\*? |[*_]+(?=\w))"
)
# What a question leaves out: brackets and marks of emphasis.
_UNSAID = re.compile(r"\s*\*?[(\[][^()\[\]]{0,160}[)\]]\*?|\*+|_{2,}|`")
# Subjects that point back to something named before: a question with them does not stand alone.
_VAGUE_SUBJECT = re.compile(
    r"the (?:(?:shorter|longer|lower|higher|same|other|former|latter|first|second|third|remaining|resulting|accompanying|new|whole|"
    r"inactive|active) )?(?:drug|class|test|nerve|artery|vein|muscle|assay|procedure|operation|disease|condition|disorder|result|dose|"
    r"infusion|tumor|lesion|product|agent|combination|difference|reaction|course|part|step|rest|remainder|three|two|four|capsule|joint|"
    r"site|method|approach|technique|device|latter|former|sample|specimen|effect|risk|rate|incidence|prevalence|number|score|"
    r"answer|reason|cause|exception|choice|decision|team|study|trial)s?|"
    r"(?:the )?(?:first|second|third|lower|upper|shorter|longer|same|other|latter|former|lesser|greater)(?: of the \w+| part| course)?|"
    r"level \w+|anyone.*|someone.*|(?:more|less|fewer) than .*|about .*|(?:approximately|roughly|nearly|almost|around) .*|"
    r"onset|symptoms?|signs?|risk|use|results?",
)
_OR_MORE = re.compile(r" (?:or|and) (?:more|less|older|younger|higher|lower|above|below|over|greater|fewer)$")
_APPOSITION = re.compile(r"(?P<noun>[^,]{3,70}), (?![^,]* (?:and|or) )[^,]{3,80},?$")
_PLURALS = frozenset(
    [
        "people",
        "children",
        "women",
        "men",
        "feet",
        "teeth",
        "data",
        "criteria",
        "bacteria",
        "media",
        "ova",
        "bronchi",
        "nuclei",
        "fungi",
        "stimuli",
    ]
)
_LINKING = re.compile(
    r"(?:for (?:this|that) reason|because of (?:this|that)|in this way|with this|in these cases)", re.IGNORECASE
)
_UNEQUAL = re.compile(r"\b(?:somewhat|much|rather|even) (?:later|earlier|more|less|longer|shorter|higher|lower)\b")
_NEGATION = re.compile(r"\b(?:not|no(?! (?:earlier|later|more|less|sooner|longer)\b)|never|neither|cannot)\b")
_RELATIVE = frozenset(("who", "that", "which", "whose", "where", "whom"))
_SUBORDINATE = frozenset(("when", "while", "if", "because", "although", "whereas", "unless", "until", "though", "but"))
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "no",
        "any",
        "each",
        "some",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "not",
    ]
)


@dataclass(frozen=True)
class Clause:
    """A plain sentence taken apart; spans are offsets into ``text``, which is the document's.

    ``operator`` is the word that moves in a question ("should", "is", "does"); ``rest`` is what stays behind the
    subject, the verb in its base form after "do". ``rest_span`` is where the words behind the operator or verb stand.
    """

    text: str
    start: int
    end: int
    opening: Span | None
    subject: Span
    operator: str
    verb: str
    adverb: str
    rest_span: Span
    lowered: frozenset[str]
    stands_for: str = ""

    @property
    def finite(self) -> int:
        """Return where the operator or the finite verb stands."""
        return self.rest_span[0] - len(self.verb or self.operator)

    @property
    def is_plain(self) -> bool:
        """Return whether a question can be made: no pronoun behind the subject, and something said of it."""
        return self.rest_span[1] - self.rest_span[0] >= 3 and not _POINTS_BACK.search(self.text, *self.rest_span)

    @property
    def subject_words(self) -> str:
        """Return the subject as a question names it: the topic itself where the sentence says "this condition"."""
        if self.stands_for:
            return self.stands_for
        return in_sentence(_said(self.text[slice(*self.subject)]), self.lowered)

    @property
    def opening_words(self) -> str:
        return in_sentence(_said(self.text[slice(*self.opening)]), self.lowered) if self.opening else ""

    @property
    def rest(self) -> str:
        """Return the words behind the subject in a question: "last 7 to 14 days", "be removed after 2 weeks"."""
        return self.rest_without(None)

    def rest_without(self, *cuts: Span | None) -> str:
        """Return the rest with some spans of the document left out."""
        start, end = self.rest_span
        kept, at = "", start
        for cut in sorted(cut for cut in cuts if cut):
            kept += self.text[at : cut[0]] + " "
            at = cut[1]
        kept += self.text[at:end]
        parts = (self.adverb, base_form(self.verb) if self.verb else "", _said(kept))
        return re.sub(
            r"^(?:now|currently|therefore|then) ", "", " ".join(part for part in parts if part).strip(" .,;:")
        )

    @property
    def is_negative(self) -> bool:
        """Return whether the clause denies something."""
        said = self.text[self.subject[1] : self.rest_span[0] + 30]
        return self.adverb.startswith("not ") or bool(_NEGATION.search(said))

    def asked(self, wh: str, *cuts: Span | None, opening: bool = True) -> str:
        """Return a question: the question words, the operator, the subject and the rest without the cut spans."""
        behind = f" {self.opening_words}" if opening and self.opening else ""
        words = f"{wh} {self.operator} {self.subject_words} {self.rest_without(*cuts)}{behind}"
        return " ".join(words.split()).strip(" ,") + "?"


def _said(text: str) -> str:
    """Return words as a question says them: on one line, without brackets and marks."""
    return re.sub(r" (?=[,.;])", "", clean(_UNSAID.sub(" ", text))).strip(" ,")


@lru_cache(maxsize=4096)
def read_clauses(text: str, start: int, end: int, topic: Topic) -> tuple[Clause, ...]:
    """Return the plain clauses of one sentence, in order; a verb phrase behind "and" shares the subject before it.

    Rules read the sentence first; the parser judges what they found and reads what they left alone.
    """
    parsed = parse(text[start:end])
    ruled = tuple(_by_rules(text, start, end, topic))
    if not parsed:
        return ruled
    agreed = {(one.finite, one.subject[0]): one for one in ruled}
    read = [
        agreed.pop((start + one.finite, start + one.subject[0]), None) or _from_parse(text, start, end, topic, one)
        for one in parsed
    ]
    subjects = {start + one.subject[0] for one in parsed}
    more = [
        one for one in agreed.values() if one.subject[0] in subjects and not any(_overlap(one, kept) for kept in read)
    ]
    return tuple(sorted((clause for clause in (*read, *more) if clause), key=lambda one: one.finite))


def _overlap(one: Clause, other: Clause | None) -> bool:
    return other is not None and one.finite == other.finite


def _from_parse(text: str, start: int, end: int, topic: Topic, one: ParsedClause) -> Clause | None:
    subject = (start + one.subject[0], start + one.subject[1])
    words = _UNSAID.sub(" ", text[slice(*subject)])
    back = bool(topic.name and topic.stand_in.fullmatch(clean(words)))
    if not back and (_POINTING.match(words) or not _is_subject(words)):
        return None
    verb = text[start + one.verb[0] : start + one.verb[1]].lower() if one.verb else ""
    if verb and not verb.endswith("s") and base_form(verb) not in verb_words("verbs"):
        return None
    opening = (start + one.opening[0], start + one.opening[1]) if one.opening else None
    if opening and _POINTS_BACK.search(text, *opening):
        if not _LINKING.match(text, *opening):
            return None
        opening = None
    rest = (start + one.rest[0], start + one.rest[1])
    stands_for = topic.name if back else ""
    adverb = " ".join(one.adverbs)
    clause = Clause(text, start, end, opening, subject, one.operator, verb, adverb, rest, topic.lowered, stands_for)
    return clause if clause.is_plain and not _UNEQUAL.search(clause.rest_without(None)) else None


def _by_rules(text: str, start: int, end: int, topic: Topic) -> Iterator[Clause]:
    lowered = topic.lowered
    edges = [start, *(found.end() for found in _EDGE.finditer(text, start, end)), end]
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
    clause = read_clause(text, edges[0], edges[-1], lowered, topic)
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
        if whole := read_clause(text, edge, end, lowered):
            yield whole, number + 1, closes
            return


def _verb_phrase(text: str, start: int, end: int, clause: Clause) -> Clause | None:
    """Return a verb phrase that shares the subject of a clause: "…, and supplies the deltoid"."""
    found = _TOKEN.search(text, start, end)
    if found is None or found.start() != start:
        return None
    word, subject = found[0], clause.text[slice(*clause.subject)]
    rest = (found.end(), _without_full_stop(text, found.end(), end))
    if word in verb_words("auxiliaries"):
        return replace(clause, operator=word, verb="", adverb="", rest_span=rest)
    base = base_form(word)
    is_third = word != base and base in verb_words("verbs") and not _is_plural_subject(subject)
    return replace(clause, operator="does", verb=word, adverb="", rest_span=rest) if is_third else None


def _is_plural_subject(subject: str) -> bool:
    return is_plural(head_noun(subject)) or " and " in subject


def _may_be_plural(subject: str) -> bool:
    head = head_noun(_UNSAID.sub(" ", subject)).lower()
    return is_plural(head) or head in _PLURALS or " and " in subject or head[:1].isupper() or head.endswith("s")


_IMPERATIVE = re.compile(
    r"(?P<verb>[A-Z][a-z]+(?:-[a-z]+)?) (?P<what>(?!(?:for|to|on|in|at|with|if|when|until|by|from|of|and|that|not|out|up)\b)"
    r"[^,.;:]{3,70}?) (?=(?:in|for|to|before|after|with|at|within|until|if|when|by|every|over|from|as|during|using|unless|only|"
    r"because|once|through|into|under)\b)"
)


_FORBIDDEN = re.compile(_IMPERATIVE.pattern.replace("[A-Z]", "[a-z]", 1))


def read_order(text: str, start: int, end: int, topic: Topic) -> Clause | None:
    """Return an order ("Send blood cultures before treatment") as what should be done, None for anything else."""
    numbered = _NUMBERED.match(text, start, end)
    begins = numbered.end() if numbered else start
    opening, behind = _opening(text, begins, end)
    if opening:
        begins = behind + len(text[behind:end]) - len(text[behind:end].lstrip())
    forbidden = re.compile(r"(?:Do not|Never|Don[’']t) (?=[a-z])").match(text, begins, end)
    pattern = _FORBIDDEN if forbidden or opening else _IMPERATIVE
    found = pattern.match(text, forbidden.end() if forbidden else begins, end)
    if not found or found["verb"].lower() not in verb_words("orders") | verb_words("verbs"):
        return None
    what = _UNSAID.sub(" ", found["what"])
    if not _is_subject(what) or _POINTS_BACK.search(what):
        return None
    rest = (found.end(), _without_full_stop(text, found.end(), end))
    cut = next((one.start() for one in _EDGE.finditer(text, *rest)), rest[1])
    done = f"{'not ' if forbidden else ''}be {participle(found['verb'])}"
    if opening and _POINTS_BACK.search(text, *opening):
        return None
    clause = Clause(text, start, end, opening, found.span("what"), "should", "", done, (rest[0], cut), topic.lowered)
    return clause if clause.is_plain else None


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,;.\n\t"))


def read_clause(text: str, start: int, end: int, lowered: frozenset[str], topic: Topic | None = None) -> Clause | None:
    """Return the clause with which one sentence begins, None when it is not plain."""
    numbered = _NUMBERED.match(text, start, end)
    opening, at = _opening(text, numbered.end() if numbered else start, end)
    tokens = list(_TOKEN.finditer(text, at, end))
    back = topic.stand_in.match(text, at) if topic and topic.name else None
    if len(tokens) < 3 or (_POINTING.match(tokens[0][0]) and not back):
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
    aside = _APPOSITION.match(_UNSAID.sub(lambda found: " " * len(found[0]), text[slice(*subject)]))
    if aside:
        subject = (subject[0], subject[0] + len(aside["noun"].rstrip()))
    whole = bool(back and topic and topic.stand_in.fullmatch(text[slice(*subject)]))
    if not whole and (back is not None or not _is_subject(_UNSAID.sub(" ", text[slice(*subject)]))):
        return None
    is_operator = token[0].lower() in verb_words("auxiliaries")
    if token[0].lower() in ("are", "were", "have") and not _may_be_plural(text[slice(*subject)]):
        return None
    plural = token[0] == base_form(token[0])
    operator = token[0].lower() if is_operator else "do" if plural else "does"
    verb = "" if is_operator else token[0].lower()
    rest = (token.end(), _without_full_stop(text, token.end(), end))
    stands_for = topic.name if whole and topic else ""
    return Clause(text, start, end, opening, subject, operator, verb, " ".join(adverbs), rest, lowered, stands_for)


def _without_full_stop(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" .\n\t"))


def _opening(text: str, start: int, end: int) -> tuple[Span | None, int]:
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
    if base in verb_words("also_nouns") and (is_plural(before) or follows in ("of", "and", "or", "are", "in", ",")):
        return False
    return not is_plural(before) and follows not in ("of", "are", "is", "were")


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


def _is_subject(words: str) -> bool:
    words = _OR_MORE.sub("", words).replace(" such as ", " like ")
    parts = words.split()
    if not 1 <= len(parts) <= MOST_SUBJECT_WORDS or parts[-1].lower().strip(",") in verb_words("ends_badly"):
        return False
    opens = parts[0].lower() in verb_words("openers") and not re.match(r"at (?:least|most)\b", words, re.IGNORECASE)
    if opens or _VAGUE_SUBJECT.fullmatch(words.lower()):
        return False
    if words.count("(") != words.count(")") or _POINTS_BACK.search(words) or re.search(r"[;:!?“”\"]", words):
        return False
    return "," not in words or bool(re.search(r", (?:and|or) |, [^,]+ (?:and|or) ", words))


@dataclass(frozen=True)
class Read:
    """A sentence of the prose, where it stands, and its clauses."""

    section: Section
    block: Block
    sentence: Sentence
    clauses: tuple[Clause, ...]


def clauses_of(passage: Passage, resolved: Callable[[Clause], bool]) -> Iterator[Read]:
    """Yield every sentence of the prose with its clauses, orders among them.

    "It" at the beginning of a sentence stands for the subject of the sentence before it in the same block, where
    ``resolved`` says that this subject is certain enough.
    """
    before: Clause | None = None
    for section, block, sentence in passage.prose():
        text, start, end = passage.text, sentence.start, sentence.end
        found = list(read_clauses(text, start, end, passage.topic))
        if not found and (order := read_order(text, start, end, passage.topic)):
            found = [order]
        said_before = before if before is not None and before.start >= block.start else None
        if not found and said_before and _IT.match(text, start, end) and resolved(said_before):
            found = list(
                read_clauses(text, start, end, replace(passage.topic, name=said_before.subject_words, said=_IT))
            )
        before = found[0] if found else None
        yield Read(section, block, sentence, tuple(found))


_IT = re.compile(r"(?:It|They)(?=\s|$)")


def is_named(clause: Clause) -> bool:
    """Return whether a clause's subject is the topic or a single term of the lexicon."""
    name = clause.subject_words
    bare = name.removeprefix("the ")
    return bool(clause.stands_for) or any(one.end - one.start == len(bare) for one in terms_in(bare, 0, len(bare)))
