"""Sentences and table rows that say a fact of the lexicon go in; the facts, each with the words that say it, come out.

"The cause is the spirochete *Borrelia burgdorferi*", under the title "Lyme disease", says which organism causes Lyme disease:
the lexicon knows the fact, the title is its subject, and "cause" tells that it is this fact that is meant. A sentence that
wavers, denies or names a rival says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.facts import (
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
from quizbank.generation.lexicon.reading import TermGroup
from quizbank.generation.statements.model import Known, Phrase
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import root, roots, same_root, words_of

_BEFORE, _AFTER = 60, 45  # characters around an answer in which a word must tell what is said of it

_HEDGES = re.compile(
    r"\b(?:may|might|can|could|possibly|probably|perhaps|thought to|believed|suspected|sometimes|occasionally|"
    r"some (?:people|patients|individuals|cases|forms)|in some|either)\b"
)
_DENIES = re.compile(
    r"\b(?:rarely|seldom|not|no|never|nor|without|rather than|unlike|other than|instead of|except|exclud\w*|"
    r"rul(?:e|es|ed|ing) out|resembl\w+|mimic\w*|contrast|whereas|formerly|was (?:once|long)|used to|differential)\b|\?"
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
_MOSTLY = re.compile(
    r"\b(?:usual(?:ly)?|most(?:ly)?|often|common(?:est|ly)?|main(?:ly)?|typical(?:ly)?|frequent(?:ly)?|predominant(?:ly)?|"
    r"generally|majority|nearly all|almost (?:all|always)|chief(?:ly)?|primar(?:y|ily)|principal(?:ly)?|about|\d+ ?%|"
    r"per cent|percent|classic(?:al|ally)?|characteristic(?:ally)?)\b"
)
# What follows an answer when it is not the only one: "Bartonella henselae and B. quintana", "BRCA1 or BRCA2".
_ANOTHER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,|and|or|/|and/or)\s+(?:the )?(?:[A-Z][a-z]+ [a-z]{4,}|[A-Z]\. [a-z]+|[A-Z][A-Z0-9]{2,})"
)
# A superlative that is not the only one: "a leading cause", "the main causes are", "delusions, especially persecutory".
_ONE_OF = re.compile(
    r"\b(?:an?|another|other|among|one of|second|third|next|also|increasingly) (?:the )?(?:[a-z-]+ )?"
    r"(?:leading|main|major|most common|commonest|most frequent|principal|chief|usual|most important)\b|"
    r"\b(?:leading|main|most common|commonest|most frequent|chief|principal|most important)(?: [a-z-]+){0,2} (?:causes|factors|"
    r"sites|types|forms|complications|symptoms|signs|sources|features|effects|reasons|triggers|indications|manifestations)\b|"
    r"\bespecially\b|\bsecond(?:-| )most\b"
)
# "The most frequent serious event" is not the most frequent one.
_OF_A_SORT = re.compile(
    r"\b(?:most (?:common|frequent|important|usual)|commonest|leading|main|principal|chief) ((?:[\w-]+ ){1,2}?)"
    r"(?:causes?|reasons?|sites?|locations?|types?|forms?|symptoms?|signs?|features?|manifestations?|complications?|events?|problems?|"
    r"effects?|factors?|triggers?|sources?|abnormalit(?:y|ies)|lesions?|tumou?rs?|cancers?|infections?|organisms?|pathogens?|agents?)\b"
)
_ANY_SORT = roots(
    "single known presenting clinical underlying reported overall identified identifiable recognized recognised causative primary "
    "first initial side adverse by far and the risk"
)
_PAST = re.compile(
    r"\bin (?:his|her|their|those) (?:day|time)|\bhistorical|\bin the past\b|\bat one time\b|\bwas (?:then )?the (?:most|main|"
    r"principal|leading|chief|commonest)"
)
# The answer is what has the cause, not the cause: "adenovirus is the commonest cause of infective conjunctivitis".
_TURNED = re.compile(
    r"\b(?:causes?|reasons?|complications?|symptoms?|signs?|sites?|types?|forms?|features?|factors?|triggers?|manifestations?|"
    r"sources?) (?:of|for|in) (?:[\w'-]+ ){0,2}$"
)
_MOST = re.compile(r"\bmost (?!(?:often|common|frequent|likely|typical|characteristic|specific|closely)\w*\b)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")  # the eponym of a question must stand in the document, be it anywhere
_COMMONEST = re.compile(r"\bmost (?:common|frequent|often)")
# What tells the most common: "mainly" or "often" may speak of one cause, one age or one sign among others.
_TOPS = re.compile(
    r"\bmost(?:ly)?\b|\bcommonest\b|\busual(?:ly)?\b|\bmajority\b|\bpredomina|\bleading\b|\bchief\b|\bprincipal\b|\bmain\b|"
    r"\bmore (?:often|commonly|frequently|common|frequent) than\b|\bfollowed by\b|\bnearly all\b|\balmost (?:all|always)\b|"
    r"[5-9]\d(?:\.\d+)?(?: ?%| per ?cent| (?:to|or) \d\d| ?- ?\d\d)|\bhalf\b|\bthirds\b|\bquarters\b|\bleads?(?=[,.;])"
)
# What a question may say of an answer's rank, and the words of a clause that say so.
_RANKS = tuple(
    (re.compile(asked), re.compile(saying))
    for asked, saying in (
        (
            r"\bmost (?!(?:likely|typical|characteristic|closely)\w*\b)|\b(?:main|chief|principal|leading|strongest|best|greatest|"
            r"highest|largest|commonest)(?:ly)?\b",
            rf"{_TOPS.pattern}|\b(?:primar|strong|best|great|high|larg|major\b|above all|preferen|special|pathognomonic|important)",
        ),
        (
            r"\bfirst\b(?!-| (?:line|\d|trimester))|\bearliest\b",
            r"\b(?:first|initial|earl|begin|start|before)|\b1st\b",
        ),
        (r"\bonly\b|\bsole\b", r"\b(?:only|sole|alone|exclusive|single|no other|isolated)"),
    )
)
_SECOND = re.compile(
    r";|, (?:and )?[a-z' -]{3,40} (?:is |comes )?(?:the )?second\b|"
    r"\bfollowed by\b|, then\b|\bahead of\b|\bmore (?:often|commonly|frequently|common|frequent) than\b"
)
_ENDS = re.compile("[;:]")
_SLACK = 1  # words that a question may add to what the source says
_FEW = 2  # words that a question adds to its subject, at least, for one of them to be wanted
_DEEP = 2  # words, at most, between a bracket and an answer in it
_LABEL = 5  # words, at most, before a colon
_ENTRY = 8  # words, at most, of an entry that its heading completes: "Meningitis", under "Complications"
_OR = re.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*or\b(?! (?:more|less|fewer|higher|lower|greater|above|below|over|under|longer|older|later)\b)"
)
AMOUNTS = "amounts"
"""The group of facts whose answer is a number."""
_OF_PATIENTS = ("commonest", "choices")  # groups of facts that may hold for some patients only
_DISEASES = frozenset(("disorder", "deficiency", "chromosome_disorder", "electrolyte_disorder"))
"""Kinds of terms that could be what a sentence speaks of, instead of what stands above it."""

_DISEASE_LIKE = re.compile(
    r"\b(?!(?:dia|pro)gnos|anastomos|mitos|meios|osmos|apoptos|phagocytos|necros|fibros|metamorphos)"
    r"[a-z]{3,}(?:osis|oses|itis|iasis|a?emia|omas?|pathy|pathies|trophy|plegia|algia|ectasis|phthalmia)\b|"
    r"\b(?!(?:the|this|that|a|an|of|same|such|severe|mild|early|late|active|acute|chronic)\b)[a-z'-]+ "
    r"(?:disease|syndrome|fever|palsy|deficiency)\b"
)


@dataclass(frozen=True)
class _Said:
    """A sentence or a table cell, and the facts whose subjects are in reach.

    ``cited`` is the span that says it whole, ``text`` its plain letters from ``start`` on, ``labels`` those of the row and column.
    The words themselves name the subjects of ``own``; the heading over them, or the title, names those of ``above``.
    A cell has no ``title``: its labels name its subject. An entry of a list is labelled by its heading, and ``beside`` it stand
    the others.
    """

    section: Section
    cited: tuple[int, int]
    start: int
    text: str
    labels: str
    own: frozenset[Fact]
    above: frozenset[Fact]
    title: str | None = None
    beside: str = ""


def read_facts(passage: Passage) -> Iterator[Known]:
    """Yield every known fact that a sentence, a list item or a table row says, each question once for each place."""
    for said in (*_sentences(passage), *_cells(passage)):
        for named in answers_in(said.text) if said.own or said.above else ():
            found = [one for fact in named.facts if (one := _known(passage, said, fact, named))]
            found.sort(key=lambda one: bool(one.doubt))
            asked = {one.fact.question: one for one in reversed(found)}  # one answer may have several wordings
            yield from asked.values()


def _known(passage: Passage, said: _Said, fact: Fact, named: Named) -> Known | None:
    """Return a fact as words say it, None if they do not."""
    support = _support(passage, said, fact) if _says(said, fact, named) else None
    if support is None:
        return None
    phrase = Phrase(fact.answer, said.start + named.start, said.start + named.end)
    return Known(passage.source(said.section, *said.cited), fact, phrase, support, _doubt(passage, said, fact, named))


def _says(said: _Said, fact: Fact, named: Named) -> bool:
    """Return whether words say a fact of its subject, be it with a doubt."""
    if not _is_subject(said, fact, named):
        return False
    text, clause, asked = said.text, _clause(said.text, named), plain(fact.question)
    tells = matching(fact.tells)
    around = (
        f"{said.labels} {text[max(0, named.start - _BEFORE) : named.start]} | {text[named.end : named.end + _AFTER]}"
    )
    if not tells.search(around) or _DENIES.search(tells.sub("", clause)):
        return False
    if _stands_apart(fact, text, named) or (_MOSTLY.search(asked) and _TURNED.search(text[: named.start])):
        return False
    if fact.is_of_kind and (
        (_COMMONEST.search(asked) and not _TOPS.search(clause)) or _PAST.search(clause) or _is_unlike(fact, clause)
    ):
        return False
    return not _ONE_OF.search(f"{said.labels} | {clause}") and not (_MOST.search(asked) and not _MOSTLY.search(clause))


def _doubt(passage: Passage, said: _Said, fact: Fact, named: Named) -> str:
    """Return what keeps words from saying a fact firmly and alone, as an author is told it, "" if nothing does."""
    text, clause, asked = said.text, _clause(said.text, named), plain(fact.question)
    behind = passage.text[said.start + named.end : said.start + len(text)]
    if hedge := _HEDGES.search(matching(fact.tells).sub("", clause)):
        return _HEDGED.format(hedge[0].strip())
    often = _MOSTLY.search(clause.replace(text[named.start : named.end], ""))
    if often and not _MOSTLY.search(asked):
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
    if _MOSTLY.search(asked):  # who comes second is not the most common
        ahead, after = clause[: clause.find(text[named.start : named.end])], _SECOND.split(after)[0]
    beside = f"{ahead} | {after} | {said.beside}"
    if _ANOTHER.match(behind) or _OR.match(behind) or _names_another_answer(beside, fact):
        return _NOT_ALONE
    return ""


def _is_unlike(fact: Fact, clause: str) -> bool:
    """Return whether a clause has a word by which it says something else than the facts of this kind."""
    asked = plain(fact.question)
    return bool(fact.kind.unless) and any(one[0] not in asked for one in matching(fact.kind.unless).finditer(clause))


def _of_a_sort(fact: Fact, clause: str) -> str:
    """Return the word by which a clause ranks fewer things than a question asks for: "the most frequent serious event"."""
    asked = roots(f"{fact.question} | {fact.answer}") | _ANY_SORT
    words = (word for one in _OF_A_SORT.finditer(clause) for word in words_of(one[1]) if roots(word))
    return next((word for word in words if not any(same_root(root(word), other) for other in asked)), "")


def _not_said(passage: Passage, said: _Said, fact: Fact, named: Named) -> str:
    """Return a word of a question that its source would have to say and does not, "" if there is none."""
    if fact.kind.group == AMOUNTS:
        return ""
    asked = plain(fact.question)
    ranked = f"{_part(said.text, named)} {said.labels}"
    for rank, saying in _RANKS:
        if (one := rank.search(asked)) and not rank.search(plain(fact.template)) and not saying.search(ranked):
            return one[0].strip()
    if fact.is_of_kind:
        return ""
    heard = roots(f"{said.text} {said.labels} {' '.join(said.section.path)} {passage.document.title}")
    unsaid = {word for word in fact.details if not any(same_root(word, other) for other in heard)}
    degrees = unsaid & DEGREES
    if len(unsaid) > _SLACK or degrees:
        parts = (part for word in words_of(fact.question) for part in word.split("-"))
        return next(part for part in parts if root(part) in (degrees or unsaid))
    return ""


def _names_another_title(passage: Passage, said: _Said, fact: Fact) -> bool:
    """Return whether the title is of a disease and not of a fact's subject: the words may speak of that disease's patients."""
    title = plain(passage.document.title)
    over = f"{title} | {plain(' | '.join(said.section.path))}"
    return not holds(over, fact.names) and _is_disease(title)


def _is_disease(title: str) -> bool:
    return bool(_DISEASE_LIKE.search(title)) or any(
        one.group.kind in _DISEASES for one in terms_in(title, 0, len(title))
    )


def _stands_apart(fact: Fact, text: str, named: Named) -> bool:
    """Return whether an "or" stands between an answer and its subject, or a bracket holds the answer deep inside."""
    opened = text.rfind("(", 0, named.start)
    if opened > text.rfind(")", 0, named.start) and text.count(" ", opened, named.start) > _DEEP:
        return True
    places = [(text.find(name), len(name)) for name in fact.names if name in text]
    spans = [text[at + size : named.start] if at < named.start else text[named.end : at] for at, size in places]
    return bool(spans) and all(re.search(r"\bor\b", one) for one in spans)


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


# Kinds whose terms would each answer a question for one of them.
_ALONE = frozenset(
    ("bacterium", "virus", "fungus", "protozoan", "helminth", "arthropod", "vector", "drug", "antidote", "antibody", "hormone",
     "gene", "enzyme", "artery", "nerve", "muscle", "vaccine", "vitamin", "mineral", "neurotransmitter", "drug_target", "cytokine",
     "clotting_factor", "toxin", "amino_acid", "immunoglobulin")
)  # fmt: skip


@cache
def _terms_of(text: str) -> tuple[tuple[TermGroup, str], ...]:
    """Return the terms of the lexicon that all of a text is a name of."""
    return tuple((one.group, one.term) for one in terms_in(text, 0, len(text)) if one.end - one.start == len(text))


@cache
def _names_of(text: str) -> tuple[str, ...]:
    """Return a text with the other names that the lexicon has for it ("colestyramine")."""
    return tuple(dict.fromkeys((text, *(name for group, term in _terms_of(text) for name in group.names_of(term)))))


def _is_subject(said: _Said, fact: Fact, named: Named) -> bool:
    """Return whether the words speak of a fact's subject: they name it, or it stands above them and they name no other."""
    own = said.own if said.title is None else about_in(_clause(said.text, named))
    here = {one.subject for one in own if one.kind == fact.kind and (fact.is_of_kind or one.answer == fact.answer)}
    if here or fact.kind.is_named or fact.subject not in {one.subject for one in said.above}:
        return fact.subject in here
    return said.title is None or not _names_another(said.title, said.text, named)


