"""A place that says a fact goes in; what keeps it from saying it firmly and alone comes out, as an author is told it."""

import re
from functools import cache

from quizbank.generation.lexicon.facts import AMOUNTS, DEGREES, Fact, Named, holds, matching, plain
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import TermGroup
from quizbank.generation.statements.fact_places import Said
from quizbank.generation.statements.fact_words import MOSTLY, TOPS, names_disease
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import root, roots, same_root, words_of

_OF_PATIENTS = ("commonest", "choices")  # groups of facts that may hold for some patients only
_SLACK = 1  # words that a question may add to what the source says
_HEDGES = re.compile(
    r"\b(?:may|might|can|could|possibly|probably|perhaps|thought to|believed|suspected|sometimes|occasionally|"
    r"some (?:people|patients|individuals|cases|forms)|in some|either)\b"
)
# A clause that speaks of these patients says nothing of the others, unless the question or the title does as well.
_SOME = re.compile(r"\b(?:pregnan\w*|neonat\w*|newborns?|allerg\w*|breast-?fe\w*|lactating)\b")
_OF_SOME = "The source says this of some patients only (“{}”): ask it only if it holds for all."
_HEDGED = "The source says this with “{}”: ask it only where the question says no more than the source."
_NOT_SAID = "The question says “{}”, the source does not: leave it out, or see that it holds."
_OF_ANOTHER = "The source says this under the title “{}”: ask it only if it holds for others too."
_OF_A_SORT_ONLY = "The source says this of the “{}” ones only: say so in the question, or see that it holds for all."
_NOT_ALONE = (
    "The source names something beside the answer that could be taken for it: make sure that only one option is right."
)
# What follows an answer when it is not the only one: "Bartonella henselae and B. quintana", "BRCA1 or BRCA2".
_ANOTHER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,|and|or|/|and/or)\s+(?:the )?(?:[A-Z][a-z]+ [a-z]{4,}|[A-Z]\. [a-z]+|[A-Z][A-Z0-9]{2,})"
)
_OR = re.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*or\b(?! (?:more|less|fewer|higher|lower|greater|above|below|over|under|longer|older|later)\b)"
)
_SECOND = re.compile(
    r";|, (?:and )?[a-z' -]{3,40} (?:is |comes )?(?:the )?second\b|"
    r"\bfollowed by\b|, then\b|\bahead of\b|\bmore (?:often|commonly|frequently|common|frequent) than\b"
)
# "The most frequent serious event" is not the most frequent one.
_OF_A_SORT = re.compile(
    r"\b(?:most (?:common|frequent|important|usual)|commonest|leading|main|principal|chief) ((?:[\w-]+ ){1,2}?)"
    r"(?:causes?|reasons?|sites?|locations?|types?|forms?|symptoms?|signs?|features?|manifestations?|complications?|events?|problems?|"
    r"effects?|factors?|triggers?|sources?|abnormalit(?:y|ies)|lesions?|tumou?rs?|cancers?|infections?|organisms?|pathogens?|agents?|ones?)\b"
)
_ANY_SORT = roots(
    "single known presenting clinical underlying reported overall identified identifiable recognized recognised causative primary "
    "first initial side adverse by far and the risk"
)
# What a question may say of an answer's rank, and the words of a clause that say so.
_RANKS = tuple(
    (re.compile(asked), re.compile(saying))
    for asked, saying in (
        (
            r"\bmost (?!(?:likely|typical|characteristic|closely)\w*\b)|\b(?:main|chief|principal|leading|strongest|best|greatest|"
            r"highest|largest|commonest)(?:ly)?\b",
            rf"{TOPS.pattern}|\b(?:primar|strong|best|great|high|larg|major\b|above all|preferen|special|pathognomonic|important)",
        ),
        (
            r"\bfirst\b(?!-| (?:line|\d|trimester))|\bearliest\b",
            r"\b(?:first|initial|earl|begin|start|before)|\b1st\b",
        ),
        (r"\bonly\b|\bsole\b", r"\b(?:only|sole|alone|exclusive|single|no other|isolated)"),
    )
)
# Kinds whose terms would each answer a question for one of them.
_ALONE = frozenset(
    ("bacterium", "virus", "fungus", "protozoan", "helminth", "arthropod", "vector", "drug", "antidote", "antibody", "hormone",
     "gene", "enzyme", "artery", "nerve", "muscle", "vaccine", "vitamin", "mineral", "neurotransmitter", "drug_target", "cytokine",
     "clotting_factor", "toxin", "amino_acid", "immunoglobulin")
)  # fmt: skip


