"""Credit from the certificate itself: what a genuine file states, and every reason to take nothing from one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest

from certificates.issuing.credential import Stated as Frozen
from certificates.issuing.credential import attached_credential, credential_token
from certificates.issuing.evidence import Evidence
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.rendering import render_certificate
from certificates.issuing.signing import Seal
from certificates.issuing.specimens import specimen
from certificates.wallet.external.reading import (
    PARTICIPATION,
    CertificateUnreadable,
    belongs_to,
    compared_name,
    proof_from_json,
    proof_to_json,
    read_certificate,
)
from certificates.wallet.uploads import checked_upload
from tests.certificates.issuing.keys import EVIDENCE, OURS, THEIRS, KnownSigner
from tests.certificates.issuing.samples import ORDINARY, make_facts
from tests.clock import FIXED_NOW

NOW = FIXED_NOW + timedelta(days=1)
PARTICIPANT = "and has participated for 1.5 hours in this activity, which is designated for a maximum of 2 credits"


@cache
def certificate(
    facts: CertificateFacts = ORDINARY,
    evidence: Evidence = EVIDENCE,
    signer: KnownSigner = OURS,
    inside: KnownSigner = OURS,
) -> bytes:
    """Return a signed certificate; ``inside`` signs its credential."""
    token = credential_token(Frozen(facts, evidence, FIXED_NOW, 3), inside)
    return render_certificate(facts, "plain", Seal(signer), attached=attached_credential(token))


def facts(**changes: object) -> CertificateFacts:
    """Return the facts of a certificate in the plain design."""
    return make_facts(design="plain", sheet="a4-portrait", logo=None, signatories=(), **changes)


def test_genuine_certificate_states_its_credit_and_whose_name_it_bears() -> None:
    stated = read_certificate(certificate(facts()), OURS.chain, NOW)
    assert (stated.name, stated.signer) == (ORDINARY.recipient, "Northgate Academy")
    assert (stated.title, stated.provider) == (ORDINARY.title, ORDINARY.provider)
    assert (stated.credit_type, stated.amount) == ("ama_pra_1", ORDINARY.credits)
    assert stated.completed_on == ORDINARY.completed_on
    assert stated.serial == ORDINARY.serial
    assert proof_from_json(proof_to_json(stated)) == (stated.name, stated.signer, stated.address)


def test_who_is_awarded_no_credit_has_hours_of_participation() -> None:
    given = certificate(facts(wording=PARTICIPANT), replace(EVIDENCE, is_awarded=False))
    stated = read_certificate(given, OURS.chain, NOW)
    assert (stated.credit_type, stated.label, stated.amount) == ("other", PARTICIPATION, Decimal("1.5"))


def test_credit_of_another_name_keeps_that_name() -> None:
    stated = read_certificate(certificate(facts(credit_name="Grand rounds")), OURS.chain, NOW)
    assert (stated.credit_type, stated.label) == ("other", "Grand rounds")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda: certificate(facts()).replace(b"/Title", b"/Titel", 1), "altered"),
        (lambda: certificate(facts(), signer=THEIRS), "not by this provider"),
        (lambda: certificate(facts(), inside=THEIRS), "not in order"),
        (lambda: render_certificate(facts(), "plain", Seal(OURS)), "no credential"),
        (lambda: b"%PDF-1.7\n%%EOF", "no signature"),
        (lambda: b"", "no signature"),
    ],
    ids=["altered", "foreign", "foreign credential", "no credential", "no certificate", "nothing"],
)
def test_nothing_is_taken_from_any_other_file(given: object, words: str) -> None:
    with pytest.raises(CertificateUnreadable, match=words):
        read_certificate(given(), OURS.chain, NOW)  # type: ignore[operator]


def test_sample_proves_no_credit() -> None:
    sample = specimen(ORDINARY.recipient, "plain", "https://cme.example", Seal(OURS)).pdf
    with pytest.raises(CertificateUnreadable, match="sample"):
        read_certificate(sample, OURS.chain, NOW + timedelta(days=3_650))


def test_certificate_is_whole_after_it_was_checked_as_upload() -> None:
    assert checked_upload("certificate.pdf", certificate(facts())).content == certificate(facts())


@pytest.mark.parametrize(
    ("email", "names", "belongs"),
    [
        ("alexandra@example.org", ["Somebody New"], True),
        ("else@example.org", ["alexandra  whitfield"], True),
        ("else@example.org", ["Ada", ORDINARY.recipient.upper()], True),
        ("else@example.org", ["Ada Lovelace", ""], False),
        ("else@example.org", [], False),
    ],
)
def test_certificate_belongs_to_its_address_or_its_name(email: str, names: list[str], belongs: bool) -> None:
    stated = read_certificate(certificate(facts()), OURS.chain, NOW)
    named = [ORDINARY.recipient if name.startswith("alexandra") else name for name in names]
    assert belongs_to(stated, email, named) == belongs


@pytest.mark.parametrize(
    ("one", "other"), [("José Núñez", "JOSE NUNEZ"), ("Dr. A. B. Smith", "dr a b smith"), ("O'Neill", "O’Neill")]
)
def test_two_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert compared_name(one) == compared_name(other)


def test_two_names_are_two() -> None:
    assert compared_name("Ada Lovelace") != compared_name("Ada Loveless")