def _support(passage: Passage, said: _Said, fact: Fact) -> int | None:
    """Return how many words of a question are said beside its answer; None if those it adds to its subject are too few.

    All that tells of whom or where must be (and to what degree, of a number), and of the others two thirds; one, and not in the
    title alone, where the words that tell the fact are its own.
    """
    near = f"{said.text} {said.labels} {' '.join(said.section.path)}"
    around = f"{near} {passage.document.title}"
    heard = roots(around)
    unsaid = {word for word in fact.narrows if not any(same_root(word, other) for other in heard)}
    count, told = len(fact.narrows), len(fact.narrows) - len(unsaid)
    if unsaid & (DEGREES if fact.kind.group == AMOUNTS else WHO_WHERE | COUNTRIES) or (
        fact.heard and not matching(fact.heard).search(plain(around))
    ):
        return None
    beside = roots(near)
    own = any(same_root(word, other) for word in fact.narrows for other in beside)
    names = _NAME.findall(fact.question) if fact.kind.group != AMOUNTS else ()
    named = all(one[:5] in passage.text or f"{one[0]}. " in passage.text for one in names)
    enough = 3 * told >= 2 * count if fact.is_of_kind else named and (own or count < _FEW or bool(fact.heard))
    return sum(any(same_root(word, other) for other in beside) for word in roots(fact.question)) if enough else None


