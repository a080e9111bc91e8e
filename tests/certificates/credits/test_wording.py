"""The wording of credit: prescribed phrases, who is awarded and who participates, one and many."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.credits.wording import (
    certificate_heading,
    credit_wording,
    designation_statement,
    is_awarded,
    not_entitled_words,
)
from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.credit_types import SHIPPED, Offer, credit_types_at
from quizbank.activities.formats import plain_amount

ROOT = Path(__file__).parents[3]
OTHERS = [profession for profession in PROFESSIONS if profession != "physician"]
APPROVED = re.compile(r"AMA PRA Category 1 Credit(\(s\)|s)?™")
IN_ITALICS = re.compile(r"<em>AMA PRA Category 1 Credit(\(s\)|s)?</em>™")
MATCHER = r"AMA PRA Category 1 Credit(?:\(s\)|s)?™"
"""The pattern that finds the phrase in order to set it in italics."""
SET_IN_ITALICS = '"AMA PRA Category 1 " ~ ending'
"""The part of the macro that does so in pages."""
TEMPLATES = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("certificates/designs/*/*")]
MODULES = [*ROOT.glob("quizbank/**/*.py"), *ROOT.glob("certificates/**/*.py")]

TYPES = credit_types_at("")
quarters = st.integers(1, 400).map(lambda count: count * Decimal("0.25"))
AWARDED = "Certificate of Completion"
TAKEN_PART = "Certificate of Participation"
TOOK_PART = (
    "and has participated for 0.75 hours in this activity, which is designated for a maximum of "
    "1.5 AMA PRA Category 1 Credit(s)™"
)
EXACT = [
    ("ama_pra_1", "physician", AWARDED, "and is awarded 0.75 AMA PRA Category 1 Credits™"),
    *[("ama_pra_1", other, TAKEN_PART, TOOK_PART) for other in OTHERS],
    *[("cpd", anyone, AWARDED, "and is awarded 2 CPD points") for anyone in PROFESSIONS],
    *[("contact_hours", anyone, AWARDED, "and is awarded 0.75 contact hours") for anyone in PROFESSIONS],
    ("acpe", "pharmacist", AWARDED, "and is awarded 0.75 ACPE contact hours"),
    *[("acpe", other, AWARDED, "") for other in PROFESSIONS if other != "pharmacist"],
    *[
        ("participation", anyone, TAKEN_PART, "and has participated for 0.75 hours in this activity")
        for anyone in PROFESSIONS
    ],
]
"""Every shipped type for every profession: the certificate's heading and its sentence, empty where it may not be claimed."""


def offer(kind: str, maximum: str = "1.5") -> Offer:
    return Offer(TYPES.named(kind), Decimal(maximum))


def test_every_type_and_profession_has_its_exact_wording_here() -> None:
    assert {(kind, profession) for kind, profession, _, _ in EXACT} == {
        (kind.name, profession) for kind in TYPES.types for profession in PROFESSIONS
    }


@pytest.mark.parametrize(("kind", "profession", "heading", "words"), EXACT)
def test_wording_is_exactly_this(kind: str, profession: str, heading: str, words: str) -> None:
    claimed, maximum = (Decimal(2), "2") if kind == "cpd" else (Decimal("0.75"), "1.5")
    assert credit_wording(profession, offer(kind, maximum), claimed) == words
    assert certificate_heading(profession, TYPES.named(kind)) == heading


def test_physician_is_awarded_what_was_claimed_not_the_maximum() -> None:
    words = credit_wording("physician", offer("ama_pra_1"), Decimal("0.5"))
    assert words == "and is awarded 0.5 AMA PRA Category 1 Credits™"


@pytest.mark.parametrize("profession", OTHERS)
@given(claimed=quarters, maximum=quarters)
def test_nobody_else_is_awarded_ama_credit(profession: str, claimed: Decimal, maximum: Decimal) -> None:
    words = credit_wording(profession, Offer(TYPES.named("ama_pra_1"), maximum), claimed)
    assert "award" not in words
    assert words.startswith("and has participated")
    assert f"designated for a maximum of {plain_amount(maximum)} AMA PRA Category 1 Credit(s)™" in words


