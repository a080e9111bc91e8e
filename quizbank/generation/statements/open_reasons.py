"""A plain clause that gives a reason goes in; the question why comes out, with the reason as its answer."""

import re

from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Clause, Span
from quizbank.generation.statements.open_wording import TAIL
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import head_noun, is_plural

_HOLDS = (
    r"(?:is|are|was|were|may|can|has|have|does|do|will|must|should|remains?|loses?|falls?|occurs?|increases?|reduces?|"
    r"causes?|raises?|lowers?|needs?|becomes?|develops?|helps?|makes?|allows?|gives?|lacks?|leads?|prevents?|produces?|carr(?:y|ies)|works?|acts?)"
)
_REASON = re.compile(
    r"(?:,| –| —)? (?:because(?: of)?|since|so that|so as to|in order to|as(?= (?:there|most|all|otherwise|no)\b)|"
    r"to(?= (?:avoid|prevent|reduce|minimi[sz]e|detect|rule out|exclude|confirm|lessen|protect|allow|ensure|identify|"
    r"facilitate|lower|limit|preserve|distend|relieve|decrease|decompress|guide|improve|check|look for)\b)) |"
    # ", as reinfection is common": behind a comma, and with a verb of its own
    rf"(?:,| –| —) as (?!(?:well|in|with|for|by|of|to|soon|long|if|when|though|an?|after|before|described|shown|needed|"
    rf"required|is|are|does|do|has)\b)(?=[^,;:.]{{2,80}}? {_HOLDS}\b)"
)
_ITSELF = re.compile(r"(?P<it>it|they) (?=\w)")


def ask_reason(clause: Clause, passage: Passage) -> Asked | None:
    """X is avoided because Y → Why is X avoided?"""
    end = _sentence_end(clause)
    found = _REASON.search(clause.text, clause.rest_span[0], end)
    if not found or found.start() > clause.rest_span[1] + 2:
        return None
    stop = re.compile(r"(?<!\b[A-Z])\.(?: |$)|;(?: |$)|, (?:and|but|while|whereas|not because) ").search(
        clause.text, found.end(), end
    )
    key = (found.start() + len(found[0]) - len(found[0].lstrip(" ,–—")), stop.start() if stop else end)
    cut = (min(found.start(), clause.rest_span[1]), clause.rest_span[1])
    if not clause.verb and re.match(r"(?:the|an?) ", clause.rest_without(cut)):
        return None
    if len(clause.rest_without(cut).split()) < 1:
        return None
    return Asked(clause.asked("Why", cut), _about_itself(clause, _bare_reason(clause.text, key)), "why", 5)


def _bare_reason(text: str, key: Span) -> Span:
    """Return a reason's span without the conjunction: what is left answers "Why …?" by itself; an aim keeps its "to"."""
    found = re.compile(r"(?:because(?: of)?|since|so that|as|in order(?= to)|so as(?= to)) ").match(text, *key)
    return (found.end(), key[1]) if found else key


def _about_itself(clause: Clause, key: Span) -> Span:
    """Return a reason without the pronoun for what is asked about: why is radiation avoided? ("since it) induces cancers"."""
    found = _ITSELF.match(clause.text, *key)
    plural = is_plural(head_noun(clause.subject_words)) or " and " in clause.subject_words
    aim = clause.text[: key[0]].endswith(("so that ", "to "))  # what something shall do is often said of something else
    return (found.end(), key[1]) if found and not aim and plural == (found["it"] == "they") else key


def _sentence_end(clause: Clause) -> int:
    return clause.start + len(clause.text[clause.start : clause.end].rstrip(" .\n\t"))


def ask_fronted_reason(clause: Clause, passage: Passage) -> Asked | None:
    """Since X, Y may be felt in Z → Why may Y be felt in Z?"""
    if clause.opening is None or not re.match(r"(?:Since|Because|As) (?!of\b)", clause.text[clause.opening[0] :]):
        return None
    start, end = clause.opening
    begins = start + clause.text[start:end].index(" ") + 1
    return Asked(TAIL.sub("", clause.asked("Why", opening=False).rstrip("?")) + "?", (begins, end), "why", 5)
