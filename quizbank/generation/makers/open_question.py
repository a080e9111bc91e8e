"""A question with its key and no distractors: a suggestion, never an item, for an author to finish."""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted, spans
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import ListMembership, Open, Phrase, Statement
from quizbank.generation.wording import capitalised, share_root

NAME = "open_question"
_ELSEWHERE = "The source gives it as the answer to another question."
_SAME_KIND = "A term of the same kind; the source does not name it here."
_UNPROVED = "Nothing in the document proves this wrong: check it."


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per open statement."""
    keys: dict[str, list[Phrase]] = {}
    for said in statements:
        if isinstance(said, Open):
            keys.setdefault(said.rule, []).append(said.key)
    for known in keys.values():
        known.sort(key=_length)
    for said in statements:
        if isinstance(said, ListMembership) and said.source.topic:
            yield _listed(document, said)  # where a list's rivals make a better question, that one is shown
        if isinstance(said, Open):
            quote = one_line(document.quote(said.source.start, said.source.end))
            yield Candidate(
                maker=NAME,
                type="multiple_response" if said.members else "single_best_answer",
                stem=said.question,
                keys=tuple(quoted(key, f"The source says: “{quote}”") for key in said.members or (said.key,)),
                distractors=() if said.members else _candidates(said, keys[said.rule]),
                citation=cite(document, said.source),
                rationale=f"The source says: “{quote}”",
                objective=f"Explain the principles of {said.source.topic}",
                topic=said.source.topic,
                fact=f"sentence:{said.source.start}",
                proof="",
                used=spans(*said.used),
                missing=said.missing,
                worth=said.worth,
            )


def _candidates(said: Open, keys: Sequence[Phrase]) -> tuple[Choice, ...]:
    """Return what an author may use as wrong options, with a warning: siblings of the lexicon, answers of other questions."""
    siblings = _siblings(said)
    others = islice((key for key in _nearest(said.key, keys) if not share_root(key.text, said.key.text)), 4)
    beside = [Choice(key.text, _ELSEWHERE, (key.start, key.end), "document", _UNPROVED) for key in others]
    return (*(Choice(capitalised(name), _SAME_KIND, None, "lexicon", _UNPROVED) for name in siblings[:6]), *beside)


def _length(key: Phrase) -> int:
    return len(key.text)


def _nearest(one: Phrase, keys: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield answers, which stand by length, from those about as long as one to all others."""
    above = bisect_left(keys, _length(one), key=_length)
    below = above - 1
    while below >= 0 or above < len(keys):
        shorter = _length(one) - _length(keys[below]) if below >= 0 else None
        if shorter is not None and (above == len(keys) or shorter < _length(keys[above]) - _length(one)):
            yield keys[below]
            below -= 1
        else:
            yield keys[above]
            above += 1


def _siblings(said: Open) -> tuple[str, ...]:
    """Return the terms of the key's kind, when the key is a term of the lexicon and nothing else."""
    text = said.key.text
    found = next((one for one in terms_in(text, 0, len(text)) if one.end - one.start >= len(text) - 4), None)
    if found is None:
        return ()
    fitting = (name for name in found.group.siblings((found.term,)) if not found.group.may_fit(name, said.question))
    return tuple(fitting)


def _listed(document: Document, said: ListMembership) -> Candidate:
    """Return the question for a list that no other list of the document is set apart from."""
    kind, topic = said.kind, said.source.topic
    return Candidate(
        maker=NAME,
        type="multiple_response",
        stem=f"Which of the following are {kind.plural} {kind.before} {topic}?",
        keys=tuple(quoted(member, f"The source lists it under {kind.plural}.") for member in said.members[:3]),
        distractors=(),
        citation=cite(document, said.source),
        rationale=f"The source names these among the {kind.plural} {kind.before} {topic}.",
        objective=f"{kind.verb} the {kind.plural} {kind.before} {topic}",
        topic=topic,
        fact=f"list:{kind.id}",
        proof="",
        used=spans(*said.members[:3]),
        missing=f"wrong answers that are no {kind.plural} {kind.before} {topic}",
        worth=2,
    )
