"""Addresses: every public address follows from the one that is printed."""

from certificates.issuing.addresses import Addresses
from tests.certificates.issuing.samples import ORDINARY, make_facts

BASE = "https://cme.northgate.example"


def test_addresses_follow_from_the_printed_address() -> None:
    addresses = Addresses.of(ORDINARY)
    assert addresses == Addresses(BASE)
    assert addresses.verify_url(ORDINARY.serial) == ORDINARY.verify_url
    assert addresses.issuer == f"{BASE}/.well-known/issuer.json"
    assert addresses.log_origin == "cme.northgate.example/v/log"


def test_program_below_a_path_keeps_it() -> None:
    assert Addresses.of(make_facts(verify_url="https://a.example/cme/v/ABC")).issuer.startswith(
        "https://a.example/cme/."
    )
