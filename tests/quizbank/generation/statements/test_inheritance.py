"""How a disorder is inherited is read from plain clauses and lines, and only where the document names one way."""

import pytest

from quizbank.generation.statements.inheritance import INHERITANCE
from quizbank.generation.statements.model import TermUse
from tests.quizbank.generation.sources import document_of, said

TITLE = "Wolman disease"


def ways(body: str, title: str = TITLE) -> list[tuple[str, str]]:
    return [
        (use.question, use.answer.text)
        for use in said(document_of(body, title), TermUse)
        if use.group.kind == INHERITANCE
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The disorder is autosomal recessive, and parents are well.",
        "Wolman disease is an autosomal recessive disorder of lipid storage.",
        "Inheritance is autosomal recessive with complete penetrance.",
        "- **Mode of inheritance:** autosomal recessive\n- **Gene:** LIPA",
        "Inheritance pattern: autosomal recessive.",
        "Inherited as an autosomal recessive trait.",
    ],
)
def test_a_clause_or_line_tells_the_inheritance(line: str) -> None:
    assert ways(line) == [(f"How is {TITLE} inherited?", "Autosomal recessive")]


@pytest.mark.parametrize(
    "line",
    [
        "Inheritance is autosomal recessive. A milder form is autosomal dominant.",
        "Unlike Fabry disease, an X-linked disorder, it spares the skin.",
        "- **Form 1**: the common one. Inherited as an autosomal recessive trait.\n- **Form 2**: sporadic.",
        "Inherited as an autosomal recessive in some families.",
        "The disorder is not autosomal recessive.",
    ],
)
def test_nothing_is_asked_where_another_way_or_another_thing_may_be_meant(line: str) -> None:
    assert ways(line) == []


def test_names_keep_their_capitals() -> None:
    body = "Ellis and van Creveld described it. Inheritance is autosomal recessive."
    assert ways(body, "Ellis–van Creveld Syndrome")[0][0] == "How is Ellis–van Creveld syndrome inherited?"
    assert ways("In Dent disease the tubule leaks. Inheritance is autosomal recessive.", "Dent Disease")[0][0] == (
        "How is Dent disease inherited?"
    )