def doubt_of(passage: Passage, said: Said, fact: Fact, named: Named) -> str:
    """Return what keeps words from saying a fact firmly and alone, as an author is told it, "" if nothing does."""
    text, clause, asked = said.text, said.clause(named), plain(fact.question)
    behind = passage.text[said.start + named.end : said.start + len(text)]
    if hedge := _HEDGES.search(matching(fact.tells).sub("", clause)):
        return _HEDGED.format(hedge[0].strip())
    often = MOSTLY.search(clause.replace(text[named.start : named.end], ""))
    if often and not MOSTLY.search(asked):
        return _HEDGED.format(often[0])
    about = f"{asked} {plain(passage.document.title)} {' '.join(fact.names)}"
    if unsaid := _not_said(passage, said, fact, named):
        return _NOT_SAID.format(unsaid)
    if fact.is_of_kind and (narrower := _of_a_sort(fact, clause)):
        return _OF_A_SORT_ONLY.format(narrower)
    if fact.kind.group in _OF_PATIENTS and _names_another_title(passage, said, fact):
        return _OF_ANOTHER.format(passage.document.title)
    if some := next((one[0] for one in _SOME.finditer(clause) if one[0][:5] not in about), ""):
        return _OF_SOME.format(some)
    ahead, after = text[: named.start], text[named.end :]
    if MOSTLY.search(asked):  # who comes second is not the most common
        ahead, after = clause[: clause.find(text[named.start : named.end])], _SECOND.split(after)[0]
    beside = f"{ahead} | {after} | {said.beside}"
    if _ANOTHER.match(behind) or _OR.match(behind) or _names_another_answer(beside, fact):
        return _NOT_ALONE
    return ""


def _of_a_sort(fact: Fact, clause: str) -> str:
    """Return the word by which a clause ranks fewer things than a question asks for: "the most frequent serious event"."""
    asked = roots(f"{fact.question} | {fact.answer}") | _ANY_SORT
    words = (word for one in _OF_A_SORT.finditer(clause) for word in words_of(one[1]) if roots(word))
    return next((word for word in words if not any(same_root(root(word), other) for other in asked)), "")


def _not_said(passage: Passage, said: Said, fact: Fact, named: Named) -> str:
    """Return a word of a question that its source would have to say and does not, "" if there is none."""
    if fact.kind.group in AMOUNTS:
        return ""
    asked = plain(fact.question)
    ranked = f"{said.part(named)} {said.labels}"
    for rank, saying in _RANKS:
        if (one := rank.search(asked)) and not rank.search(plain(fact.template)) and not saying.search(ranked):
            return one[0].strip()
    if fact.is_of_kind:
        return ""
    heard = roots(f"{said.text} {said.labels} {' '.join(said.section.path)} {passage.document.title}")
    unsaid = {word for word in fact.details if not any(same_root(word, other) for other in heard)}
    degrees = unsaid & DEGREES
    if len(unsaid) > _SLACK or degrees:
        parts = (part for word in words_of(fact.question) for part in word.replace("–", "-").split("-"))
        return next(part for part in parts if root(part) in (degrees or unsaid))
    return ""


def _names_another_title(passage: Passage, said: Said, fact: Fact) -> bool:
    """Return whether the title is of a disease and not of a fact's subject: the words may speak of that disease's patients."""
    title = plain(passage.document.title)
    over = f"{title} | {plain(' | '.join(said.section.path))}"
    return not holds(over, fact.names) and names_disease(title)


def _names_another_answer(beside: str, fact: Fact) -> bool:
    """Return whether words name a rival, another right answer or another term of the answer's own kind."""
    own = plain(fact.answer)
    others = [one for one in (*fact.rivals, *fact.also) if not holds(own, (one,)) and own not in plain(one)]
    if holds(beside, [name for one in others for name in _names_of(one)]):
        return True
    kinds = {group.kind for group, _ in _terms_of(fact.answer)} & _ALONE
    mine = {*fact.said, *fact.names, *(plain(name) for name in _names_of(fact.answer))}
    found = (one for one in terms_in(beside, 0, len(beside)) if one.group.kind in kinds) if kinds else ()
    return any(beside[one.start : one.end] not in mine and not holds(own, (one.term,)) for one in found)


@cache
def _terms_of(text: str) -> tuple[tuple[TermGroup, str], ...]:
    """Return the terms of the lexicon that all of a text is a name of."""
    return tuple((one.group, one.term) for one in terms_in(text, 0, len(text)) if one.end - one.start == len(text))


@cache
def _names_of(text: str) -> tuple[str, ...]:
    """Return a text with the other names that the lexicon has for it ("colestyramine")."""
    return tuple(dict.fromkeys((text, *(name for group, term in _terms_of(text) for name in group.names_of(term)))))
