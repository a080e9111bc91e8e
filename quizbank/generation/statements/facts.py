"""Sentences and table rows that say a fact of the lexicon go in; the facts, each with the words that say it, come out.

"The cause is the spirochete *Borrelia burgdorferi*", under the title "Lyme disease", says which organism causes Lyme disease:
the lexicon knows the fact, the title is its subject, and "cause" tells that it is this fact that is meant. A sentence that
wavers, denies or names a rival says nothing.
"""

import re
from collections.abc import Iterator

from quizbank.generation.lexicon.facts import (
    AMOUNTS,
    COUNTRIES,
    DEGREES,
    WHO_WHERE,
    Fact,
    Named,
    about_in,
    answers_in,
    holds,
    matching,
    plain,
)
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.fact_doubts import doubt_of
from quizbank.generation.statements.fact_places import Said, places_of
from quizbank.generation.statements.fact_words import DISEASE_LIKE, DISEASES, MOSTLY, TOPS
from quizbank.generation.statements.model import Known, Phrase
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import roots, same_root

_BEFORE, _AFTER = 60, 45  # characters around an answer in which a word must tell what is said of it
_FEW = 2  # words that a question adds to its subject, at least, for one of them to be wanted
_DEEP = 2  # words, at most, between a bracket and an answer in it
_DENIES = re.compile(
    r"\b(?:rarely|seldom|not|no|never|nor|without|rather than|unlike|other than|instead of|except|exclud\w*|"
    r"rul(?:e|es|ed|ing) out|resembl\w+|mimic\w*|contrast|whereas|formerly|was (?:once|long)|used to|differential)\b|\?"
)
_PAST = re.compile(
    r"\bin (?:his|her|their|those) (?:day|time)|\bhistorical|\bin the past\b|\bat one time\b|\bwas (?:then )?the (?:most|main|"
    r"principal|leading|chief|commonest)"
)
# A superlative that is not the only one: "a leading cause", "the main causes are", "delusions, especially persecutory".
_ONE_OF = re.compile(
    r"\b(?:an?|another|other|among|one of|second|third|next|also|increasingly) (?:the )?(?:[a-z-]+ )?"
    r"(?:leading|main|major|most common|commonest|most frequent|principal|chief|usual|most important)\b|"
    r"\b(?:leading|main|most common|commonest|most frequent|chief|principal|most important)(?: [a-z-]+){0,2} (?:causes|factors|"
    r"sites|types|forms|complications|symptoms|signs|sources|features|effects|reasons|triggers|indications|manifestations)\b|"
    r"\bespecially\b|\bsecond(?:-| )most\b"
)
# The answer is what has the cause, not the cause: "adenovirus is the commonest cause of infective conjunctivitis".
_TURNED = re.compile(
    r"\b(?:causes?|reasons?|complications?|symptoms?|signs?|sites?|types?|forms?|features?|factors?|triggers?|manifestations?|"
    r"sources?) (?:of|for|in) (?:[\w'-]+ ){0,2}$"
)
_MOST = re.compile(r"\bmost (?!(?:often|common|frequent|likely|typical|characteristic|specific|closely)\w*\b)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")  # the eponym of a question must stand in the document, be it anywhere
_COMMONEST = re.compile(r"\bmost (?:common|frequent|often)")


def read_facts(passage: Passage) -> Iterator[Known]:
    """Yield every known fact that a sentence, a list item or a table row says, each question once for each place."""
    for said in places_of(passage):
        for named in answers_in(said.text) if said.own or said.above else ():
            found = [one for fact in named.facts if (one := _known(passage, said, fact, named))]
            found.sort(key=lambda one: bool(one.doubt))
            asked = {one.fact.question: one for one in reversed(found)}  # one answer may have several wordings
            yield from asked.values()


def _known(passage: Passage, said: Said, fact: Fact, named: Named) -> Known | None:
    """Return a fact as words say it, None if they do not."""
    support = _support(passage, said, fact) if _says(said, fact, named) else None
    if support is None:
        return None
    phrase = Phrase(fact.answer, said.start + named.start, said.start + named.end)
    return Known(passage.source(said.section, *said.cited), fact, phrase, support, doubt_of(passage, said, fact, named))


