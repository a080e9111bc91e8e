"""Case, roots, number and verb forms."""

import pytest

from quizbank.generation.wording import (
    as_option,
    base_form,
    counted,
    head_noun,
    in_sentence,
    joined,
    names_kept,
    participle,
    share_root,
    singular_phrase,
    with_article,
)

LOWERED = frozenset(["severe", "disease"])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Severe Cardiopulmonary Compromise", "severe cardiopulmonary compromise"),
        ("CT and MRI", "CT and MRI"),
        ("Kawasaki Disease", "Kawasaki disease"),
        ("A random pattern flap", "a random pattern flap"),
        ("HFrEF with LBBB", "HFrEF with LBBB"),
        ("Ramsay Hunt syndrome", "Ramsay Hunt syndrome"),
        ("Factor Xa", "factor Xa"),
        ("Anti-HBc IgM", "Anti-HBc IgM"),
        ("MAGNESIUM SULFATE", "magnesium sulfate"),
        ("Drop attacks in Lennox-Gastaut syndrome", "drop attacks in Lennox-Gastaut syndrome"),
    ],
)
def test_capitals_stay_only_where_they_belong(written: str, shown: str) -> None:
    assert in_sentence(written, LOWERED) == shown


def test_name_inside_a_sentence_keeps_its_capital_and_a_heading_does_not() -> None:
    prose, heading = "Surveillance by the Toronto protocol", "Surgery Of The Toronto Protocol"
    assert names_kept(in_sentence(prose, LOWERED), prose) == "surveillance by the Toronto protocol"
    assert names_kept("surgery of the toronto protocol", heading) == "surgery of the toronto protocol"


def test_option_begins_with_a_capital_and_ends_without_a_stop() -> None:
    assert as_option("flap Necrosis.", LOWERED) == "Flap necrosis"


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("Traumatic injuries", "Traumatic injury"),
        ("Hematomas", "Hematoma"),
        ("Loss of sleep", "Loss of sleep"),
        ("Osteoporosis", "Osteoporosis"),
        ("Defects after trauma", "Defect after trauma"),
    ],
)
def test_head_noun_takes_the_singular(plural: str, single: str) -> None:
    assert singular_phrase(plural) == single


def test_fuse_and_fusion_share_a_root() -> None:
    assert share_root("fuses vertebrae", "spinal fusion")


def test_small_words_are_no_link() -> None:
    assert not share_root("the wound of the back", "the artery of the arm")


def test_head_noun_stands_before_the_preposition() -> None:
    assert head_noun("Loss of bladder control") == "Loss"


@pytest.mark.parametrize(
    ("verb", "done"), [("optimize", "optimized"), ("give", "given"), ("stop", "stopped"), ("apply", "applied")]
)
def test_participles(verb: str, done: str) -> None:
    assert participle(verb) == done


@pytest.mark.parametrize(("form", "base"), [("minimizes", "minimize"), ("carries", "carry"), ("reaches", "reach")])
def test_base_forms(form: str, base: str) -> None:
    assert base_form(form) == base


def test_list_in_words() -> None:
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a"]) == "a"


@pytest.mark.parametrize(
    ("number", "noun", "shown"),
    [(1, "item", "1 item"), (0, "item", "0 items"), (2, "suggestion to finish", "2 suggestions to finish")],
)
def test_one_thing_is_singular(number: int, noun: str, shown: str) -> None:
    assert counted(number, noun) == shown


@pytest.mark.parametrize(
    "shown",
    ["a urologist", "a ureteroscope", "a uterine tear", "an hour", "an MRI", "a CT", "an ulcer", "an unusual scar"],
)
def test_article_goes_by_sound(shown: str) -> None:
    assert with_article(shown.split(" ", 1)[1]) == shown
