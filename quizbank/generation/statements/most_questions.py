"""Clauses that call a term the most common, the first choice or the like go in; the question for the term comes out."""

import re

from quizbank.generation.statements.term_places import TermPlace, behind, is_bare_subject
from quizbank.generation.wording import head_noun

_UNIQUE = re.compile(
    r"\b(?:the )?(?:(?:single )?most (?:common|frequent|important|commonly \w+|frequently \w+)(?! (?:and|or)\b)|commonest|leading|"
    r"preferred|first[- ]line|drug of choice|treatment of choice|test of choice|investigation of choice|gold standard|reference "
    r"standard|mainstay|main|principal|single best|best)\b",
    re.IGNORECASE,
)


def ask_unique(place: TermPlace) -> str:
    """The liver is the most common site of X → What is the most common site of X?, and the other way round."""
    clause = place.clause
    if clause.operator not in ("is", "are") or clause.verb:
        return ""
    subject, rest = clause.subject_words, clause.rest_without(None)
    if is_bare_subject(place) and re.match(_UNIQUE, rest) and _is_placed(rest) and _is_kind_asked(place, rest):
        one = rest if rest.startswith("the ") else f"the {rest}"
        return f"What {clause.operator} {one}{behind(clause)}?"
    before = clause.text[clause.rest_span[0] : place.found.start].strip()
    after = clause.text[place.found.end : clause.rest_span[1]]
    ends = not re.sub(r"\([^()]*\)", "", after).strip() or re.match(r"\s*(?:,|\(|followed by|\bin\b)", after)
    unique = re.match(_UNIQUE, subject.removeprefix("the ")) and _is_placed(subject) and _is_kind_asked(place, subject)
    if unique and before.lower() in ("", "the", "a", "an") and ends:
        return f"What {clause.operator} {subject}{behind(clause)}?"
    return ""


_MOST = re.compile(r"the (?P<noun>\w+) (?P<most>(?:most|least) \w+ \w+(?:ed|en|wn|rn)(?: [^,;]*)?)$")


def ask_most(place: TermPlace) -> str:
    """PMS2 is the gene most often involved → Which gene is most often involved?"""
    clause = place.clause
    found = _MOST.match(clause.rest_without(None)) if clause.operator in ("is", "are") and not clause.verb else None
    if not found or not is_bare_subject(place):
        return ""
    noun = place.noun if found["noun"] in ("one", "ones") else found["noun"]
    known = noun == place.noun or place.found.group.kind in _ASKED_KINDS.get(noun.removesuffix("s"), "").split()
    return f"Which {noun} {clause.operator} {found['most']}?" if known else ""


def _is_placed(described: str) -> bool:
    """Return whether a superlative says of what: "the most common site of metastasis", not "the preferred drug"."""
    return bool(re.search(r"\w (?:of|in|for|among|to|at|with|after|during) \w", described))


_ASKED_KINDS = {
    "test": "laboratory_test imaging antibody bedside_test pulmonary_function_test genetic_test score",
    "investigation": "laboratory_test imaging",
    "imaging": "imaging",
    "modality": "imaging",
    "study": "imaging laboratory_test",
    "drug": "drug drug_class antidote",
    "agent": "drug drug_class antidote",
    "antibiotic": "drug drug_class",
    "treatment": "drug drug_class operation antidote diet",
    "therapy": "drug drug_class operation",
    "pharmacotherapy": "drug drug_class",
    "organism": "bacterium virus fungus protozoan helminth",
    "pathogen": "bacterium virus fungus protozoan helminth",
    "site": "organ gut_segment body_site bone lymph_node_group gland brain_region artery vein",
    "location": "organ gut_segment body_site bone brain_region artery vein",
    "type": "histology disorder",
    "subtype": "histology",
    "antidote": "antidote",
    "procedure": "operation",
    "operation": "operation",
    "position": "position",
    "sign": "physical_sign",
    "symptom": "symptom",
    "gene": "gene",
    "artery": "artery",
    "nerve": "nerve",
    "vessel": "artery vein",
}


def _is_kind_asked(place: TermPlace, described: str) -> bool:
    """Return whether the noun of a superlative goes with the term's kind: a site is no drug; a cause may be anything."""
    head = head_noun(re.sub(r"^the ", "", described)).lower().removesuffix("s")
    if head == "cause":
        return place.found.group.kind in ("bacterium", "virus", "fungus", "protozoan", "helminth", "deficiency")
    return place.found.group.kind in _ASKED_KINDS.get(head, "").split()
