"""What the rules for open questions share: words that are never asked for, and what a question repeats of a clause."""

import re
from functools import lru_cache

from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.spans import clean
from quizbank.generation.wording import in_sentence

PATIENTS = r"(?=(?:all |most |some )?(?:\w+ )?(?:patients?|people|adults|children|women|men|infants|those|individuals|anyone)\b)"
AGREED = {"are": "is", "have": "has", "do": "does", "were": "was"}
# Who does or has something is seldom what a question should ask, nor what such people do.
PERSONS = re.compile(
    r"(?:(?:an?|the|some|many|most|all|every|certain|other) )?(?:[\w-]+ ){0,3}?(?:patients?|people|persons?|adults|"
    r"children|child|women|men|"
    r"doctors?|surgeons?|physicians?|clinicians?|nurses?|teams?|specialists?|providers?|pediatricians?|experts?|"
    r"everyone|everybody|anyone|somebody|no one|groups? of people|health care (?:worker|provider)s?|researchers?|"
    r"scientists?|authors?|"
    r"individuals?|families|parents?|relatives?|trainees?|travelers?|group|guidelines?|societ(?:y|ies))\b(?! (?:with|"
    r"on|who|aged)\b)"
    r"(?:[’']s? .*)?",
    re.IGNORECASE,
)
EMPTY = re.compile(
    r"(?:the |an? |some |many |most |several |these |other )?(?:use|uses|treatments?|symptoms?|signs?|tests?|results?|"
    r"cases?|procedures?|"
    r"approach(?:es)?|techniques?|methods?|option|options|tube|balloon|scans?|herb|rule|changes?|medicines?|medications?|"
    r"factors?|problems?|things?|way|ways|care|testing|healing|example|examples|types?|forms?|steps?|aim|goal|goals|"
    r"part|level|area|number|amount|disease|condition|disorder|drugs?|doses?|two \w+|three \w+|blood|efficacy|effects?|"
    r"causes?)",
    re.IGNORECASE,
)

# Kinds of terms a question can ask for by name: "Which nerve …?"
ASKED_KINDS = frozenset(
    ("nerve", "artery", "vein", "muscle", "drug", "drug_class", "bacterium", "virus", "protozoan", "hormone", "vitamin",
     "ligament", "bone", "gene", "enzyme", "laboratory_test", "imaging", "organ", "disorder", "gland", "local_anesthetic")
)  # fmt: skip


@lru_cache(maxsize=1024)
def heading_words(heading: str, lowered: frozenset[str]) -> str:
    """Return a heading as it would stand inside a sentence; every sentence below it asks again."""
    return in_sentence(clean(heading).strip(" :."), lowered)


def words_behind(clause: Clause) -> tuple[str, int]:
    """Return the words behind the operator or from the lexical verb on, and where they begin."""
    return clause.behind


# Behind a comma, what a question that repeats a predicate leaves out.
TAIL = re.compile(
    r"(?:, (?:an?|the|which|who|with|as|so|where|while|whereas|provided|even|by|chiefly|especially|particularly|"
    r"usually|often|namely|"
    r"including|such as|derived|positive|but|yet|and (?:is|are|may|can|should|must|has|have|then|the|an?)|not|both|"
    r"rather|some|followed|"
    r"most|in|at|for|after|before|when|if|to|about|up|\d+)\b|,? (?:because|since|although|though|whereas|so that)\b|"
    r"[;—]|:(?!\w)|(?<!\d)–|–(?!\d)|"
    r" and (?:is|are|may|can|should|must|has|have)\b| but (?:do|does|did|is|are|not|can|may|has|have)\b).*$",
    re.DOTALL,
)


def opening_behind(clause: Clause) -> str:
    return f" {clause.opening_words}" if clause.opening else ""
