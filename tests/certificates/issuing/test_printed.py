"""What designs may print: dates, formats and lines put in words, and nothing of what is missing."""

from certificates.issuing.printed import TEXT_NAMES, printed_text
from tests.certificates.issuing.samples import BARE, ORDINARY, PARTICIPATION


def test_dates_format_and_address_are_put_in_words() -> None:
    texts = printed_text(ORDINARY)
    assert texts["completed_on"] == "12 November 2026"
    assert texts["learning_format"] == "enduring material"
    assert texts["verify_at"] == "cme.northgate.example/v"
    assert texts["location"] == ""


def test_lines_are_put_together_alike_for_every_design() -> None:
    texts = printed_text(PARTICIPATION)
    assert texts["recipient_line"] == "Alexandra M. Whitfield, RN"
    assert texts["completed_line"] == "has completed the enduring material"
    assert texts["award_line"].startswith("on 12 November 2026, Boston, Massachusetts, and has participated for")
    assert texts["credit_line"].startswith("Has participated for 1.25 hours")
    assert texts["issued_line"] == "Issued 13 November 2026 · Verify at cme.northgate.example/v"


def test_missing_facts_leave_no_commas() -> None:
    texts = printed_text(BARE)
    assert texts["recipient_line"] == "Alexandra M. Whitfield"
    assert texts["award_line"] == "on 12 November 2026 and is awarded 1.25 AMA PRA Category 1 Credits™"


def test_every_text_has_a_name_that_designs_may_use() -> None:
    assert set(printed_text(ORDINARY)) <= TEXT_NAMES
