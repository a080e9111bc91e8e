"""Signing keys: made once, readable by nobody else, replaced without losing what was signed before."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.issuing.signing_keys import (
    FileSigner,
    SigningKeyUnusable,
    as_pem,
    keep_first_signer,
    make_signer,
    published_certificates,
    read_signer,
    replace_signer,
    self_signed,
    signer_at,
    signing_request,
    with_chain,
)

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
PROVIDER = "Northgate Academy"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "signing_key.pem"
    keep_first_signer(make_signer(PROVIDER, NOW), path)
    return path


def issued_by_authority(signer: FileSigner) -> list[x509.Certificate]:
    """Return a chain for the signer's key: its certificate, and the authority's."""
    authority = make_signer("Authority", NOW)
    builder = (
        x509.CertificateBuilder()
        .subject_name(signer.chain[0].subject)
        .issuer_name(authority.chain[0].subject)
        .public_key(signer.private_key.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=800))
    )
    return [builder.sign(authority.private_key, hashes.SHA256()), *authority.chain]


def test_signature_is_checked_by_the_published_certificate(key_file: Path) -> None:
    signature = read_signer(key_file).sign(b"stated")
    published = x509.load_pem_x509_certificate(published_certificates(key_file)).public_key()
    assert isinstance(published, ec.EllipticCurvePublicKey)
    published.verify(signature, b"stated", ec.ECDSA(hashes.SHA256()))


def test_same_bytes_always_get_the_same_signature(key_file: Path) -> None:
    assert read_signer(key_file).sign(b"stated") == read_signer(key_file).sign(b"stated")


def test_only_the_owner_reads_the_file(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["signing_key.pem"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o602])
def test_file_that_others_may_read_or_write_is_refused_also_while_the_program_runs(key_file: Path, mode: int) -> None:
    signer_at(key_file)
    key_file.chmod(mode)
    with pytest.raises(SigningKeyUnusable, match="chmod 600"):
        signer_at(key_file)


def test_missing_key_is_said_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyUnusable, match="init-key"):
        signer_at(tmp_path / "nothing.pem")


def test_what_is_no_key_of_ours_is_refused(key_file: Path) -> None:
    key_file.write_text("nothing")
    with pytest.raises(SigningKeyUnusable, match="does not hold a private key"):
        read_signer(key_file)
    other = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file.write_bytes(other + as_pem(make_signer(PROVIDER, NOW).chain))
    with pytest.raises(SigningKeyUnusable, match="ECDSA P-256"):
        read_signer(key_file)


def test_certificate_of_another_key_is_refused(key_file: Path) -> None:
    with pytest.raises(SigningKeyUnusable, match="does not belong"):
        with_chain(read_signer(key_file), as_pem(make_signer(PROVIDER, NOW).chain))


def test_chain_of_an_authority_takes_the_place_of_our_own(key_file: Path) -> None:
    signer = read_signer(key_file)
    replace_signer(with_chain(signer, as_pem(issued_by_authority(signer))), key_file)
    assert [one.issuer.rfc4514_string() for one in read_signer(key_file).chain] == ["CN=Authority,O=Authority"] * 2


def test_broken_chain_is_refused(key_file: Path) -> None:
    signer = read_signer(key_file)
    chain = [issued_by_authority(signer)[0], *make_signer("Authority", NOW).chain]
    with pytest.raises(SigningKeyUnusable, match="chain is broken"):
        with_chain(signer, as_pem(chain))


def test_request_is_signed_by_the_key_and_names_the_provider(key_file: Path) -> None:
    request = x509.load_pem_x509_csr(signing_request(read_signer(key_file)))
    assert request.is_signature_valid
    assert "Northgate" in request.subject.rfc4514_string()


def test_replaced_key_signs_and_the_old_certificate_stays_published(key_file: Path) -> None:
    before = signer_at(key_file)
    replace_signer(make_signer(PROVIDER, NOW), key_file)
    after = signer_at(key_file)
    published = x509.load_pem_x509_certificates(published_certificates(key_file))
    assert published == [after.chain[0], before.chain[0]]
    assert before.chain[0] != after.chain[0]


def test_nothing_private_is_published(key_file: Path) -> None:
    replace_signer(make_signer(PROVIDER, NOW), key_file)
    assert b"PRIVATE" not in published_certificates(key_file)


def test_of_many_processes_that_make_the_first_key_one_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keep_first_signer(make_signer(PROVIDER, NOW), path), range(8)))
    assert made.count(True) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_certificate_outlives_the_years_that_credit_is_kept() -> None:
    certificate = self_signed(ec.generate_private_key(ec.SECP256R1()), "Ä" * 200, NOW)
    assert certificate.not_valid_after_utc - NOW > timedelta(days=20 * 365)
    assert certificate.not_valid_before_utc < NOW
