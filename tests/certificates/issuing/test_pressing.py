"""Plates: the quick way gives the picture of the long one, and nothing of one learner is in the file of another."""

import re
import time
import zlib
from dataclasses import replace
from functools import cache
from itertools import product

import numpy
import pypdfium2
import pytest

from certificates.issuing import rendering
from certificates.issuing.designs import DESIGNS, read_design
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.filling import filled_page
from certificates.issuing.plates import make_plate
from certificates.issuing.pressing import Press, is_set_letter_by_letter
from certificates.issuing.printing import Sayings, printed
from certificates.issuing.rendering import DesignFiles, about, identifier, laid_out, render_certificate
from certificates.issuing.signing import sealed
from certificates.issuing.varying import STAND_IN, WHOLE
from tests.certificates.issuing.samples import CASES, NAMES, ORDINARY, PARTICIPATION, SEAL, make_facts

LONG = replace(PARTICIPATION, recipient="Alexandra Montgomery-Castellanos Whitfield-Okonkwo", location=None)
QUICK = {
    "ordinary": ORDINARY,
    "two lines": LONG,
    "cyrillic": CASES["cyrillic"],
    "marks": CASES["combining"],
}
SHOWN = {**QUICK, "three lines": CASES["long words"]}
STREAM = re.compile(rb"stream\n(.*?)\r?\nendstream", re.DOTALL)


def on_its_sheet(facts: CertificateFacts, design: str) -> CertificateFacts:
    return replace(facts, design=design, sheet=read_design(design).sheets[0])


@cache
def long_way(case: str, design: str) -> bytes:
    """Return a certificate laid out by itself."""
    facts = on_its_sheet(SHOWN[case], design)
    layout = read_design(design, facts.sheet)
    document = laid_out(filled_page(facts, layout), layout, DesignFiles(layout.files))
    sayings = Sayings((), "", about(facts), identifier(facts, layout))
    return sealed(printed(make_plate(document, WHOLE, None), sayings, SEAL.room), SEAL)


def picture(pdf: bytes) -> numpy.ndarray:
    """Return the first page at 150 dots an inch."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72)
    return numpy.asarray(page.to_pil().convert("L")).astype(int)


def unpacked(pdf: bytes) -> bytes:
    """Return the file and what is inside its compressed streams."""
    inside = []
    for found in STREAM.findall(pdf):
        try:
            inside.append(zlib.decompress(found))
        except zlib.error:
            inside.append(found)
    return pdf + b"".join(inside)


@pytest.mark.parametrize(("case", "design"), [*product(QUICK, DESIGNS), ("three lines", "classic")])
def test_both_ways_give_the_same_picture(case: str, design: str) -> None:
    quick = render_certificate(on_its_sheet(SHOWN[case], design), design, SEAL)
    difference = numpy.abs(picture(quick) - picture(long_way(case, design)))
    assert (difference > 0).mean() <= 0.002
    assert (difference > 64).mean() <= 0.0005


@pytest.mark.parametrize("design", DESIGNS)
def test_ordinary_certificates_share_one_plate(design: str, monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press()
    monkeypatch.setattr(rendering, "PRESS", press)
    for number in range(30):
        named = make_facts(recipient=f"Ann {'Lee' * (number % 3)} Berg", serial=f"{number:034}")
        render_certificate(on_its_sheet(named, design), design, SEAL)
    assert len(press.plates) == 1
    assert None not in press.plates.values()


@pytest.mark.parametrize("name", ["Ann Lee", "Łukasz Żółć", "王小明"])
def test_nothing_of_another_learner_is_in_the_file(name: str) -> None:
    render_certificate(make_facts(recipient="Zebulon Quux"), "classic", SEAL)
    own = make_facts(recipient=name, serial="1" * 34, verify_url="https://cme.northgate.example/v/" + "1" * 34)
    whole = unpacked(render_certificate(own, "classic", SEAL))
    for strange in ("Zebulon", STAND_IN, ORDINARY.serial):
        assert strange.encode() not in whole
        assert strange.encode("utf-16-be").hex().encode() not in whole


def test_objects_are_as_many_for_the_thousandth_as_for_the_first() -> None:
    sizes = [len(render_certificate(make_facts(serial=f"{number:034}"), "classic", SEAL)) for number in (1, 2, 3)]
    assert max(sizes) - min(sizes) < 200


def test_same_record_gives_the_same_bytes_after_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_certificate(LONG, "modern", SEAL)
    monkeypatch.setattr(rendering, "PRESS", Press())
    assert render_certificate(LONG, "modern", SEAL) == first


def test_certificate_from_a_plate_is_quick() -> None:
    render_certificate(ORDINARY, "classic", SEAL)
    started = time.process_time()
    for number in range(20):
        render_certificate(make_facts(serial=f"{number:034}"), "classic", SEAL)
    assert (time.process_time() - started) / 20 < 0.02


def test_least_used_plates_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press()
    monkeypatch.setattr(rendering, "PRESS", press)
    monkeypatch.setattr("certificates.issuing.pressing.KEPT", 1)
    for title in ("One", "Two"):
        render_certificate(make_facts(title=title), "classic", SEAL)
    assert len(press.plates) == 1


@pytest.mark.parametrize("name", ["Ann Lee", "Ελένη", "Жуковский", "Nguyễn Thị Ánh", "{{7*7}} <b>"])
def test_simple_scripts_are_set_letter_by_letter(name: str) -> None:
    assert is_set_letter_by_letter(name)


@pytest.mark.parametrize("name", [NAMES["arabic"], NAMES["thai"], NAMES["devanagari"], NAMES["chinese"], "Ann Ωμέγα"])
def test_other_and_mixed_scripts_are_left_to_the_engine(name: str) -> None:
    assert not is_set_letter_by_letter(name)
