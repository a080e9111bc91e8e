"""Which of the document's standard lists a member belongs to, where three such lists stand side by side."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.lexicon.reading import doubtful_words
from quizbank.generation.makers.listing import is_cued, levelled
from quizbank.generation.statements.model import ListMembership, Phrase, Statement
from quizbank.generation.wording import MASS_NOUNS, head_noun, in_sentence, roots, with_article

NAME = "which_list"
_UNCOUNTED = re.compile(r"(?:ia|osis|itis|ity|ence|ion|esis|ness|pathy|s)$")
_LISTS = ("contraindication", "indication", "complication")


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per list, about a member that could stand in no other list by its words."""
    lists = [
        one for one in statements if isinstance(one, ListMembership) and one.kind.id in _LISTS and one.source.topic
    ]
    if len({one.kind.id for one in lists}) < len(_LISTS):
        return
    for listed in sorted(lists, key=lambda one: one.kind.id != "complication"):
        members = [member for member in listed.members if _clear(member, listed, lists)]
        if members and listed.kind.id != "indication":
            yield _candidate(document, listed, rng.choice(members))


def _clear(member: Phrase, listed: ListMembership, lists: Sequence[ListMembership]) -> bool:
    elsewhere = {root for other in lists if other is not listed for one in other.members for root in roots(one.text)}
    if len(member.text.split()) > 3:
        return False
    doubtful = any(word in member.text.lower() for word in doubtful_words())
    return not doubtful and not is_cued(member.text) and not roots(member.text) & elsewhere


def _candidate(document: Document, listed: ListMembership, member: Phrase) -> Candidate:
    kind, topic = listed.kind, listed.source.topic
    name = levelled(member.text)
    asked = in_sentence(name, frozenset(name.lower().split()))
    asked = asked if _UNCOUNTED.search(asked) or head_noun(asked) in MASS_NOUNS else with_article(asked)
    wrong = [one for one in _LISTS if one != kind.id]
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"How is {asked} classified in relation to {topic}?",
        keys=(Choice(f"As {with_article(kind.id)}", f"The source lists it under {kind.plural}."),),
        distractors=tuple(
            Choice(f"As {with_article(one)}", f"The source does not list it among the {one}s.") for one in wrong
        ),
        citation=cite(document, listed.source),
        rationale=f"{name} stands in the source's list of {kind.plural}.",
        objective=f"{kind.verb} the {kind.plural} {kind.before} {topic}",
        topic=topic,
        fact="which_list",
        proof="named in one of three lists that the document keeps apart",
        used=((member.start, member.end),),
    )
