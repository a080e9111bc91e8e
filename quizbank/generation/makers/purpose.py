"""Why a measure is taken, among reasons of the same field that the lexicon knows this measure does not serve."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.lexicon.reading import word_set
from quizbank.generation.statements.model import Purpose, Statement
from quizbank.generation.wording import capitalised, roots, same_root

NAME = "purpose"
_LONG = 9  # words
_VERBS = word_set("aim_verbs")


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per purpose whose measure the lexicon knows."""
    for said in statements:
        if isinstance(said, Purpose):
            yield _candidate(document, said, rng.sample(said.measure.wrong, len(said.measure.wrong)))


def _candidate(document: Document, said: Purpose, wrong: Sequence[str]) -> Candidate:
    question, key = _fitting(said)
    quote = one_line(document.quote(said.source.start, said.source.end))
    told = f"The source does not give this reason, and it is not one for {said.measure.name}."
    apart = [
        text for text in wrong if not _is_near(text, said.aim.text) and not _echoes(text, question, said.source.topic)
    ]
    apart.sort(key=lambda text: abs(len(text) - len(key)))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=question,
        keys=(Choice(key, f"The source says: “{quote}”", (said.aim.start, said.aim.end)),),
        distractors=tuple(Choice(text, told, origin="lexicon") for text in apart),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"Explain the purpose of measures taken in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof=f"the lexicon's record of what is no reason for {said.measure.name}",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        missing="" if len(apart) > 1 else "wrong purposes of the same kind",
    )


def _is_near(text: str, aim: str) -> bool:
    """Return whether a wrong reason shares a word that carries meaning with the right one."""
    told = roots(aim) - _COMMON
    return any(same_root(one, other) for one in roots(text) - _COMMON for other in told)


_COMMON = roots(
    "to prevent reduce lower risk keep improve surgery operation during after relieve protect make patient wound"
)


def _echoes(aim: str, question: str, topic: str) -> bool:
    """Return whether a reason repeats a word of the question, the topic aside."""
    asked = roots(question) - roots(topic)
    return any(same_root(one, other) for one in roots(aim.removeprefix("To ")) for other in asked)


def _fitting(said: Purpose) -> tuple[str, str]:
    """Return question and key; of two long aims the last one is asked for, as a purpose."""
    first, _, last = said.aim.text.partition(" and ")
    verb = last.split(" ")[0]
    if len(said.aim.text.split()) <= _LONG or not first or verb not in _VERBS:
        return said.question, said.aim.text
    question = said.question.replace("what is the purpose", "what is a purpose")
    return re.sub(r", why (?=(?:is|are|should|do|does)\b)", ", for what purpose ", question), capitalised(f"to {last}")
