"""Plain clauses that name a term of the lexicon in a telling place go in; the term and the question it answers come out.

"The axillary nerve supplies deltoid and teres minor" asks which nerve supplies them; "Lyme disease is caused by Borrelia
burgdorferi" asks which bacterium causes it; "The liver is the most common site of metastasis" asks for the site. What a
clause must say of a term, so that it alone is right, stands in the lexicon (relations.toml).
"""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import Relation, rivals, verb_words
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.clauses import clauses_of, is_named
from quizbank.generation.statements.inheritance import INHERITANCE
from quizbank.generation.statements.mechanisms import DRUG_TARGET
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.most_questions import ask_most, ask_unique
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.term_places import TermPlace, behind, is_bare_subject, relation_of
from quizbank.generation.statements.term_reader import is_self_evident, with_plain_topic
from quizbank.generation.statements.terms import PART_OF_WHAT, UNRESOLVED
from quizbank.generation.wording import (
    base_form,
    capitalised,
    in_sentence,
    is_plural,
    participle,
    share_root,
    third_person,
)

_ARTICLE = re.compile(
    r"(?:^|(?<=\s))(?:an?|the)(?: (?:bacterium|spirochete|virus|fungus|parasite|mite|enzyme|protein|hormone))? ?$"
)
_HEDGED = re.compile(
    r"\b(?:may|might|can|could|sometimes|often|usually|occasionally|rarely|possibly|or)\b", re.IGNORECASE
)
_SOME = re.compile(
    r"\b(?:in some|some (?:people|patients|individuals)|variants? (?:in|of) (?:people|anatomy)|variation|occasionally|rarely)\b|"
    r"\d ?(?:%|percent)",
    re.IGNORECASE,
)
_ENOUGH = 2
_ACTED_ON = frozenset(("drug_target", "receptor", "enzyme"))


def read_relations(passage: Passage) -> Iterator[TermUse]:
    """Yield at most one question per clause in which a term has a place that no other term of its group could take."""
    if not passage.topic.name:
        return
    passage = with_plain_topic(passage)
    for read in clauses_of(passage, is_named):
        if passage.patients(read.section) is None:
            continue
        told = passage.text[read.sentence.start : read.sentence.end]
        for clause in read.clauses if not _SOME.search(told) else ():
            if not clause.is_negative and (use := _first_use(passage, read.section, read.sentence, clause)):
                yield use


def _first_use(passage: Passage, section: Section, sentence: Sentence, clause: Clause) -> TermUse | None:
    places = [
        TermPlace(passage, section, sentence, clause, found)
        for span in (clause.subject, clause.rest_span)
        for found in terms_in(passage.text, *span)
        if found.group.kind != INHERITANCE
    ]
    places.sort(key=lambda place: not _is_followed(place))
    for place in places:
        for ask in (ask_unique, ask_most, _subject, _part, _defined, _object):
            question = ask(place)
            if question and (use := _use(place, question)):
                return use
    return None


def _is_followed(place: TermPlace) -> bool:
    """Return whether the noun behind a term says of which of its kinds it is ("CFTR gene")."""
    relation = relation_of(place)
    behind = place.passage.text[place.found.end : place.found.end + 20].strip().split(" ")[0].rstrip(".,;s")
    return relation is not None and behind in {word.rstrip("s") for word in relation.suffix}


def _subject(place: TermPlace) -> str:
    """The axillary nerve supplies deltoid → Which nerve supplies deltoid?"""
    relation, clause = relation_of(place), place.clause
    if relation is None or not clause.verb or not is_bare_subject(place):
        return ""
    if base_form(clause.verb) not in relation.subject or _HEDGED.search(clause.adverb):
        return ""
    rest = clause.rest.partition(" ")[2] if not clause.adverb else clause.rest.split(" ", 2)[-1]
    if re.fullmatch(r"(?:the )?\w+", rest) and rest.split()[-1] in _OF_WHAT:
        return ""
    return f"Which {place.noun} {clause.adverb} {third_person(clause.verb)} {rest}{behind(clause)}?"