def _part(text: str, named: Named) -> str:
    """Return what stands around an answer between semicolons."""
    return text[text.rfind(";", 0, named.start) + 1 :].partition(";")[0]


def _clause(text: str, named: Named) -> str:
    """Return what stands around an answer between semicolons, and between colons that end more than a label."""
    starts = [
        one.end()
        for one in _ENDS.finditer(text, 0, named.start)
        if one[0] == ";" or text.count(" ", 0, one.start()) > _LABEL
    ]
    ends = _ENDS.search(text, named.end)
    return text[starts[-1] if starts else 0 : ends.start() if ends else len(text)]


def _sentences(passage: Passage) -> Iterator[_Said]:
    title = plain(passage.document.title)
    for section, block, sentence in (*passage.prose(), *passage.addressed()):
        if not passage.is_special(section):
            text = plain(passage.text[sentence.start : sentence.end])
            above = _above(passage, section)
            labels, beside = _of_list(passage, section, block) if text.count(" ") < _ENTRY else ("", "")
            place = sentence.start, sentence.end
            yield _Said(
                section, place, sentence.start, text, labels, about_in(text), above, title, beside.replace(text, "")
            )


def _of_list(passage: Passage, section: Section, block: Block) -> tuple[str, str]:
    """Return the heading and the line over a list, and the whole list; nothing for a paragraph."""
    if not block.entries:
        return "", ""
    heading = section.path[-1] if section.path else ""
    lead = passage.text[slice(*block.lead)] if block.lead else ""
    return plain(f"{heading} | {lead}"), plain(passage.text[block.entries[0].start : block.entries[-1].end])


