"""The wording of credit: prescribed phrases, who is awarded and who participates, one and many."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.credits.wording import (
    certificate_heading,
    credit_phrase,
    credit_wording,
    designation_statement,
    is_awarded,
    plain_amount,
)
from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.formats import CREDIT_TYPES

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

quarters = st.integers(1, 400).map(lambda count: count * Decimal("0.25"))


@pytest.mark.parametrize(
    ("amount", "phrase"),
    [
        ("0.25", "0.25 AMA PRA Category 1 Credits™"),
        ("0.50", "0.5 AMA PRA Category 1 Credits™"),
        ("1.00", "1 AMA PRA Category 1 Credit™"),
        ("1.25", "1.25 AMA PRA Category 1 Credits™"),
        ("10", "10 AMA PRA Category 1 Credits™"),
    ],
)
def test_amount_of_ama_credit_is_written_in_one_or_many(amount: str, phrase: str) -> None:
    assert credit_phrase("ama_pra_1", Decimal(amount)) == phrase


@pytest.mark.parametrize(
    ("kind", "amount", "phrase"),
    [
        ("cpd", "1", "1 CPD point"),
        ("cpd", "2", "2 CPD points"),
        ("contact_hours", "1.0", "1 contact hour"),
        ("contact_hours", "1.5", "1.5 contact hours"),
    ],
)
def test_other_units_are_written_in_one_or_many(kind: str, amount: str, phrase: str) -> None:
    assert credit_phrase(kind, Decimal(amount)) == phrase


@given(quarters)
def test_plain_amount_means_the_same_without_needless_zeros(amount: Decimal) -> None:
    assert Decimal(plain_amount(amount)) == amount
    assert not plain_amount(amount).endswith(".0")
    assert "E" not in plain_amount(amount)


def test_physician_is_awarded_what_was_claimed_not_the_maximum() -> None:
    words = credit_wording("physician", "ama_pra_1", Decimal("0.5"), Decimal("1.5"))
    assert words == "and is awarded 0.5 AMA PRA Category 1 Credits™"


@pytest.mark.parametrize("profession", OTHERS)
@given(claimed=quarters, maximum=quarters)
def test_nobody_else_is_awarded_ama_credit(profession: str, claimed: Decimal, maximum: Decimal) -> None:
    words = credit_wording(profession, "ama_pra_1", claimed, maximum)
    assert "award" not in words
    assert words.startswith("and has participated")
    assert f"designated for a maximum of {plain_amount(maximum)} AMA PRA Category 1 Credit(s)™" in words


@pytest.mark.parametrize("profession", PROFESSIONS)
@pytest.mark.parametrize("kind", CREDIT_TYPES, ids=lambda kind: kind.name)
def test_every_profession_gets_a_sentence_for_every_credit_type(profession: str, kind: object) -> None:
    words = credit_wording(profession, kind.name, Decimal("0.75"), Decimal("1.5"))  # type: ignore[attr-defined]
    assert words.startswith("and ")
    assert "0.75" in words


@pytest.mark.parametrize(("claimed", "time"), [("1", "1 hour "), ("0.5", "0.5 hours "), ("1.25", "1.25 hours ")])
def test_participation_is_told_in_one_or_many_hours(claimed: str, time: str) -> None:
    assert f"participated for {time}" in credit_wording("nurse", "ama_pra_1", Decimal(claimed), Decimal(2))


def test_heading_follows_who_is_awarded() -> None:
    assert certificate_heading("physician", "ama_pra_1") == "Certificate of Completion"
    assert certificate_heading("nurse", "ama_pra_1") == "Certificate of Participation"
    assert certificate_heading("nurse", "cpd") == "Certificate of Completion"


@pytest.mark.parametrize("kind", ["cpd", "contact_hours"])
def test_credit_of_other_bodies_is_awarded_to_everybody(kind: str) -> None:
    assert all(is_awarded(profession, kind) for profession in PROFESSIONS)


def test_designation_statement_is_the_prescribed_one() -> None:
    assert designation_statement("Example Hospital", "enduring material", "ama_pra_1", Decimal("1.50")) == (
        "The Example Hospital designates this enduring material for a maximum of 1.5 AMA PRA Category 1 Credit(s)™. "
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
    )


def test_other_credit_has_no_designation_statement() -> None:
    assert designation_statement("Example Hospital", "enduring material", "cpd", Decimal(1)) == ""


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
    found = [(str(module), strays(APPROVED.sub("", text.replace(MATCHER, "")))) for module, text in texts]
    assert [(module, words) for module, words in found if words] == []


def test_pages_write_the_ama_phrase_only_in_italics_with_its_mark() -> None:
    sources = {str(page): page.read_text(encoding="utf-8") for page in TEMPLATES}
    found = {page: strays(IN_ITALICS.sub("", text.replace(SET_IN_ITALICS, ""))) for page, text in sources.items()}
    assert {page: words for page, words in found.items() if words} == {}
