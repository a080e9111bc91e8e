"""CE Broker's roster and the table for one's own use."""

from dataclasses import replace
from datetime import date

from certificates.reporting.tables import CE_BROKER_COLUMNS, OWN_COLUMNS, ce_broker_row, own_row
from tests.certificates.reporting.samples import NPI, PARTICIPATION, with_learner


def test_roster_has_the_columns_of_ce_brokers_own_guide() -> None:
    row = ce_broker_row(replace(PARTICIPATION, completed_on=date(2008, 12, 3)), "50-7788")
    assert row == ("7788", "", "12", "", "K1234", "12/3/2008", "State=TX", "Profession=MD", "", "0.75")
    assert len(row) == len(CE_BROKER_COLUMNS)


def test_roster_tells_the_profession_by_its_code() -> None:
    assert ce_broker_row(with_learner(profession="nurse"), "1")[7] == "Profession=RN"


def test_own_table_carries_no_birthday() -> None:
    row = dict(zip(OWN_COLUMNS, own_row(PARTICIPATION), strict=True))
    assert "02-29" not in row.values()
    assert (row["NPI"], row["License state"], row["Credits"]) == (NPI, "TX", "0.75")


def test_own_table_keeps_a_state_it_does_not_know() -> None:
    assert "Bavaria" in own_row(with_learner(license_state="Bavaria"))
