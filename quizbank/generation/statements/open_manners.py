"""A plain clause goes in; the question for how something shows itself, acts, or holds comes out."""

import re

from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Clause, Span
from quizbank.generation.statements.open_wording import AGREED, EMPTY, PERSONS, opening_behind, words_behind
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import base_form

_PRESENTS = re.compile(r"(?:\w+ly )?(?:with|as) (?=\S+(?: |$))")
_ACTING = frozenset(("act", "work", "function"))
_ACTS = re.compile(r"(?:\w+ly )?(?:as|by|on|at|through|via) ")


def _verb_of(clause: Clause) -> tuple[str, Span]:
    """Return the lexical verb of a clause in its base form, and where the words behind it stand; "" for "is" and its like."""
    said, start = words_behind(clause)
    if clause.verb:
        return base_form(clause.verb), (start, clause.rest_span[1])
    first, _, behind = said.partition(" ")
    if clause.operator in ("can", "may", "should", "must", "might") and behind and first != "not":
        return first, (start + len(first) + 1, clause.rest_span[1])
    return "", clause.rest_span


def ask_presenting(clause: Clause, passage: Passage) -> Asked | None:
    """Peritonitis presents with pain and fever → How does peritonitis present?"""
    verb, behind = _verb_of(clause)
    if verb != "present" or not _PRESENTS.match(clause.text, *behind) or EMPTY.fullmatch(clause.subject_words):
        return None
    return Asked(clause.asked("How", behind), behind, "presents", 4)


def ask_acting(clause: Clause, passage: Passage) -> Asked | None:
    """The molecule acts as a decoy → How does the molecule act?"""
    verb, behind = _verb_of(clause)
    if verb not in _ACTING or not _ACTS.match(clause.text, *behind) or PERSONS.fullmatch(clause.subject_words):
        return None
    return Asked(clause.asked("How", behind), behind, "acts", 4)


_STATE = re.compile(
    r"(?:(?:more|most|less|rarely|often|usually|particularly|especially|only|very) )?"
    r"(?:un)?(?:common|likely|possible|useful|safe|helpful|reasonable|reliable|rare|normal|positive|negative|unreliable|effective|enough|"
    r"sufficient|painful|worse|severe|fatal|greatest|highest|lowest|best|visible|palpable|abnormal|justified|warranted|futile|"
    r"appropriate|acceptable|mandatory|complete|irreversible|reversible) (?P<prep>only if|only when|if|when|until|"
    r"unless|once|in whom) "
)


def ask_state(clause: Clause, passage: Passage) -> Asked | None:
    """Facial palsy is uncommon until tumors are large → Until when is …; X is safe if Y → When is X safe?"""
    said, start = words_behind(clause)
    found = _STATE.match(said)
    if not found or clause.verb or clause.operator not in ("is", "are") or EMPTY.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    asked = "Until when" if found["prep"] == "until" else "When"
    return Asked(clause.asked(asked, cut), cut, "when", 4)


_TURNING = frozenset(("poorly", "badly", "weakly", "rarely", "incompletely", "slowly", "hardly", "scarcely"))
_TO = re.compile(r"(?P<adverb>\w+ly) (?P<prep>to|from|with|into|in|on) (?!\w+ing\b)")
_TELLING = frozenset(
    (
        "bind",
        "convert",
        "drain",
        "differ",
        "spread",
        "lead",
        "contribute",
        "attach",
        "respond",
        "insert",
        "react",
        "point",
    )
)


def ask_adverb(clause: Clause, passage: Passage) -> Asked | None:
    """The drug binds reversibly to the 50S subunit → What does the drug bind to?"""
    verb, behind = _verb_of(clause)
    found = _TO.match(clause.text, *behind)
    if not found or verb not in _TELLING or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (found.start("adverb"), clause.rest_span[1])
    kept = f" {found['adverb']}" if found["adverb"] in _TURNING else ""
    question = clause.asked("What", cut).rstrip("?")
    return Asked(f"{question}{kept} {found['prep']}?", (found.end(), clause.rest_span[1]), f"effect {verb}", 3)


_PROMPTS = frozenset(("prompt", "mandate", "necessitate", "arouse", "warrant", "deserve"))


def ask_prompted(clause: Clause, passage: Passage) -> Asked | None:
    """A high score should prompt closer review → What should a high score prompt?"""
    verb, behind = _verb_of(clause)
    if verb not in _PROMPTS - verb_words("verbs") or EMPTY.fullmatch(clause.subject_words):
        return None
    return Asked(clause.asked("What", behind), behind, f"effect {verb}", 4)


_BARE = re.compile(
    r"(?:be )?(?:\w+ly )?(?P<done>avoided|restricted|forbidden|withheld|monitored|checked|stopped|"
    r"excluded|corrected|sought|considered)$"
)


def ask_bare(clause: Clause, passage: Passage) -> Asked | None:
    """Contact sports, straining and fluoroquinolones should be avoided → What should be avoided?"""
    subject = clause.subject_words
    if (
        clause.verb
        or clause.operator not in ("should", "must", "is", "are")
        or not _BARE.match(clause.rest_without(None))
    ):
        return None
    if len(subject.split()) < 3 or PERSONS.fullmatch(subject) or EMPTY.fullmatch(subject):
        return None
    operator = AGREED.get(clause.operator, clause.operator)
    return Asked(f"What {operator} {clause.rest_without(None)}{opening_behind(clause)}?", clause.subject, "bare", 3)


_FIRST_LINE = re.compile(
    r"(?:usually |the )?(?P<line>first|second|third)[- ](?P<what>line|choice)(?: (?:treatment|therapy|drugs?|agents?))?$"
)


def ask_line(clause: Clause, passage: Passage) -> Asked | None:
    """Levofloxacin or azithromycin is first line → What is the first-line treatment?"""
    found = _FIRST_LINE.match(clause.rest_without(None))
    if not found or clause.verb or clause.operator not in ("is", "are", "remains"):
        return None
    asked = "choice" if found["what"] == "choice" else "treatment"
    line = f"{found['line']} choice" if asked == "choice" else f"{found['line']}-line treatment"
    return Asked(f"What is the {line}{opening_behind(clause)}?", clause.subject, "unique", 4)


_IN_VAIN = re.compile(r"not (?:help|work|act|suffice|respond|benefit) (?P<prep>in|if|when|for|against|to) ")


def ask_in_vain(clause: Clause, passage: Passage) -> Asked | None:
    """Transplantation does not help in RANKL deficiency → In which situation does transplantation NOT help?"""
    said, start = words_behind(clause)
    found = _IN_VAIN.match(said)
    if not found or clause.verb or PERSONS.fullmatch(clause.subject_words):
        return None
    cut = (start + found.start("prep"), clause.rest_span[1])
    asked = "When" if found["prep"] in ("if", "when") else "In which situation"
    return Asked(clause.asked(asked, cut), cut, "when not", 4)


MANNERS = (ask_presenting, ask_acting, ask_state, ask_adverb, ask_prompted, ask_bare, ask_line)
