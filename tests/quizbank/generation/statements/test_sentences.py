"""Sentences that prove something become statements; the others stay silent."""

import pytest

from quizbank.generation.statements.model import Contrast, Open, Purpose, Quantity, TermUse
from tests.quizbank.generation.sources import document_of, prose, said


def numbers(sentence: str) -> list[Quantity]:
    """Return the quantities of a sentence that are not read as a plain time (test_times.py)."""
    return [one for one in said(prose(sentence), Quantity) if not one.plain]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Sternal wires can be removed after 12 weeks.",
            "In valve surgery, after how long can sternal wires be removed?",
        ),
        (
            "Heavy lifting should be avoided for 8 weeks after the operation.",
            "In valve surgery, for how long after the operation should heavy lifting be avoided?",
        ),
        (
            "Infusion rate should not exceed 4 mg/min.",
            "In valve surgery, what is the maximum infusion rate?",
        ),
        (
            "People who had a stroke should wait 3 months before having the operation.",
            "In valve surgery, how long should people who had a stroke wait before having the operation?",
        ),
        (
            "Scar tissue will form and cause mild soreness that should subside after 6 to 10 weeks.",
            "In valve surgery, after how long should mild soreness caused by scar tissue subside?",
        ),
        (
            "Warfarin should be stopped at least 5 days before the operation.",
            "In valve surgery, at least how long before the operation should warfarin be stopped?",
        ),
        (
            "Driving can be resumed no earlier than 6 weeks after the operation.",
            "In valve surgery, how long after the operation at the earliest can driving be resumed?",
        ),
        (
            "Fever can be treated for 3 days.",
            "In valve surgery, for how long is fever treated?",
        ),
        (
            "The graft should be checked every 6 hours.",
            "In valve surgery, how often should the graft be checked?",
        ),
        (
            "Stop warfarin 5 days before the operation.",
            "In valve surgery, how long before the operation should warfarin be stopped?",
        ),
        (
            "Continue aspirin for up to 3 months.",
            "In valve surgery, for up to how long should aspirin be continued?",
        ),
        (
            "Measure the clotting time every 3 months.",
            "In valve surgery, how often should the clotting time be measured?",
        ),
    ],
)
def test_number_with_unit_becomes_a_question(sentence: str, question: str) -> None:
    assert [one.question for one in numbers(sentence)] == [question]


@pytest.mark.parametrize(
    "sentence",
    [
        "They should rest for 3 days.",
        "Drains can be removed after 2 days or 30 mL within 24 hours.",
        "Success is seen in 95 percent of patients.",
        "If fever persists, drains should be removed after 3 days.",
        "Mortality is high within 30 days.",
        "Give 20 mg.",
        "Healing may occur about 18 months after the operation.",
        "Stop if pain persists after 5 days.",
        "Check the wound every day for 2 weeks.",
        "Monitor for bleeding every 4 hours.",
        "The tablet should weigh 20 mg.",
        "Participants were followed for 12 months and should be seen for 3 years.",
    ],
)
def test_doubtful_numbers_are_not_asked(sentence: str) -> None:
    assert numbers(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("Sternal wires can be removed after about 12 weeks.", "About {}"),
        ("The graft should be checked every 6 hours.", "Every {}"),
        ("Warfarin should be stopped at least 5 days before the operation.", "{}"),
    ],
)
def test_qualifier_of_a_number_stands_in_every_option_or_in_the_question(sentence: str, frame: str) -> None:
    assert [(one.frame, one.value.text[0].isdigit()) for one in numbers(sentence)] == [(frame, True)]


def test_number_under_a_heading_for_some_patients_names_them() -> None:
    document = document_of("## Children\n\nSternal wires can be removed after 12 weeks.")
    [found] = said(document, Quantity)
    assert found.question == "In valve surgery, after how long can sternal wires be removed in children?"


def test_number_under_a_heading_no_question_can_name_is_not_asked() -> None:
    document = document_of("## Patients with renal impairment\n\nSternal wires can be removed after 12 weeks.")
    assert said(document, Quantity) == []