_OF_WHAT = frozenset(  # "inhibits release": of what?
    ("release", "secretion", "synthesis", "production", "absorption", "reabsorption", "activity", "growth", "conversion",
     "transport", "binding", "formation", "uptake", "disease", "illness", "symptoms", "infection", "infections")
)  # fmt: skip


_PART = re.compile(
    r"(?P<part>(?:\w+ )?(?:variants?|mutations?|changes|defects?|deficiency|lack|loss|deletions?|overproduction|"
    r"excess|damage|injury)"
    r" (?:in|of|to))(?: the| an?)? $",
    re.IGNORECASE,
)


def _part(place: TermPlace) -> str:
    """Mutations in the T gene cause X → Mutations in which gene cause X?"""
    relation, clause = relation_of(place), place.clause
    start, end = clause.subject
    if relation is None or not clause.verb or base_form(clause.verb) not in _HARMS:
        return ""
    part = _PART.fullmatch(_said_in_brackets(clause.text[start : place.found.start]))
    after = _said_in_brackets(clause.text[place.found.end : end]).strip(" ,")
    if not part or not re.fullmatch(r"(?:gene|enzyme|factor|)", after) or _HEDGED.search(clause.adverb):
        return ""
    rest = clean(_said_in_brackets(clause.text[slice(*clause.rest_span)]))
    return f"{part['part']} which {place.noun} {clause.verb} {rest}{behind(clause)}?"


_HARMS = ("cause", "produce", "weaken", "paralyze", "impair", "abolish")


