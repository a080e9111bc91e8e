"""Bundles: a ZIP any tool opens, names safe on every system, a manifest no spreadsheet runs, memory that stays put."""

import csv
import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.bundle import BundleEntry, bundle_chunks, file_name
from tests.certificates.issuing.samples import NAMES, SERIAL, make_facts

PDF = b"%PDF-1.7 sample"


def make_entry(name: str = "Ann Lee", serial: str = SERIAL, pdf: bytes = PDF, title: str = "Spine") -> BundleEntry:
    facts = make_facts(recipient=name, serial=serial, title=title)
    return BundleEntry(facts, "valid", hashlib.sha256(pdf).hexdigest(), pdf)


def opened(*entries: BundleEntry) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(bundle_chunks(entries))))


def manifest_of(*entries: BundleEntry) -> list[dict[str, str]]:
    text = opened(*entries).read("manifest.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_certificate_is_in_the_zip_with_its_line_in_the_manifest() -> None:
    archive = opened(make_entry(), make_entry("Bo", "AAAA-BBBB"))
    assert archive.testzip() is None
    assert archive.namelist() == [f"{SERIAL}-ann-lee.pdf", "AAAA-BBBB-bo.pdf", "manifest.csv"]
    assert archive.read(f"{SERIAL}-ann-lee.pdf") == PDF


def test_manifest_tells_what_each_certificate_states() -> None:
    assert manifest_of(make_entry()) == [
        {
            "serial": SERIAL,
            "name": "Ann Lee",
            "activity": "Spine",
            "completed on": "2026-11-12",
            "credits": "1.25",
            "credit type": "AMA PRA Category 1 Credit(s)™",
            "state": "valid",
            "sha256": hashlib.sha256(PDF).hexdigest(),
            "file": f"{SERIAL}-ann-lee.pdf",
        }
    ]


def test_empty_bundle_is_a_zip_with_an_empty_manifest() -> None:
    assert opened().namelist() == ["manifest.csv"]
    assert manifest_of() == []


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_text_in_the_manifest(formula: str) -> None:
    line = manifest_of(make_entry(name=formula, title=formula))[0]
    assert line["name"] == line["activity"] == f"'{formula}"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ann Lee", "S-1-ann-lee.pdf"),
        ("Seán Ó Súilleabháin", "S-1-sean-o-suilleabhain.pdf"),
        ("../../etc/passwd", "S-1-etc-passwd.pdf"),
        ("C:\\Windows\\CON", "S-1-c-windows-con.pdf"),
        ("a\x00b\r\n\u202egpj", "S-1-a-b-gpj.pdf"),
        (NAMES["chinese"], "S-1.pdf"),
        ("", "S-1.pdf"),
    ],
)
def test_file_names_are_plain_and_lead_nowhere(name: str, file: str) -> None:
    assert file_name("S-1", name) == file


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_file_name_is_short_ascii_without_path(serial: str, name: str) -> None:
    file = file_name(serial, name)
    assert len(file) <= 115
    assert file.isascii()
    assert not set(file) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.")
    assert file.endswith(".pdf")
    assert file.count(".") == 1


def test_equal_names_are_numbered() -> None:
    assert opened(make_entry(), make_entry(), make_entry()).namelist()[:3] == [
        f"{SERIAL}-ann-lee.pdf",
        f"{SERIAL}-ann-lee-2.pdf",
        f"{SERIAL}-ann-lee-3.pdf",
    ]


def test_certificates_are_asked_for_one_by_one_while_the_zip_is_read() -> None:
    asked: list[int] = []

    def entries() -> Iterator[BundleEntry]:
        for number in range(100):
            asked.append(number)
            yield make_entry(serial=f"S-{number}")

    chunks = bundle_chunks(entries())
    next(chunks)
    assert asked == [0]
    chunks.close()


def test_memory_does_not_grow_with_the_bundle() -> None:
    tracemalloc.start()
    length = sum(map(len, bundle_chunks(make_entry(serial=f"S-{n}", pdf=bytes(200_000)) for n in range(300))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length > 60_000_000
    assert peak < 5_000_000