def _names_another(title: str, text: str, named: Named) -> bool:
    """Return whether words name a disease that is neither the answer nor in the title: they may speak of that one."""
    for start, end in ((0, named.start), (named.end, len(text))):
        found = [one for one in terms_in(text, start, end) if one.group.kind in _DISEASES]
        if any(not holds(title, one.group.names_of(one.term)) for one in found):
            return True
        if any(one[0] not in title for one in _DISEASE_LIKE.finditer(text, start, end)):
            return True
    return False


def _cells(passage: Passage) -> Iterator[_Said]:
    """Yield the cells of tables, each as if its row's label and its column's title were said before it."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > 1 and not passage.is_special(section):
                yield from _cells_of(passage, section, block)


def _cells_of(passage: Passage, section: Section, block: Block) -> Iterator[_Said]:
    header, *rows = block.entries
    titles = [plain(passage.text[slice(*cell)]) for cell in header.cells]
    for row in rows:
        label = plain(passage.text[slice(*row.cells[0])]) if row.cells else ""
        for title, (start, end) in list(zip(titles, row.cells, strict=False))[1:]:
            own, labels = about_in(label), f"{title} | {label}"
            first = header.start if not own and about_in(title) else row.start  # the title of the column says of what
            text, above = plain(passage.text[start:end]), _above(passage, section)
            yield _Said(section, (first, row.end), start, text, labels, own or about_in(title), above)


def _above(passage: Passage, section: Section) -> frozenset[Fact]:
    """Return the facts of the nearest heading that names a subject, or of the title; none below a heading on something else."""
    if passage.context(section) and not about_in(plain(section.path[-1])):
        return frozenset()
    for heading in (*reversed(section.path), passage.document.title):
        if found := about_in(plain(heading)):
            return found
    return frozenset()