@given(st.text(min_size=1, max_size=30))
def test_profession_nobody_has_heard_of_is_never_awarded_ama_credit(profession: str) -> None:
    assert is_awarded(profession, TYPES.named("ama_pra_1")) is (profession == "physician")


@given(quarters, quarters)
def test_sentence_about_ama_credit_is_told_of_nothing_but_the_approved_phrase(
    claimed: Decimal, maximum: Decimal
) -> None:
    for profession in PROFESSIONS:
        words = credit_wording(profession, Offer(TYPES.named("ama_pra_1"), maximum), claimed)
        assert len(APPROVED.findall(words)) == 1
        assert strays(APPROVED.sub("", words)) == []


@pytest.mark.parametrize(("claimed", "time"), [("1", "1 hour "), ("0.5", "0.5 hours "), ("1.25", "1.25 hours ")])
def test_participation_is_told_in_one_or_many_hours(claimed: str, time: str) -> None:
    assert f"participated for {time}" in credit_wording("nurse", offer("ama_pra_1", "2"), Decimal(claimed))


def test_time_is_told_of_the_minutes_that_make_one() -> None:
    shorter = replace(TYPES.named("participation"), minutes=50)
    assert "for 0.83 hours" in credit_wording("nurse", Offer(shorter, Decimal(1)), Decimal(1))


@pytest.mark.parametrize(
    ("kind", "awarded"),
    [("ama_pra_1", {"physician"}), ("cpd", set(PROFESSIONS)), ("contact_hours", set(PROFESSIONS)),
     ("acpe", {"pharmacist"}), ("participation", set())],
)  # fmt: skip
def test_who_is_awarded_credit_follows_the_type(kind: str, awarded: set[str]) -> None:
    assert {profession for profession in PROFESSIONS if is_awarded(profession, TYPES.named(kind))} == awarded


def test_who_may_not_claim_is_told_who_may() -> None:
    words = not_entitled_words("nurse", TYPES.named("acpe"))
    assert words.startswith("ACPE contact hours can be claimed by Pharmacist.")
    assert not_entitled_words("pharmacist", TYPES.named("acpe")) == ""
    assert not_entitled_words("nurse", TYPES.named("ama_pra_1")) == ""


def test_designation_statement_is_the_prescribed_one() -> None:
    assert designation_statement("Example Hospital", "enduring material", offer("ama_pra_1", "1.50")) == (
        "The Example Hospital designates this enduring material for a maximum of 1.5 AMA PRA Category 1 Credit(s)™. "
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
    )


def test_braces_in_the_name_of_a_provider_are_only_text() -> None:
    assert "The {maximum} designates this" in designation_statement("{maximum}", "activity", offer("ama_pra_1"))


@pytest.mark.parametrize("kind", ["cpd", "contact_hours", "acpe", "participation"])
def test_other_credit_has_no_designation_statement(kind: str) -> None:
    assert designation_statement("Example Hospital", "enduring material", offer(kind, "1")) == ""


def spoken_texts(module: Path) -> Iterator[str]:
    """Yield the texts of a module that may reach a page: every string but docstrings and bare strings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def strays(text: str) -> list[str]:
    """Return what of the AMA's phrase, or of a wrong name for it, is left in a text."""
    return re.findall(r"(?i).{0,20}(?:category 1|accme credit).{0,20}", text)


def test_code_writes_the_ama_phrase_only_in_its_approved_forms() -> None:
    texts = [(module, text) for module in MODULES for text in spoken_texts(module)]
    texts += [(SHIPPED, SHIPPED.read_text(encoding="utf-8"))]
    found = [(str(module), strays(APPROVED.sub("", text.replace(MATCHER, "")))) for module, text in texts]
    assert [(module, words) for module, words in found if words] == []


def test_pages_write_the_ama_phrase_only_in_italics_with_its_mark() -> None:
    sources = {str(page): page.read_text(encoding="utf-8") for page in TEMPLATES}
    found = {page: strays(IN_ITALICS.sub("", text.replace(SET_IN_ITALICS, ""))) for page, text in sources.items()}
    assert {page: words for page, words in found.items() if words} == {}
