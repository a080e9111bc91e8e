"""Files of rules: the samples can be read, and every mistake is named with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from certificates.wallet.requirements.rules import SHIPPED, DamagedRules, read_rules, rules_at

TYPES = frozenset({"ama_pra_1", "cpd", "contact_hours"})
LEAST = """
format = 1
[[rules]]
name = "state"
title = "State"
source = "Its board, rule 1"
as_of = 2026-11-01
total = "50"
[rules.cycle]
months = 24
start = "issued"
"""


def test_samples_are_marked_as_invented() -> None:
    found = rules_at("", TYPES)
    assert len(found) >= 4
    for rules in found:
        assert rules.is_sample
        assert "SAMPLE" in rules.title
        assert "nvented" in rules.title
        assert rules.source.startswith("Invented")


def test_least_that_a_set_of_rules_needs() -> None:
    (rules,) = read_rules(LEAST, TYPES)
    assert (rules.name, rules.total, rules.as_of, rules.cycle.months) == ("state", Decimal(50), date(2026, 11, 1), 24)
    assert not rules.is_sample
    assert rules.accepts("cpd", "cpd")


def test_everything_that_a_set_of_rules_can_say() -> None:
    (rules,) = read_rules(
        LEAST.replace(
            'total = "50"',
            'total = "50"\ncarry_over = "12.5"\ntypes = ["cpd", "other:Grand Rounds"]\nuntil = 2030-12-31',
        )
        + '[[rules.topics]]\nname = " Opioid  Prescribing"\nminimum = "2"\n'
        + '[[rules.caps]]\ntypes = ["cpd"]\nmaximum = "10"\n'
        + '[[rules.exemptions]]\nname = "new"\nlabel = "Newly licensed"\nwhen = "first_cycle"\nprorated = true\n',
        TYPES,
    )
    assert rules.carry_over == Decimal("12.5")
    assert rules.accepts("other:grand rounds", "other")
    assert not rules.accepts("other:lunch", "other")
    assert (rules.topics[0].name, rules.topics[0].label) == ("opioid prescribing", "Opioid prescribing")
    assert rules.caps[0].maximum == Decimal(10)
    assert rules.exemptions[0].is_prorated
    assert rules.until == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 1", "", "format = 1"),
        ("format = 1", "format = 2", "format = 1"),
        ('name = "state"', "", "name of rules 1"),
        ('name = "state"', 'name = "State A"', "small letters"),
        ('title = "State"', "", "title of state is missing"),
        ('title = "State"', f'title = "{"x" * 161}"', "at most 160"),
        ('source = "Its board, rule 1"', 'source = ""', "source of state is missing"),
        ("as_of = 2026-11-01", "", "as_of of state"),
        ("as_of = 2026-11-01", 'as_of = "2026-11-01"', "without quotes"),
        ("as_of = 2026-11-01", "as_of = 2026-11-01T10:00:00", "without quotes"),
        ('total = "50"', "total = 50", "in quotes"),
        ('total = "50"', "total = 50.5", "in quotes"),
        ('total = "50"', 'total = "-1"', "in quotes"),
        ('total = "50"', 'total = "NaN"', "in quotes"),
        ('total = "50"', 'total = "1e9"', "in quotes"),
        ('total = "50"', 'total = "0.001"', "in quotes"),
        ('total = "50"', "", "total of state is missing"),
        ('total = "50"', 'total = "50"\ntypes = ["cash"]', "'cash' is no type of credit"),
        ('total = "50"', 'total = "50"\ntypes = "cpd"', "list of names"),
        ('total = "50"', 'total = "50"\nsource_url = "javascript:alert(1)"', "source_url"),
        ('total = "50"', 'total = "50"\nsample = "yes"', "true or false"),
        ('total = "50"', 'total = "50"\nunknown = 1', "'unknown' is not known here"),
        ("months = 24", "months = 0", "1 to 240"),
        ("months = 24", "months = true", "1 to 240"),
        ("months = 24", "months = 241", "1 to 240"),
        ('start = "issued"', 'start = "monday"', "start of cycle"),
        ('start = "issued"', 'start = "fixed"', "day of cycle"),
        ('start = "issued"', 'start = "issued"\nday = 2025-01-01', "day of cycle"),
        ('start = "issued"', 'start = "birthday"', "year of cycle"),
        ('start = "issued"', 'start = "birthday"\nyear = 3000', "year of cycle"),
        ('start = "issued"', 'start = "issued"\nyear = 2025', "year of cycle"),
        ("[rules.cycle]", "[rules.circle]", "'circle' is not known"),
    ],
)
def test_mistake_is_named_with_its_place(old: str, new: str, words: str) -> None:
    with pytest.raises(DamagedRules) as refused:
        read_rules(LEAST.replace(old, new), TYPES)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('[[rules.topics]]\nname = "a"\n', "minimum of topic 1 of state is missing"),
        ('[[rules.topics]]\nname = "a"\nminimum = "0"\n', "more than nothing"),
        ('[[rules.topics]]\nname = "a"\nminimum = "1"\n' * 2, "Two topics"),
        ('[[rules.caps]]\ntypes = []\nmaximum = "1"\n', "at least one type"),
        ('[[rules.caps]]\ntypes = ["cpd"]\nmaximum = "1"\n' * 2, "Two caps"),
        ('[[rules.exemptions]]\nname = "a"\nlabel = "A"\nwhen = "asked"\n', "changes nothing"),
        ('[[rules.exemptions]]\nname = "a"\nlabel = "A"\nwhen = "always"\ntotal = "1"\n', "when of exemption 1"),
        ('[[rules.exemptions]]\nname = "a"\nlabel = "A"\nwhen = "asked"\nprorated = true\n', "prorated of"),
        ('[[rules.exemptions]]\nname = "a"\nlabel = "A"\nwhen = "asked"\ntotal = "1"\n' * 2, "Two exemptions"),
        (LEAST.replace("format = 1", ""), "Two sets of rules"),
        ("[[", "TOML"),
    ],
)
def test_mistake_further_down_is_named_too(more: str, words: str) -> None:
    with pytest.raises(DamagedRules) as refused:
        read_rules(LEAST + more, TYPES)
    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["format = 1", "format = 1\nrules = 3", "format = 1\nrules = [1]", ""])
def test_file_without_rules_is_refused(text: str) -> None:
    with pytest.raises(DamagedRules):
        read_rules(text, TYPES)


def test_missing_and_binary_files_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "rules.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (str(binary), str(tmp_path / "none.toml")):
        with pytest.raises(DamagedRules):
            rules_at(path, TYPES)


def test_samples_are_one_file_beside_the_rules() -> None:
    assert SHIPPED.exists()
