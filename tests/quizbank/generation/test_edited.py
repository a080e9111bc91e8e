"""An edited item goes through the gate again: the checks see the new wording, not the old one."""

from dataclasses import replace

import pytest

from quizbank.generation.edited import judge_edited, unproved_words
from quizbank.generation.gate import CHECKS
from quizbank.items.content import Citation, Option
from quizbank.items.types.single_best_answer import SingleBestAnswer
from tests.factories import HEADING, OBJECTIVE, SENTENCES, tree
from tests.quizbank.generation.sources import document_of

DOCUMENT = tree()
START = DOCUMENT.text.index(SENTENCES[0])
CITATION = Citation(START, START + len(SENTENCES[0]), SENTENCES[0], (HEADING,))
CONTENT = SingleBestAnswer(
    "Which sign of heart failure is the commonest?",
    (
        Option("a1", "Fatigue", "The document names it as the commonest."),
        Option("b2", "Oedema", "It comes late."),
        Option("c3", "Orthopnoea", "It is specific, not common."),
    ),
    ("a1",),
    "Fatigue is the commonest sign.",
)


def failed(content: SingleBestAnswer, citation: Citation = CITATION) -> set[str]:
    return {result["name"] for result in judge_edited(DOCUMENT, content, citation, OBJECTIVE) if not result["passed"]}


def test_every_check_of_the_gate_gives_its_result() -> None:
    results = judge_edited(DOCUMENT, CONTENT, CITATION, OBJECTIVE)
    assert [result["name"] for result in results] == [check.name for check in CHECKS if CONTENT.type not in check.skips]
    assert all(set(result) == {"name", "passed", "detail"} and result["detail"] for result in results)


def test_stem_that_is_no_question_any_more_is_noticed() -> None:
    assert failed(replace(CONTENT, stem="Fatigue is the commonest.")) - failed(CONTENT)


def test_options_that_say_the_same_are_noticed() -> None:
    options = (*CONTENT.options[:2], replace(CONTENT.options[2], text="Oedema"))
    assert failed(replace(CONTENT, options=options)) - failed(CONTENT)


def test_citation_that_is_not_in_the_document_is_noticed() -> None:
    assert failed(CONTENT, replace(CITATION, quote="Fatigue is rare.")) - failed(CONTENT)


def test_option_that_nobody_has_proved_is_told_until_it_is_gone() -> None:
    warned = {"Oedema": "A reader might argue for it.", "Cough": "No option."}
    results = judge_edited(DOCUMENT, CONTENT, CITATION, OBJECTIVE, warnings=warned)
    proved = next(result for result in results if result["name"] == "proved")
    assert proved == {"name": "proved", "passed": False, "detail": "“Oedema”: A reader might argue for it."}
    assert "proved" not in failed(CONTENT)


def test_options_with_the_same_warning_are_told_together() -> None:
    warnings = {"Cough": "Nobody knows.", "Rash": "It is vague.", "Itch": "Nobody knows."}
    assert unproved_words(list(warnings), warnings) == "“Cough”, “Itch”: Nobody knows. “Rash”: It is vague."


STAGES = document_of(
    "## Stages\n\n- Stage A: at risk without structural disease\n- Stage B: structural disease without symptoms\n"
    "- Stage C: structural disease with symptoms\n- Type 1: early\n- Type 2: late\n",
    "Heart failure",
)


@pytest.mark.parametrize("series", [("Stage B", "Stage A", "Stage C"), ("Type 2", "Type 1", "Type 3")])
def test_options_of_a_series_are_told_apart_by_their_letter_or_number(series: tuple[str, ...]) -> None:
    quote = "Stage B: structural disease without symptoms"
    start = STAGES.text.index(quote)
    options = tuple(Option(f"o{n}", text, "As told.") for n, text in enumerate(series))
    content = replace(
        CONTENT,
        stem="Which stage of heart failure is structural disease without symptoms?",
        options=options,
        key=("o0",),
    )
    results = judge_edited(STAGES, content, Citation(start, start + len(quote), quote, ("Stages",)), OBJECTIVE)
    told = {one["name"]: one["detail"] for one in results if not one["passed"]}
    assert "distinct_options" not in told
    assert "second_reading" not in told


def test_units_may_come_back_in_a_question_about_a_number() -> None:
    options = tuple(Option(f"o{n}", f"{n} weeks", "As told.") for n in (6, 8, 12))
    content = replace(CONTENT, stem="For how many weeks is lifting avoided?", options=options, key=("o6",))
    edited, number = (
        {one["name"] for one in judge_edited(DOCUMENT, content, CITATION, OBJECTIVE, maker) if not one["passed"]}
        for maker in ("edited", "quantity")
    )
    assert number <= edited


def test_key_that_the_lexicon_names_otherwise_than_the_source_stands_in_the_cited_words() -> None:
    quote = "Salbutamol stimulates beta-2 receptors in the bronchi."
    asthma = document_of(f"## Relievers\n\n{quote}\n", "Asthma")
    start = asthma.text.index(quote)
    citation = Citation(start, start + len(quote), quote, ("Relievers",))
    options = (Option("a1", "Albuterol", "It is."), *CONTENT.options[1:])
    content = replace(CONTENT, stem="Which drug stimulates beta-2 receptors in asthma?", options=options)

    def grounded(maker: str) -> bool:
        results = judge_edited(asthma, content, citation, OBJECTIVE, maker)
        return next(bool(result["passed"]) for result in results if result["name"] == "grounded")

    assert grounded("managing")
    assert not grounded("edited")
