"""Packets: everything the page shows and nothing else, each file in its place, and the proofs to check them with."""

import hashlib
import io
import json
import zipfile
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.sharing.entries import ENTERED, Check, SharedEntry, SharedFile
from certificates.sharing.packet import Keys, Packet, contents, packet_chunks, place_of, placed
from tests.clock import FIXED_NOW

PDF = "application/pdf"

CLAIMS = {"iss": "https://cme.example", "name": "Ada"}
TOKEN = b"e30." + urlsafe_b64encode(json.dumps(CLAIMS).encode()).rstrip(b"=") + b".c2ln"
CERTIFICATE = SharedEntry(
    "Certificate",
    "Heart failure",
    ("Verified", "good"),
    (("Name", "Ada"),),
    (Check("good", "It stands."),),
    "https://cme.example/v/AAAA",
    ("Certificate (PDF)",),
    {"serial": "AAAA", "log": {"checkpoint": "note", "entries": []}},
)
TYPED = SharedEntry("Medical license", "Board", ENTERED, (("Number", "1"),), (Check("neutral", "Entered."),))
FILES = [
    SharedFile("certificates", "a.pdf", PDF, b"%PDF"),
    SharedFile("credentials", "a.jwt", "application/vc+jwt", TOKEN),
]
KEYS = Keys(b"-----BEGIN CERTIFICATE-----", {"keys": []}, {0: "status.token"})


def packet(status: dict[int, str] | None = None) -> Packet:
    keys = Keys(KEYS.issuers, KEYS.jwks, KEYS.status if status is None else status)
    records = placed([(CERTIFICATE, FILES), (TYPED, [SharedFile("entered", "a.pdf", PDF, b"scan")])])
    return Packet("Ada", "St. Mary's", "Provider", "https://cme.example", FIXED_NOW, records, keys, b"%PDF index")


def unzipped(made: Packet) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(packet_chunks(made)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_packet_holds_index_files_proofs_keys_and_how_to_check() -> None:
    assert set(unzipped(packet())) == {
        "README.txt",
        "index.pdf",
        "verification.json",
        "certificates/a.pdf",
        "credentials/a.jwt",
        "credentials/a.json",
        "entered/a.pdf",
        "keys/certificate-issuers.pem",
        "keys/jwks.json",
        "keys/status-0.jwt",
    }


def test_proofs_name_every_file_with_its_hash() -> None:
    files = unzipped(packet())
    told = json.loads(files["verification.json"])
    first, second = told["records"]
    assert [one["verdict"] for one in told["records"]] == ["Verified", "Entered by the person"]
    assert first["log"] == {"checkpoint": "note", "entries": []}
    assert second["page"] is None
    named = {one["file"]: one["sha256"] for record in told["records"] for one in record["files"]}
    assert named == {
        name: hashlib.sha256(files[name]).hexdigest()
        for name in ("certificates/a.pdf", "credentials/a.jwt", "entered/a.pdf")
    }


def test_credential_is_given_as_issued_and_unpacked() -> None:
    files = unzipped(packet())
    assert files["credentials/a.jwt"] == TOKEN
    assert json.loads(files["credentials/a.json"]) == CLAIMS


def test_words_on_checking_name_the_status_list_only_when_there_is_one() -> None:
    assert "--status keys/status-0.jwt" in dict(contents(packet()))["README.txt"].decode()
    assert "--status" not in dict(contents(packet({})))["README.txt"].decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "", "C:\\x.pdf", "a\x00b.pdf", "x" * 400, "..\\..\\x", "名.pdf"]
)
def test_file_of_any_name_lies_inside_the_packet(name: str) -> None:
    place = place_of(SharedFile("entered", name, PDF, b""), set())
    folder, _, rest = place.partition("/")
    assert folder == "entered"
    assert rest
    assert not set("/\\\x00:") & set(rest)
    assert not rest.startswith(".")
    assert len(rest) <= 130


@given(st.lists(st.text(max_size=20), max_size=20))
def test_no_two_files_have_one_place_even_where_case_is_ignored(names: list[str]) -> None:
    taken: set[str] = set()
    places = [place_of(SharedFile("entered", name, PDF, b""), taken).casefold() for name in names]
    assert len(set(places)) == len(names)
