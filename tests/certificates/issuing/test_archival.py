"""One file is PDF/A-3a and PDF/UA-1 at once, whatever it says and however it was made."""

from io import BytesIO

import page
import pikepdf
import pytest

from certificates.issuing.archival import About, Attached, information, xmp
from certificates.issuing.rendering import render_certificate
from tests.certificates.issuing.samples import CASES, ORDINARY, SEAL, make_facts

STANDARDS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
CREDENTIAL = Attached("credential.jwt", "application/vc+jwt", b"eyJ.eyJ.c2ln", "The same as a credential")
SHOWN = ("ordinary", "arabic", "chinese", "devanagari", "hebrew", "japanese", "thai", "combining", "markup")


def failures(pdf: bytes) -> list[str]:
    """Return what a checker finds against either standard."""
    reports = [page.validate_pdf_bytes(pdf, profile=standard) for standard in STANDARDS]
    return [found.message for report in reports if not report.is_compliant for found in report.failures]


@pytest.mark.parametrize("case", SHOWN)
def test_certificate_meets_both_standards(case: str) -> None:
    assert failures(render_certificate(CASES[case], "modern", SEAL, {})) == []


@pytest.mark.parametrize("name", ["Ann \U0001f642 Lee", "王小明 Ann 김민준", "أحمد \U0001f642", "ஆனந்த்", "សុខ សាន្ត"])
def test_mixed_names_and_emoji_meet_both_standards(name: str) -> None:
    assert failures(render_certificate(make_facts(recipient=name, credentials=None), "classic", SEAL)) == []


@pytest.mark.parametrize("name", ["Ann Lee", "王小明"])
def test_attached_file_is_found_again_and_meets_both_standards(name: str) -> None:
    pdf = render_certificate(make_facts(recipient=name), "classic", SEAL, attached=CREDENTIAL)
    assert failures(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as file:
        assert file.attachments["credential.jwt"].get_file().read_bytes() == CREDENTIAL.content
        assert str(file.Root.AF[0].AFRelationship) == "/Data"


def test_checker_would_notice() -> None:
    pdf = render_certificate(ORDINARY, "classic", SEAL)
    assert failures(pdf.replace(b'pdfuaid:part="1"', b'pdfuaid:part="7"')) != []


def test_metadata_escape_what_they_tell() -> None:
    about = About('<a> & "b"', "Ö", "s", "k", ORDINARY.issued_on)
    assert "&lt;a&gt; &amp; &#34;b&#34;" in xmp(about).decode()
    assert b"<feffd6>" not in information(about)
    assert b"00d6" in information(about)