def _says(said: Said, fact: Fact, named: Named) -> bool:
    """Return whether words say a fact of its subject, be it with a doubt."""
    if not _is_subject(said, fact, named):
        return False
    text, clause, asked = said.text, said.clause(named), plain(fact.question)
    tells = matching(fact.tells)
    around = (
        f"{said.labels} {text[max(0, named.start - _BEFORE) : named.start]} | {text[named.end : named.end + _AFTER]}"
    )
    if not tells.search(around) or _DENIES.search(tells.sub("", clause)):
        return False
    if _stands_apart(fact, text, named) or (MOSTLY.search(asked) and _TURNED.search(text[: named.start])):
        return False
    if fact.is_of_kind and (
        (_COMMONEST.search(asked) and not TOPS.search(clause)) or _PAST.search(clause) or _is_unlike(fact, clause)
    ):
        return False
    return not _ONE_OF.search(f"{said.labels} | {clause}") and not (_MOST.search(asked) and not MOSTLY.search(clause))


def _is_unlike(fact: Fact, clause: str) -> bool:
    """Return whether a clause has a word by which it says something else than the facts of this kind."""
    asked = plain(fact.question)
    return bool(fact.kind.unless) and any(one[0] not in asked for one in matching(fact.kind.unless).finditer(clause))


def _is_subject(said: Said, fact: Fact, named: Named) -> bool:
    """Return whether the words speak of a fact's subject: they name it, or it stands above them and they name no other."""
    own = said.own if said.title is None else about_in(said.clause(named))
    here = {one.subject for one in own if one.kind == fact.kind and (fact.is_of_kind or one.answer == fact.answer)}
    if here or fact.kind.is_named or fact.subject not in {one.subject for one in said.above}:
        return fact.subject in here
    return said.title is None or not _names_another(said.title, said.text, named)


def _names_another(title: str, text: str, named: Named) -> bool:
    """Return whether words name a disease that is neither the answer nor in the title: they may speak of that one."""
    for start, end in ((0, named.start), (named.end, len(text))):
        found = [one for one in terms_in(text, start, end) if one.group.kind in DISEASES]
        if any(not holds(title, one.group.names_of(one.term)) for one in found):
            return True
        if any(one[0] not in title for one in DISEASE_LIKE.finditer(text, start, end)):
            return True
    return False


def _support(passage: Passage, said: Said, fact: Fact) -> int | None:
    """Return how many words of a question are said beside its answer; None if those it adds to its subject are too few.

    All that tells of whom or where must be (and to what degree, of a number), and of the others two thirds; one, and not in the
    title alone, where the words that tell the fact are its own.
    """
    near = f"{said.text} {said.labels} {' '.join(said.section.path)}"
    around = f"{near} {passage.document.title}"
    heard = roots(around)
    unsaid = {word for word in fact.narrows if not any(same_root(word, other) for other in heard)}
    count, told = len(fact.narrows), len(fact.narrows) - len(unsaid)
    if unsaid & (DEGREES if fact.kind.group in AMOUNTS else WHO_WHERE | COUNTRIES) or (
        fact.heard and not matching(fact.heard).search(plain(around))
    ):
        return None
    beside = roots(near)
    own = any(same_root(word, other) for word in fact.narrows for other in beside)
    names = _NAME.findall(fact.question) if fact.kind.group not in AMOUNTS else ()
    named = all(one[:5] in passage.text or f"{one[0]}. " in passage.text for one in names)
    enough = 3 * told >= 2 * count if fact.is_of_kind else named and (own or count < _FEW or bool(fact.heard))
    return sum(any(same_root(word, other) for other in beside) for word in roots(fact.question)) if enough else None


def _stands_apart(fact: Fact, text: str, named: Named) -> bool:
    """Return whether an "or" stands between an answer and its subject, or a bracket holds the answer deep inside."""
    opened = text.rfind("(", 0, named.start)
    if opened > text.rfind(")", 0, named.start) and text.count(" ", opened, named.start) > _DEEP:
        return True
    places = [(text.find(name), len(name)) for name in fact.names if name in text]
    spans = [text[at + size : named.start] if at < named.start else text[named.end : at] for at, size in places]
    return bool(spans) and all(re.search(r"\bor\b", one) for one in spans)