def _said_in_brackets(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", text)


def _object(place: TermPlace) -> str:
    """X is supplied by the T → By which artery is X supplied?; X inhibits T → Which target does X inhibit?"""
    relation, clause = relation_of(place), place.clause
    start = clause.rest_span[0] if not clause.verb else clause.finite
    if relation is None or place.found.start < start:
        return ""
    before = _ARTICLE.sub("", clean(f"{clause.text[start : place.found.start]} ")).strip()
    said = f"{clause.operator} {before}".strip() if not clause.verb else before
    if not before and clause.operator in ("is", "are") and f"{clause.subject_words.split()[-1]} is" in relation.before:
        plain = _is_end(clause.text[place.found.end : clause.rest_span[1]], relation)
        return f"What {clause.operator} {clause.subject_words}{behind(clause)}?" if plain else ""
    if re.search(r"\bto \w+ (?:an? |the )?\w+ (?:with|by)$", said):
        return ""  # "is given to prevent infection with"
    cue = next((cue for cue in relation.before if said == cue or said.endswith(f" {cue}")), "")
    after = clause.text[place.found.end : clause.rest_span[1]]
    if (
        not cue
        or _HEDGED.search(_MOSTLY.sub("", said))
        or not _is_end(after, relation)
        or len(said.split()) > len(cue.split()) + 4
    ):
        return ""
    if relation.question:
        words = {"subject": clause.subject_words, "operator": clause.operator, "noun": place.noun}
        return relation.question.format(**words)
    if cue.startswith(("supplied", "perfused", "drained", "innervated")) and PART_OF_WHAT.fullmatch(
        clause.subject_words
    ):
        return ""
    return _asked(place, said, clean(re.sub(r"\([^()]*\)", "", after)))


_MOSTLY = re.compile(r"\bmost (?:often|commonly|frequently)\b")
_BRANCHES = re.compile(r"(?:is|are) (?P<done>\w+) by (?:the )?(?:\w+ )?branches of")
_LOOSE_END = re.compile(r"\s*\b(?:at the (?:end|same time|beginning)|at once|immediately|in the end)$")


_ORGANISMS = frozenset(("bacterium", "virus", "fungus", "protozoan", "helminth", "arthropod"))
_CAUSED = re.compile(
    r"\b(?:caused by|due to|resulting from|produced by|infection (?:with|by))"
    r"(?: (?:a|an|the|infection with|toxin-producing|strains of|"
    r"bacterium|spirochete|"
    r"parasite|virus|mite|protozoan|fungus|nematode|\w+ strains of))* $"
)
# "Is an infection with", "is mostly caused by", but not "is given to prevent infection with".
_IS_ILLNESS = re.compile(
    r"(?:an?|the|one|\w+ly|most often|often|caused|due|infection)\b(?!.*\b(?:to|for) \w+ (?:infection|sepsis)\b)"
)
_CAUSED_BY_PART = re.compile(
    r"\b(?:caused by|due to|resulting from|results from)(?: (?:an?|the|germline|inherited|pathogenic|biallelic))* "
    r"(?P<part>(?:\w+ )?(?:variants?|mutations?|expansion of an? \w+ repeat|deficiency|lack|loss|deletions?|absence|defects?) "
    r"(?:in|of))(?: the| an?)? $"
)
_THAT_ACTS = re.compile(
    r"\b(?:that|which) (?:\w+ly )?(?P<verb>inhibits?|blocks?|activates?|antagonizes?|stimulates?)(?: the| an?)? $"
)


def _defined(place: TermPlace) -> str:
    """X is a disorder caused by T, due to variants in T, that inhibits T."""
    clause, kind = place.clause, place.found.group.kind
    if clause.operator not in ("is", "are") or clause.verb or place.found.start < clause.rest_span[0]:
        return ""
    before = _said_in_brackets(clause.text[clause.rest_span[0] : place.found.start].replace("\n", " ")).lstrip()
    after = _said_in_brackets(clause.text[place.found.end : clause.rest_span[1]])
    subject = clause.subject_words
    if _HEDGED.search(before) or re.match(r"\s*(?:,? or|,? and|/)\b", after):
        return ""
    if kind in _ORGANISMS and _CAUSED.search(before) and _IS_ILLNESS.match(before):
        return f"Which {place.noun} causes {subject}?"
    if relation_of(place) and (part := _CAUSED_BY_PART.search(before)):
        verb = "cause" if is_plural(part["part"].split()[-2]) else "causes"
        return f"{capitalised(part['part'])} which {place.noun} {verb} {subject}?"
    if kind in ("drug_target", "enzyme", "receptor") and (acts := _THAT_ACTS.search(before)):
        return f"Which {place.noun} does {subject} {base_form(acts['verb'])}?"
    return ""


def _is_end(after: str, relation: Relation) -> bool:
    """Return whether the term stands alone: nothing is added to it, by "and", "or" or a noun behind it."""
    bare = re.sub(r"\([^()]*\)", "", after)
    suffix = "|".join(
        re.escape(word)
        for word in (*relation.suffix, "enzyme", "gene", "manner", "pattern", "fashion", "position", "virus")
    )
    preposition = "in|at|of|during|on|with|from|within|through|by|to|for|when|if"
    return bool(re.match(rf"\s*(?:(?:{suffix})\b)?\s*(?:$|, (?:which|whose|an?)\b|(?:{preposition})\b)", bare))


_APPOSED = re.compile(r"\s*, (?:an?|the|which|who|whose|where)\b.*$", re.DOTALL)


def _asked(place: TermPlace, said: str, after: str) -> str:
    clause = place.clause
    after = re.sub(r"^(?:enzyme|gene|manner|pattern|position|virus)\b", "", _APPOSED.sub("", after)).strip(" ,")
    after = "" if place.found.group.kind in _ACTED_ON else after  # "the P2Y12 receptor for ADP": part of its name
    after = _LOOSE_END.sub("", after)
    branches = _BRANCHES.fullmatch(said)
    if branches and (base := _base_of(branches["done"])):
        return f"Branches of which {place.noun} {base} {clause.subject_words} {after}?"
    often = _MOSTLY.search(said)
    most = f"{often[0]} " if often else ""
    said = " ".join(_MOSTLY.sub("", said).split())
    caused = re.fullmatch(r"(?:is|are) (?:\w+ly )?caused by(?: (?:an? |the )?(?P<inner>.+))?", said)
    if caused:
        inner = caused["inner"] or ""
        if not inner:
            return f"Which {place.noun} {most}causes {clause.subject_words} {after}?"
        if most:
            return ""
        verb = "cause" if is_plural(inner.split()[0]) else "causes"
        return f"{capitalised(inner)} which {place.noun} {verb} {clause.subject_words} {after}?"
    if most or clause.subject_words.lower() in _OF_WHAT | _ANYBODYS:
        return ""
    return _with_preposition(place, said, after)


def _with_preposition(place: TermPlace, said: str, after: str) -> str:
    """X drains into T → Into which vein does X drain?"""
    clause, words = place.clause, said.split()
    passive = re.fullmatch(r"(?:is|are) (?P<adverb>\w+ly )?(?P<done>\w+) by", said)
    if passive and (base := _base_of(passive["done"])):
        return f"Which {place.noun} {passive['adverb'] or ''}{third_person(base)} {clause.subject_words} {after}?"
    if words[-1] == "of" and len(words) > 1 and words[-2].endswith(("ion", "ment", "ency", "ance")):
        return ""
    if re.search(r"\bby \w+ \w+$", said):
        return ""  # "formed by infection with"
    if words[-1] == "of" and _HANGS.search(" ".join(words[1:-1])):
        return ""  # "supplied by branches of": of which nerve is it supplied by branches?
    if words[-1] in ("of", "in", "with", "by", "from", "to", "on", "into", "through", "at", "as"):
        middle = " ".join(words[1:-1])
        if clause.verb:
            middle = " ".join((base_form(words[0]), *words[1:-1]))
        return f"{capitalised(words[-1])} which {place.noun} {clause.operator} {clause.subject_words} {middle} {after}?"
    if clause.verb:
        noun, behind = (f"{place.noun} {after}", "") if after.startswith("of ") else (place.noun, after)
        return f"Which {noun} {clause.operator} {clause.subject_words} {base_form(said)} {behind}?"
    return ""


_ANYBODYS = frozenset(("blood", "venous blood", "arterial blood", "lymph", "venous drainage", "urine", "bile"))
_HANGS = re.compile(r"\b(?:by|from|with|through|to|into|on|in)\b")


def _base_of(done: str) -> str:
    return next((verb for verb in sorted(verb_words("verbs")) if participle(verb) == done.lower()), "")


def _use(place: TermPlace, question: str) -> TermUse | None:
    """Return the statement, unless too few siblings are left that could not be right as well."""
    group, topic = place.found.group, place.passage.topic
    if topic.drug and group.kind != "antidote" and topic.name not in question:
        return None  # what another drug does is no question about this one
    if group.kind == DRUG_TARGET and topic.drug and topic.name in question:
        return None  # what the document's own drug acts on is read with more care (mechanisms.py)
    question = re.sub(r" (?:also|therefore|thus|hence|then)(?= )", "", " ".join(question.split()))
    question = question.replace(" ?", "?").replace(" ,", ",")
    if UNRESOLVED.search(question):
        return None
    question = place.passage.placed(place.section, question)
    siblings = [name for name in rivals(group, place.found.term, question) if not _is_near(name, place, question)]
    if len(siblings) < _ENOUGH or is_self_evident((place.found.term,), question):
        siblings = []  # the author adds them
    answer = Phrase(_shown(place.written, topic.lowered), place.found.start, place.found.end)
    span = Phrase("", place.clause.start, place.clause.end)
    plural = place.written.lower() in {_plural(name.lower()) for name in group.names_of(place.found.term)}
    return TermUse(
        place.passage.source(place.section, place.sentence.start, place.sentence.end),
        question,
        group,
        (place.found.term,),
        answer,
        tuple(capitalised(_plural(name) if plural else name) for name in siblings),
        (answer, span),
    )


def _plural(name: str) -> str:
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")


def _shown(written: str, lowered: frozenset[str]) -> str:
    return capitalised(in_sentence(clean(written), lowered))


def _is_near(name: str, place: TermPlace, question: str) -> bool:
    """Return whether the sentence names a sibling too, or the question echoes it."""
    sentence = place.passage.text[place.sentence.start : place.sentence.end].lower()
    own = re.sub(rf"\b{re.escape(place.noun.split()[-1])}\b", "", name.lower())
    names = place.found.group.names_of(name)
    return any(one.lower() in sentence for one in names) or share_root(own, re.sub(r"\b(?:which|what)\b", "", question))
