"""What the questions about values share: the question with its frame, and the words around a value."""

import re
from dataclasses import dataclass

from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.values import Value

LINK = re.compile(
    r"\b(?P<link>within|after|for|every|over|by|at|to|of|in|until)(?P<noun> (?:an? |the )?(?:\w+ ){0,2}?"
    r"(?P<measure>dose|rate|pressure|temperature|concentration|age|depth|angle|volume|flow|maximum|interval)s? of)? $"
)
OF = re.compile(
    r" of (?P<what>[^,.;:()]{3,40}?)(?=$|[,.;]| (?:to|and|in|with|for|over|by|before|after|every|during|when|if)\b)"
)


@dataclass(frozen=True)
class Asked:
    """A question about a value; ``frame`` puts the value into every option ("About {}")."""

    question: str
    frame: str = "{}"


def words_before(clause: Clause, value: Value) -> str:
    """Return the words between operator and value, bound left out."""
    return clause.text[clause.rest_span[0] : value.bound_start].replace("\n", " ").lstrip()


def tail(clause: Clause) -> str:
    """Return a clause's opening as it stands at the end of a question, "" when there is none."""
    return f" {clause.opening_words}" if clause.opening else ""
