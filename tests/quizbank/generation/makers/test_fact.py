"""A fact that a document says becomes a question in the lexicon's words, its answer in the document's."""

from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.patterns import FACTS
from quizbank.generation.pipeline import GeneratedItem, generate
from tests.quizbank.generation.sources import document_of

PAGE = """## Cause and spread

The infection is caused by Coxiella burnetii, which lives in farm animals. People breathe it in with dust.

## Treatment

Doxycycline is the treatment of choice for the acute disease.
"""


def _items(body: str, title: str = "Q Fever") -> list[GeneratedItem]:
    return [
        one for one in generate(document_of(body, title), 3, licences=AS_IF_LICENSED).items if one.pattern == FACTS.name
    ]


def test_question_is_the_lexicon_s_and_its_answer_stands_in_the_cited_words() -> None:
    asked = {one.content.stem: one for one in _items(PAGE)}
    cause = asked["Which bacterium causes Q fever?"]
    [key] = [one.text for one in cause.content.options if one.id in cause.content.key]
    assert key == "Coxiella burnetii"
    assert key in cause.citation.quote
    assert len(cause.content.options) == 4
    assert {cause.origin_of(one.id) for one in cause.content.options} == {"document", "lexicon"}


def test_one_fact_is_asked_once_however_often_it_is_said() -> None:
    again = "\n## Again\n\nCoxiella burnetii is the cause of the infection.\n"
    stems = [one.content.stem for one in _items(PAGE + again)]
    assert stems.count("Which bacterium causes Q fever?") == 1


def test_a_false_sentence_makes_no_question() -> None:
    assert not _items("## Cause\n\nThe infection is caused by Brucella abortus.\n")
