"""Why a measure is taken, among aims of its family that the lexicon knows this measure does not serve."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.lexicon.reading import aims, word_set
from quizbank.generation.statements.model import Purpose, Statement
from quizbank.generation.wording import capitalised, roots, same_root

NAME = "purpose"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per purpose whose measure the lexicon knows."""
    purposes = [said for said in statements if isinstance(said, Purpose)]
    for said in purposes:
        wrong = [aim for aim in said.measure.distractors if aim not in said.aim_ids]
        rng.shuffle(wrong)
        stated = {aim: choice for other in purposes for aim, choice in _stated(said, other)}
        near = [_neighbour(said, aim) for aim in wrong if aim not in stated]
        yield _candidate(document, said, (*dict.fromkeys(stated.values()), *near))


def _stated(said: Purpose, other: Purpose) -> Iterator[tuple[str, Choice]]:
    """Yield what the document gives as the aim of another measure, where it is of this measure's family."""
    if other.measure != said.measure and not set(other.aim_ids) & {*said.measure.serves, *said.aim_ids}:
        rationale = f"The source gives this aim for {other.measure.id}."
        for aim in said.measure.distractors:
            if aim in other.aim_ids:
                yield aim, Choice(other.aim.text, rationale, (other.aim.start, other.aim.end))


def _neighbour(said: Purpose, aim: str) -> Choice:
    """Return an aim of other measures of the family, in the wording whose length is nearer the key's."""
    key = _fitting(said)[1]
    pair = (aims()[aim].text, aims()[aim].long)
    text = min(pair, key=lambda text: (abs(len(text) - len(key) - 3), text))
    return Choice(text, f"The source does not give this aim, and it is not what {said.measure.id} is for.")


def _candidate(document: Document, said: Purpose, wrong: Sequence[Choice]) -> Candidate:
    question, key = _fitting(said)
    quote = one_line(document.quote(said.source.start, said.source.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=question,
        keys=(Choice(key, f"The source says: “{quote}”", (said.aim.start, said.aim.end)),),
        distractors=tuple(choice for choice in wrong if not _echoes(choice.text, question, said.source.topic)),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"Explain the purpose of measures taken in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof=f"the lexicon's record of what {said.measure.id} serves",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
    )


def _echoes(aim: str, question: str, topic: str) -> bool:
    """Return whether an aim repeats a word of the question, the topic aside."""
    asked = roots(question) - roots(topic)
    return any(same_root(one, other) for one in roots(aim.removeprefix("To ")) for other in asked)


def _fitting(said: Purpose) -> tuple[str, str]:
    """Return question and key; of two long aims the last one is asked for, as a purpose."""
    first, _, last = said.aim.text.partition(" and ")
    verb = last.split(" ")[0]
    if len(said.aim.text.split()) <= 9 or not first or verb not in _VERBS:
        return said.question, said.aim.text
    return said.question.replace("what is the purpose", "what is a purpose"), capitalised(f"to {last}")


_VERBS = word_set("aim_verbs")
