"""Whom a destination is told of, and in which files."""

import pytest

from certificates.reporting.destinations import CE_BROKER, EVERYBODY, PARS, Destination


@pytest.mark.parametrize(
    ("destination", "credit_type", "profession", "expected"),
    [
        (PARS, "ama_pra_1", "physician", True),
        (PARS, "ama_pra_1", "nurse", False),
        (PARS, "cpd", "physician", False),
        (CE_BROKER, "contact_hours", "nurse", True),
        (CE_BROKER, "contact_hours", "student", False),
        (EVERYBODY, "cpd", "student", True),
    ],
)
def test_destination_is_told_of_those_it_is_for(
    destination: Destination, credit_type: str, profession: str, expected: bool
) -> None:
    assert destination.concerns(credit_type, profession) is expected


def test_kind_of_file_is_found_by_its_name() -> None:
    assert [kind.ending for kind in PARS.kinds] == ["json", "xml", "txt", "xlsx"]
    assert PARS.kind("xml") is PARS.kinds[1]
    assert CE_BROKER.kind("xml") is None
