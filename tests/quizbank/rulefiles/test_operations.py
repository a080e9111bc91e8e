"""Rule files on a real database: checked as a whole, activated one after the other, and nothing earlier changes."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.queries import REQUIREMENTS, rules_here
from certificates.wallet.requirements.rules import SHIPPED
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.credit_types import EXAMPLE
from quizbank.activities.queries import CREDIT_TYPES, credit_types, kind_of
from quizbank.rulefiles.changes import REMOVED
from quizbank.rulefiles.kinds import DamagedFile
from quizbank.rulefiles.operations import RuleFileRefused, activate_rule_file, check_rule_file
from quizbank.rulefiles.queries import last_version, text_in_force, versions_of
from tests.factories import make_account, make_activity, make_attempt, make_claim

Db = scoped_session[Session]
TYPES = EXAMPLE.read_text(encoding="utf-8")
RULES = SHIPPED.read_text(encoding="utf-8").replace("sample-state-a", "our-state")
ON_ROUNDS = """
format = 1
[[rules]]
name = "our-state"
title = "Our State"
source = "Board rule 12.3"
as_of = 2026-11-01
total = "20"
types = ["grand_rounds"]
[rules.cycle]
months = 12
start = "fixed"
day = 2026-01-01
"""


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account(ADMINISTRATOR)


def test_without_a_version_the_shipped_rules_hold(session: Db) -> None:
    assert text_in_force(CREDIT_TYPES) == text_in_force(REQUIREMENTS) == ""
    assert credit_types().find("grand_rounds") is None
    assert all(rules.is_sample for rules in rules_here())


def test_activated_types_are_offered_from_then_on(session: Db, administrator: Account, now: datetime) -> None:
    activate_rule_file(CREDIT_TYPES, TYPES, "Grand rounds", 0, administrator.id, now)
    assert [kind.name for kind in credit_types().to_offer()] == ["ama_pra_1", "cpd", "participation", "grand_rounds"]
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "rule_file.activated")).one()
    assert (told.subject, told.actor_id, told.told["note"]) == (
        "rule_file:credit-types",
        administrator.id,
        "Grand rounds",
    )


def test_activated_rules_take_the_place_of_the_samples_and_an_empty_text_brings_them_back(
    session: Db, administrator: Account, now: datetime
) -> None:
    activate_rule_file(REQUIREMENTS, RULES, "", 0, administrator.id, now)
    assert "our-state" in {rules.name for rules in rules_here()}
    activate_rule_file(REQUIREMENTS, "", "", 1, administrator.id, now)
    assert "our-state" not in {rules.name for rules in rules_here()}
    assert [one.number for one in versions_of(REQUIREMENTS)] == [2, 1]
    assert versions_of(REQUIREMENTS)[1].content == RULES


def test_what_was_published_and_claimed_keeps_the_terms_of_its_version(
    session: Db, administrator: Account, now: datetime
) -> None:
    activate_rule_file(CREDIT_TYPES, TYPES, "", 0, administrator.id, now)
    activity = make_activity(credits={"grand_rounds": "0.5"})
    claim = make_claim(make_attempt(activity, right=3), Decimal("0.5"))
    before = kind_of(claim.credit)
    activate_rule_file(
        CREDIT_TYPES, TYPES.replace('"and has earned {claimed}"', '"and got {claimed}"'), "", 1, administrator.id, now
    )
    assert kind_of(claim.credit) == before
    assert credit_types().named("grand_rounds") != before
    activate_rule_file(CREDIT_TYPES, "", "", 2, administrator.id, now)
    assert kind_of(claim.credit) == before


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("offered = [", ["not written as TOML"]),
        (TYPES.replace('"0.5"', '"half"', 1), ["step of grand_rounds"]),
        (
            TYPES.replace('"grand_rounds"\n', '"Grand"\n') + '[[type]]\nname = "second"\nlabel = "x"\nmany = 3\n',
            ["many of second"],
        ),
        (TYPES + TYPES.split("]\n", 1)[1], ["Two credit types have the same name"]),
    ],
)
def test_every_wrong_type_is_named_and_nothing_is_kept(
    session: Db, administrator: Account, now: datetime, text: str, places: list[str]
) -> None:
    with pytest.raises(DamagedFile) as refused:
        activate_rule_file(CREDIT_TYPES, text, "", 0, administrator.id, now)
    told = " ".join(refused.value.problems)
    assert all(place in told for place in places), told
    assert last_version(CREDIT_TYPES) is None


def test_all_wrong_rows_are_told_at_once(session: Db) -> None:
    text = RULES.replace('total = "', 'total = "-')
    with pytest.raises(DamagedFile) as refused:
        check_rule_file(REQUIREMENTS, text)
    assert len(refused.value.problems) == RULES.count("[[rules]]")
    assert all("total" in problem for problem in refused.value.problems)


def test_rules_may_speak_of_own_types_once_they_are_in_force(
    session: Db, administrator: Account, now: datetime
) -> None:
    with pytest.raises(DamagedFile, match="'grand_rounds' is no type of credit"):
        check_rule_file(REQUIREMENTS, ON_ROUNDS)
    activate_rule_file(CREDIT_TYPES, TYPES, "", 0, administrator.id, now)
    activate_rule_file(REQUIREMENTS, ON_ROUNDS, "", 0, administrator.id, now)
    assert rules_here()[0].types == frozenset({"grand_rounds"})


def test_type_that_rules_speak_of_cannot_go_before_the_rules_do(
    session: Db, administrator: Account, now: datetime
) -> None:
    activate_rule_file(CREDIT_TYPES, TYPES, "", 0, administrator.id, now)
    activate_rule_file(REQUIREMENTS, ON_ROUNDS, "", 0, administrator.id, now)
    with pytest.raises(DamagedFile, match="What boards ask for would not fit any more"):
        activate_rule_file(CREDIT_TYPES, "", "", 1, administrator.id, now)
    activate_rule_file(REQUIREMENTS, "", "", 1, administrator.id, now)
    activate_rule_file(CREDIT_TYPES, "", "", 1, administrator.id, now)


def test_of_two_administrators_the_second_is_told(session: Db, administrator: Account, now: datetime) -> None:
    activate_rule_file(CREDIT_TYPES, TYPES, "", 0, administrator.id, now)
    with pytest.raises(RuleFileRefused, match="Somebody else activated"):
        activate_rule_file(CREDIT_TYPES, TYPES + "\n", "", 0, make_account(ADMINISTRATOR).id, now)
    with pytest.raises(RuleFileRefused, match="in force already"):
        activate_rule_file(CREDIT_TYPES, TYPES, "", 1, administrator.id, now)


def test_file_of_the_setting_rules_and_cannot_be_overruled(
    app: Flask, session: Db, administrator: Account, now: datetime, tmp_path: Path
) -> None:
    activate_rule_file(REQUIREMENTS, RULES, "", 0, administrator.id, now)
    file = tmp_path / "rules.toml"
    file.write_text(RULES.replace("our-state", "state-of-the-file"))
    app.config["REQUIREMENTS_FILE"] = str(file)
    try:
        assert "state-of-the-file" in {rules.name for rules in rules_here()}
        with pytest.raises(RuleFileRefused, match="The setting REQUIREMENTS_FILE names a file"):
            activate_rule_file(REQUIREMENTS, "", "", 1, administrator.id, now)
    finally:
        app.config["REQUIREMENTS_FILE"] = ""


def test_examples_read_well_and_the_samples_are_what_holds_already(session: Db) -> None:
    assert check_rule_file(CREDIT_TYPES, CREDIT_TYPES.example)
    assert check_rule_file(REQUIREMENTS, REQUIREMENTS.example) == []


def test_first_rules_of_ones_own_tell_that_the_samples_go(session: Db) -> None:
    gone = [change.part for change in check_rule_file(REQUIREMENTS, RULES) if change.kind == REMOVED]
    assert gone == ["sample-state-a"]
