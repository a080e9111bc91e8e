"""A sentence says a known fact when it names answer and subject and tells what the one is to the other, without wavering."""

import pytest

from quizbank.generation.statements.model import Known
from tests.quizbank.generation.sources import document_of, said

TITLE = "Lyme Disease"
VECTOR = ["Which vector mainly transmits Lyme disease?"]


def _asked(body: str, title: str = TITLE) -> list[str]:
    """Return the questions whose fact a text says without a doubt."""
    return [one.fact.question for one in _known(f"## Spread\n\n{body}\n", title) if not one.doubt]


def _known(body: str, title: str = TITLE) -> list[Known]:
    return said(document_of(body, title), Known)


@pytest.mark.parametrize(
    "body",
    [
        "The infection is transmitted by Ixodes ticks.",
        "Lyme disease is mainly spread by Ixodes ticks of woodland.",
        "- **Vector:** Ixodes ticks\n- **Season:** summer",
        "| Feature | Detail |\n|---|---|\n| Vector | Ixodes ticks |\n| Season | Summer |",
        "| Disease | Vector |\n|---|---|\n| Lyme disease | Ixodes ticks |\n| Malaria | Mosquitoes of one genus |",
    ],
)
def test_sentences_lists_and_tables_say_it(body: str) -> None:
    assert _asked(body) == VECTOR


@pytest.mark.parametrize(
    "body",
    [
        "Ixodes ticks live in woodland.",
        "The infection may be transmitted by Ixodes ticks.",
        "The infection is not transmitted by Ixodes ticks.",
        "The infection is transmitted by Ixodes ticks or by something else.",
        "The infection is transmitted by Ixodes ticks and Dermacentor ticks.",
        "Is the infection transmitted by Ixodes ticks?",
    ],
)
def test_a_sentence_that_wavers_or_names_a_rival_says_nothing(body: str) -> None:
    assert _asked(body) == []


def test_what_is_said_of_another_disease_is_not_taken_for_the_title() -> None:
    assert _asked("Meadow fever is transmitted by Ixodes ticks as well.") == []
    assert _asked("Lyme disease is transmitted by Ixodes ticks.", "Woodland Infections") == VECTOR
    assert _asked("The infection is transmitted by Ixodes ticks.", "Woodland Infections") == []


def test_whom_a_question_is_about_must_be_told() -> None:
    title = "Hemolytic Uremic Syndrome"
    body = "The most common cause of the syndrome is Escherichia coli of certain types."
    assert "Which bacterium most often causes hemolytic uremic syndrome in children?" not in _asked(body, title)
    told = body.replace("syndrome is", "syndrome in children is")
    assert "Which bacterium most often causes hemolytic uremic syndrome in children?" in _asked(told, title)


def test_who_comes_second_is_no_other_answer() -> None:
    title, asked = "Colon Cancer", "What is the most common site of distant metastasis from colon cancer?"
    assert asked in _asked("The liver is the most common site of distant spread; the lung follows.", title)
    assert asked not in _asked("The liver and the lung are the most common sites of distant spread.", title)
    assert asked not in _asked("The liver is one of the most common sites of distant spread.", title)


def test_what_holds_usually_is_asked_as_such() -> None:
    body = "The disease is usually caused by Coxiella burnetii."
    assert _asked(body, "Q fever") == []
    assert _asked(body.replace("usually ", ""), "Q fever") == ["Which bacterium causes Q fever?"]


@pytest.mark.parametrize(
    ("title", "body", "question"),
    [
        (
            "Red Eye",
            "Adenovirus is the most common cause of infective conjunctivitis in primary care.",
            "What is the most common cause of red eye in primary care?",
        ),
        (
            "Renal Cell Carcinoma",
            "First line is nivolumab with ipilimumab, or an antibody to PD-1.",
            "What does nivolumab bind?",
        ),
        (
            "Isoniazid",
            "Rare effects are pellagra (through lack of B6 for making niacin) and rash.",
            "Lack of which vitamin or mineral causes pellagra?",
        ),
        (
            "Sickle Cell Disease",
            "Osteomyelitis: Salmonella enterica is found often, and Staphylococcus aureus is the most common other cause.",
            "Which bacterium most often causes osteomyelitis?",
        ),
    ],
)
def test_an_answer_to_something_else_is_none(title: str, body: str, question: str) -> None:
    assert question not in _asked(body, title)