@pytest.mark.parametrize(
    ("sentence", "question", "aim"),
    [
        (
            "Optimize blood glucose in diabetics to improve wound healing.",
            "In valve surgery, why should blood glucose be optimized in diabetics?",
            "To improve wound healing",
        ),
        (
            "Tranexamic acid is given to reduce intraoperative bleeding.",
            "In valve surgery, why is tranexamic acid given?",
            "To reduce intraoperative bleeding",
        ),
        (
            "Careful padding protects nerves from pressure and prevents sores.",
            "In valve surgery, what is the purpose of careful padding?",
            "To protect nerves from pressure and prevent sores",
        ),
        (
            "After surgery, compression stockings are worn in order to prevent clots in the legs, which may be fatal.",
            "In valve surgery, why are compression stockings worn after surgery?",
            "To prevent clots in the legs",
        ),
        (
            "Keep the leg raised on pillows to reduce swelling.",
            "In valve surgery, why should the leg be kept raised on pillows?",
            "To reduce swelling",
        ),
        (
            "To prevent aspiration of stomach contents, solid food is withheld for six hours.",
            "In valve surgery, why is solid food withheld for six hours?",
            "To prevent aspiration of stomach contents",
        ),
        (
            "The patient fasts for six hours to prevent aspiration of stomach contents.",
            "In valve surgery, why does the patient fast for six hours?",
            "To prevent aspiration of stomach contents",
        ),
        (
            "Patients wear a splint at night to protect the repair.",
            "In valve surgery, why do patients wear a splint at night?",
            "To protect the repair",
        ),
        (
            "The aim of the drain is to prevent seroma.",
            "In valve surgery, what is the purpose of the drain?",
            "To prevent seroma",
        ),
        (
            "Ankle pumps help to prevent clots.",
            "In valve surgery, what is the purpose of ankle pumps?",
            "To prevent clots",
        ),
        (
            "Strengthening the trunk muscles will increase its support and protect the spine.",
            "In valve surgery, what is the purpose of strengthening the trunk muscles?",
            "To protect the spine",
        ),
    ],
)
def test_purpose_is_read_from_order_passive_and_effect(sentence: str, question: str, aim: str) -> None:
    assert [(one.question, one.aim.text) for one in said(prose(sentence), Purpose)] == [(question, aim)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Crystal healing reduces infections of the wound.",
        "A drain is not needed to prevent seroma.",
        "Smoking increases infections of the wound.",
        "A drain is thought to prevent infection.",
        "A drain may prevent seroma.",
        "Suction drains are placed to measure blood pressure.",
    ],
)
def test_unknown_denied_doubtful_or_strange_purpose_is_not_asked(sentence: str) -> None:
    assert said(prose(sentence), Purpose) == []


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "The lateral wall is supplied by the circumflex artery.",
            "Which artery supplies the lateral wall in valve surgery?",
            "Circumflex artery",
        ),
        (
            "Random flaps based on the subdermal plexus were raised.",
            "In valve surgery, on which plexus are random flaps based?",
            "Subdermal plexus",
        ),
        (
            "A dietitian should assess protein intake before surgery.",
            "In valve surgery, who should assess protein intake before surgery?",
            "A dietitian",
        ),
        (
            "Return to work is a decision only a specialist doctor will make.",
            "Who makes the decision about return to work after valve surgery?",
            "A specialist doctor",
        ),
    ],
)
def test_term_in_a_telling_place_becomes_a_question(sentence: str, question: str, answer: str) -> None:
    assert [(one.question, one.answer.text) for one in said(prose(sentence), TermUse)] == [(question, answer)]


def test_term_named_in_passing_is_not_asked() -> None:
    assert said(prose("The circumflex artery may be stretched."), TermUse) == []


def test_person_stands_among_others_of_the_same_field() -> None:
    [found] = said(prose("A physiotherapist should guide walking exercises."), TermUse)
    assert {"An occupational therapist", "A dietitian"} & set(found.siblings)


def test_sibling_named_in_the_sentence_is_no_distractor() -> None:
    found = said(prose("A dietitian should see every patient before the pharmacist."), TermUse)
    assert all("A pharmacist" not in one.siblings for one in found)


def test_but_sets_the_last_thing_apart_from_the_first_two() -> None:
    [found] = said(prose("Tissue valves suit older adults and athletes but are unsuitable in renal failure."), Contrast)
    assert found.key.text == "Renal failure"
    assert [one.text for one in found.others] == ["Older adults", "Athletes"]


def test_discouraged_is_set_apart_from_what_is_praised_next() -> None:
    document = prose(
        "Bed rest is discouraged due to muscle loss. Early walking, graded exercise and good sleep have improved recovery."
    )
    [found] = said(document, Contrast)
    assert found.question == "Which approach is discouraged in valve surgery due to muscle loss?"
    assert [one.text for one in found.others] == ["Early walking", "Graded exercise", "Good sleep"]


def test_cause_without_rivals_is_left_to_the_author() -> None:
    best, *_ = said(prose("Results of surgery have improved due to better imaging and planning."), Open)
    assert best.key.text == "Better imaging and planning"


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "The stoma nurse teaches the patient to change the pouch.",
            "In valve surgery, who teaches the patient to change the pouch?",
            "A stoma nurse",
        ),
        (
            "A physiotherapist will teach you exercises for your knee.",
            "In valve surgery, who will teach the patient exercises for the patient's knee?",
            "A physiotherapist",
        ),
        (
            "Return to work is decided by the occupational physician after six weeks.",
            "In valve surgery, by whom is return to work decided after six weeks?",
            "An occupational physician",
        ),
        (
            "The vein is punctured under ultrasound guidance.",
            "In valve surgery, which imaging is used for guidance when the vein is punctured?",
            "Ultrasound",
        ),
        (
            "Fluoroscopy is used to confirm the level of the lesion.",
            "In valve surgery, which imaging is used to confirm the level of the lesion?",
            "Fluoroscopy",
        ),
        (
            "The patient is turned prone on a frame.",
            "In valve surgery, in which position is the patient placed?",
            "Prone",
        ),
    ],
)
def test_person_imaging_and_position_are_asked(sentence: str, question: str, answer: str) -> None:
    assert [(one.question, one.answer.text) for one in said(prose(sentence), TermUse)] == [(question, answer)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The surgeon removes the damaged valve through a small cut.",
        "A pharmacist reviews within 24 hours.",
        "The endocrinologist adjusts the dose after six weeks.",
        "The patient lies supine on the table.",
        "The patient sits or lies on one side with the back flexed.",
        "Ciprofloxacin is given to prevent infection with Aeromonas hydrophila.",
    ],
)
def test_craft_unclear_object_and_unsure_position_are_not_asked(sentence: str) -> None:
    assert said(prose(sentence), TermUse) == []
