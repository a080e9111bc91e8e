"""Samples: signed, of any name, always the same, and refused in words."""

import time

import pytest

from certificates.issuing.serial import normalise_serial
from certificates.issuing.specimens import specimen, specimen_facts, specimens
from quizbank.accounts.names import NameRefused
from tests.certificates.issuing.pdf_reading import text_of
from tests.certificates.issuing.samples import SEAL

HERE = "https://cme.example.org/"


@pytest.mark.parametrize("name", ["Ann Lee", "<script>alert(1)</script>", "{{7*7}}", "王小明", "A" * 150])
def test_name_is_printed_literally(name: str) -> None:
    assert name.replace(" ", "") in text_of(specimen(name, "classic", HERE, SEAL).pdf).replace(" ", "")


def test_sample_is_the_same_every_time_and_each_of_many_has_its_own_serial() -> None:
    first, second = specimens("Ann Lee", "plain", HERE, SEAL, 2)
    assert specimen("Ann Lee", "plain", HERE, SEAL).pdf == first.pdf
    assert first.facts.serial != second.facts.serial
    assert normalise_serial(first.facts.serial) == first.facts.serial
    assert first.facts.verify_url == f"https://cme.example.org/v/{first.facts.serial}"


def test_name_is_normalised_and_loses_its_direction_marks() -> None:
    assert specimen_facts("Zoe\u0308 \u202eKim", "classic", HERE).recipient == "Zoë Kim"


def test_huge_name_is_refused_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(NameRefused, match="up to 120 letters"):
        specimen("A" * 1_000_000, "classic", HERE, SEAL)
    assert time.perf_counter() - started < 0.5
