"""Why a measure is taken, among aims that the lexicon knows this measure does not serve."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.lexicon.reading import aims, word_set
from quizbank.generation.statements.model import Purpose, Statement
from quizbank.generation.wording import capitalised, share_root

NAME = "purpose"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per purpose whose measure the lexicon knows."""
    for said in statements:
        if isinstance(said, Purpose):
            wrong = [aim for aim in said.measure.distractors if aim not in said.aim_ids]
            rng.shuffle(wrong)
            yield _candidate(document, said, wrong)


def _candidate(document: Document, said: Purpose, wrong: Sequence[str]) -> Candidate:
    question, key = _fitting(said)
    texts = [(aims()[aim].text, aims()[aim].long) for aim in wrong]
    shown = [min(pair, key=lambda text: (abs(len(text) - len(key) - 3), text)) for pair in texts]
    quote = one_line(document.quote(said.source.start, said.source.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=question,
        keys=(Choice(key, f"The source says: “{quote}”", (said.aim.start, said.aim.end)),),
        distractors=tuple(
            Choice(text, f"The source does not give this aim, and {said.measure.id} does not serve it.")
            for text in shown
            if not share_root(text.removeprefix("To "), question)
        ),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"Explain the purpose of measures taken in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof=f"the lexicon's record of what {said.measure.id} serves",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
    )


def _fitting(said: Purpose) -> tuple[str, str]:
    """Return question and key; of two long aims the last one is asked for, as a purpose."""
    first, _, last = said.aim.text.partition(" and ")
    verb = last.split(" ")[0]
    if len(said.aim.text.split()) <= 9 or not first or verb not in _VERBS:
        return said.question, said.aim.text
    return said.question.replace("what is the purpose", "what is a purpose"), capitalised(f"to {last}")


_VERBS = word_set("aim_verbs")