def test_the_same_facts_are_asked_where_they_are_said_plainly() -> None:
    eye = "Conjunctivitis is the most common cause in primary care."
    assert "What is the most common cause of red eye in primary care?" in _asked(eye, "Red Eye")
    assert "What does nivolumab bind?" in _asked("Nivolumab is an antibody that binds PD-1.", "Renal Cell Carcinoma")
    assert "Lack of which vitamin or mineral causes pellagra?" in _asked(
        "Pellagra is caused by lack of niacin.", "Pellagra"
    )


FAILS = "Which force often makes direct closure of a trunk wound fail?"
TAKE = "In which type of tissue is a skin graft unreliable?"
MENINGITIS = "Which inflammation of the nervous system is a complication of back reconstruction?"


def test_a_fact_may_have_words_of_its_own_that_tell_it() -> None:
    title = "Skin Grafts"
    assert TAKE in _asked("A skin graft is unpredictable in irradiated tissue.", title)
    assert TAKE not in _asked("A skin graft was once laid on irradiated tissue.", title)


def test_a_condition_of_the_question_must_be_heard() -> None:
    assert FAILS in _asked("Direct closure of the trunk fails from tension.", "Wound Closure")
    assert FAILS not in _asked("Direct closure puts the skin under tension.", "Wound Closure")


def test_a_heading_tells_what_a_short_entry_of_its_list_is() -> None:
    lists = "## {}\n\n- Hematoma\n- Meningitis\n- Delayed healing of the wound\n"
    for heading, asked in (("Complications", True), ("Words", False)):
        found = _known(lists.format(heading), "Back Reconstruction")
        assert (MENINGITIS in [one.fact.question for one in found]) is asked


def test_an_entry_beside_a_rival_is_no_firm_answer() -> None:
    [found] = _known("## Complications\n\n- Encephalitis\n- Meningitis\n", "Back Reconstruction")
    assert found.fact.question == MENINGITIS
    assert "only one option is right" in found.doubt


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("The infection may be transmitted by Ixodes ticks.", "“may”"),
        ("The infection is transmitted by Ixodes ticks and Dermacentor ticks.", "only one option"),
        ("The infection is not transmitted by Ixodes ticks.", None),
    ],
)
def test_what_is_said_with_a_doubt_is_kept_with_it(body: str, doubt: str | None) -> None:
    found = [one for one in _known(body) if one.fact.question in VECTOR]
    assert [doubt is not None and doubt in one.doubt for one in found] == ([True] if doubt else [])


def test_words_that_deny_may_be_the_words_that_tell() -> None:
    asked = "Which operation reduces a tumor when complete resection is not possible?"
    assert asked in _asked("Where complete resection is not possible, the tumor is debulked.", "Tumors of the Spine")
    assert asked not in _asked("A tumor that can be resected completely is not debulked.", "Tumors of the Spine")


def _doubts(body: str, title: str, question: str) -> list[str]:
    """Return with what doubts a text says the fact of a question, "" for none."""
    return [one.doubt for one in _known(f"## Notes\n\n{body}\n", title) if one.fact.question == question]


def test_what_was_most_common_once_is_not_said() -> None:
    asked = "What is the most common complication of thoracentesis?"
    assert _doubts("In those days the most common complication was pneumothorax.", "Thoracentesis", asked) == []


def test_a_criterion_is_no_cause() -> None:
    asked = "Mutations in which gene cause Marfan syndrome?"
    assert _doubts("Marfan syndrome is caused by mutations of FBN1.", "Marfan Syndrome", asked) == [""]
    assert _doubts("A criterion is a mutation of FBN1.", "Marfan Syndrome", asked) == []


def test_a_score_must_be_named_where_its_use_is_said() -> None:
    asked = "In which condition is the Child-Pugh score used?"
    assert _doubts("The Child-Pugh score grades cirrhosis.", "The Liver", asked) == [""]
    assert _known("## Child-Pugh score\n\nCirrhosis is the last stage of injury.\n", "The Liver") == []
