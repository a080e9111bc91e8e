"""Companies: a name passes, what promotes does not; support names its source and its kind."""

import pytest

from quizbank.activities.companies import supporters, why_promotes, why_unclear


@pytest.mark.parametrize("name", ["Acme Ltd", "Johnson & Johnson", "3M", "B. Braun SE", "Trade (US) Inc."])
def test_plain_name_is_just_a_name(name: str) -> None:
    assert why_promotes(name) is None


@pytest.mark.parametrize(
    "name", ["Acme™", "FlapFix®", "Acme (TM)", "https://acme.example", "www.acme.example", "acme.com"]
)
def test_mark_or_address_promotes(name: str) -> None:
    assert "name only" in (why_promotes(name) or "")


@pytest.mark.parametrize("support", ["", " \n", "None", "none.", "No commercial support was received.", "None known."])
def test_saying_none_is_no_supporter(support: str) -> None:
    assert supporters(support) == []


def test_each_line_is_a_supporter() -> None:
    assert supporters("Acme: money\n\n Beta: in kind, models ") == ["Acme: money", "Beta: in kind, models"]


@pytest.mark.parametrize(
    "line", ["Acme: money", "Acme: Money (educational grant)", "Acme: in-kind: models", "Nova: in kind, a room"]
)
def test_source_with_its_kind_is_clear(line: str) -> None:
    assert why_unclear(line) is None


@pytest.mark.parametrize(
    ("line", "lack"),
    [
        ("Acme", "a colon"),
        (": money", "a colon"),
        ("Acme: generosity", "a colon"),
        ("None: money from Acme®", "™"),
        ("Acme: in kind", "what was given"),
        ("Acme: in kind, -", "what was given"),
        ("Acme®: money", "™"),
        ("Acme: in kind, models from acme.com", "web address"),
    ],
)
def test_unclear_support_says_what_it_lacks(line: str, lack: str) -> None:
    assert lack in (why_unclear(line) or "")
