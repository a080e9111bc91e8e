"""The words by which a clause ranks, doubts and denies, and by which it names a disease: patterns over ``plain`` text."""

import re

from quizbank.generation.lexicon.finding import terms_in

MOSTLY = re.compile(
    r"\b(?:usual(?:ly)?|most(?:ly)?|often|common(?:est|ly)?|main(?:ly)?|typical(?:ly)?|frequent(?:ly)?|predominant(?:ly)?|"
    r"generally|majority|nearly all|almost (?:all|always)|chief(?:ly)?|primar(?:y|ily)|principal(?:ly)?|about|\d+ ?%|"
    r"per cent|percent|classic(?:al|ally)?|characteristic(?:ally)?)\b"
)
# What tells the most common: "mainly" or "often" may speak of one cause, one age or one sign among others.
TOPS = re.compile(
    r"\bmost(?:ly)?\b|\bcommonest\b|\busual(?:ly)?\b|\bmajority\b|\bpredomina|\bleading\b|\bchief\b|\bprincipal\b|\bmain\b|"
    r"\bmore (?:often|commonly|frequently|common|frequent) than\b|\bfollowed by\b|\bnearly all\b|\balmost (?:all|always)\b|"
    r"[5-9]\d(?:\.\d+)?(?: ?%| per ?cent| (?:to|or) \d\d| ?- ?\d\d)|\bhalf\b|\bthirds\b|\bquarters\b|\bleads?(?=[,.;])"
)
DISEASES = frozenset(("disorder", "deficiency", "chromosome_disorder", "electrolyte_disorder"))
"""Kinds of terms that could be what a sentence speaks of, instead of what stands above it."""
DISEASE_LIKE = re.compile(
    r"\b(?!(?:dia|pro)gnos|anastomos|mitos|meios|osmos|apoptos|phagocytos|necros|fibros|metamorphos)"
    r"[a-z]{3,}(?:osis|oses|itis|iasis|a?emia|omas?|pathy|pathies|trophy|plegia|algia|ectasis|phthalmia)\b|"
    r"\b(?!(?:the|this|that|a|an|of|same|such|severe|mild|early|late|active|acute|chronic)\b)[a-z'-]+ "
    r"(?:disease|syndrome|fever|palsy|deficiency)\b"
)


def names_disease(text: str) -> bool:
    """Return whether a ``plain`` text names a disease."""
    return bool(DISEASE_LIKE.search(text)) or any(one.group.kind in DISEASES for one in terms_in(text, 0, len(text)))
